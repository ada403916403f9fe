/** Why an order cannot be asked of the acquirer now, in the order in which it is said. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import { BATCH_LIMIT } from '#core/batch/batch.ts'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { minor } from '#core/money.ts'
import { draftAttempt } from '#core/order/decide-present.ts'
import { objectionToOrder } from '#core/order/hindrance.ts'
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
  [
    'a hold that was completed since',
    COMPLETION,
    { recent: [{ ...HOLD, closedBy: 'x' }] },
    'original.holdUsed',
  ],
  [
    'a sale that was voided since, to be refunded',
    REFUND,
    { recent: [{ ...sale, closedBy: 'x' }] },
    'refund.nothingLeft',
  ],
  ['a completion by 15 percent more', { ...COMPLETION, dueMinor: minor(4370) }, {}, null],
  ['by more than that', { ...COMPLETION, dueMinor: minor(4371) }, {}, 'completion.tooMuch'],
])('%s', (_what, order, change, why) => {
  expect(objectionToOrder({ ...SHOP, ...change }, order)?.key ?? null).toBe(why)
})
