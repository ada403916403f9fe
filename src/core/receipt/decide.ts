/** The queue of slips: one at the printer, the others wait, and nothing leaves the queue without proof or a person's word. */

import type { DeviceTrouble } from '../ports/device.ts'
import { takeJob } from '../terminal/counters.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import { SLIPS_LIMIT, type Step, type TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { countPaper } from './paper.ts'
import type { SlipCopy, SlipFacts, SlipMark } from './slip.ts'
import { isOpen, type SlipJob, type SlipJobState } from './slip-job.ts'

/** Puts a slip into the queue. `awaitingTear` for every copy after the first. */
export function queueSlip(
  state: TerminalState,
  record: string,
  slip: { readonly facts: SlipFacts; readonly copy: SlipCopy; readonly mark: SlipMark },
  waits: 'queued' | 'awaitingTear',
): TerminalState {
  const numbered = takeJob(state)
  const job: SlipJob = {
    record,
    slip: { ...slip, job: numbered.job, drill: state.setup.drill },
    state: waits,
  }
  return { ...numbered.state, slips: [...forgetEnded(numbered.state.slips), job] }
}

/** Originals of an approved transaction, in the order of the copies set up. */
export function queueOriginals(
  state: TerminalState,
  record: TransactionRecord,
  facts: SlipFacts,
): TerminalState {
  return state.setup.slips.copies.reduce(
    (next, copy, index) =>
      queueSlip(
        next,
        record.id,
        { facts, copy, mark: { kind: 'original' } },
        index === 0 ? 'queued' : 'awaitingTear',
      ),
    state,
  )
}

/** Hands the next waiting slip to the printer, if it is well and free. */
export function pumpSlips(state: TerminalState): Decision {
  if (state.slips.some((job) => job.state === 'printing')) return stay(state)
  if (state.devices.printer.troubles.length > 0) return stay(state)
  const { signing } = state
  const next = state.slips.find((job) => job.state === 'queued' && job.record !== signing?.record)
  if (next === undefined) return stay(state)
  return stay(setJob(state, next, 'printing'), [{ do: 'print', slip: next.slip }])
}

export function onPrintEnded(
  before: TerminalState,
  event: Extract<TerminalEvent, { type: 'printEnded' }>,
): Decision {
  const job = before.slips.find((one) => one.slip.job === event.job && one.state === 'printing')
  if (job === undefined) return refuse(before, 'unknownJob')
  const state = countPaper(before, event)
  switch (event.outcome.kind) {
    case 'printed':
      return askToTear(setJob(state, job, 'printed'))
    case 'notStarted':
      return wentSilent(state, event.outcome.trouble) && isFirstTry(job)
        ? pumpSlips(setJob(state, markLate(job), 'queued'))
        : stay(setJob(state, markLate(job), 'owed'))
    case 'notDrawn':
      return pumpSlips(setJob(state, markLate(job), 'owed'))
    case 'interrupted':
      return wentSilent(state, event.outcome.trouble)
        ? onceMore(state, job)
        : stay(setJob(state, withPartAbove(markLate(job)), 'owed'))
    case 'unsure':
      return stay(setJob(state, job, 'unsure'))
  }
}

/** It said nothing for a while and is well again: nobody will say so once more, and an owed slip would wait for ever. */
function wentSilent(state: TerminalState, trouble: DeviceTrouble): boolean {
  return trouble === 'noAnswer' && state.devices.printer.troubles.length === 0
}

/** Whatever was tried before says that it is late, or never will: once more, and no more. */
function isFirstTry({ slip }: SlipJob): boolean {
  return slip.mark.kind === 'original' && slip.facts.type !== 'test'
}

/** Printed again at once; a second time somebody has to look at the paper. */
function onceMore(state: TerminalState, job: SlipJob): Decision {
  const late = withPartAbove(markLate(job))
  return job.slip.afterPart === true
    ? stay(setJob(state, late, 'unsure'))
    : pumpSlips(setJob(state, late, 'queued'))
}

/** After a copy is out, the next one of the same record waits for the tear, with a limit. */
function askToTear(state: TerminalState): Decision {
  if (!waitsForTear(state)) return pumpSlips(state)
  return stay(state, [{ do: 'startTimer', timer: 'tear', ms: state.setup.slips.tearTimeoutMs }])
}

/** True while a copy is out that must be torn off before the next one prints. */
export function waitsForTear(state: TerminalState): boolean {
  return state.slips.some((job) => mayBeTorn(state, job))
}

