/** Home: what a key makes of the digits that stand there, and what is in the way of an amount before it has a page of its own. */
import { expect, test } from 'vitest'
import type { AmountReason } from '#core/guard/amount-verdict.ts'
import { minor } from '#core/money.ts'
import { checkTelling } from '#core/order/check-telling.ts'
import { onAmountKey } from '#core/order/decide-amount.ts'
import { UNSIGNED_LIMIT } from '#core/signature/signature.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { SLIPS_LIMIT, type TerminalState } from '#core/terminal/state.ts'
import { AMOUNT_GUARD } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state } = aSale()
const SAID = { key: 'present.timedOut', params: {} }
const HOME: TerminalState = { ...state, message: SAID }

const pressed = (typed: string, key: Key, from = HOME): Decision => {
  const step = { kind: 'amount' as const, typed }
  return onAmountKey({ ...from, step }, step, key)
}
const confirmed = (typed: string, change: Partial<TerminalState> = {}): Decision =>
  pressed(typed, 'confirm', { ...HOME, ...change })
const page = ({ state: { message, step } }: Decision) => [step.kind, message?.key ?? null]

test.each<[string, Key, string, string]>([
  ['3', '8', '38', 'key'],
  ['38', 'backspace', '3', 'key'],
  ['38', 'cancel', '', 'key'],
  ['', 'cancel', '', 'key'],
])('%s and %s: %s, and what was said before is gone', (typed, key, left, tone) => {
  const { state: after } = pressed(typed, key)
  expect(after.step).toEqual({ kind: 'amount', typed: left })
  expect([after.message, after.tone]).toEqual([null, tone])
})

test('a key that means nothing is refused with its tone, and leaves what stands there', () => {
  const decision = pressed('', 'backspace')
  expect([decision.refused, decision.state.tone]).toEqual(['keyHasNoMeaningHere', 'refused'])
  expect(decision.state.message).toEqual(SAID)
  expect(pressed('38', 'menu').state).toMatchObject({
    step: { kind: 'menu', sheet: 0 },
    tone: 'key',
  })
})

const SIGNATURE = {
  record: sale.id,
  trace: sale.stan,
  type: 'sale' as const,
  amountMinor: minor(1),
}
const [paper] = state.slips
const slips = (count: number) =>
  paper === undefined
    ? []
    : Array.from({ length: count }, () => ({ ...paper, state: 'owed' as const }))
const unsigned = (count: number) => Array.from({ length: count }, () => SIGNATURE)

test.each<[string, string, Partial<TerminalState>, string, string | null]>([
  ['nothing', '', {}, 'amount', 'amount.zero'],
  ['no fen', '0.0', {}, 'amount', 'amount.zero'],
  ['what is no amount', '1.2.3', {}, 'amount', 'amount.zero'],
  ['the most', '50000', {}, 'confirmAmount', null],
  ['a fen more', '50000.01', {}, 'amount', 'amount.tooLarge'],
  ['behind slips that are owed', '5', { slips: slips(SLIPS_LIMIT - 1) }, 'confirmAmount', null],
  ['behind too many of them', '5', { slips: slips(SLIPS_LIMIT) }, 'amount', 'slip.owed'],
  [
    'behind papers to be signed',
    '5',
    { unsigned: unsigned(UNSIGNED_LIMIT - 1) },
    'confirmAmount',
    null,
  ],
  [
    'behind too many of them',
    '5',
    { unsigned: unsigned(UNSIGNED_LIMIT) },
    'amount',
    'signature.tooMany',
  ],
])('confirmed, %s: %s', (_what, typed, change, step, said) => {
  const decision = confirmed(typed, change)
  expect(page(decision)).toEqual([step, said])
  expect(decision.state.tone).toBe(step === 'amount' ? 'refused' : 'key')
  expect(decision.state.step).toMatchObject({ typed })
})

test('what is in the way is told with its figure', () => {
  expect(confirmed('50000.01').state.message?.params).toEqual({ max: '50,000.00' })
  expect(confirmed('5', { slips: slips(SLIPS_LIMIT) }).state.message?.params).toEqual({
    count: '200',
  })
})

test('an amount becomes an order of whoever is signed in, under a number that is used once', () => {
  const { state: after } = confirmed('38.5')
  const id = HOME.counters.order
  expect(after.step).toEqual({
    kind: 'confirmAmount',
    order: { id, dueMinor: 3850, operator: '01' },
    typed: '38.5',
  })
  expect(after.counters.order).toBe(id + 1)
  expect(confirmed('38.5', { session: null }).refused).toBe('unknownOperator')
})

test('what has just gone back is asked about when it is charged again, in place of nothing unusual', () => {
  const back = { ...sale, kind: 'refund' as const, id: '000001-000003', stan: '000003' }
  const refunded = confirmed('38', { recent: [sale, back] })
  expect(refunded.state.message).toEqual({
    key: 'amount.justRefunded',
    params: { amount: '38.00', trace: '000003' },
  })
})

test('an order carries what was unusual about its amount, and nothing where nothing was', () => {
  const guarded = { ...HOME, setup: { ...HOME.setup, amountGuard: AMOUNT_GUARD } }
  const check = { level: 1, reasons: ['sameDigits', 'farFromLast'] }
  expect(confirmed('1000', guarded).state.step).toMatchObject({ order: { check } })
  expect(confirmed('1000', guarded).state.message?.key).toBe('amount.look')
  const usual = confirmed('39', guarded).state.step
  expect('order' in usual && 'check' in usual.order).toBe(false)
})

test.each<[readonly AmountReason[], string | null]>([
  [['unusuallyHigh', 'pointLost'], 'amount.pointLost'],
  [['unusuallyHigh', 'sameDigits'], 'amount.unusuallyHigh'],
  [['unusuallyLow', 'newPrice'], 'amount.unusuallyLow'],
  [['sameDigits', 'newPrice'], 'amount.newPrice'],
  [['newEnding', 'farFromLast'], 'amount.newEnding'],
  [['nearEdge'], 'amount.look'],
  [[], null],
])('of %j the page names what matters most: %s', (reasons, said) => {
  const order = { id: 9, dueMinor: minor(3850), operator: '01' }
  const telling = checkTelling({ ...order, check: { level: 1, reasons } })
  expect(telling).toEqual(said === null ? null : { key: said, params: { amount: '38.50' } })
  expect(checkTelling(order)).toBeNull()
})
