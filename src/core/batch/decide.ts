/** Settlement: begun by a person, carried on by the terminal until the batch is closed, whatever happens in between. */
import { signOn } from '../link/decide.ts'
import { linkHindrance } from '../link/hindrance.ts'
import { signOffAfterBatch } from '../link/sign-off.ts'
import { type Message, message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { openSlips, pumpSlips } from '../receipt/decide.ts'
import { unsigned } from '../signature/decide.ts'
import { givenUp } from '../signature/upload-items.ts'
import { dueNow, isWaiting } from '../signature/upload-queue.ts'
import { batchAfter, sixDigits } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, pageName, refuse, say, stay } from '../terminal/decision.ts'
import type { Key, TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import { type BatchLine, countedLines, LINES_PER_UPLOAD } from './batch.ts'
import {
  closeShopTotal,
  countingOf,
  onCountingKey,
  tooManyDifferences,
} from './decide-shop-total.ts'
import { retryBatch, sendBatch } from './queue.ts'
import { askForReview, asksForReview, isReviewed, onReviewed } from './review.ts'
import type { Settlement, SideVerdict } from './settlement.ts'
import { openBatches, reopened, underNewNumber } from './unsettled.ts'
import { queueZSlip } from './z-slip.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>
type TotalsStep = Extract<Step, { kind: 'totals' }>

/** Menu: the sums so far (`xReport`), or the same as the first page of a settlement. */
export function askForTotals(state: TerminalState, purpose: TotalsStep['purpose']): Decision {
  if (purpose === 'settle') {
    const why = hindrance(state) ?? tooManyDifferences(state)
    if (why !== null) return say(state, why, { tone: 'refused' })
  }
  const batch = sixDigits(state.counters.batch)
  const { telling, ...counting } = purpose === 'settle' ? countingOf(state) : { telling: null }
  const step: TotalsStep = { kind: 'totals', purpose, batch, lines: null, ...counting }
  const asked = goTo(state, step, { message: telling, tone: 'key' })
  const earlier = openBatches(state).slice(0, -1)
  return andThen(asked, (next) =>
    stay(next, [
      {
        do: 'gatherBatch',
        page: pageName(next),
        batch,
        ...(earlier.length === 0 ? {} : { earlier }),
      },
    ]),
  )
}

/** Unknown results stop it, whoever asks; open slips only want a second person. */
function hindrance(state: TerminalState): Message | null {
  if (state.settlement !== null) return message('settle.unfinished')
  if (state.reversal?.query !== undefined) return message('settle.codeOpen')
  if (state.reversal !== null) return message('settle.reversalOwed')
  if (state.advice !== null) return message('settle.refundOpen')
  return linkHindrance(state)
}

export function onBatchGathered(state: TerminalState, event: Of<'batchGathered'>): Decision {
  const { step } = state
  if (step.kind !== 'totals' || step.batch !== event.batch) return refuse(state, 'notAskedFor')
  const { batch, exceptions: counts, lines } = event
  // What an earlier look has counted is none of these lines.
  const exceptions = counts === undefined ? undefined : { batch, counts }
  return stay({ ...state, exceptions, step: { ...step, lines } })
}

export function onTotalsKey(state: TerminalState, step: TotalsStep, key: Key): Decision {
  const { counting } = step
  if (counting !== undefined) return onCountingKey(state, { ...step, counting }, key)
  if (key === 'cancel') return goHome(state)
  if (key !== 'confirm' || step.purpose === 'xReport' || step.lines === null)
    return refuse(state, 'keyHasNoMeaningHere')
  if (step.lines.length === 0) return say(state, message('settle.nothing'), { tone: 'refused' })
  return asksForReview(state, step.lines)
    ? askForReview(state, step.lines)
    : lookAtSlips(state, step.lines)
}

/** The review of what went back: ticked one by one, then settled. */
export function onReviewOption(
  state: TerminalState,
  step: Extract<Step, { kind: 'reviewRefunds' }>,
  option: string,
  item: string,
): Decision {
  if (option === 'back') return goHome(state)
  if (option === 'reviewed') return onReviewed(state, step, item)
  if (option !== 'settle' || !isReviewed(step)) return refuse(state, 'optionNotOffered')
  return lookAtSlips(state, step.lines)
}

/** Nothing stands in the way but papers: those want a second person. */
function lookAtSlips(state: TerminalState, lines: readonly BatchLine[]): Decision {
  const why = hindrance(state)
  if (why !== null) return say(state, why, { tone: 'refused' })
  const slips = openSlips(state).length
  const signatures = unsigned(state).length + givenUp(state).length
  if (slips + signatures === 0) return begin(state, lines, '')
  const telling =
    slips > 0
      ? message('settle.slipsOpen', { count: String(slips) })
      : message('settle.signaturesOpen', { count: String(signatures) })
  return goTo(state, { kind: 'approveBatch', lines }, { message: telling, tone: 'key' })
}

/** `approver` empty when nobody had to allow it. */
export function begin(
  state: TerminalState,
  lines: readonly BatchLine[],
  approver: string,
): Decision {
  const why = hindrance(state)
  if (why !== null) return say(state, why, { tone: 'refused' })
  const waiting = dueNow(state)
  const settlement: Settlement = {
    batch: sixDigits(state.counters.batch),
    phase: isWaiting(waiting) ? 'signatures' : 'totals',
    lines,
    uploaded: 0,
    verdict: null,
    hostTotals: '',
    out: '',
    operator: state.session?.operator ?? '01',
    approver,
  }
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  return andThen(goTo({ ...waiting, settlement }, { kind: 'settling', wait }), sendBatch)
}

export function onBatchReplied(state: TerminalState, event: Of<'batchReplied'>): Decision {
  const { settlement } = state
  if (settlement === null || settlement.out === '' || settlement.out !== event.stan)
    return refuse(state, 'lateAnswer')
  const { reply } = event
  const expected = settlement.phase === 'totals' ? '0510' : '0330'
  const fits =
    reply.mti === expected &&
    reply.fields['11'] === event.stan &&
    reply.fields['41'] === state.setup.terminalNumber
  if (!fits) return notTaken(state, settlement)
  const code = reply.fields['39'] ?? ''
  if (state.setup.host.signOnAgain.includes(code)) {
    const renewed = underNewNumber(state)
    return andThen(notTaken(renewed, renewed.settlement ?? settlement), signOn)
  }
  if (settlement.phase === 'totals') return onTotals(state, settlement, reply)
  if (code !== '00') return notTaken(state, settlement)
  return settlement.phase === 'upload' ? uploaded(state, settlement) : closed(state, settlement)
}

export function onBatchUnanswered(state: TerminalState, event: Of<'batchUnanswered'>): Decision {
  const { settlement } = state
  if (settlement === null || settlement.out === '' || settlement.out !== event.stan)
    return refuse(state, 'notAskedFor')
  return interrupted(state, settlement)
}

/** A host may be busy, and is asked again. One that never takes it would stop all selling: then the batch stays open until somebody settles anew. */
function notTaken(state: TerminalState, settlement: Settlement): Decision {
  const refusals = (settlement.refusals ?? 0) + 1
  return refusals < REFUSALS_MOST ? interrupted(state, { ...settlement, refusals }) : given(state)
}

/** Answers in a row that do not take the same message; silence is none. */
const REFUSALS_MOST = 5

/** The step is asked again after a while; the page goes home and says so. */
function interrupted(state: TerminalState, settlement: Settlement): Decision {
  const next: TerminalState = { ...state, settlement: { ...settlement, out: '' } }
  const retry = stay(next, [retryBatch(next)])
  return andThen(retry, (waiting) =>
    waiting.step.kind === 'settling'
      ? goHome(waiting, message('settle.interrupted'))
      : stay(waiting),
  )
}

function onTotals(state: TerminalState, settlement: Settlement, reply: HostReply): Decision {
  const hostTotals = reply.fields['48'] ?? ''
  const domestic = verdictOf(hostTotals[30])
  const foreign = verdictOf(hostTotals[61])
  if (hostTotals.length !== 62 || domestic === null || foreign === null)
    return isRefusal(reply) ? given(state) : notTaken(state, settlement)
  const verdict = { domestic, foreign }
  if (domestic === 'error' || foreign === 'error') return given(state)
  const answered: Settlement = { ...settlement, verdict, hostTotals, out: '', refusals: 0 }
  const rules = state.setup.host.settlement
  if (rules?.upload === 'never') return closed(state, answered)
  const balanced = domestic === 'balanced' && foreign === 'balanced'
  const isNothingToSay = balanced || countedLines(settlement.lines, rules).length === 0
  const phase = isNothingToSay ? 'end' : 'upload'
  return sendBatch({ ...state, settlement: { ...answered, phase } })
}

function verdictOf(digit: string | undefined): SideVerdict | null {
  if (digit === '1') return 'balanced'
  if (digit === '2') return 'different'
  return digit === '3' ? 'error' : null
}

/** A code of its own and nothing compared: asked again by itself, it would refuse for ever, and nothing would be sold until then. */
function isRefusal({ fields }: HostReply): boolean {
  return !['', '00'].includes(fields['39'] ?? '')
}

/** The host could not compare anything, or does not take the end: the batch stays open and selling goes on. */
function given(state: TerminalState): Decision {
  const open = reopened(state)
  const telling = message('settle.refused')
  return open.step.kind === 'settling' ? goHome(open, telling) : stay({ ...open, message: telling })
}

function uploaded(state: TerminalState, settlement: Settlement): Decision {
  const { length } = countedLines(settlement.lines, state.setup.host.settlement)
  const done = Math.min(settlement.uploaded + LINES_PER_UPLOAD, length)
  const phase = done === length ? 'end' : 'upload'
  return sendBatch({
    ...state,
    settlement: { ...settlement, uploaded: done, phase, out: '', refusals: 0 },
  })
}

/**
 * The batch is closed: one commit holds the next number, the empty log and the Z slip. A sign-on in between may have named the next number
 * already; then it is not counted up again.
 */
function closed(state: TerminalState, settlement: Settlement): Decision {
  const old = Number(settlement.batch)
  const batch = state.counters.batch === old ? batchAfter(old) : state.counters.batch
  const counters = { ...state.counters, batch }
  const compared = closeShopTotal(
    { ...state, counters, settlement: null, inBatch: 0, unsettled: undefined },
    settlement,
  )
  const next = queueZSlip(compared.state, settlement, compared.total)
  const balanced =
    settlement.verdict?.domestic === 'balanced' && settlement.verdict.foreign === 'balanced'
  const rules = state.setup.host.settlement
  const apart = rules?.upload === 'never' ? 'settle.doneUnsent' : 'settle.doneDifferent'
  const sent = balanced ? settlement.lines : countedLines(settlement.lines, rules)
  const telling = message(balanced ? 'settle.done' : apart, {
    batch: settlement.batch,
    count: String(sent.length),
  })
  const quiet = ['amount', 'signIn'].includes(next.step.kind)
  const shown =
    next.step.kind === 'settling'
      ? goHome(next, telling)
      : stay(quiet ? { ...next, message: telling } : next)
  return andThen(andThen(shown, signOffAfterBatch), pumpSlips)
}
