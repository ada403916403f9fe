/** `suretill run`: opens everything in the order in which it can be refused, and says in one sentence why when it is. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, CommanderError } from 'commander'
import type { Situation } from '#core/drill/exercise.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import { updateObjections } from '#core/update/policy.ts'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import type { ReportSource } from '#shell/api/report-view.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import { screensToken } from '#shell/api/screens-token.ts'
import type { Look } from '#shell/api/view.ts'
import { createFaultBoard } from '#shell/care/fault-board.ts'
import { readRetired, retiredSentence } from '#shell/care/retired.ts'
import { createWatch } from '#shell/care/watch.ts'
import { readCodeTable } from '#shell/config/code-table-file.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadTerminalFile, type TerminalFile } from '#shell/config/terminal-file.ts'
import { readCertificates } from '#shell/doctor/gather-link.ts'
import { createDownloadStore } from '#shell/downloads/store.ts'
import { openDrillJournal } from '#shell/drill/drill-journal.ts'
import { loadSituations } from '#shell/drill/situations-file.ts'
import { type FeedStart, startFeed } from '#shell/feed/feed.ts'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { reopenJournal } from '#shell/journal/reopen.ts'
import { createReserve } from '#shell/journal/reserve.ts'
import { createUpkeep } from '#shell/journal/upkeep.ts'
import { openDeviceKey } from '#shell/keys/device-key.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { openKeys } from '#shell/keys/open-keys.ts'
import { type Note, openLog } from '#shell/log.ts'
import { createTally, type Tally } from '#shell/metrics/tally.ts'
import type { Devices } from '#shell/performers/parts.ts'
import { readSlipWords } from '#shell/receipt/slip-words.ts'
import { countExceptions } from '#shell/reports/read-gently.ts'
import { reportSource } from '#shell/reports/report-view.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { attend } from '#shell/service/attend.ts'
import { canReadJournal } from '#shell/service/read-journal.ts'
import type { ServiceManager } from '#shell/service/service-manager.ts'
import { coreSetup } from '#shell/setup.ts'
import { systemClock } from '#shell/system-clock.ts'
import { createTerminal, type Terminal, type TerminalParts } from '#shell/terminal.ts'
import { startSerialTill, type TillCable } from '#shell/till/serial-line.ts'
import { startTillServer } from '#shell/till/server.ts'
import type { FileCalls } from '#shell/update/file-calls.ts'
import { oversee } from '#shell/update/oversee.ts'
import { ownSlot } from '#shell/update/own-slot.ts'
import { journalRefused } from './journal-refused.ts'
import { markRefused } from './mark-refused.ts'
import { changedByHand } from './params-seal.ts'
import { openMetrics } from './run-metrics.ts'

export type RunParts = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: dialects, code classes, response codes, words. */
  readonly sharedConfig: string
  readonly buildFolder: string
  /** A serial cable to a till; opens nothing yet. */
  readonly tillCable: (options: { path: string; baudRate: number; clock: Clock }) => TillCable
  readonly openDevices: (
    file: TerminalFile['devices'],
    parts: { clock: Clock; arena: SecretArena },
  ) => Devices
  readonly startScreens: (options: {
    readonly host: string
    readonly port: number
    readonly api: ScreensApi
    readonly buildFolder: string
    readonly log: Note
    readonly token: string
    readonly look: Look
    readonly report: ReportSource
    readonly benchOrigin?: string
  }) => Promise<
    | {
        readonly ok: true
        readonly url: string
        readonly customerUrl: string
        close(): Promise<void>
      }
    | { readonly ok: false; readonly sentence: string }
  >
  readonly pid: number
  /** systemd when it has started us, or one that does nothing; told once why systemd cannot be told. */
  readonly serviceManager: (onFailed: (detail: string) => void) => ServiceManager
  /** Folder of package.json, links followed: says whether this is one of two slots. */
  readonly ownFolder: string
  readonly fileCalls: FileCalls
  /** Resolves when the process is asked to end. */
  readonly untilStopped: () => Promise<string>
  /** Ends the process: everything is on disk, and whatever still waits for a customer or a host waits in vain. */
  readonly leave: () => void
}

