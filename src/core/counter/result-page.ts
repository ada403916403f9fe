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

/** Whoever takes this page for the next sale and types its amount opens nothing by it. */
const NO_AMOUNT_BEGINS = '0'

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
      ...(mayRefundInstead(state, step) ? [{ id: 'refund', key: '2' } as const] : []),
    ]
  const record = state.recent.find((one) => one.id === step.record)
  const mayBeWrong =
    step.outcome === 'approved' && record !== undefined && causesOf(record).length > 0
  return [
    ...(leftAfter(state, step) === undefined ? [] : [{ id: 'collect', key: '1' } as const]),
    ...(mayBeWrong ? [{ id: 'correct', key: NO_AMOUNT_BEGINS } as const] : []),
    ...(state.signing?.record === step.record ? [{ id: 'signOnPaper', key: '3' } as const] : []),
    ...(isOnPaper(state, step) ? [{ id: 'signedOnPaper', key: '3' } as const] : []),
    ...(isUntold(state, step.record) ? [{ id: 'customerTold', key: '4' } as const] : []),
  ]
}

/** The host itself has refused a void, so the money is still the shop's, and a refund takes it back in the other way. */
function mayRefundInstead(state: TerminalState, { order, outcome, record }: Result): boolean {
  if (outcome !== 'notPaid' || order.original === undefined || !isVoid(kindOf(order))) return false
  const refused = state.recent.find((one) => one.id === record)
  if (refused === undefined || refused.reason === 'reversed') return false
  return objection(state, 'refund', order.original) === null
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
  switch (option) {
    case 'retry':
      return step.mayTryAgain ? tryAgain(state, step) : refuse(state, 'optionNotOffered')
    case 'refund':
      return mayRefundInstead(state, step)
        ? refundInstead(state, step.order)
        : refuse(state, 'optionNotOffered')
    case 'collect': {
      const left = leftAfter(state, step)
      return left === undefined ? refuse(state, 'optionNotOffered') : collect(state, left.id)
    }
    case 'correct': {
      const record = state.recent.find((one) => one.id === step.record)
      return record === undefined || step.outcome !== 'approved'
        ? refuse(state, 'optionNotOffered')
        : askWhatWasWrong(state, record)
    }
    case 'signOnPaper':
      return state.signing?.record === step.record
        ? signOnPaper(state)
        : refuse(state, 'optionNotOffered')
    case 'signedOnPaper':
      return onSignedOnPaper(state, step.record)
    case 'customerTold':
      return customerTold(state, step.record)
    case 'paperComplete':
    case 'printMissing':
      return settleUnsure(state, item, option === 'paperComplete')
    default:
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
