/** The page of an ended attempt: the tear, another try, what is left to collect, and "that was a mistake". */
import { collect, followUps } from '../correction/follow-up.ts'
import { askWhatWasWrong, causesOf } from '../correction/guide.ts'
import { objection } from '../correction/judge-original.ts'
import type { FollowUp } from '../correction/owed-sale.ts'
import { refundInstead } from '../correction/take-back.ts'
import { customerTold, isUntold } from '../correction/tell-customer.ts'
import { typedYuan } from '../guard/amount-entry.ts'
import { askForTender } from '../order/ask-for-tender.ts'
import { goHome } from '../order/home.ts'
import { releaseTorn, settleUnsure, waitsForTear } from '../receipt/decide.ts'
import { onSignedOnPaper, signOnPaper, unsigned } from '../signature/decide.ts'
import { andThen, type Decision, goTo, refuse } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { kindOf } from '../transaction/attempt.ts'
import { isVoid } from '../transaction/kinds.ts'
import type { TransactionRecord } from '../transaction/record.ts'

type Result = Extract<Step, { kind: 'result' }>

export function onResultKey(state: TerminalState, step: Result, key: Key): Decision {
  if (key === 'confirm' && waitsForTear(state)) return releaseTorn(state)
  if (key === 'confirm') return goOn(state, step)
  if (key === 'cancel') return leaveResult(state)
  const option = resultOptions(state, step).find((one) => one.key === key)
  if (option !== undefined) return onResultOption(state, step, option.id, '')
  return refuse(state, 'keyHasNoMeaningHere')
}

/** What is left to collect comes before "next customer". */
function goOn(state: TerminalState, step: Result): Decision {
  const left = leftAfter(state, step)
  return left === undefined ? leaveResult(state) : collect(state, left.id)
}

/** What is still to be collected after the payment on the page. */
function leftAfter(state: TerminalState, { record }: Result): FollowUp | undefined {
  return followUps(state).find((one) => one.after === record)
}

/** Whoever takes this page for the next sale and types its amount opens nothing by it, and says nothing that nobody has seen. */
const NO_AMOUNT_BEGINS = '0'
const ONLY_TAPPED = ''

/** What can be done with this result besides going on. */
export function resultOptions(
  state: TerminalState,
  step: Result,
): readonly {
  readonly id:
    | 'retry'
    | 'refund'
    | 'collect'
    | 'correct'
    | 'signOnPaper'
    | 'signedOnPaper'
    | 'customerTold'
  readonly key: string
}[] {
  if (step.mayTryAgain)
    return [
      { id: 'retry', key: NO_AMOUNT_BEGINS },
      ...(mayRefundInstead(state, step) ? [{ id: 'refund', key: ONLY_TAPPED } as const] : []),
    ]
  return [
    ...(leftAfter(state, step) === undefined ? [] : [{ id: 'collect', key: ONLY_TAPPED } as const]),
    ...(correctable(state, step) === undefined
      ? []
      : [{ id: 'correct', key: NO_AMOUNT_BEGINS } as const]),
    ...(isSigning(state, step) ? [{ id: 'signOnPaper', key: ONLY_TAPPED } as const] : []),
    ...(isOnPaper(state, step) ? [{ id: 'signedOnPaper', key: ONLY_TAPPED } as const] : []),
    ...(isUntold(state, step.record) ? [{ id: 'customerTold', key: ONLY_TAPPED } as const] : []),
  ]
}

/** The host itself has refused a void, so the money is still the shop's, and a refund takes it back in the other way. */
function mayRefundInstead(state: TerminalState, { order, record }: Result): boolean {
  if (order.original === undefined || !isVoid(kindOf(order))) return false
  const refused = recordOf(state, record)
  if (refused === undefined || refused.reason === 'reversed') return false
  return objection(state, 'refund', order.original) === null
}

/** The payment of the page, where it may have been a mistake. */
function correctable(state: TerminalState, step: Result): TransactionRecord | undefined {
  const record = recordOf(state, step.record)
  return record?.outcome === 'approved' && causesOf(record).length > 0 ? record : undefined
}

function recordOf({ recent }: TerminalState, id: string): TransactionRecord | undefined {
  return recent.find((one) => one.id === id)
}

function isSigning({ signing }: TerminalState, { record }: Result): boolean {
  return signing?.record === record
}

function isOnPaper(state: TerminalState, { record }: Result): boolean {
  return unsigned(state).some((one) => one.record === record)
}

/** A copy still waiting for the tear is printed behind the next sale, or when the one before it is on paper; not lost. */
function leaveResult(state: TerminalState): Decision {
  return andThen(releaseTorn(state), (next) => goHome(next))
}

export function onResultOption(
  state: TerminalState,
  step: Result,
  option: string,
  item: string,
): Decision {
  if (option === 'paperComplete' || option === 'printMissing')
    return settleUnsure(state, item, option === 'paperComplete')
  switch (resultOptions(state, step).find(({ id }) => id === option)?.id) {
    case 'retry':
      return tryAgain(state, step)
    case 'refund':
      return refundInstead(state, step.order)
    case 'collect':
      return goOn(state, step)
    case 'correct': {
      const record = correctable(state, step)
      return record === undefined
        ? refuse(state, 'optionNotOffered')
        : askWhatWasWrong(state, record)
    }
    case 'signOnPaper':
      return signOnPaper(state)
    case 'signedOnPaper':
      return onSignedOnPaper(state, step.record)
    case 'customerTold':
      return customerTold(state, step.record)
    case undefined:
      return refuse(state, 'optionNotOffered')
  }
}

/** The same order once more, by card or code: its earlier attempt is known to have taken nothing. */
function tryAgain(state: TerminalState, step: Result): Decision {
  const typed = typedYuan(step.order.dueMinor)
  return andThen(goTo(state, { kind: 'confirmAmount', order: step.order, typed }), (next) =>
    askForTender(next, { order: step.order, typed }),
  )
}
