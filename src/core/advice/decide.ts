/** What the answer to a repeated refund means. A refusal of a repetition says nothing of the first message unless it must. */
import { signOn } from '../link/decide.ts'
import { isPaying } from '../link/upkeep.ts'
import { message } from '../message.ts'
import { pumpSlips } from '../receipt/decide.ts'
import { wantsKeys } from '../reversal/silence.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState, Tone } from '../terminal/state.ts'
import { kindOf } from '../transaction/attempt.ts'
import { bookApproved, closeAttempt, remembered, resultStep } from '../transaction/end.ts'
import { isUnfinished, judgeReply } from '../transaction/judge-reply.ts'
import { approvedRecord, notPaidRecord } from '../transaction/make-record.ts'
import { approvedTelling, declinedTelling } from '../transaction/tellings.ts'
import type { Advice } from './advice.ts'
import { waitWithAdvice } from './queue.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/**
 * DE 39 of a repetition that leave open what became of the first message: 94 known number, 64 more than is left (the first one may
 * have taken it), and everything that says "later".
 */
export const USUAL_UNDECIDED: readonly string[] = [
  '94',
  '64',
  '68',
  '90',
  '91',
  '92',
  '96',
  '98',
  'A7',
]

export function onAdviceReplied(state: TerminalState, event: Of<'adviceReplied'>): Decision {
  const advice = state.advice
  if (advice === null || advice.id !== event.advice || advice.state !== 'sent')
    return refuse(state, 'lateAnswer')
  const { attempt } = advice
  const verdict = judgeReply(state.setup, attempt, event.reply)
  if (verdict.kind === 'unusable') return waitWithAdvice(state)
  if (verdict.kind === 'approved') {
    const record = approvedRecord(state, attempt, event.reply, [])
    const telling = approvedTelling(kindOf(attempt.order), record)
    return andThen(bookApproved(state, attempt, record), (booked) =>
      andThen(show(booked, advice, { outcome: 'approved', telling, tone: 'success' }), pumpSlips),
    )
  }
  // New keys may heal it, so every other try fetches some; not every one, because a sign-on lets the refund go again at once.
  if (state.setup.host.signOnAgain.includes(verdict.code))
    return advice.tries % 2 === 1 ? keysFirst(state) : waitWithAdvice(state)
  if (isUndecided(state, advice, verdict.code)) return waitWithAdvice(state)
  const record = notPaidRecord(state, attempt, verdict.code)
  const kept: Effect[] = [{ do: 'keepRecord', record }]
  const telling = declinedTelling(kindOf(attempt.order), verdict.code)
  return andThen(closeAttempt(remembered(state, record), attempt), (closed) =>
    andThen(stay(closed, kept), (next) =>
      show(next, advice, { outcome: 'notPaid', telling, tone: 'fail' }),
    ),
  )
}

/** Whoever is told too early that nothing went back gives it back twice. */
function isUndecided({ setup }: TerminalState, { attempt }: Advice, code: string): boolean {
  const { refundUndecided = USUAL_UNDECIDED } = setup.host
  return refundUndecided.includes(code) || isUnfinished(setup, attempt, code)
}

export function onAdviceUnanswered(state: TerminalState, event: Of<'adviceUnanswered'>): Decision {
  const advice = state.advice
  if (advice === null || advice.id !== event.advice || advice.state !== 'sent')
    return refuse(state, 'notAskedFor')
  return wantsKeys(advice) ? keysFirst(state) : waitWithAdvice(state)
}

/** Not under a customer: PIN and MAC of a request that is being made belong to the keys of before. */
function keysFirst(state: TerminalState): Decision {
  const waits = waitWithAdvice(state)
  return isPaying(state) ? waits : andThen(waits, signOn)
}

type End = {
  readonly outcome: 'approved' | 'notPaid'
  readonly telling: ReturnType<typeof message>
  readonly tone: Tone
}

/** On its own result page the outcome appears; a quiet page is told; a page in the middle of a sale is left alone. */
function show(state: TerminalState, advice: Advice, end: End): Decision {
  const { step } = state
  const { outcome, telling, tone } = end
  if (step.kind === 'result' && step.record === advice.id)
    return goTo(state, resultStep(advice.attempt, advice.id, outcome), { message: telling, tone })
  const quiet = step.kind === 'signIn' || step.kind === 'amount'
  const key = outcome === 'approved' ? 'refund.approvedLater' : 'refund.declinedLater'
  const params = { trace: advice.attempt.stan }
  return quiet ? say(state, message(key, params), { tone }) : stay(state)
}