type Flags = { readonly config: string; readonly data: string; readonly json?: true }

/** Exit codes: 0 asked to stop, 1 stopped by trouble, 2 refused to start. */
export function registerRun(program: Command, parts: RunParts): void {
  program
    .command('run')
    .description('the terminal: counter and customer screens on this machine')
    .requiredOption('--config <folder>', 'folder with terminal.yaml')
    .requiredOption('--data <folder>', 'folder of this terminal alone: journal, keys, log')
    .option('--json', 'one JSON object per line instead of sentences')
    .action(async (flags: Flags) => {
      const refused = await run(parts, flags)
      if (refused === null) {
        parts.leave()
        return
      }
      parts.err(refused)
      throw new CommanderError(2, 'suretill.run', refused)
    })
}

/** The sentence of what was refused, or null after an orderly end. */
async function run(parts: RunParts, flags: Flags): Promise<string | null> {
  const loaded = loadTerminalFile(flags.config)
  if (!loaded.ok) return loaded.sentence
  const shared = loadShared(parts.sharedConfig, loaded.file)
  if (!shared.ok) return shared.sentence

  const data = resolve(flags.data)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(join(data, 'terminal.lock'))
  if (unlock === null)
    return `Another terminal is running on ${data}. Nothing was started; stop that one or name another data folder.`
  const tally = createTally()
  const log = openLog(join(data, 'terminal.log'), loaded.file.care.log)
  try {
    return await runLocked(parts, flags, {
      file: loaded.file,
      shared: shared.value,
      data,
      note: tally.counting(log.note),
      tidyLog: log.tidy,
      tally,
    })
  } finally {
    log.close()
    unlock()
  }
}

type Ready = {
  readonly file: TerminalFile
  readonly shared: Shared
  readonly data: string
  readonly note: Note
  readonly tidyLog: (wallMs: number) => void
  readonly tally: Tally
}

