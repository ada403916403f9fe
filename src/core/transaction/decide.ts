/**
 * From "the request may leave" to "the outcome is known". The reversal is armed in the same commit that lets the request go, and
 * taken away only in the commit that knows the outcome.
 */
import { newAdvice } from '../advice/queue.ts'
import { queryFor, startAsking } from '../code-query/queue.ts'
import { message } from '../message.ts'
import { armReversal } from '../reversal/decide.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import { type TerminalState, USED_CODES_LIMIT } from '../terminal/state.ts'
import { type Attempt, idOf, kindOf, needsChip } from './attempt.ts'
import { endApproved, endDeclined, endInquiry, endUnsent } from './end.ts'
import type { HostReply } from './host-reply.ts'
import { isUnfinished, judgeReply } from './judge-reply.ts'
import { ruleOf } from './kinds.ts'
import { leaveUnknown, undo } from './leave-unknown.ts'
import { tellCard } from './tell-card.ts'
import { silentTelling, unreachableTelling, unusableTelling } from './tellings.ts'
import { handleOf } from './tender.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** First durable write: the intent, the armed reversal (or the advice to repeat) with its sealed PAN, and the request. */
export function authorize(state: TerminalState, draft: Attempt): Decision {
  const attempt = { ...draft, sentAt: state.at }
  const { lostAnswer, takesCodes } = ruleOf(kindOf(attempt.order))
  const reversal =
    lostAnswer === 'reversal' ? armReversal(attempt, queryFor(state.setup, attempt)) : null
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
      // Not refused, only not done yet: what may still go through is asked about, or taken back.
      if (isPaying(state, verdict.code)) return startAsking(state, attempt, true)
      if (isUnfinished(state.setup, attempt, verdict.code))
        return leaveUnknown(state, attempt, {
          reason: '06',
          why: unusableTelling(kindOf(attempt.order)),
        })
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

/** A code payment whose customer is still busy with the phone: only the acquirer's later word says. */
function isPaying({ reversal, setup }: TerminalState, code: string): boolean {
  return reversal?.query !== undefined && setup.host.codeQuery?.paying.includes(code) === true
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

function askChip(state: TerminalState, attempt: Attempt, reply: HostReply): Decision {
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  return goTo(
    state,
    { kind: 'completing', attempt, reply, wait },
    {
      effects: [tellCard(attempt, reply)],
    },
  )
}

export function onCardCompleted(state: TerminalState, event: Of<'cardCompleted'>): Decision {
  const step = state.step
  if (step.kind !== 'completing' || step.attempt.stan !== event.stan)
    return refuse(state, 'notAskedFor')
  if (event.approved) return endApproved(state, step.attempt, step.reply, event.chip)
  const { reversal } = state
  const withLastWords =
    reversal !== null && event.reversalEmv !== undefined
      ? { ...state, reversal: { ...reversal, emv: event.reversalEmv } }
      : state
  return undo(withLastWords, step.attempt, '96', message('host.cardRefusedAfterApproval'))
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
    message(
      event.why === 'cardRemoved'
        ? 'host.cardRemovedAfterApproval'
        : 'host.readerGoneAfterApproval',
    ),
  )
}

function remember(codes: readonly string[], fingerprint: string): readonly string[] {
  return [...codes, fingerprint].slice(-USED_CODES_LIMIT)
}