/** A copy waits for the tear of those before it, and there is nothing to tear until they are on paper. */
export function mayBeTorn(state: TerminalState, job: SlipJob): boolean {
  if (job.state !== 'awaitingTear') return false
  const before = state.slips.slice(0, state.slips.indexOf(job))
  return before.every((earlier) => earlier.record !== job.record || !isOpen(earlier))
}

/** The cashier has torn the copy off, or waited long enough. */
export function releaseTorn(state: TerminalState): Decision {
  const slips = waitsForTear(state)
    ? state.slips.map((job) => (mayBeTorn(state, job) ? { ...job, state: 'queued' as const } : job))
    : state.slips
  const pumped = pumpSlips(slips === state.slips ? state : { ...state, slips })
  return {
    ...pumped,
    effects: [{ do: 'stopTimer', timer: 'tear' } satisfies Effect, ...pumped.effects],
  }
}

/** The printer is well again, or the cashier asks: everything that waited for it is queued, marked as late. */
export function queueOwed(state: TerminalState): Decision {
  const slips = state.slips.map((job) =>
    job.state === 'owed' || job.state === 'queued'
      ? { ...markLate(job), state: 'queued' as const }
      : job,
  )
  return pumpSlips({ ...state, slips })
}

/** The cashier says whether an unsure slip is on paper. */
export function settleUnsure(state: TerminalState, jobId: string, onPaper: boolean): Decision {
  const job = state.slips.find((one) => one.slip.job === jobId && one.state === 'unsure')
  if (job === undefined) return refuse(state, 'unknownJob')
  // On paper: the copy behind it waits for the tear, as if the printer had said so.
  return onPaper
    ? askToTear(setJob(state, job, 'waived'))
    : pumpSlips(setJob(state, withPartAbove(markLate(job)), 'queued'))
}

/** One more paper of a transaction, counted on its face. */
export function reprint(state: TerminalState, record: TransactionRecord): Decision {
  const known = state.recent.find((one) => one.id === record.id) ?? record
  if (known.slip === null) return refuse(state, 'optionNotOffered')
  const number = known.reprints + 1
  const counted = { ...known, reprints: number }
  const recent = state.recent.map((one) => (one === known ? counted : one))
  const mark: SlipMark = { kind: 'reprint', number }
  const queued = queueSlip(
    { ...state, recent, step: withCounted(state.step, counted) },
    known.id,
    { facts: known.slip, copy: 'cardholder', mark },
    'queued',
  )
  const pumped = pumpSlips(queued)
  return {
    ...pumped,
    effects: [{ do: 'keepRecord', record: counted } satisfies Effect, ...pumped.effects],
  }
}

/** A list that was searched for is not looked up again: it counts along. */
function withCounted(step: Step, counted: TransactionRecord): Step {
  if (step.kind !== 'records' || step.found === undefined) return step
  return { ...step, found: step.found.map((one) => (one.id === counted.id ? counted : one)) }
}

export function openSlips(state: TerminalState): readonly SlipJob[] {
  return state.slips.filter(isOpen)
}

function setJob(state: TerminalState, job: SlipJob, to: SlipJobState): TerminalState {
  const slips = state.slips.map((one) =>
    one.slip.job === job.slip.job ? { ...job, state: to } : one,
  )
  return { ...state, slips }
}

/** A paper that comes late says so, even when part of it came before. A reprint stays a reprint. */
export function markLate(job: SlipJob): SlipJob {
  if (job.slip.mark.kind === 'reprint' || job.slip.facts.type === 'test') return job
  return { ...job, slip: { ...job.slip, mark: { kind: 'late' } } }
}

/** What came out of the printer before it stopped is called void on the paper that follows it: two halves must not pass for two slips. */
function withPartAbove(job: SlipJob): SlipJob {
  return { ...job, slip: { ...job.slip, afterPart: true } }
}

/** Ended jobs stay while their result page may show them, open ones for ever; old ended ones make room. */
function forgetEnded(slips: readonly SlipJob[]): readonly SlipJob[] {
  const open = slips.filter(isOpen).length
  const room = Math.max(0, Math.min(KEPT_ENDED, SLIPS_LIMIT - open))
  const ended = slips.filter((job) => !isOpen(job)).slice(-room)
  return slips.filter((job) => isOpen(job) || (room > 0 && ended.includes(job)))
}

const KEPT_ENDED = 8
