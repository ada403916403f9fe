/** The page "is this right?" of anything that is not a plain sale. */

import { typedYuan } from '../guard/amount-entry.ts'
import { plausibilityTelling, refundTooMuch } from '../guard/refund-guard.ts'
import { type Message, message } from '../message.ts'
import { takeOrder } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import { isVoid, type TransactionKind } from '../transaction/kinds.ts'
import { elsewhereNumber, isElsewhere } from './elsewhere-id.ts'
import { askHold } from './reopen-hold.ts'

/** What was chosen: the order without its number and operator. */
export type Chosen = Omit<Order, 'id' | 'operator' | 'kind'> & { readonly kind: TransactionKind }

/** `telling`: why this means was picked; without it the usual question of the kind. */
export function confirmChosen(
  state: TerminalState,
  chosen: Chosen,
  telling: Message = usualQuestion(chosen),
): Decision {
  const operator = state.session?.operator
  if (operator === undefined) return refuse(state, 'unknownOperator')
  if (chosen.kind === 'refund') {
    const { at, recent, refunded, setup } = state
    const asked = { amountMinor: chosen.dueMinor, at, operator, recent, refunded }
    const cannot = refundTooMuch(setup.refundGuard, asked)
    if (cannot !== null) return say(state, cannot, { tone: 'refused' })
    const doubt = plausibilityTelling('refund', asked)
    if (doubt !== null) return confirmAs(state, chosen, operator, doubt)
  }
  return confirmAs(state, chosen, operator, telling)
}

function confirmAs(
  state: TerminalState,
  chosen: Chosen,
  operator: string,
  telling: Message,
): Decision {
  const numbered = takeOrder(state)
  const order: Order = { id: numbered.id, operator, ...chosen }
  const asked = goTo(
    numbered.state,
    { kind: 'confirmAmount', order, typed: typedYuan(chosen.dueMinor) },
    { message: telling, tone: 'key' },
  )
  return andThen(asked, askHold)
}

function usualQuestion({ kind, original }: Chosen): Message {
  if (original !== undefined && isElsewhere(original))
    return message(`${kind}.confirmElsewhere`, { number: elsewhereNumber(original.id) ?? '' })
  const params = { trace: original?.stan ?? '', last4: original?.last4 ?? '' }
  // Of a hold nothing was charged, so nothing goes back.
  const isOfSale = isVoid(kind) && kind !== 'preAuthVoid'
  return message(`${isOfSale ? 'void' : kind}.confirm`, params)
}
