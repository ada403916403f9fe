/** Gathers all facts in an order in which nothing disturbs a terminal that runs: it is asked first, and then only what it does not hold is touched. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#core/ports/clock.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import type { AcquirerSettings } from '../acquirer/acquirer.ts'
import { readRetired, retiredSentence } from '../care/retired.ts'
import type { TerminalFile } from '../config/terminal-file.ts'
import type { KnownDevice } from '../devices/known-devices.ts'
import type { SystemTree } from '../devices/system-tree.ts'
import { createDownloadStore } from '../downloads/store.ts'
import { lockFolder } from '../journal/folder-lock.ts'
import { openDeviceKey, type Random } from '../keys/device-key.ts'
import { createDisk } from '../keys/disk.ts'
import { openSoftwareKeyStore, type SoftwareKeyStore } from '../keys/software-key-store.ts'
import { createSecretArena } from '../secrets/arena.ts'
import type { DoctorFacts } from './facts.ts'
import { type AskedDevices, gatherDevices } from './gather-devices.ts'
import { findDialect, reachHosts, readCertificates, trySignOn } from './gather-link.ts'
import { foreignFiles, hasRules, lookAtDisk, lookAtJournal } from './gather-machine.ts'
import { askLiveStatus, type LiveStatus } from './live-status.ts'

export type GatherParts = {
  readonly file: TerminalFile
  readonly settings: AcquirerSettings
  readonly dialect: Dialect
  readonly table: readonly KnownDevice[]
  /** Absolute path of the data folder; need not exist. */
  readonly data: string
  readonly clock: Clock
  readonly random: Random
  readonly tree: SystemTree
  readonly pid: number
  readonly uid: number
  readonly mayAskHost: boolean
  /** Tried one after the other when the host does not understand the one of terminal.yaml; empty: none is. */
  readonly otherDialects: readonly Dialect[]
  readonly openDevices: (
    file: TerminalFile['devices'],
    parts: { clock: Clock; arena: SecretArena },
  ) => AskedDevices
  readonly probe: (path: string) => Promise<{ readonly as: string } | null>
  readonly freeBytes: (folder: string) => number | null
  readonly snapshot: () => DoctorFacts['snapshot']
}

/** Never rejects for what the world can cause. A terminal cannot start while this runs on its folder, and the other way round. */
export async function gather(parts: GatherParts): Promise<DoctorFacts> {
  const { data, uid } = parts
  const owner = statSync(data, { throwIfNoEntry: false })?.uid
  const otherOwner = owner === undefined || owner === uid ? null : owner
  const foreign = foreignFiles(data)
  // Files made by another user could not be opened by the terminal afterwards: then nothing is locked, opened or signed on.
  if (otherOwner !== null)
    return await gatherAround(parts, { otherOwner, foreign, unlock: null, live: null })
  // The lock may be one of them.
  if (foreign.length > 0) {
    const live = await askLiveStatus(data)
    return await gatherAround(parts, { otherOwner, foreign, unlock: null, live })
  }
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(join(data, 'terminal.lock'))
  const live = unlock === null ? await askLiveStatus(data) : null
  try {
    return await gatherAround(parts, { otherOwner, foreign, unlock, live })
  } finally {
    unlock?.()
  }
}

type Standing = {
  readonly otherOwner: number | null
  /** Of somebody else than the terminal. */
  readonly foreign: readonly string[]
  /** Not null: the terminal is stopped and stays so until we are done. */
  readonly unlock: (() => void) | null
  readonly live: LiveStatus | null
}