async function runLocked(
  parts: RunParts,
  flags: Flags,
  { file, shared, data, note, tidyLog, tally }: Ready,
): Promise<string | null> {
  const disk = createDisk()
  const retired = retiredSentence(readRetired(data, disk))
  if (retired !== null) return retired
  const random = (length: number): Uint8Array => Uint8Array.from(randomBytes(length))
  const deviceKey = openDeviceKey({ file: join(data, 'device.key'), disk, random })
  if (!deviceKey.ok) return deviceKey.why
  const warn = (sentence: string): void => {
    note('keys', { sentence })
    parts.err(sentence)
  }
  const store = openKeys(file.acquirer, {
    file: join(data, file.acquirer.dukpt === undefined ? 'keys.json' : 'dukpt.json'),
    disk,
    profile: file.profile,
    deviceKey: deviceKey.key,
    random,
    warn,
  })
  if (!store.ok) return store.why
  const changed = changedByHand(file, flags.config, { data, disk, deviceKey: deviceKey.key })
  if (changed !== null) return changed
  const journalFile = join(data, 'journal.db')
  const markFile = join(data, 'journal.mark')
  const behind = markRefused(journalFile, markFile, disk)
  if (behind !== null) return behind
  const opened = openJournal(journalFile)
  if (!opened.ok) return journalRefused(opened, journalFile)

  const downloads = join(data, 'downloads')
  mkdirSync(downloads, { recursive: true, mode: 0o700 })
  const arena = createSecretArena()
  const devices = parts.openDevices(file.devices, { clock: systemClock, arena })
  const terminal = createTerminal({
    ...shared,
    setup: coreSetup(file, shared.responseCodes),
    acquirer: acquirerSettings(file, shared.responseCodes),
    payees: file.payee?.references ?? [],
    masterKeyIndex: file.acquirer.masterKeyIndex,
    devices,
    journal: opened.journal,
    reopenJournal: () => reopenJournal(journalFile),
    situations: situationsOf(parts, note),
    openDrillJournal: () => openDrillJournal(join(data, 'drill')),
    reserve: createReserve(join(data, 'journal.reserve')),
    keys: store.keys,
    downloads: createDownloadStore({ folder: downloads, disk }),
    countExceptions: (journal) => (batch) =>
      countExceptions(journalFile, batch, journal.batchRecords(batch)),
    deviceKey: deviceKey.key,
    arena,
    clock: systemClock,
    random,
    note,
  })
  const { benchOrigin, host, port, theme, quietHours = null, volume, voice } = file.screens
  const screens = await parts.startScreens({
    host,
    port,
    api: terminal.screens.api,
    buildFolder: parts.buildFolder,
    log: note,
    token: screensToken(deviceKey.key, random),
    look: { theme, quietHours, volume, voice },
    report: reportSource({
      journal: journalFile,
      sharedConfig: parts.sharedConfig,
      wallMs: () => systemClock.wallMs(),
    }),
    ...(benchOrigin === undefined ? {} : { benchOrigin }),
  })
  if (!screens.ok) {
    await terminal.stop()
    return screens.sentence
  }
  const till = file.till === undefined ? null : await startTill(file.till, terminal, note)
  if (till !== null && !till.ok) {
    await screens.close()
    await terminal.stop()
    return till.sentence
  }
  const metrics = await openMetrics({ wanted: file.care.metrics, terminal, tally, data })
  if (metrics !== null && !metrics.ok) {
    await till?.close()
    await screens.close()
    await terminal.stop()
    return metrics.sentence
  }
  terminal.start()
  const faults = createFaultBoard(terminal.screens.setFaults)
  const upkeep = createUpkeep({
    journal: journalFile,
    markFile,
    settings: file.journal,
    state: terminal.state,
    disk,
    clock: systemClock,
    random,
    note,
    onFaults: faults.from('upkeep'),
  })
  upkeep.start()
  const watch = createWatch({
    clock: systemClock,
    certificates: () => readCertificates(acquirerSettings(file, shared.responseCodes)),
    certificateDays: file.care.certificateDays,
    newestEventMs: () => terminal.state().at,
    tidyLog,
    note,
    onFaults: faults.from('watch'),
  })
  watch.start()
  const cable = openTillCable(file.till, terminal, { tillCable: parts.tillCable, note })
  const feed = await openFeed(file, { data, note, err: parts.err })
  const objections = (): readonly string[] =>
    updateObjections(terminal.state(), {
      wallMs: systemClock.wallMs(),
      window: file.updates.between,
    })
  const attendant = await attend({
    state: terminal.state,
    objections,
    view: () => terminal.screens.api.view(),
    canReadJournal: () => canReadJournal(journalFile),
    folder: data,
    pid: parts.pid,
    clock: systemClock,
    note,
    manager: parts.serviceManager((detail) => note('systemd cannot be told', { detail })),
  })
  parts.out(
    flags.json === true
      ? JSON.stringify({
          event: 'ready',
          screens: screens.url,
          customer: screens.customerUrl,
          ...(till === null ? {} : { till: till.port }),
          ...(feed === null ? {} : { feed: feed.port }),
          ...(metrics === null ? {} : { metrics: metrics.port }),
        })
      : `Ready. Counter: ${screens.url}  Customer: ${screens.customerUrl}`,
  )
  const overseer = oversee({
    own: ownSlot(parts.ownFolder, parts.fileCalls),
    calls: parts.fileCalls,
    disk,
    data,
    state: terminal.state,
    objections,
    isReady: () =>
      terminal.screens.api.view().page !== 'outOfService' && canReadJournal(journalFile),
    readyWithinMs: file.updates.readyWithinMs,
    clock: systemClock,
    note,
  })
  const why = await Promise.race([parts.untilStopped(), overseer.due])
  note('stopping', { why })
  if (why === 'trialFailed')
    parts.err(
      'This release was not ready in time. What was sold is on disk; the next starts try again, then the release before takes over.',
    )
  overseer.stop()
  watch.stop()
  attendant.stop()
  await feed?.close()
  await cable?.close()
  await metrics?.close()
  await till?.close()
  await screens.close()
  await terminal.stop()
  await upkeep.stop()
  return null
}

