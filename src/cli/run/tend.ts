/** What looks after a running terminal: its journal, its certificates and clock, the service manager, and a release that waits. */
import { updateObjections } from '#core/update/policy.ts'
import { acquirerSettings } from '#shell/acquirer-settings.ts'
import { createFaultBoard } from '#shell/care/fault-board.ts'
import { createJournalCheck } from '#shell/care/journal-check.ts'
import { createWatch } from '#shell/care/watch.ts'
import { readPower, watchPowerSupply } from '#shell/devices/power-supply.ts'
import { readCertificates } from '#shell/doctor/gather-link.ts'
import { readVisits } from '#shell/doctor/history.ts'
import { createUpkeep } from '#shell/journal/archive/upkeep.ts'
import { verifyInSlices } from '#shell/journal/verify/sliced.ts'
import { attend } from '#shell/service/attend.ts'
import { canReadJournal } from '#shell/service/read-journal.ts'
import { systemClock } from '#shell/system-clock.ts'
import type { Terminal } from '#shell/terminal.ts'
import { oversee } from '#shell/update/oversee.ts'
import { ownSlot } from '#shell/update/own-slot.ts'
import { checkedFile } from '../journal/check-refused.ts'
import type { RunParts } from './parts.ts'
import type { Ready } from './ready.ts'
import type { Stores } from './stores.ts'

const HOUR_MS = 3_600_000

export type Tending = {
  /** Resolves when the release itself wants another start. */
  readonly due: ReturnType<typeof oversee>['due']
  /** Nothing new is begun. */
  readonly stopWatching: () => void
  /** What is under way in the journal is finished; after the terminal has stopped. */
  readonly finish: () => Promise<void>
}

export async function tend(
  parts: RunParts,
  { data, file, note, shared, tidyLog }: Ready,
  { stores, terminal }: { readonly stores: Stores; readonly terminal: Terminal },
): Promise<Tending> {
  const { disk, journalFile, markFile, random } = stores
  const clock = systemClock
  const faults = createFaultBoard(terminal.screens.setFaults)
  const upkeep = createUpkeep({
    journal: journalFile,
    markFile,
    settings: file.journal,
    state: terminal.state,
    disk,
    clock,
    random,
    note,
    onFaults: faults.from('upkeep'),
  })
  upkeep.start()
  const watch = createWatch({
    clock,
    certificates: () => readCertificates(acquirerSettings(file, shared.responseCodes)),
    certificateDays: file.care.certificateDays,
    lastCheckMs: () => readVisits(data, disk).at(-1)?.atMs ?? null,
    checkDays: file.care.checkDays,
    newestEventMs: () => terminal.state().at,
    tidyLog,
    note,
    onFaults: faults.from('watch'),
  })
  watch.start()
  const battery = watchPowerSupply({
    clock,
    read: () => readPower(file.power.folder),
    everyMs: file.power.lookEveryMs,
    onPower: terminal.setPower,
  })
  const check = createJournalCheck({
    verify: () => verifyInSlices(journalFile),
    file: checkedFile(data),
    everyMs: file.journal.checkEveryHours * HOUR_MS,
    state: terminal.state,
    disk,
    clock,
    note,
    onBroken: () => terminal.condemn('journal.broken'),
  })
  if (file.journal.checkEveryHours > 0) check.start()
  const objections = (): readonly string[] =>
    updateObjections(terminal.state(), { wallMs: clock.wallMs(), window: file.updates.between })
  const attendant = await attend({
    state: terminal.state,
    objections,
    view: () => terminal.screens.api.view(),
    canReadJournal: () => canReadJournal(journalFile),
    folder: data,
    pid: parts.pid,
    clock,
    note,
    manager: parts.serviceManager((detail) => note('systemd cannot be told', { detail })),
  })
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
    clock,
    note,
    onWaits: terminal.screens.setReleaseWaits,
  })
  return {
    due: overseer.due,
    stopWatching: () => {
      overseer.stop()
      watch.stop()
      battery.stop()
      check.stop()
      attendant.stop()
    },
    finish: () => upkeep.stop(),
  }
}