async function gatherAround(
  parts: GatherParts,
  { foreign, live, otherOwner, unlock }: Standing,
): Promise<DoctorFacts> {
  const { clock, data, file, settings, tree } = parts
  // Before a key is made for a box that has none: a journal without its key is to be told.
  const disk = lookAtDisk(data, parts.freeBytes)
  const mayOpen = otherOwner === null && foreign.length === 0
  const journal = mayOpen ? lookAtJournal(data) : ({ kind: 'notLooked' } as const)
  const isOurs = unlock !== null
  const retired = mayOpen ? whyRetired(data) : null
  // The box that took over has the terminal number now: a sign-on from here would take its working keys away.
  // A disk that keeps nothing would not keep the working keys either: the sign-on would fail for that alone.
  const mayAskHost = parts.mayAskHost && retired === null && disk.writable
  const keys = isOurs && retired === null ? openKeys(parts) : null
  const devices = await gatherDevices({
    section: file.devices,
    tree,
    table: parts.table,
    clock,
    ownPids: [parts.pid, ...(live === null ? [] : [live.pid])],
    told: live?.devices ?? null,
    open: isOurs
      ? () => parts.openDevices(file.devices, { clock, arena: createSecretArena() })
      : null,
    probe: parts.probe,
  })
  const asksHost = mayAskHost && live?.link !== 'up'
  const hosts = asksHost
    ? await reachHosts(settings, clock)
    : settings.hosts.map(({ host, port }) => ({
        address: `${host}:${port}`,
        reached: null,
        detail: '',
      }))
  return {
    nowMs: clock.wallMs(),
    certificateDays: file.care.certificateDays,
    terminal: standsHow({ live, unlock, mayOpen }),
    retired,
    otherOwner,
    foreignFiles: foreign,
    devices,
    hosts,
    talk: await talk(
      { ...parts, mayAskHost },
      live,
      keys,
      hosts.some((host) => host.reached === true),
    ),
    certificates: readCertificates(settings),
    keys: {
      refused: keys !== null && !keys.ok ? keys : null,
      unopened: keys?.ok === true && keys.keys.masterKeyCheck === '' && keys.hadFile,
      masterKeyCheck: keys?.ok === true ? keys.keys.masterKeyCheck : null,
      ready: keys?.ok === true ? keys.keys.ready : (live?.keysReady ?? null),
    },
    disk,
    journal,
    snapshot: parts.snapshot(),
    rulesInstalled: hasRules(tree),
  }
}

function standsHow({
  live,
  mayOpen,
  unlock,
}: Pick<Standing, 'live' | 'unlock'> & { readonly mayOpen: boolean }): DoctorFacts['terminal'] {
  if (live !== null) return 'running'
  return unlock !== null || !mayOpen ? 'stopped' : 'silent'
}

/** What the terminal would say at a start; a mark that cannot be read keeps it from starting too. */
function whyRetired(data: string): string | null {
  try {
    return retiredSentence(readRetired(data, createDisk()))
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'unknown'
  }
}

type Keys =
  | { readonly ok: true; readonly keys: SoftwareKeyStore; readonly hadFile: boolean }
  | { readonly ok: false; readonly by: 'deviceKey' | 'store'; readonly why: string }

/** As the terminal opens them at its start. */
function openKeys({ data, file, random }: GatherParts): Keys {
  const disk = createDisk()
  const deviceKey = openDeviceKey({ file: join(data, 'device.key'), disk, random })
  if (!deviceKey.ok) return { ok: false, by: 'deviceKey', why: deviceKey.why }
  const hadFile = existsSync(join(data, 'keys.json'))
  const store = openSoftwareKeyStore({
    file: join(data, 'keys.json'),
    disk,
    profile: file.profile,
    deviceKey: deviceKey.key,
    random,
    warn: () => undefined,
  })
  const { masterKey } = file.acquirer
  if (!store.ok) return { ...store, by: 'store' }
  const imported = masterKey === undefined ? null : store.keys.importMasterKey(masterKey)
  if (imported?.ok === false) return { ...imported, by: 'store' }
  return { ...store, hadFile }
}

async function talk(
  parts: GatherParts,
  live: LiveStatus | null,
  keys: Keys | null,
  reached: boolean,
): Promise<DoctorFacts['talk']> {
  if (live !== null) {
    if (live.message === 'link.keyCheck')
      return { kind: 'failed', why: 'keyCheck', code: '', unreadable: false, answersIn: null }
    return live.link === 'up' ? { kind: 'linkUp' } : { kind: 'linkDown', message: live.message }
  }
  if (!parts.mayAskHost || keys === null || !keys.ok) return { kind: 'notTried' }
  const link = {
    ...parts,
    keys: keys.keys,
    downloads: createDownloadStore({ folder: join(parts.data, 'downloads'), disk: createDisk() }),
  }
  const said = await trySignOn(link)
  const isDeaf =
    said.kind === 'failed' && ['silent', 'unusable', 'unreachable'].includes(said.why) && reached
  return isDeaf ? { ...said, answersIn: await findDialect(link, parts.otherDialects) } : said
}
