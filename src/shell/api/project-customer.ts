/** The customer's screen: amount, one instruction, result. Never a word of internals. */
import { isUnreadable } from '#core/order/unreadable.ts'
import type { Signing } from '#core/signature/signature.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { kindOf } from '#core/transaction/attempt.ts'
import { meansOf } from './means-view.ts'
import { money } from './money-view.ts'
import { paidOf } from './project-counter.ts'
import { tillOrderView } from './till-order-view.ts'
import type { CodeHint, CustomerPage } from './view.ts'

export function projectCustomer(state: TerminalState): CustomerPage {
  const step = state.step
  switch (step.kind) {
    case 'starting':
    case 'setPin':
    case 'signIn':
      return { kind: 'closed' }
    case 'amount':
    case 'menu':
    case 'findOriginal':
    case 'totals':
    case 'approveBatch':
    case 'reviewRefunds':
    case 'approveDrill':
    case 'parameters':
    case 'settling':
    case 'enterAmount':
    case 'approve':
    case 'records':
    case 'searchRecords':
    case 'proveReprint':
    case 'badge':
    case 'whatWasWrong':
    case 'openItems':
    case 'incident':
    case 'closeIncident':
    case 'judgeCode':
    case 'checkSticker':
      return { kind: 'welcome', means: meansOf(state, 'sale') }
    case 'confirmAmount':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'confirmCode':
      return { kind: 'amount', amount: money(step.order.dueMinor), ...tillOrderView(step.order) }
    case 'present':
      return {
        kind: 'present',
        amount: money(step.order.dueMinor),
        wait: step.wait,
        means: meansOf(state, kindOf(step.order)),
        ...hintOf(state),
      }
    case 'pin':
      return { kind: 'pin', amount: money(step.attempt.amountMinor) }
    case 'querying':
      return {
        kind: step.isPaying ? 'walletPassword' : 'wait',
        amount: money(step.attempt.amountMinor),
      }
    case 'authorizing':
    case 'completing':
    case 'reversing':
      return { kind: 'wait', amount: money(step.attempt.amountMinor) }
    case 'result':
      if (state.signing?.record === step.record) return signPage(state.signing)
      return { kind: 'result', outcome: step.outcome, amount: paidOf(state, step).amount }
  }
}

/** Only what concerns the code in the customer's hand; never what else a code was taken for. */
function hintOf({ message }: TerminalState): { readonly hint?: CodeHint } {
  const why = /^code\.(.+)$/.exec(message?.key ?? '')?.[1]
  if (why === undefined) return {}
  if (why === 'TWO_CODES') return { hint: 'onePhone' }
  if (why === 'REUSED') return { hint: 'refresh' }
  return { hint: why === 'CLEAN_WINDOW' || isUnreadable(why) ? 'again' : 'notPayCode' }
}

function signPage({ record, code, wait, amountMinor }: Signing): CustomerPage {
  return { kind: 'sign', amount: money(amountMinor), record, code, wait }
}
