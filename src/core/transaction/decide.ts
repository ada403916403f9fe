/**
 * From "the request may leave" to "the outcome is known". The reversal is armed in the same commit that lets the request go, and
 * taken away only in the commit that knows the outcome.
 */

import { closeAdvice, newAdvice, waitWithAdvice } from '../advice/queue.ts'
import { markOriginal } from '../correction/mark-original.ts'
import { signOn } from '../link/decide.ts'
import { type Message, message } from '../message.ts'
import { fromDe4, type MinorUnits, minor } from '../money.ts'
import { pumpSlips, queueOriginals } from '../receipt/decide.ts'
import { armReversal, disarm, owe } from '../reversal/decide.ts'
import type { ReversalReason } from '../reversal/reversal.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import { RECENT_LIMIT, type Step, type TerminalState, USED_CODES_LIMIT } from '../terminal/state.ts'
import { type Attempt, idOf, kindOf } from './attempt.ts'
import type { HostReply } from './host-reply.ts'
import { judgeReply } from './judge-reply.ts'
import { ruleOf } from './kinds.ts'
import { approvedRecord, notPaidRecord } from './make-record.ts'
import { countsInBatch, type TransactionRecord } from './record.ts'
import {
  approvedTelling,
  declinedTelling,
  silentTelling,
  unreachableTelling,
  unusableTelling,
} from './tellings.ts'
import { type ChipFact, channelOf, handleOf, lastFour } from './tender.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** First durable write: the intent, the armed reversal (or the advice to repeat) with its sealed PAN, and the request. */
export function authorize(state: TerminalState, draft: Attempt): Decision {
  const attempt = { ...draft, sentAt: state.at }
  const { lostAnswer, takesCodes } = ruleOf(kindOf(attempt.order))
  const reversal = lostAnswer === 'reversal' ? armReversal(attempt) : null
  const advice = lostAnswer === 'repeat' ? newAdvice(attempt) : state.advice
  const usedCodes =
    attempt.tender.kind === 'code' && takesCodes
      ? remember(state.usedCodes, attempt.tender.code.fingerprint)
      : state.usedCodes
  const id = idOf(attempt)
  const seal: Effect[] =
    attempt.tender.kind === 'card' && lostAnswer !== 'nothing'
      ? [{ do: 'sealPan', reversal: id, handle: handleOf(attempt.tender) }]
      : []
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  return goTo(
    { ...state, reversal, advice, usedCodes },
    { kind: 'authorizing', attempt, cancelAsked: false, wait },
    {
      tone: 'read',
      effects: [...seal, { do: 'sendRequest', attempt }],
    },
  )
}

export function onHostReplied(state: TerminalState, event: Of<'hostReplied'>): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.attempt.stan !== event.stan)
    return refuse(state, 'lateAnswer')
  const { attempt } = step
  const verdict = judgeReply(state.setup, attempt, event.reply)
  switch (verdict.kind) {
    case 'declined':
      return endDeclined(state, attempt, event.reply, verdict.code)
    case 'unusable':
      return leaveUnknown(state, attempt, {
        reason: verdict.reason,
        why: unusableTelling(kindOf(attempt.order)),
      })
    case 'approved':
      if (step.cancelAsked)
        return undo(known(state, event.reply), attempt, '06', message('cancel.willReverse'))
      if (!ruleOf(kindOf(attempt.order)).hasAmount) return endInquiry(state, attempt, event.reply)
      return needsChip(attempt)
        ? askChip(known(state, event.reply), attempt, event.reply)
        : endApproved(state, attempt, event.reply, [])
  }
}

/** An approval that may still be taken back: its DE 38 is kept with the reversal. */
function known(state: TerminalState, reply: HostReply): TerminalState {
  const authCode = (reply.fields['38'] ?? '').trim()
  return state.reversal === null || authCode === ''
    ? state
    : { ...state, reversal: { ...state.reversal, authCode } }
}

export function onHostSilent(state: TerminalState, event: Of<'hostSilent'>): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  return leaveUnknown(state, step.attempt, {
    reason: '98',
    why: silentTelling(kindOf(step.attempt.order)),
  })
}

export function onHostUnreachable(state: TerminalState, event: Of<'hostUnreachable'>): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  const why = unreachableTelling(kindOf(step.attempt.order))
  const told = endUnsent({ ...state, link: 'down' }, step.attempt, why)
  const retry: Effect = { do: 'startTimer', timer: 'link', ms: state.setup.host.linkRetryMs }
  return { ...told, effects: [...told.effects, retry] }
}

