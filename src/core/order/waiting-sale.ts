/**
 * A sale that was confirmed and of which nothing has left. It is on disk from that moment, and comes back behind the sign-in after a power
 * cut: nobody keys it anew from memory, and it is confirmed once more before anything is asked of the customer.
 */
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { type Decision, goTo } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { kindOf } from '../transaction/attempt.ts'
import type { UnsentSale } from '../transaction/unsent-sale.ts'

/** Longer without power, and the customer is gone: an old amount must not meet the next one (practice; no figure is published). */
const KEPT_FOR_MS = 600_000

type Waiting = Omit<UnsentSale, 'since'>

/** The order of a page that has sent nothing of it yet; null on every other page. */
export function unsentOrder(step: Step): Waiting | null {
  return 'order' in step && 'typed' in step ? { order: step.order, typed: step.typed } : null
}

/** Null on every page without such a sale. What a till has sent it sends again; what gives money back is begun anew from its proof. */
export function waitingSale(step: Step): Waiting | null {
  const waiting = unsentOrder(step)
  if (waiting === null || kindOf(waiting.order) !== 'sale') return null
  return waiting.order.till === undefined ? waiting : null
}

/** True when such a sale came, went or was replaced: the journal must hold it before anybody is told. */
export function changesWaitingSale(before: Step, after: Step): boolean {
  return before !== after && waitingSale(before)?.order.id !== waitingSale(after)?.order.id
}

/** What a start finds: on the page, or kept from a start before that nobody signed in after. */
export function keptSale({ at, step, unsent }: TerminalState): Pick<TerminalState, 'unsent'> {
  const waiting = waitingSale(step)
  return { unsent: waiting === null ? unsent : { ...waiting, since: at } }
}

/** Said before anybody has signed in. */
export function keptTelling({ order }: Waiting): Message {
  return message('order.unsent', { amount: formatMinor(order.dueMinor) })
}

/** Somebody has signed in: the sale is theirs and asks to be confirmed; what was keyed or allowed for it before must be so again. */
export function takeUpAgain(signedIn: Decision): Decision {
  const { session, unsent } = signedIn.state
  const operator = session?.operator
  if (unsent === undefined || operator === undefined) return signedIn
  const state = { ...signedIn.state, unsent: undefined }
  // A clock that went far back says nothing of how long it was: as if it had been long.
  if (Math.abs(state.at - unsent.since) > KEPT_FOR_MS)
    return { ...signedIn, state: { ...state, message: message('order.lost') } }
  const { approver: _approver, keyedAgain: _keyed, ...order } = unsent.order
  const step: Step = { kind: 'confirmAmount', order: { ...order, operator }, typed: unsent.typed }
  const params = { amount: formatMinor(order.dueMinor) }
  const page = goTo(state, step, { message: message('order.restored', params), tone: 'confirmed' })
  return { ...page, effects: [...signedIn.effects, ...page.effects] }
}
