/** The page "is the amount right?": where every key leads, what an amount asks for beyond it, and who must allow what. */
import { expect, test } from 'vitest'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import type { AmountReason } from '#core/guard/amount-verdict.ts'
import { minor } from '#core/money.ts'
import {
  afterApproval,
  onConfirmKey,
  onLookedAt,
  onLookKey,
  onRekeyKey,
  weigh,
} from '#core/order/confirm-amount.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import { AMOUNT_GUARD } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state } = aSale()
const SHOP: TerminalState = { ...state, setup: { ...state.setup, amountGuard: AMOUNT_GUARD } }
const DARK: TerminalState = { ...SHOP, link: 'down' }
const SALE: Order = { id: 9, dueMinor: minor(3850), operator: '01' }
const REFUND: Order = { ...SALE, kind: 'refund', original: sale, dueMinor: minor(3800) }
const VOID: Order = { ...REFUND, kind: 'void' }
const REST: FollowUp = {
  id: '000001-000001-rest',
  kind: 'sale',
  dueMinor: minor(3850),
  why: 'rest',
  after: '000001-000001',
  trace: '000001',
}
const TILL = { reference: 'A-1', lines: [] }
const AFTERWARDS = { kind: 'sale', dueMinor: minor(3500) } as const

const confirm = (order: Order) => ({ kind: 'confirmAmount' as const, order, typed: '38.50' })
const pressed = (order: Order, key: Key, from = SHOP): Decision =>
  onConfirmKey({ ...from, step: confirm(order) }, confirm(order), key)
const HOME = { kind: 'amount', typed: '' }

test.each<[string, Order, Key, object]>([
  ['a sale is mended', SALE, 'backspace', { kind: 'amount', typed: '38.50' }],
  ['a sale is thrown away', SALE, 'cancel', HOME],
  [
    'a hold is mended',
    { ...SALE, kind: 'preAuth' },
    'backspace',
    { kind: 'enterAmount', transaction: 'preAuth', original: null, typed: '38.50' },
  ],
  [
    'a refund is mended, for the same reason',
    { ...REFUND, cause: 'customerWish' },
    'backspace',
    {
      kind: 'enterAmount',
      transaction: 'refund',
      original: sale,
      typed: '38.50',
      cause: 'customerWish',
    },
  ],
  [
    'the amount of a refund is thrown away',
    REFUND,
    'cancel',
    { kind: 'enterAmount', transaction: 'refund', original: sale, typed: '' },
  ],
  ['a void has no amount to type', VOID, 'backspace', HOME],
  ['a till gets its order back', { ...SALE, till: TILL }, 'cancel', HOME],
  ['a sum that is owed stays owed', { ...SALE, follows: REST }, 'backspace', HOME],
  [
    'a refund after which something is owed is begun anew',
    { ...REFUND, afterwards: AFTERWARDS },
    'backspace',
    HOME,
  ],
])('%s', (_what, order, key, page) => {
  expect(pressed(order, key).state.step).toEqual(page)
})

test('the amount of a till is locked, and digits mean nothing on this page', () => {
  const locked = pressed({ ...SALE, till: TILL }, 'backspace')
  expect([locked.state.step.kind, locked.state.message?.key]).toEqual([
    'confirmAmount',
    'till.amountLocked',
  ])
  expect(tone(locked)).toBe('refused')
  expect(pressed(SALE, '5').refused).toBe('keyHasNoMeaningHere')
  expect(pressed(SALE, 'menu').state.step).toEqual({
    kind: 'handOver',
    order: SALE,
    typed: '38.50',
  })
})

function asking(level: 0 | 1 | 2 | 3, change: Partial<Order> = {}, reason?: AmountReason): Order {
  const reasons = reason === undefined ? [] : [reason]
  return { ...SALE, check: { level, reasons }, ...change }
}

const page = ({ state: { message, step } }: Decision) => [step.kind, message?.key ?? null]
const tone = ({ state }: Decision) => state.tone

test.each<[string, Order, string, string | null]>([
  ['of nothing', SALE, 'present', null],
  ['of nothing that was found', asking(0), 'present', null],
  ['of a look', asking(1), 'lookAtAmount', 'amount.look'],
  ['of a second entry', asking(2), 'rekeyAmount', 'amount.keyAgain'],
  ['of a second entry in full', asking(2, {}, 'newPrice'), 'rekeyAmount', 'amount.keyAgainWhole'],
  ['of a second person, entry first', asking(3), 'rekeyAmount', 'amount.keyAgain'],
  ['of a second entry that was made', asking(2, { keyedAgain: true }), 'present', null],
  ['of a second person alone', asking(3, { keyedAgain: true }), 'approve', 'approve.sale'],
  [
    'of somebody who has allowed it',
    asking(3, { keyedAgain: true, approver: '00' }),
    'present',
    null,
  ],
  ['of money that goes back', VOID, 'approve', 'approve.void'],
  ['of money that goes back, allowed', { ...VOID, approver: '00' }, 'present', null],
])('confirmed, an amount %s: %s', (_what, order, step, said) => {
  expect(page(weigh({ ...SHOP, step: confirm(order) }, confirm(order)))).toEqual([step, said])
})

test.each<[string, Order]>([
  ['a look', asking(1)],
  ['a second entry', asking(2)],
  ['a second person', VOID],
])('while the line is down nobody is asked for %s: that comes first', (_what, order) => {
  expect(page(pressed(order, 'confirm', DARK))).toEqual(['confirmAmount', 'link.down'])
})

