/** A typed voucher number may be that of the slip next to it: last four digits or amount must fit before anything goes back. */
import { expect, test } from 'vitest'
import { markOriginal } from '#core/correction/mark-original.ts'
import { minor } from '#core/money.ts'
import type { Step } from '#core/terminal/state.ts'
import type { Counter } from './counter.ts'
import { choose, openShop, sell, sign } from './two-people.ts'

const GUARD = { refundGuard: { coolOffMs: 0, proveTyped: true } }

/** Two sales; the number of the first was typed for a void or refund. */
function typed(
  purpose: 'void' | 'refund',
  change: Parameters<typeof openShop>[0] = GUARD,
): Counter {
  const counter = openShop(change)
  sell(counter, 38, { fingerprint: 'one', masked: '622202*********4321' })
  sell(counter, 12, { fingerprint: 'two', masked: '622202*********8765' })
  const [first] = counter.state().recent
  counter.press('menu')
  choose(counter, purpose)
  counter.press('2', 'confirm')
  const { step, page } = counter.state()
  counter.tell({ type: 'recordFound', page: `${step.kind}#${page}`, record: first ?? null })
  return counter
}

test('the amount off the slip of another payment is refused, and nothing is begun', () => {
  const counter = typed('refund')
  expect([counter.step(), counter.said()]).toEqual(['findOriginal', 'original.prove'])
  counter.press('1', '2', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['findOriginal', 'original.doesNotFit'])
  counter.press('confirm')
  expect([counter.step(), counter.said()]).toEqual(['findOriginal', 'original.doesNotFit'])
  counter.press('8', '7', '6', '5', 'confirm')
  expect(counter.said()).toBe('original.doesNotFit')
  counter.press('cancel')
  expect(counter.step()).toBe('amount')
})

test.each([
  ['the amount', ['3', '8']],
  ['the last four digits', ['4', '3', '2', '1']],
] as const)('%s off the same slip opens the refund with what is left of it', (_what, keys) => {
  const counter = typed('refund')
  counter.press(...keys, 'confirm')
  expect(counter.state().step).toMatchObject({
    kind: 'enterAmount',
    typed: '38',
    original: { last4: '4321' },
  })
})

test('a refund in doubt that is answered behind the page counts there too, also of a sale too old to be at hand', () => {
  const shop = openShop()
  sell(shop, 38)
  const [paid] = shop.state().recent
  shop.ask(12)
  shop.presentCard()
  const { step: out } = shop.state()
  if (paid === undefined || out.kind !== 'authorizing') throw new Error('nothing was sold')
  const attempt = { ...out.attempt, order: { ...out.attempt.order, original: paid } }
  const refund = { ...paid, id: '000001-000099', kind: 'refund' as const, paidMinor: minor(37) }
  const afterwards = (step: Step): Step =>
    markOriginal({ ...shop.state(), recent: [], step }, attempt, refund).state.step
  const proving = { kind: 'findOriginal', purpose: 'refund', typed: '' } as const
  expect(afterwards({ ...proving, found: paid })).toMatchObject({ found: { refundedMinor: 37 } })
  expect(afterwards({ kind: 'records', found: [paid] })).toMatchObject({
    found: [{ refundedMinor: 37 }],
  })
  const other = { ...paid, id: '000001-000098' }
  expect(afterwards({ ...proving, found: other })).toMatchObject({ found: { refundedMinor: 0 } })
})

test('a void asks as well, and the slip under the scanner needs nothing typed', () => {
  const counter = typed('void')
  expect(counter.said()).toBe('original.prove')
  const record = counter.state().recent[0] ?? null
  counter.tell({ type: 'codeRefused', why: 'SLIP', digits: 15, fingerprint: 'hash', record })
  expect(counter.step()).toBe('confirmAmount')
})

test('a shop that has not asked for it goes on with the number alone', () => {
  expect(typed('refund', {}).step()).toBe('enterAmount')
})

const ASKING = { refundGuard: { coolOffMs: 0, askCause: true } }

test('where the shop wants a cause, a refund by number asks why before the amount, and its record keeps original, both people and cause', () => {
  const counter = typed('refund', ASKING)
  expect([counter.step(), counter.said()]).toEqual(['whatWasWrong', 'correct.whyRefund'])
  counter.press('confirm')
  expect(counter.step()).toBe('whatWasWrong')
  choose(counter, 'customerWish')
  expect(counter.state().step).toMatchObject({ kind: 'enterAmount', typed: '38' })
  counter.press('clear', '8', 'confirm', 'backspace', 'confirm', 'confirm')
  expect(counter.step()).toBe('approve')
  sign(counter, '00')
  counter.presentCard({ fingerprint: 'one', masked: '622202*********4321' })
  counter.reply({ '3': '200000' }, 'good', '0230')
  const [sold, , back] = counter.state().recent
  expect(back).toMatchObject({
    kind: 'refund',
    outcome: 'approved',
    paidMinor: 800,
    original: sold?.id,
    operator: '01',
    approver: '00',
    cause: 'customerWish',
  })
})

test('a void by number asks for no cause there', () => {
  expect(typed('void', ASKING).step()).toBe('confirmAmount')
})
