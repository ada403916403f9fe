/**
 * Notes every order of a till that ends, by whatever path: it is compared before and after each event, so that no page can forget to say
 * that it let one go. What ended with a record is found there; the others are kept here, with who ended them.
 */
import type { Decision } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { liveOrders } from './live.ts'
import { CLOSED_LIMIT, type ClosedTillOrder } from './wish.ts'

export function watchTill(
  before: TerminalState,
  event: TerminalEvent,
  decision: Decision,
): Decision {
  const { advice, reversal, step } = decision.state
  if (before.step === step && before.reversal === reversal && before.advice === advice)
    return decision
  const known = liveOrders(before)
  const still = liveOrders(decision.state).map(({ reference }) => reference)
  const ended = known.filter(({ reference }) => !still.includes(reference))
  if (ended.length === 0) return decision
  const by = byWhom(event)
  const closed = ended.map(({ reference }) => ({ reference, by, at: event.at }))
  const kept = (decision.state.tillClosed ?? []).filter(
    ({ reference }) => !closed.some((one) => one.reference === reference),
  )
  const tillClosed = [...kept, ...closed].slice(-CLOSED_LIMIT)
  return { ...decision, state: { ...decision.state, tillClosed } }
}

function byWhom({ type }: TerminalEvent): ClosedTillOrder['by'] {
  if (type === 'tillWithdrew') return 'till'
  return type === 'started' ? 'restart' : 'terminal'
}