test.each<[string, Order, string, object]>([
  ['a sale', asking(3, { keyedAgain: true }), 'approve.sale', { amount: '38.50', trace: '' }],
  ['a refund', REFUND, 'approve.refund', { amount: '38.00', trace: sale.stan }],
  ['a void', VOID, 'approve.void', { amount: '38.00', trace: sale.stan }],
  [
    'a hold that ends',
    { ...VOID, kind: 'preAuthVoid', original: { ...sale, kind: 'preAuth' } },
    'approve.void',
    { amount: '38.00', trace: sale.stan },
  ],
  [
    'a refund from a slip of another terminal',
    { ...REFUND, original: { ...sale, id: 'elsewhere-1121-112112000001' } },
    'approve.refundElsewhere',
    { amount: '38.00', number: '112112000001' },
  ],
])('the second person reads what it is about: %s', (_what, order, key, params) => {
  expect(pressed(order, 'confirm').state.message).toEqual({ key, params })
})

const GUARDED: TerminalState = {
  ...SHOP,
  setup: {
    ...SHOP.setup,
    refundGuard: { coolOffAboveMinor: minor(3799), coolOffMs: 5_000 },
  },
}

test('once it is allowed, a large refund stands for its pause and everything else goes on', () => {
  const allowed = (order: Order) =>
    afterApproval(GUARDED, { order: { ...order, approver: '00' }, typed: '38' })
  const large = allowed(REFUND)
  expect(large.state.message).toEqual({ key: 'refund.coolOff', params: { amount: '38.00' } })
  expect(large.state.step).toMatchObject({
    kind: 'lookAtAmount',
    wait: { startedAt: SHOP.at, deadlineAt: SHOP.at + 5_000 },
  })
  expect(large.effects).toEqual([{ do: 'startTimer', timer: 'look', ms: 5_000 }])
  expect(allowed({ ...REFUND, dueMinor: minor(3799) }).state.step.kind).toBe('present')
  expect(allowed(VOID).state.step.kind).toBe('present')
})

const looking = (order: Order): Extract<Step, { kind: 'lookAtAmount' }> => ({
  kind: 'lookAtAmount',
  order,
  typed: '38.50',
  wait: { startedAt: 0, deadlineAt: 800 },
})

test('the look lasts as long as the merchant has set, and goes on by itself to what is asked for next', () => {
  const step = confirm(asking(1))
  const look = weigh(SHOP, step)
  expect(look.effects).toEqual([{ do: 'startTimer', timer: 'look', ms: 800 }])
  expect(look.state.message?.params).toEqual({ amount: '38.50' })
  expect(tone(look)).toBe('confirmed')
  const looked = (order: Order, from = SHOP) => page(onLookedAt({ ...from, step: looking(order) }))
  expect(looked(asking(1))).toEqual(['present', null])
  expect(looked(VOID)).toEqual(['approve', 'approve.void'])
  expect(looked(asking(1), DARK)).toEqual(['confirmAmount', 'link.down'])
  expect(onLookedAt(SHOP).refused).toBe('timerNotRunning')
})

test('the look is taken back by cancel or backspace, and its timer with it; no other key shortens it', () => {
  const keyed = (key: Key) => onLookKey(SHOP, looking(asking(1)), key)
  const stop = { do: 'stopTimer', timer: 'look' }
  expect([keyed('cancel').state.step, keyed('cancel').effects]).toEqual([HOME, [stop]])
  expect(keyed('backspace').state.step).toEqual({ kind: 'amount', typed: '38.50' })
  expect(keyed('confirm').refused).toBe('keyHasNoMeaningHere')
})

/** 250.50 yuan, to be keyed again. */
const HIGH = asking(2, { dueMinor: minor(25_050) })
const again = (typed: string, order = HIGH): Extract<Step, { kind: 'rekeyAmount' }> => ({
  kind: 'rekeyAmount',
  order,
  typed: '250.5',
  again: typed,
})
const confirmed = (typed: string, order = HIGH): Decision => {
  const step = again(typed, order)
  return onRekeyKey({ ...SHOP, step }, step, 'confirm')
}
const NEW_PRICE = asking(2, { dueMinor: minor(25_050) }, 'newEnding')

test.each<[string, string, Order, string, string | null]>([
  ['the same', '250.50', HIGH, 'present', null],
  ['its whole yuan', '250', HIGH, 'present', null],
  ['its whole yuan, of a price that is new here', '250', NEW_PRICE, 'amount', 'amount.differs'],
  ['the same, of a price that is new here', '250.5', NEW_PRICE, 'present', null],
  ['the yuan next to it', '251', HIGH, 'amount', 'amount.differs'],
  ['the fen as yuan', '25050', HIGH, 'amount', 'amount.differs'],
])('keyed again, %s', (_what, typed, order, step, said) => {
  expect(page(confirmed(typed, order))).toEqual([step, said])
})

test('what differs names both sums and keeps neither; what was the same is not asked for again', () => {
  const differs = confirmed('25')
  expect(differs.state.message?.params).toEqual({ first: '250.50', second: '25.00' })
  expect([differs.state.step, tone(differs)]).toEqual([HOME, 'refused'])
  expect(confirmed('250').state.step).toMatchObject({ order: { keyedAgain: true } })
  expect(confirmed('').refused).toBe('keyHasNoMeaningHere')
})

test('the second entry is typed like the first; cancel leaves nothing of it', () => {
  const keyed = (typed: string, key: Key) =>
    onRekeyKey({ ...SHOP, step: again(typed) }, again(typed), key)
  expect(keyed('25', '0').state.step).toMatchObject({ kind: 'rekeyAmount', again: '250' })
  expect(keyed('25', '0').state.tone).toBe('key')
  expect(keyed('2', 'backspace').state.step).toMatchObject({ again: '' })
  const wrong = keyed('', 'backspace')
  expect([wrong.refused, wrong.state.tone]).toEqual(['keyHasNoMeaningHere', 'refused'])
  expect(keyed('25', 'cancel').state.step).toEqual(HOME)
})
