/** Finds out about the configured devices: from /sys and the nodes without opening anything, then from the devices or the running terminal. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import type { Clock } from '#core/ports/clock.ts'
import type { Device, DeviceHealth } from '#core/ports/device.ts'
import type { DevicesSection } from '../config/sections/devices.ts'
import { findHolders } from '../devices/holders.ts'
import { findKnown, type KnownDevice } from '../devices/known-devices.ts'
import { lookAround } from '../devices/look-around.ts'
import { type PosRole, udevRule } from '../devices/naming.ts'
import type { Plugged } from '../devices/plugged.ts'
import type { SystemTree } from '../devices/system-tree.ts'
import type { DeviceFacts } from './facts.ts'

export type AskedDevices = Readonly<Record<PosRole, Device>>

export type GatherDevices = {
  readonly section: DevicesSection
  readonly tree: SystemTree
  readonly table: readonly KnownDevice[]
  readonly clock: Clock
  /** Ours, and that of the running terminal when there is one: they may hold ports. */
  readonly ownPids: readonly number[]
  /** What the running terminal says; null when it is stopped. */
  readonly told: readonly DeviceHealth[] | null
  /** Drivers that have opened nothing yet; null: nothing may be opened. */
  readonly open: (() => AskedDevices) | null
  readonly probe: (path: string) => Promise<{ readonly as: string } | null>
}

/** A pad answers its greeting in 1.5 s and repeats it twice; printers and readers are quicker. */
const SETTLE_MS = 6000
const ROLES: readonly PosRole[] = ['printer', 'pinPad', 'cardReader', 'qrScanner']

/** Never rejects. Closes what it opened. */
export async function gatherDevices(parts: GatherDevices): Promise<readonly DeviceFacts[]> {
  const plugged = lookAround(parts.tree)
  const looked = ROLES.map((role) => look(parts, plugged, role))
  const asked = await askAll(parts, looked)
  const facts: DeviceFacts[] = []
  for (const { path, ...one } of looked) {
    const health = asked.get(one.role) ?? null
    const mayAsk = parts.open !== null && path !== null && one.node === 'present'
    const answer = mayAsk && health !== null && isDoubtful(health) ? await parts.probe(path) : null
    facts.push({ ...one, health, answersAs: answer?.as ?? null })
  }
  return facts
}

type Looked = Omit<DeviceFacts, 'health' | 'answersAs'> & { readonly path: string | null }

function look(parts: GatherDevices, plugged: readonly Plugged[], role: PosRole): Looked {
  const device = parts.section[role]
  const path = 'path' in device && !device.path.includes('*') ? device.path : null
  const node = path === null ? null : realNode(path)
  const behind = plugged.find((one) => one.node !== null && one.node === node)
  const unnamed = plugged.find((one) => findKnown(parts.table, one)?.is === role)
  const holders =
    node === null ? [] : (findHolders(parts.tree, [node], parts.ownPids).get(node) ?? [])
  return {
    role,
    path,
    model: device.model,
    place: placeOf(device),
    node: path === null ? 'notLooked' : nodeState(path),
    heldBy: holders,
    isByNumber: behind === undefined ? null : (findKnown(parts.table, behind)?.is ?? null),
    missingRule: unnamed === undefined ? null : udevRule(unnamed, role),
  }
}

function placeOf(device: DevicesSection[PosRole]): string {
  if ('path' in device) return device.path
  if ('host' in device) return `${device.host}:${device.port}`
  return [device.vendor, device.product].map((id) => id.toString(16).padStart(4, '0')).join(':')
}

function nodeState(path: string): DeviceFacts['node'] {
  try {
    if (!statSync(path).isCharacterDevice()) return 'notADevice'
  } catch {
    // No such name, or a link that leads nowhere: nothing is plugged in under it.
    return 'missing'
  }
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return 'present'
  } catch {
    // The node is there, so it is the rights.
    return 'noPermission'
  }
}

function realNode(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    // `nodeState` says that it is missing.
    return null
  }
}

async function askAll(
  { clock, open, told }: GatherDevices,
  looked: readonly Looked[],
): Promise<ReadonlyMap<PosRole, DeviceHealth>> {
  if (told !== null) return new Map(told.map((health) => [health.device, health]))
  if (open === null) return new Map()
  const devices = open()
  // A port that somebody holds, or that is not there, is left alone.
  const free = looked.filter(
    ({ heldBy, node }) => heldBy.length === 0 && (node === 'present' || node === 'notLooked'),
  )
  const asked = await Promise.all(
    free.map(async ({ role }) => [role, await ask(devices[role], clock)] as const),
  )
  return new Map(asked)
}

async function ask(device: Device, clock: Clock): Promise<DeviceHealth> {
  await new Promise<void>((resolve) => {
    const stop = clock.after(SETTLE_MS, resolve)
    device.onHealth((health) => {
      if (isDoubtful(health)) return
      stop()
      resolve()
    })
    device.start()
  })
  const { health } = device
  await device.close()
  return isDoubtful(health) && health.troubles.length === 0
    ? { ...health, troubles: ['noAnswer'] }
    : health
}

/** No answer that could be understood; a pad or reader that never said who it is has not answered either. */
function isDoubtful({ device, identity, troubles }: DeviceHealth): boolean {
  const isMute = troubles.some((one) => one === 'gone' || one === 'noAnswer' || one === 'garbled')
  const mustSayWho = device === 'pinPad' || device === 'cardReader'
  return isMute || (mustSayWho && identity === undefined)
}
