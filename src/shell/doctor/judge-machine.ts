/** What is wrong with the box itself: clock, disk, journal, names of devices, the running program. */
import type { DoctorFacts } from './facts.ts'
import { type Finding, finding, minutes } from './finding.ts'
import { isClockAncient, isClockBehind } from './passing-time.ts'

/** Below it the journal soon meets a full disk; the reserve is one of them. */
const FREE_BAD_BYTES = 16 * 1024 * 1024
const FREE_WARNING_BYTES = 128 * 1024 * 1024
const MEGABYTE = 1024 * 1024
/** Enough to see which they are. */
const FILES_NAMED = 5

export function judgeMachine(facts: DoctorFacts): readonly Finding[] {
  return [
    ...judgeTerminal(facts),
    judgeClock(facts),
    ...judgeDisk(facts),
    judgeJournal(facts),
    facts.rulesInstalled
      ? finding('names', 'good', 'names.rules')
      : finding('names', 'warning', 'names.noRules'),
  ]
}

function judgeTerminal({
  foreignFiles,
  otherOwner,
  retired,
  snapshot,
  terminal,
}: DoctorFacts): readonly Finding[] {
  const found: Finding[] = []
  if (otherOwner !== null)
    found.push(finding('terminal', 'bad', 'terminal.otherOwner', { uid: otherOwner }))
  if (foreignFiles.length > 0)
    found.push(
      finding('terminal', 'bad', 'terminal.foreignFiles', {
        files: foreignFiles.slice(0, FILES_NAMED).join(', '),
      }),
    )
  if (retired !== null) found.push(finding('terminal', 'bad', 'terminal.retired', { why: retired }))
  if (terminal === 'running') found.push(finding('terminal', 'good', 'terminal.running'))
  if (terminal === 'silent') found.push(finding('terminal', 'bad', 'terminal.silent'))
  if (terminal === 'stopped') found.push(finding('terminal', 'open', 'terminal.stopped'))
  if (snapshot === 'refused') found.push(finding('terminal', 'warning', 'terminal.noSnapshot'))
  return found
}

function judgeClock({ journal, nowMs }: DoctorFacts): Finding {
  const now = minutes(nowMs)
  if (isClockAncient(nowMs)) return finding('clock', 'bad', 'clock.ancient', { now })
  if (journal.kind === 'whole' && isClockBehind(nowMs, journal.lastMs))
    return finding('clock', 'bad', 'clock.behindJournal', { now, last: minutes(journal.lastMs) })
  return finding('clock', 'good', 'clock.sane', { now })
}

function judgeDisk({ disk }: DoctorFacts): readonly Finding[] {
  const { freeBytes, reserve, writable } = disk
  const megabytes = freeBytes === null ? '?' : Math.floor(freeBytes / MEGABYTE)
  const found: Finding[] = []
  if (!writable) found.push(finding('disk', 'bad', 'disk.notWritable'))
  if (freeBytes !== null && freeBytes < FREE_BAD_BYTES)
    found.push(finding('disk', 'bad', 'disk.full', { megabytes }))
  else if (freeBytes !== null && freeBytes < FREE_WARNING_BYTES)
    found.push(finding('disk', 'warning', 'disk.low', { megabytes }))
  if (reserve === 'missing') found.push(finding('disk', 'bad', 'disk.noReserve'))
  return found.length > 0 ? found : [finding('disk', 'good', 'disk.room', { megabytes })]
}

const ORIGIN_WORDS = {
  keyMissing: 'journal.keyMissing',
  another: 'journal.ofAnother',
  none: 'journal.unproven',
} as const

const REFUSED_WORDS = {
  gone: 'journal.gone',
  halfRestored: 'journal.halfRestored',
  behind: 'journal.behind',
  another: 'journal.notThis',
  newer: 'journal.newer',
} as const

function judgeJournal({ journal }: DoctorFacts): Finding {
  switch (journal.kind) {
    case 'absent':
      return finding('journal', 'open', 'journal.absent')
    case 'notLooked':
      return finding('journal', 'open', 'journal.notLooked')
    case 'whole':
      return journal.origin === 'own'
        ? finding('journal', 'good', 'journal.whole', { events: journal.events })
        : finding('journal', 'warning', ORIGIN_WORDS[journal.origin])
    case 'refused':
      return finding('journal', 'bad', REFUSED_WORDS[journal.why])
    case 'damaged':
      return finding('journal', 'bad', 'journal.damaged', { why: journal.why })
  }
}
