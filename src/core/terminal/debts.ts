/**
 * What somebody still has to see to outlives a power cut from the moment it is decided. Most debts begin or end with a message or a slip and
 * are written with it; some with nothing but a key, such as "too little was charged" or "written off", and a key alone is not worth a write.
 * A confirmed sale is worth one: the amount that a cashier and a customer have agreed on is not keyed again from memory. So is Cancel while a
 * request is out: of a code payment the bank is only asked behind a power cut, and what it calls paid would be booked.
 */
import { changesWaitingSale } from '../order/waiting-sale.ts'
import type { TerminalState } from './state.ts'

/** True when a debt or a confirmed sale came, went or changed between the two: the journal must hold it before anybody is told. */
export function changesDebts(before: TerminalState, after: TerminalState): boolean {
  return (
    before.followUps !== after.followUps ||
    before.incidents !== after.incidents ||
    before.shopTotals !== after.shopTotals ||
    before.unsigned !== after.unsigned ||
    before.uploads !== after.uploads ||
    before.sticker !== after.sticker ||
    before.settlement !== after.settlement ||
    before.untold !== after.untold ||
    before.alarms !== after.alarms ||
    isGivenUp(before) !== isGivenUp(after) ||
    changesWaitingSale(before.step, after.step)
  )
}

/** Whoever stands at the counter was told that it will be reversed. */
function isGivenUp({ reversal, step }: TerminalState): boolean {
  return (step.kind === 'authorizing' && step.cancelAsked) || reversal?.query?.cancelAsked === true
}