/** After the request has left, cancel can only be remembered: the answer decides, and an approval is then reversed. */
export function askToCancel(state: TerminalState): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.cancelAsked) return refuse(state, 'keyHasNoMeaningHere')
  // Without a reversal there is nothing that could take an approval back.
  if (ruleOf(kindOf(step.attempt.order)).lostAnswer !== 'reversal')
    return refuse(state, 'keyHasNoMeaningHere')
  return say({ ...state, step: { ...step, cancelAsked: true } }, message('cancel.willReverse'), {
    tone: 'key',
  })
}

/** The chip takes part in what the host decides; elsewhere it only showed its number. */
export function needsChip(attempt: Attempt): boolean {
  const { order, tender } = attempt
  return (
    tender.kind === 'card' &&
    tender.card.interface === 'chip' &&
    ruleOf(kindOf(order)).card === 'chip'
  )
}

function askChip(state: TerminalState, attempt: Attempt, reply: HostReply): Decision {
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  return goTo(
    state,
    { kind: 'completing', attempt, reply, wait },
    {
      effects: [{ do: 'completeCard', stan: attempt.stan, reply }],
    },
  )
}

export function onCardCompleted(state: TerminalState, event: Of<'cardCompleted'>): Decision {
  const step = state.step
  if (step.kind !== 'completing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  if (event.approved) return endApproved(state, step.attempt, step.reply, event.chip)
  return undo(state, step.attempt, '96', message('host.cardRefusedAfterApproval'))
}

/** The card left or the reader died before the chip's last word: the host's approval is taken back, never guessed at. */
export function onCardCompletionFailed(
  state: TerminalState,
  event: Of<'cardCompletionFailed'>,
): Decision {
  const step = state.step
  if (step.kind !== 'completing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  return undo(
    state,
    step.attempt,
    '96',
    message(event.why === 'cardRemoved' ? 'card.removed' : 'card.readerGone'),
  )
}

/** Second durable write: the outcome, the reversal taken away, the original marked, the slips owed. */
function endApproved(
  state: TerminalState,
  attempt: Attempt,
  reply: HostReply,
  chip: readonly ChipFact[],
): Decision {
  const record = approvedRecord(state, attempt, reply, chip)
  const booked = bookApproved(state, attempt, record)
  return andThen(booked, (closed) =>
    andThen(
      goTo(closed, resultStep(attempt, record.id, 'approved'), {
        message: approvedTelling(kindOf(attempt.order), record.paidMinor),
        tone: 'success',
        effects: [{ do: 'forgetTender', handle: handleOf(attempt.tender) }],
      }),
      pumpSlips,
    ),
  )
}

/** Everything that an approval changes but the page: the debt closed, the records kept, the slips queued. */
export function bookApproved(
  state: TerminalState,
  attempt: Attempt,
  record: TransactionRecord,
): Decision {
  const queued = record.slip === null ? state : queueOriginals(state, record, record.slip)
  const marked = markOriginal(queued, attempt, record)
  return andThen(closeAttempt(remembered(marked.state, record), attempt), (closed) =>
    stay(closed, [
      { do: 'keepRecord', record },
      ...(marked.original === null
        ? []
        : [{ do: 'keepRecord', record: marked.original } satisfies Effect]),
    ]),
  )
}

/** A balance is told and not kept: no money moved, so there is no record and no slip. */
function endInquiry(state: TerminalState, attempt: Attempt, reply: HostReply): Decision {
  const held = balanceOf(reply)
  const shown = { ...attempt, order: { ...attempt.order, dueMinor: held } }
  return goTo(
    state,
    { ...resultStep(shown, '', 'approved'), trace: '' },
    {
      message: approvedTelling('balance', held),
      tone: 'success',
      effects: [
        ...(needsChip(attempt)
          ? [{ do: 'completeCard', stan: attempt.stan, reply } satisfies Effect]
          : []),
        { do: 'forgetTender', handle: handleOf(attempt.tender) },
      ],
    },
  )
}

/** DE 54: account type 2, amount type 2, currency 3, sign, twelve digits; a debt counts as nothing. */
function balanceOf(reply: HostReply): MinorUnits {
  const match = /^.{7}([CD])([0-9]{12})/.exec(reply.fields['54'] ?? '')
  return match?.[1] === 'C' ? (fromDe4(match[2] ?? '') ?? minor(0)) : minor(0)
}

/** A usable answer came: neither a reversal nor a repetition of this attempt is owed. */
export function closeAttempt(state: TerminalState, attempt: Attempt): Decision {
  return ruleOf(kindOf(attempt.order)).lostAnswer === 'repeat'
    ? closeAdvice(state, idOf(attempt))
    : disarm(state)
}

function endDeclined(
  state: TerminalState,
  attempt: Attempt,
  reply: HostReply,
  code: string,
): Decision {
  const record = notPaidRecord(state, attempt, code)
  const tellCard: Effect[] = needsChip(attempt)
    ? [{ do: 'completeCard', stan: attempt.stan, reply }]
    : []
  const told = andThen(closeAttempt(remembered(state, record), attempt), (disarmed) =>
    goTo(disarmed, resultStep(attempt, record.id, 'notPaid'), {
      message: declinedTelling(kindOf(attempt.order), code),
      tone: 'fail',
      effects: [
        ...(ruleOf(kindOf(attempt.order)).hasAmount
          ? [{ do: 'keepRecord', record } satisfies Effect]
          : []),
        ...tellCard,
        { do: 'forgetTender', handle: handleOf(attempt.tender) },
      ],
    }),
  )
  // The host no longer knows our keys or our batch: fetched anew, so that the next try can succeed.
  return state.setup.host.signOnAgain.includes(code) ? andThen(told, signOn) : told
}

/** Nothing of it ever left: not paid, and nothing to undo. */
export function endUnsent(state: TerminalState, attempt: Attempt, why: Message): Decision {
  const record = notPaidRecord(state, attempt, why.key)
  const tellCard: Effect[] = needsChip(attempt)
    ? [{ do: 'completeCard', stan: attempt.stan, reply: null }]
    : []
  const giveBack =
    attempt.tender.kind === 'code' && ruleOf(kindOf(attempt.order)).takesCodes
      ? forget(state.usedCodes, attempt.tender.code.fingerprint)
      : state.usedCodes
  return andThen(closeAttempt({ ...state, usedCodes: giveBack }, attempt), (disarmed) =>
    goTo(
      disarmed,
      { ...resultStep(attempt, record.id, 'notPaid'), trace: '' },
      {
        message: why,
        tone: 'fail',
        effects: [...tellCard, { do: 'forgetTender', handle: handleOf(attempt.tender) }],
      },
    ),
  )
}

/** No answer, or none that can be believed: what follows is the kind's own rule. */
function leaveUnknown(
  state: TerminalState,
  attempt: Attempt,
  { reason, why }: { readonly reason: ReversalReason; readonly why: Message },
): Decision {
  switch (ruleOf(kindOf(attempt.order)).lostAnswer) {
    case 'reversal':
      return undo(state, attempt, reason, why)
    case 'nothing':
      return endUnsent(state, attempt, why)
    case 'repeat':
      return andThen(
        goTo(
          state,
          { ...resultStep(attempt, idOf(attempt), 'unknown'), mayTryAgain: false },
          {
            message: why,
            tone: 'unknown',
            effects: [{ do: 'forgetTender', handle: handleOf(attempt.tender) }],
          },
        ),
        waitWithAdvice,
      )
  }
}

/** The outcome is unknown or unwanted: the reversal leaves now, and the page shows that it does. */
function undo(
  state: TerminalState,
  attempt: Attempt,
  reason: ReversalReason,
  why: Message,
): Decision {
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  const tellCard: Effect[] =
    needsChip(attempt) && state.step.kind === 'authorizing'
      ? [{ do: 'completeCard', stan: attempt.stan, reply: null }]
      : []
  return andThen(
    goTo(
      state,
      { kind: 'reversing', attempt, why, wait },
      {
        message: why,
        tone: 'unknown',
        effects: [...tellCard, { do: 'forgetTender', handle: handleOf(attempt.tender) }],
      },
    ),
    (next) => owe(next, reason),
  )
}

export function resultStep(
  attempt: Attempt,
  record: string,
  outcome: 'approved' | 'notPaid' | 'unknown',
): Extract<Step, { kind: 'result' }> {
  return {
    kind: 'result',
    outcome,
    order: attempt.order,
    record,
    trace: attempt.stan,
    channel: channelOf(attempt.tender),
    last4: lastFour(attempt.tender),
    mayTryAgain: outcome === 'notPaid',
  }
}

export function remembered(state: TerminalState, record: TransactionRecord): TerminalState {
  if (record.kind === 'balance') return state
  const inBatch = state.inBatch + (countsInBatch(record) ? 1 : 0)
  return { ...state, inBatch, recent: [...state.recent, record].slice(-RECENT_LIMIT) }
}

function remember(codes: readonly string[], fingerprint: string): readonly string[] {
  return [...codes, fingerprint].slice(-USED_CODES_LIMIT)
}

function forget(codes: readonly string[], fingerprint: string): readonly string[] {
  return codes.filter((one) => one !== fingerprint)
}
