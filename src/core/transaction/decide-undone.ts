/** What the answer to a reversal means for the order on the page, the records and the next sale. */

import { signOn } from '../link/decide.ts'
import { message } from '../message.ts'
import { formatMinor, minor } from '../money.ts'
import { afterDebt } from '../order/decide-amount.ts'
import { disarm, judgeReversalReply, keepOwing, owedMessage } from '../reversal/decide.ts'
import type { Reversal } from '../reversal/reversal.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { remembered, resultStep } from './decide.ts'
import { notPaidRecord } from './make-record.ts'
import type { TransactionRecord } from './record.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

export function onReversalReplied(state: TerminalState, event: Of<'reversalReplied'>): Decision {
  const owed = state.reversal
  if (owed === null || owed.id !== event.reversal || owed.state !== 'sent')
    return refuse(state, 'lateAnswer')
  switch (judgeReversalReply(state.setup, owed, event.reply)) {
    case 'done':
      return reversalDone(state, owed)
    case 'signOnFirst':
      return andThen(andThen(keepOwing(state), signOn), reversalStillOwed)
    case 'notDone':
      return andThen(keepOwing(state), reversalStillOwed)
  }
}

export function onReversalUnanswered(
  state: TerminalState,
  event: Of<'reversalUnanswered'>,
): Decision {
  const owed = state.reversal
  if (owed === null || owed.id !== event.reversal || owed.state !== 'sent')
    return refuse(state, 'notAskedFor')
  return andThen(keepOwing(state), reversalStillOwed)
}

function reversalDone(state: TerminalState, owed: Reversal): Decision {
  const record = reversedRecord(state, owed)
  const kept = andThen(disarm(remembered(state, record)), (next) =>
    stay(next, [{ do: 'keepRecord', record }]),
  )
  const shown = andThen(kept, (next) => showUndone(next, owed, record))
  // A terminal that woke up owing has not signed on yet: the reversal went first.
  return shown.state.link === 'down' ? andThen(shown, signOn) : shown
}

function showUndone(state: TerminalState, owed: Reversal, record: TransactionRecord): Decision {
  const step = state.step
  if (step.kind === 'reversing') {
    return goTo(state, resultStep(step.attempt, record, 'notPaid'), {
      message: message('host.reversed'),
      tone: 'fail',
    })
  }
  if (step.kind === 'result' && step.outcome === 'unknown' && step.order.id === owed.orderId) {
    const known = { ...step, outcome: 'notPaid' as const, mayTryAgain: true }
    return goTo(state, known, { message: message('host.reversed'), tone: 'fail' })
  }
  if (step.kind === 'clearingDebt') return afterDebt(state, true)
  const quiet = step.kind === 'signIn' || step.kind === 'setPin' || step.kind === 'amount'
  const telling = message('host.reversedOnStart', {
    amount: formatMinor(owed.amountMinor),
    trace: owed.stan,
  })
  return quiet ? say(state, telling) : stay(state)
}

function reversalStillOwed(state: TerminalState): Decision {
  const step = state.step
  if (step.kind === 'reversing') {
    const record = notPaidRecord(state, step.attempt, 'unknown')
    const telling = state.reversal === null ? step.why : owedMessage(state.reversal)
    return goTo(state, resultStep(step.attempt, record, 'unknown'), {
      message: telling,
      tone: 'unknown',
    })
  }
  return step.kind === 'clearingDebt' ? afterDebt(state, false) : stay(state)
}

/** The record of a sale that was taken back, made from the reversal alone: the attempt may have died with the power. */
function reversedRecord(state: TerminalState, owed: Reversal): TransactionRecord {
  return {
    id: owed.id,
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
    slip: null,
    reprints: 0,
  }
}
