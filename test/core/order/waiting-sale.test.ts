/** A confirmed sale of which nothing has left: on which page there is one, when it goes to disk, and when it comes back. */
import { expect, test } from 'vitest'
import {
  changesWaitingSale,
  keptSale,
  keptTelling,
  takeUpAgain,
  unsentOrder,
  waitingSale,
} from '#core/order/waiting-sale.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import { ATTEMPT } from '../attempts.ts'
import { aSale } from '../two-people.ts'
import { LIT, SALE } from './lit.ts'

const { sale, state: SHOP } = aSale()
const HOME: Step = { kind: 'amount', typed: '' }
const SENT: Step = {
  kind: 'authorizing',
  attempt: ATTEMPT,
  cancelAsked: false,
  wait: { startedAt: 0, deadlineAt: 0 },
}
const confirming = (change: Partial<Order> = {}): Step => ({
  kind: 'confirmAmount',
  order: { ...SALE, ...change },
  typed: '38',
})
const REFUND = confirming({ kind: 'refund', original: sale })
const TILL = confirming({ till: { reference: 'T1', lines: [] } })

test.each<[string, Step, boolean, boolean]>([
  ['that asks for a confirmation', confirming(), true, true],
  ['that asks the customer to present', LIT, true, true],
  ['of a refund', REFUND, true, false],
  ['of a till’s order', TILL, true, false],
  ['on which an amount is typed', { kind: 'amount', typed: '38' }, false, false],
  ['behind which it has left', SENT, false, false],
])('a page %s: an order is unsent (%s), and a sale waits (%s)', (_what, step, unsent, waits) => {
  const waiting = { order: 'order' in step ? step.order : null, typed: '38' }
  expect(unsentOrder(step)).toEqual(unsent ? waiting : null)
  expect(waitingSale(step)).toEqual(waits ? waiting : null)
})

test.each<[string, Step, Step, boolean]>([
  ['is confirmed', HOME, LIT, true],
  ['goes to its next page', confirming(), LIT, false],
  ['stays', LIT, LIT, false],
  ['is let go', LIT, HOME, true],
  ['has left', LIT, SENT, true],
  ['is replaced', LIT, confirming({ id: 10 }), true],
  ['was none', HOME, REFUND, false],
])('a sale that %s goes to disk first: %s', (_what, before, after, is) => {
  expect(changesWaitingSale(before, after)).toBe(is)
})

test('a start keeps what is on the page, or what an earlier start kept', () => {
  const old = { order: SALE, typed: '38', since: 1 }
  expect(keptSale({ ...SHOP, at: 7, step: LIT, unsent: old })).toEqual({
    unsent: { order: SALE, typed: '38', since: 7 },
  })
  expect(keptSale({ ...SHOP, step: HOME, unsent: old })).toEqual({ unsent: old })
  expect(keptSale({ ...SHOP, step: HOME })).toEqual({ unsent: undefined })
  expect(keptTelling(old)).toEqual({ key: 'order.unsent', params: { amount: '38.00' } })
})

const signedIn = (change: Partial<TerminalState>): Decision => ({
  state: { ...SHOP, at: 1_000_000, message: null, ...change },
  effects: [{ do: 'stopTimer', timer: 'idle' }],
  refused: null,
})
const waitingSince = (since: number, order: Order = SALE): Partial<TerminalState> => ({
  unsent: { order, typed: '38', since },
})

test.each([
  ['just now', 1_000_000, true],
  ['ten minutes ago', 400_000, true],
  ['a moment longer ago', 399_999, false],
  ['later than now, by a clock that went back', 1_600_000, true],
  ['much later than now', 1_600_001, false],
])('confirmed %s: it comes back: %s', (_what, since, comes) => {
  const { effects, state } = takeUpAgain(signedIn(waitingSince(since)))
  expect(state.unsent).toBeUndefined()
  expect(state.step).toEqual(comes ? confirming() : SHOP.step)
  expect(state.message?.key).toBe(comes ? 'order.restored' : 'order.lost')
  expect(effects[0]).toEqual({ do: 'stopTimer', timer: 'idle' })
})

test('it is of whoever signs in, and nobody has looked at its amount or allowed it yet', () => {
  const order: Order = { ...SALE, operator: '02', approver: '00', keyedAgain: true }
  const { state } = takeUpAgain(signedIn(waitingSince(1_000_000, order)))
  expect(state.step).toEqual(confirming())
  expect(state.message?.params).toEqual({ amount: '38.00' })
  expect(state.tone).toBe('confirmed')
})

test('nobody signed in, or nothing waits: all stays as it was', () => {
  for (const decision of [signedIn({ ...waitingSince(1_000_000), session: null }), signedIn({})])
    expect(takeUpAgain(decision)).toBe(decision)
})
