/** `suretill run`: opens everything in the order in which it can be refused, and says in one sentence why when it is. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, CommanderError } from 'commander'
import type { Situation } from '#core/drill/exercise.ts'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { loadTerminalFile } from '#shell/config/terminal-file.ts'
import { createDownloadStore } from '#shell/downloads/store.ts'
import { openDrillJournal } from '#shell/drill/drill-journal.ts'
import { lockFolder } from '#shell/journal/folder-lock.ts'
import { reopenJournal } from '#shell/journal/reopen.ts'
import { createReserve } from '#shell/journal/reserve.ts'
import { journalKey } from '#shell/keys/journal-key.ts'
import { openLog } from '#shell/log.ts'
import { createTally } from '#shell/metrics/tally.ts'
import { writeSlipsOut } from '#shell/receipt/slips-out.ts'
import { countExceptions } from '#shell/reports/read-gently.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { coreSetup } from '#shell/setup.ts'
import { systemClock } from '#shell/system-clock.ts'
import { createTerminal, type Terminal } from '#shell/terminal.ts'
import { type Doors, openDoors } from './doors.ts'
import type { RunParts } from './parts.ts'
import type { Ready } from './ready.ts'
import { loadShared } from './shared-data.ts'
import { shippedNow } from './shipped.ts'
import { markSnapshot } from './snapshot-mark.ts'
import { openStores, type Stores } from './stores.ts'
import { tend } from './tend.ts'

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
  const shipped = shippedNow(parts.shipped, parts.sharedConfig)
  const shared = loadShared(parts.sharedConfig, loaded.file, shipped)
  if (!shared.ok) return shared.sentence

  const data = resolve(flags.data)
  const folder = openFolder(parts, data, loaded.file.care.log)
  if (folder === null)
    return `Another terminal is running on ${data}. Nothing was started; stop that one or name another data folder.`
  const { log, unlock } = folder
  const tally = createTally()
  try {
    return await runLocked(
      parts,
      {
        config: flags.config,
        data,
        file: loaded.file,
        shared: shared.value,
        shipped,
        note: tally.counting(log.note),
        err: parts.err,
        tidyLog: log.tidy,
        tally,
      },
      (doors) => parts.out(flags.json === true ? inJson(doors) : inWords(doors)),
    )
  } finally {
    log.close()
    unlock()
  }
}

/** Null when another terminal has it. A disk that refuses may be a moment late: exit code 1, so that the service tries again. */
function openFolder(
  { err }: RunParts,
  data: string,
  care: Parameters<typeof openLog>[1],
): { readonly log: ReturnType<typeof openLog>; readonly unlock: () => void } | null {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    const unlock = lockFolder(join(data, 'terminal.lock'))
    return unlock === null ? null : { unlock, log: openLog(join(data, 'terminal.log'), care) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown'
    err(
      `The data folder ${data} cannot be used: ${why}. Nothing was started. \`suretill doctor\` says more.`,
    )
    throw new CommanderError(1, 'suretill.run', why)
  }
}

async function runLocked(
  parts: RunParts,
  ready: Ready,
  announce: (doors: Doors) => void,
): Promise<string | null> {
  const opened = openStores(ready)
  if (!opened.ok) return opened.sentence
  const { stores } = opened
  const terminal = compose(parts, ready, stores)
  const opening = await openDoors(parts, ready, { stores, terminal })
  if (!opening.ok) {
    await terminal.stop()
    return opening.sentence
  }
  terminal.start()
  const tending = await tend(parts, ready, { stores, terminal })
  announce(opening.doors)
  markSnapshot(parts.snapshot, ready.data, ready.note)
  const why = await Promise.race([parts.untilStopped(), tending.due])
  ready.note('stopping', { why })
  if (why === 'trialFailed')
    parts.err(
      'This release was not ready in time. What was sold is on disk; the next starts try again, then the release before takes over.',
    )
  tending.stopWatching()
  await opening.doors.close()
  await terminal.stop()
  await tending.finish()
  return null
}

function compose(
  parts: RunParts,
  ready: Ready,
  { deviceKey, disk, downloads, journal, journalFile, keys, random }: Stores,
): Terminal {
  const { data, file, note, shared } = ready
  const arena = createSecretArena()
  return createTerminal({
    ...shared,
    setup: coreSetup(file, shared.responseCodes),
    acquirer: acquirerSettings(file, shared.responseCodes),
    payees: file.payee?.references ?? [],
    masterKeyIndex: file.acquirer.masterKeyIndex,
    devices: parts.openDevices(file.devices, { clock: systemClock, arena }),
    journal,
    reopenJournal: () => reopenJournal(journalFile, journalKey(deviceKey)),
    situations: situationsOf(parts, ready),
    openDrillJournal: () => openDrillJournal(join(data, 'drill')),
    reserve: createReserve(join(data, 'journal.reserve')),
    keys,
    writeSlipsOut: (slips) => writeSlipsOut(join(data, 'slips-out'), slips, disk),
    downloads: createDownloadStore({ folder: downloads, disk }),
    countExceptions: (from) => (batch) =>
      countExceptions(journalFile, batch, from.batchRecords(batch)),
    deviceKey,
    arena,
    clock: systemClock,
    random,
    note,
  })
}

/** Without them a drill has no exercises, and that is all. */
function situationsOf(parts: RunParts, { note, shipped }: Ready): readonly Situation[] {
  const loaded = shipped.situations()
  if (loaded.ok) return loaded.situations
  note('drills', { sentence: loaded.sentence })
  parts.err(loaded.sentence)
  return []
}

function inJson({ customer, ports, screens }: Doors): string {
  return JSON.stringify({ event: 'ready', screens, customer, ...ports })
}

function inWords({ customer, screens }: Doors): string {
  return `Ready. Counter: ${screens}  Customer: ${customer}`
}
