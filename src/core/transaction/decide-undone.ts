/** What the answer to a reversal means for the order on the page, the records and the next sale. */

import { sendAdvice } from '../advice/queue.ts'
import { notCollectedTelling } from '../correction/follow-up.ts'
import { signOn } from '../link/decide.ts'
import { minor } from '../money.ts'
import { afterDebt } from '../order/ask-for-tender.ts'
import { printNotPaid } from '../receipt/not-paid-slip.ts'
import { disarm, judgeReversalReply, keepOwing, owedMessage } from '../reversal/decide.ts'
import type { Reversal } from '../reversal/reversal.ts'
import { wantsKeys } from '../reversal/silence.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { idOf } from './attempt.ts'
import { remembered, resultStep } from './end.ts'
import type { TransactionRecord } from './record.ts'
import { undoneLaterTelling, undoneTelling } from './tellings.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

export function onReversalReplied(state: TerminalState, event: Of<'reversalReplied'>): Decision {
  const owed = state.reversal
  if (owed === null || owed.id !== event.reversal || owed.state !== 'sent')
    return refuse(state, 'lateAnswer')
  switch (judgeReversalReply(state.setup, owed, event.reply)) {
    case 'done':
      return reversalDone(state, owed)
    case 'signOnFirst':
      return andThen(andThen(keepOwing(state), signOn), (next) => stillOwed(next, owed))
    case 'notDone':
      return andThen(keepOwing(state), (next) => stillOwed(next, owed))
  }
}

export function onReversalUnanswered(
  state: TerminalState,
  event: Of<'reversalUnanswered'>,
): Decision {
  const owed = state.reversal
  if (owed === null || owed.id !== event.reversal || owed.state !== 'sent')
    return refuse(state, 'notAskedFor')
  const kept = keepOwing(state)
  const keyed = wantsKeys(owed) ? andThen(kept, signOn) : kept
  return andThen(keyed, (next) => stillOwed(next, owed))
}

/** The acquirer has said that nothing stands of it. */
export function reversalDone(state: TerminalState, owed: Reversal): Decision {
  const record = reversedRecord(state, owed)
  const kept = andThen(disarm(remembered(state, record)), (next) =>
    stay(next, [{ do: 'keepRecord', record }]),
  )
  const papered = andThen(kept, (next) => printNotPaid(next, record))
  const shown = andThen(papered, (next) => showUndone(next, owed, record))
  // A terminal that woke up owing has not signed on yet: the reversal went first.
  return andThen(shown, shown.state.link === 'down' ? signOn : sendAdvice)
}

function showUndone(state: TerminalState, owed: Reversal, record: TransactionRecord): Decision {
  const step = state.step
  if (step.kind === 'reversing') {
    return goTo(state, resultStep(step.attempt, record.id, 'notPaid'), {
      message: notCollectedTelling(step.attempt.order, undoneTelling(record.kind)),
      tone: 'fail',
    })
  }
  if (step.kind === 'result' && step.outcome === 'unknown' && step.order.id === owed.orderId) {
    const known = { ...step, outcome: 'notPaid' as const, mayTryAgain: true }
    const telling = notCollectedTelling(step.order, undoneTelling(record.kind))
    return goTo(state, known, { message: telling, tone: 'fail' })
  }
  if (step.kind === 'clearingDebt') return afterDebt(state, true)
  const quiet = step.kind === 'signIn' || step.kind === 'setPin' || step.kind === 'amount'
  const telling = undoneLaterTelling(record.kind, owed)
  return quiet ? say(state, telling) : stay(state)
}

function stillOwed(state: TerminalState, owed: Reversal): Decision {
  const step = state.step
  if (step.kind !== 'reversing') return afterDebt(state, false)
  return goTo(state, resultStep(step.attempt, idOf(step.attempt), 'unknown'), {
    message: owedMessage(owed),
    tone: 'unknown',
  })
}

/** The record of a sale that was taken back, made from the reversal alone: the attempt may have died with the power. */
function reversedRecord(state: TerminalState, owed: Reversal): TransactionRecord {
  return {
    id: owed.id,
    kind: owed.kind ?? 'sale',
    orderId: owed.orderId,
    at: state.at,
    outcome: 'notPaid',
    reason: 'reversed',
    dueMinor: owed.amountMinor,
    paidMinor: minor(0),
    channel: owed.channel,
    last4: owed.last4,
    fingerprint: owed.fingerprint,
    operator: owed.operator,
    stan: owed.stan,
    batch: owed.batch,
    authCode: '',
    reference: '',
    hostDate: '',
    original: owed.original ?? '',
    approver: '',
    closedBy: '',
    refundedMinor: minor(0),
    slip: null,
    reprints: 0,
    ...(owed.tillReference === undefined ? {} : { tillReference: owed.tillReference }),
  }
}
