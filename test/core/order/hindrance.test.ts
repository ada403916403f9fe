/** Why an order cannot be asked of the acquirer now, in the order in which it is said; and to whose card money goes. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import { BATCH_LIMIT } from '#core/batch/batch.ts'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { minor } from '#core/money.ts'
import type { Present } from '#core/order/decide-present.ts'
import { draftAttempt } from '#core/order/decide-present.ts'
import { objectionToOrder } from '#core/order/hindrance.ts'
import { isCardOf, onPresentOption } from '#core/order/other-card.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import { CLOSING } from '../batch/settling.ts'
import { TAPPED_CARD } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state: SHOP } = aSale()
const SALE: Order = { id: 9, dueMinor: minor(3800), operator: '01' }
const REFUND: Order = { ...SALE, kind: 'refund', original: sale }
const VOID: Order = { ...SALE, kind: 'void', original: sale }
const HOLD = { ...sale, id: '000001-000005', kind: 'preAuth' as const }
const COMPLETION: Order = { ...SALE, kind: 'completion', original: HOLD }
const FOLLOWS: FollowUp = {
  id: 'x-rest',
  kind: 'sale',
  dueMinor: minor(100),
  why: 'rest',
  after: 'x',
  trace: '000001',
}
const tender = { kind: 'card', card: TAPPED_CARD } as const
const another = { ...sale, id: '000001-000077' }
const advice = newAdvice(
  draftAttempt(SHOP, { order: { ...REFUND, original: another } }, tender).attempt,
)
const guard = { mostMinor: minor(3799), coolOffMs: 0 }
const guarded = { ...SHOP.setup, refundGuard: guard }

test.each<[string, Order, Partial<TerminalState>, string | null]>([
  ['a sale', SALE, {}, null],
  ['a sale, the line down', SALE, { link: 'down' }, 'link.down'],
  ['a sale, while the batch is being closed', SALE, { settlement: CLOSING }, 'settle.unfinished'],
  ['a sale, one place left in the batch', SALE, { inBatch: BATCH_LIMIT - 1 }, null],
  ['a sale, none left', SALE, { inBatch: BATCH_LIMIT }, 'batch.full'],
  ['a sale, while a refund is in doubt', SALE, { advice }, null],
  ['a refund of another payment then', REFUND, { advice }, 'refund.openAlready'],
  ['a void of another payment then', VOID, { advice }, null],
  ['a sum that was collected', { ...SALE, follows: FOLLOWS }, {}, 'followUp.collected'],
  ['one that was not', { ...SALE, follows: FOLLOWS }, { followUps: [FOLLOWS] }, null],
  ['a refund of all', REFUND, {}, null],
  ['a fen more', { ...REFUND, dueMinor: minor(3801) }, {}, 'refund.tooMuch'],
  [
    'what has gone back since',
    REFUND,
    { recent: [{ ...sale, refundedMinor: minor(1) }] },
    'refund.tooMuch',
  ],
  ['what was voided since', VOID, { recent: [{ ...sale, closedBy: 'x' }] }, 'void.already'],
  ['a refund above the limit of the shop', REFUND, { setup: guarded }, 'refund.aboveLimit'],
  ['a void above it', VOID, { setup: guarded }, null],
  ['a completion above it', COMPLETION, { setup: guarded }, null],
  ['a completion by 15 percent more', { ...COMPLETION, dueMinor: minor(4370) }, {}, null],
  ['by more than that', { ...COMPLETION, dueMinor: minor(4371) }, {}, 'completion.tooMuch'],
])('%s', (_what, order, change, why) => {
  expect(objectionToOrder({ ...SHOP, ...change }, order)?.key ?? null).toBe(why)
})

const elsewhere = { ...sale, id: 'elsewhere-1121-112112000001', fingerprint: '' }
const OTHER = { fingerprint: 'C2', last4: '0099', why: 'cardReplaced' } as const

test.each<[string, Order, string, string, boolean]>([
  ['the one that paid', REFUND, 'C1', '0012', true],
  ['one with the same last four', REFUND, 'C2', '0012', false],
  ['any, of a sale', SALE, 'C2', '0099', true],
  [
    'the last four of another terminal’s slip',
    { ...REFUND, original: elsewhere },
    'C9',
    '0012',
    true,
  ],
  ['others than on that slip', { ...REFUND, original: elsewhere }, 'C9', '0099', false],
  ['the one that was allowed', { ...REFUND, otherCard: OTHER }, 'C2', '0099', true],
  ['the one that paid, another allowed', { ...REFUND, otherCard: OTHER }, 'C1', '0012', false],
  [
    'the last four of the slip, another allowed',
    { ...REFUND, original: elsewhere, otherCard: OTHER },
    'C9',
    '0012',
    false,
  ],
])('money may go to a card: %s', (_what, order, fingerprint, last4, may) => {
  const masked = `622202*********${last4}`
  expect(isCardOf(order, { ...TAPPED_CARD, fingerprint, masked })).toBe(may)
})

test('another card is allowed anew, and only once one was shown', () => {
  const step: Present = {
    kind: 'present',
    order: { ...REFUND, approver: '00' },
    typed: '38',
    read: 4,
    reading: true,
    other: { fingerprint: 'C2', last4: '0099' },
    wait: { startedAt: 0, deadlineAt: 0 },
  }
  const { effects, state } = onPresentOption({ ...SHOP, step }, step, 'cardReplaced')
  const { original: _shown, ...asked } = REFUND
  expect(state.step).toMatchObject({ kind: 'approve', order: { ...asked, otherCard: OTHER } })
  expect('order' in state.step && 'approver' in state.step.order).toBe(false)
  expect(state.message).toEqual({
    key: 'approve.cardReplaced',
    params: { amount: '38.00', last4: '0099', paid: '0012' },
  })
  expect(state.tone).toBe('key')
  expect(effects.map((one) => one.do)).toEqual([
    'cancelCardRead',
    'disarmScanner',
    'stopTimer',
    'stopTimer',
  ])
  expect(onPresentOption(SHOP, step, 'somethingElse').refused).toBe('optionNotOffered')
  const { other: _other, ...none } = step
  expect(onPresentOption(SHOP, none, 'cardReplaced').refused).toBe('optionNotOffered')
  const ofVoid = { ...step, order: { ...VOID, approver: '00' } }
  expect(onPresentOption(SHOP, ofVoid, 'cardReplaced').refused).toBe('optionNotOffered')
})