/** Beside the port, not in its place; a cable that is not there yet is waited for. */
function openTillCable(
  till: TerminalFile['till'],
  { till: desk }: Terminal,
  { note, tillCable }: Pick<RunParts, 'tillCable'> & { readonly note: Note },
): { close(): Promise<void> } | null {
  if (till?.serial === undefined) return null
  const cable = tillCable({ ...till.serial, clock: systemClock })
  return startSerialTill({ cable, secret: till.secret, desk, clock: systemClock, note })
}

/** Without them a drill has no exercises, and that is all. */
function situationsOf(parts: RunParts, note: Note): readonly Situation[] {
  const loaded = loadSituations(join(parts.sharedConfig, 'drills.yaml'))
  if (loaded.ok) return loaded.situations
  note('drills', { sentence: loaded.sentence })
  parts.err(loaded.sentence)
  return []
}

/** A feed that cannot be opened is said, and the terminal sells on. */
async function openFeed(
  { feed, terminal }: TerminalFile,
  { data, err, note }: { data: string; err: RunParts['err']; note: Note },
): Promise<Extract<FeedStart, { ok: true }> | null> {
  if (feed === undefined) return null
  const started = await startFeed(feed, {
    journal: join(data, 'journal.db'),
    positionFile: join(data, 'feed.json'),
    terminal: terminal.number,
    disk: createDisk(),
    clock: systemClock,
    note,
  })
  if (started.ok) return started
  note('feed', { sentence: started.sentence })
  err(started.sentence)
  return null
}

function startTill(
  { port, secret }: NonNullable<TerminalFile['till']>,
  { till: desk }: Terminal,
  note: Note,
): ReturnType<typeof startTillServer> {
  return startTillServer({ port, secret, desk, clock: systemClock, note })
}

type Shared = Pick<TerminalParts, 'dialect' | 'codeTable' | 'slipWords'> & {
  readonly responseCodes: NonNullable<ReturnType<typeof loadResponseCodes>>
}

function loadShared(
  folder: string,
  file: TerminalFile,
):
  | { readonly ok: true; readonly value: Shared }
  | { readonly ok: false; readonly sentence: string } {
  const dialect = loadDialect(file.acquirer.dialect, join(folder, 'dialects'))
  if (!dialect.ok) return refused(dialect.problem)
  const codeTable = readCodeTable(readFileSync(join(folder, 'code-classes.yaml'), 'utf8'))
  if (!codeTable.ok) return refused(`code-classes.yaml: ${codeTable.error}`)
  const words = readSlipWords(
    JSON.parse(
      readFileSync(join(folder, 'locales', `slip.${file.terminal.locale.slip}.json`), 'utf8'),
    ),
  )
  if (!words.ok) return refused(`slip words: ${words.error}`)
  const responseCodes = loadResponseCodes(join(folder, 'response-codes.yaml'))
  if (responseCodes === null) return refused('response-codes.yaml is missing or wrong')
  return {
    ok: true,
    value: {
      dialect: dialect.dialect,
      codeTable: codeTable.table,
      slipWords: words.words,
      responseCodes,
    },
  }
}

function refused(problem: string): { readonly ok: false; readonly sentence: string } {
  return {
    ok: false,
    sentence: `The configuration cannot be used: ${problem}. Nothing was started.`,
  }
}
