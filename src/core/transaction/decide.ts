/**
 * From "the request may leave" to "the outcome is known". The reversal is armed in the same commit that lets the request go, and
 * taken away only in the commit that knows the outcome.
 */
import { signOn } from '../link/decide.ts'
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { pumpSlips, queueOriginals } from '../receipt/decide.ts'
import { armReversal, disarm, owe } from '../reversal/decide.ts'
import type { ReversalReason } from '../reversal/reversal.ts'
import { andThen, type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import { RECENT_LIMIT, type Step, type TerminalState, USED_CODES_LIMIT } from '../terminal/state.ts'
import type { Attempt } from './attempt.ts'
import type { HostReply } from './host-reply.ts'
import { judgeSaleReply } from './judge-reply.ts'
import { approvedRecord, notPaidRecord } from './make-record.ts'
import type { TransactionRecord } from './record.ts'
import { type ChipFact, channelOf, handleOf, lastFour } from './tender.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** First durable write: the intent, the armed reversal with its sealed PAN, and the request. */
export function authorize(state: TerminalState, draft: Attempt): Decision {
  const attempt = { ...draft, sentAt: state.at }
  const reversal = armReversal(attempt)
  const usedCodes =
    attempt.tender.kind === 'code'
      ? remember(state.usedCodes, attempt.tender.code.fingerprint)
      : state.usedCodes
  const seal: Effect[] = reversal.hasPan
    ? [{ do: 'sealPan', reversal: reversal.id, handle: handleOf(attempt.tender) }]
    : []
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  return goTo(
    { ...state, reversal, usedCodes },
    { kind: 'authorizing', attempt, cancelAsked: false, wait },
    {
      tone: 'read',
      effects: [...seal, { do: 'sendSale', attempt }],
    },
  )
}

export function onHostReplied(state: TerminalState, event: Of<'hostReplied'>): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.attempt.stan !== event.stan)
    return refuse(state, 'lateAnswer')
  const { attempt } = step
  const verdict = judgeSaleReply(state.setup, attempt, event.reply)
  switch (verdict.kind) {
    case 'declined':
      return endDeclined(state, attempt, event.reply, verdict.code)
    case 'unusable':
      return undo(state, attempt, verdict.reason, message('host.invalidAnswer'))
    case 'approved':
      if (step.cancelAsked) return undo(state, attempt, '06', message('cancel.willReverse'))
      return needsChip(attempt)
        ? askChip(state, attempt, event.reply)
        : endApproved(state, attempt, event.reply, [])
  }
}

export function onHostSilent(state: TerminalState, event: Of<'hostSilent'>): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  return undo(state, step.attempt, '98', message('host.timedOut'))
}

export function onHostUnreachable(state: TerminalState, event: Of<'hostUnreachable'>): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  const told = endUnsent({ ...state, link: 'down' }, step.attempt, message('host.unreachable'))
  const retry: Effect = { do: 'startTimer', timer: 'link', ms: state.setup.host.linkRetryMs }
  return { ...told, effects: [...told.effects, retry] }
}

/** After the request has left, cancel can only be remembered: the answer decides, and an approval is then reversed. */
export function askToCancel(state: TerminalState): Decision {
  const step = state.step
  if (step.kind !== 'authorizing' || step.cancelAsked) return refuse(state, 'keyHasNoMeaningHere')
  return say({ ...state, step: { ...step, cancelAsked: true } }, message('cancel.willReverse'), {
    tone: 'key',
  })
}

function needsChip(attempt: Attempt): boolean {
  return attempt.tender.kind === 'card' && attempt.tender.card.interface === 'chip'
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

/** Second durable write: the outcome, the reversal taken away, the slips owed. */
function endApproved(
  state: TerminalState,
  attempt: Attempt,
  reply: HostReply,
  chip: readonly ChipFact[],
): Decision {
  const record = approvedRecord(state, attempt, reply, chip)
  const queued = record.slip === null ? state : queueOriginals(state, record, record.slip)
  const amount = formatMinor(record.paidMinor)
  return andThen(disarm(remembered(queued, record)), (disarmed) =>
    andThen(
      goTo(disarmed, resultStep(attempt, record, 'approved'), {
        message: message('host.approved', { amount }),
        tone: 'success',
        effects: [
          { do: 'keepRecord', record },
          { do: 'forgetTender', handle: handleOf(attempt.tender) },
        ],
      }),
      pumpSlips,
    ),
  )
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
  const told = andThen(disarm(remembered(state, record)), (disarmed) =>
    goTo(disarmed, resultStep(attempt, record, 'notPaid'), {
      message: message(`host.declined.${code}`, { code }),
      tone: 'fail',
      effects: [
        { do: 'keepRecord', record },
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
    attempt.tender.kind === 'code'
      ? forget(state.usedCodes, attempt.tender.code.fingerprint)
      : state.usedCodes
  return andThen(disarm({ ...state, usedCodes: giveBack }), (disarmed) =>
    goTo(
      disarmed,
      { ...resultStep(attempt, record, 'notPaid'), trace: '' },
      {
        message: why,
        tone: 'fail',
        effects: [...tellCard, { do: 'forgetTender', handle: handleOf(attempt.tender) }],
      },
    ),
  )
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
  record: TransactionRecord,
  outcome: 'approved' | 'notPaid' | 'unknown',
): Extract<Step, { kind: 'result' }> {
  return {
    kind: 'result',
    outcome,
    order: attempt.order,
    record: record.id,
    trace: attempt.stan,
    channel: channelOf(attempt.tender),
    last4: lastFour(attempt.tender),
    mayTryAgain: outcome === 'notPaid',
  }
}

export function remembered(state: TerminalState, record: TransactionRecord): TerminalState {
  return { ...state, recent: [...state.recent, record].slice(-RECENT_LIMIT) }
}

function remember(codes: readonly string[], fingerprint: string): readonly string[] {
  return [...codes, fingerprint].slice(-USED_CODES_LIMIT)
}

function forget(codes: readonly string[], fingerprint: string): readonly string[] {
  return codes.filter((one) => one !== fingerprint)
}
