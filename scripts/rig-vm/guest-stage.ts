/** A shop whose terminal stands in a guest: the same stage that scenarios play on, with devices that the guest's kernel knows. */
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { DeviceId } from '../../test/rig/bench/state.ts'
import { type Rig, startRig } from '../../test/rig/rig.ts'
import { type Stage, stageWith } from '../../test/rig/scenario/stage.ts'
import { openHidPosCable } from '../../test/rig/sim/qr-scanner/hid-pos-cable.ts'
import type { Base } from './base.ts'
import { machineOf } from './booted.ts'
import { bootGuest, type Guest } from './guest.ts'
import { CONFIG, type PrinterModel, writeConfig, writeIn } from './guest-config.ts'
import { createGuestTerminal, type GuestTerminal } from './guest-terminal.ts'
import { type LineCable, openLineCable } from './line-cable.ts'
import { GADGET_LINES, plug, pull } from './usb-bus.ts'

const DATA = '/var/lib/suretill'
/** An emulated processor is some twenty times slower than a real one, and others may want ours too. */
const READY_TIMEOUT_MS = 600_000
/** Where the guest lets the host in to the screens. */
const ENTRANCE_PORT = 18_583

export type GuestStageOptions = {
  /** Everything of the laboratory is made in here. */
  readonly folder: string
  readonly base: Base
  readonly product: string
  /** The data partition; it outlives power cuts. */
  readonly dataDisk: string
  /** `devices.printer` of `terminal.yaml`. */
  readonly printer: PrinterModel
  /** From `keepBooted`: every start goes on from there. Disks are read anew, a kernel need not boot anew. */
  readonly booted: string
}

export type GuestStage = Stage & {
  readonly terminal: GuestTerminal
  readonly pull: (device: DeviceId) => Promise<void>
  readonly plug: (device: DeviceId) => Promise<void>
  /** Ends the program, names another printer in its configuration, does `meanwhile` and starts it again. Null, or why it did not start. */
  readonly reach: (
    printer: PrinterModel,
    meanwhile: (guest: Guest) => Promise<void>,
  ) => Promise<string | null>
}

/** The power is off. */
export async function setGuestStage(options: GuestStageOptions): Promise<GuestStage> {
  const folder = mkdtempSync(join(options.folder, 'stage-'))
  const screenPort = await freePort()
  const reports = openLineCable('hid')
  const cables: Readonly<Record<DeviceId, LineCable>> = {
    printer: openLineCable('printer'),
    'pin-pad': openLineCable('pin-pad'),
    'card-reader': openLineCable('card-reader'),
    'qr-scanner': reports,
  }
  const rig = await startRig({
    folder,
    ports: { acquirer: 0, screens: screenPort },
    cables: { ...cables, 'qr-scanner': openHidPosCable(reports, SUFFIX) },
  })
  writeConfig(rig, options.printer)
  const terminal = createGuestTerminal({
    boot: () => boot(options, rig, cables),
    start: START,
    readyTimeoutMs: READY_TIMEOUT_MS,
  })
  const stage = stageWith({ rig, terminal, folder, dataFolder: join(folder, 'data') })
  return {
    ...stage,
    terminal,
    async strike() {
      // Nobody needs a farewell any more, and it may take half a minute.
      await stage.powerCut()
      await stage.strike()
    },
    async reach(printer, meanwhile) {
      writeConfig(rig, printer)
      stage.screen.close()
      const started = await terminal.again(async (guest) => {
        await writeIn(guest, rig)
        await meanwhile(guest)
      })
      if (started.kind === 'failed') return started.why
      stage.screen.open(started.screens)
      return null
    },
    async pull(device) {
      const pulled = pull(terminal.guest(), device)
      rig.devices[device].unplug()
      await pulled
    },
    async plug(device) {
      rig.devices[device].plug()
      await plug(terminal.guest(), device)
    },
  }
}

/** As `startRig` reads it of the demo configuration. */
const SUFFIX = '\r'

/** The cache may know the disks as they were when the guest was saved; the clock stood still since. */
const mount = (): string => `date -s @${Math.floor(Date.now() / 1000)}
blockdev --flushbufs /dev/vdb && blockdev --flushbufs /dev/vdc && mkdir -p ${DATA} && mount -t ext4 /dev/vdc ${DATA} &&
mount -t ext4 -o ro,noload /dev/vdb /usr/local`

const START = `mkdir -p ${DATA}/data && chown -R suretill:suretill ${DATA}
su suretill -s /bin/sh -c 'exec suretill run --json --config ${CONFIG} --data ${DATA}/data' < /dev/null > /dev/virtio-ports/terminal 2>&1 &`

async function boot(
  { base, product, dataDisk, booted }: GuestStageOptions,
  rig: Rig,
  cables: Readonly<Record<DeviceId, LineCable>>,
): Promise<Guest> {
  const guest = await bootGuest({
    ...machineOf({ base, product, dataDisk }),
    ports: [{ host: rig.screenPort, guest: ENTRANCE_PORT }],
    resume: booted,
  })
  try {
    for (const device of [...GADGET_LINES, 'card-reader'] as const)
      cables[device].attach(guest.line(device))
    await guest.must(mount())
    await furnish(guest, rig)
    await plug(guest, 'card-reader')
    return guest
  } catch (error) {
    await guest.powerCut()
    throw error
  }
}

async function furnish(guest: Guest, rig: Rig): Promise<void> {
  await writeIn(guest, rig)
  // The screens listen on loopback alone; what the host forwards comes in by the network, one connection after the other.
  await guest.must(
    `(while :; do nc -l -p ${ENTRANCE_PORT} -e nc 127.0.0.1 ${rig.screenPort}; done) > /dev/null 2>&1 &`,
  )
}

/** The number must be the same on both sides: the pages check who asks. Taken again by the guest a moment later. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      )
    })
  })
}
