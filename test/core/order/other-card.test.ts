/** To which card money may go, and what is offered once another one was shown. */
import { expect, test } from 'vitest'
import type { Present } from '#core/order/decide-present.ts'
import { isCardOf, onPresentOption, otherCardOptions } from '#core/order/other-card.ts'
import type { Order } from '#core/transaction/attempt.ts'
import { TAPPED_CARD } from '../counter.ts'
import { aSale } from '../two-people.ts'
import { LIT, SALE } from './lit.ts'

const { sale, state: SHOP } = aSale()
const REFUND: Order = { ...SALE, kind: 'refund', original: sale }
const THERE = { ...sale, id: 'elsewhere-1120-112012000077', fingerprint: '', last4: '0099' }
const NEW = { ...TAPPED_CARD, fingerprint: 'C2', masked: '622202*********0099' }
const ALLOWED = { why: 'cardReplaced', fingerprint: 'C2', last4: '0099' } as const

test.each<[string, Order, typeof NEW, boolean]>([
  ['a sale takes any card', SALE, NEW, true],
  ['a refund goes to the card that paid', REFUND, TAPPED_CARD, true],
  ['a refund goes to no other', REFUND, NEW, false],
  ['nor to one with the same last four', REFUND, { ...NEW, masked: TAPPED_CARD.masked }, false],
  ['unless that was allowed', { ...REFUND, otherCard: ALLOWED }, NEW, true],
  ['and then to that one alone', { ...REFUND, otherCard: ALLOWED }, TAPPED_CARD, false],
  ['of another terminal’s slip the last four fit', { ...REFUND, original: THERE }, NEW, true],
  ['of another terminal’s slip they do not', { ...REFUND, original: THERE }, TAPPED_CARD, false],
  [
    'there too the very card that was allowed',
    { ...REFUND, original: THERE, otherCard: { ...ALLOWED, fingerprint: 'C3' } },
    NEW,
    false,
  ],
])('%s', (_what, order, card, is) => {
  expect(isCardOf(order, card)).toBe(is)
})

const OTHER = { fingerprint: 'C2', last4: '0099' }
const SHOWN: Present = { ...LIT, order: { ...REFUND, approver: '00' }, other: OTHER }

test('reasons are offered of a refund alone, and not before another card was shown', () => {
  const keys = (step: Present) => otherCardOptions(step).map(({ id, key }) => `${key} ${id}`)
  expect(keys(SHOWN)).toEqual(['1 cardReplaced', '2 phoneCard'])
  expect(keys({ ...LIT, order: REFUND })).toEqual([])
  expect(keys({ ...SHOWN, order: { ...REFUND, kind: 'void' } })).toEqual([])
})

test.each(['cardReplaced', 'phoneCard'] as const)(
  '%s: the second person is asked anew, about this very card',
  (why) => {
    const { effects, state } = onPresentOption({ ...SHOP, step: SHOWN }, SHOWN, why)
    expect(state.step).toEqual({
      kind: 'approve',
      order: { ...REFUND, otherCard: { ...OTHER, why } },
      typed: '38',
    })
    expect(state.message).toEqual({
      key: `approve.${why}`,
      params: { amount: '38.00', last4: '0099', paid: sale.last4 },
    })
    expect(state.tone).toBe('key')
    expect(effects).toEqual([
      { do: 'cancelCardRead' },
      { do: 'disarmScanner' },
      { do: 'stopTimer', timer: 'present' },
      { do: 'stopTimer', timer: 'codes' },
    ])
  },
)

test('what is not offered changes nothing', () => {
  const lit: Present = { ...LIT, order: REFUND }
  for (const [step, option] of [
    [SHOWN, 'x'],
    [lit, 'phoneCard'],
  ] as const)
    expect(onPresentOption({ ...SHOP, step }, step, option).refused).toBe('optionNotOffered')
})
