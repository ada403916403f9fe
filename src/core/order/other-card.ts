/**
 * A refund to another card than the one that paid: the bank has replaced it, or the phone shows a number of its own. The
 * cashier names the reason, a second person allows this very card, and the acquirer has the last word. A void is never for another card.
 */
import { isElsewhere } from '../correction/elsewhere-id.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { type Decision, goTo, refuse } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'
import type { OtherCardReason } from '../transaction/other-card.ts'
import type { CardFacts } from '../transaction/tender.ts'
import { STOP_READING } from './stop-reading.ts'

type Present = Extract<Step, { kind: 'present' }>

const REASONS = [
  { id: 'cardReplaced', key: '1' },
  { id: 'phoneCard', key: '2' },
] as const satisfies readonly { readonly id: OtherCardReason; readonly key: string }[]

/**
 * True when the money of this order may go to, or come from, the card. Of a card that paid at another terminal only the four digits on its
 * slip are known here: they must fit, and the acquirer compares the rest.
 */
export function isCardOf({ original, otherCard }: Order, card: CardFacts): boolean {
  if (original === undefined) return true
  if (otherCard === undefined && isElsewhere(original)) return card.masked.endsWith(original.last4)
  return card.fingerprint === (otherCard?.fingerprint ?? original.fingerprint)
}

/** What the page offers once another card was shown. */
export function otherCardOptions({ order, other }: Present): typeof REASONS | readonly [] {
  return other !== undefined && kindOf(order) === 'refund' ? REASONS : []
}

/** The reader lets go, and the second person reads which card it is about. Who allowed the refund before has not allowed this. */
export function onPresentOption(state: TerminalState, step: Present, option: string): Decision {
  const reason = otherCardOptions(step).find(({ id }) => id === option)
  if (reason === undefined || step.other === undefined) return refuse(state, 'optionNotOffered')
  const { approver: _before, ...order } = step.order
  const otherCard = { ...step.other, why: reason.id }
  const params = {
    amount: formatMinor(order.dueMinor),
    last4: step.other.last4,
    paid: order.original?.last4 ?? '',
  }
  return goTo(
    state,
    { kind: 'approve', order: { ...order, otherCard }, typed: step.typed },
    { message: message(`approve.${reason.id}`, params), tone: 'key', effects: STOP_READING },
  )
}
