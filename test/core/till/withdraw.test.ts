/** An order of a till comes to the counter, and is taken back from every page on which nothing has left. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { onTillOrdered, onTillWithdrew } from '#core/till/decide.ts'
import type { TillWish } from '#core/till/wish.ts'
import type { Attempt, Order } from '#core/transaction/attempt.ts'
import { PHONE_CODE as CODE, ATTEMPT as SALE } from '../attempts.ts'
import { aSale } from '../two-people.ts'

const { sale, state: HOME } = aSale()
const TILL = { reference: 'A-1', lines: [] }
const ORDER: Order = { id: 9, dueMinor: minor(3800), operator: '01', till: TILL }
const ATTEMPT: Attempt = { ...SALE, order: ORDER, stan: '000009' }
const wait = { startedAt: 0, deadlineAt: 0 }
const LIT: Step = { kind: 'present', order: ORDER, typed: '', read: 4, reading: true, wait }
const DARK = ['cancelCardRead', 'disarmScanner', 'stopTimer', 'stopTimer']
const withdrawn = (state: TerminalState, reference = 'A-1') =>
  onTillWithdrew(state, { type: 'tillWithdrew', at: 0, reference })

test.each<[string, Step, readonly string[]]>([
  ['while its amount is confirmed', { kind: 'confirmAmount', order: ORDER, typed: '' }, []],
  ['while it waits behind a debt', { kind: 'clearingDebt', order: ORDER, typed: '', wait }, []],
  ['during the look', { kind: 'lookAtAmount', order: ORDER, typed: '', wait }, ['stopTimer']],
  ['before the customer', LIT, DARK],
  [
    'with a code that waits',
    { ...LIT, held: { code: CODE, doubt: null } },
    [...DARK, 'forgetTender'],
  ],
  [
    'with one that is asked about',
    { kind: 'confirmCode', order: ORDER, typed: '', code: CODE, why: 'typed' },
    [...DARK, 'forgetTender'],
  ],
  [
    'at the pad',
    { kind: 'pin', order: ORDER, typed: '', attempt: ATTEMPT, wait },
    ['cancelPin', 'forgetTender'],
  ],
])('taken back %s: whatever was lit or kept is let go of', (_what, step, effects) => {
  const decision = withdrawn({ ...HOME, step })
  expect(decision.effects.map((one) => one.do)).toEqual(effects)
  expect(decision.state.step).toEqual({ kind: 'amount', typed: '' })
  expect(decision.state.message).toEqual({ key: 'till.withdrawn', params: { reference: 'A-1' } })
})

test('what is let go of is what was started', () => {
  const code: Step = { kind: 'confirmCode', order: ORDER, typed: '', code: CODE, why: 'typed' }
  expect(withdrawn({ ...HOME, step: code }).effects.at(-1)).toEqual({
    do: 'forgetTender',
    handle: 'code-1',
  })
  const look: Step = { kind: 'lookAtAmount', order: ORDER, typed: '', wait }
  expect(withdrawn({ ...HOME, step: look }).effects).toEqual([{ do: 'stopTimer', timer: 'look' }])
})

test.each<[string, TerminalState, string]>([
  ['another order', { ...HOME, step: LIT }, 'B-1'],
  ['one that is not at the counter', HOME, 'A-1'],
  [
    'one that the acquirer was asked for',
    { ...HOME, step: { kind: 'authorizing', attempt: ATTEMPT, cancelAsked: false, wait } },
    'A-1',
  ],
  [
    'one whose first try is in doubt',
    { ...HOME, step: LIT, reversal: armReversal(ATTEMPT) },
    'A-1',
  ],
  ['one in doubt behind another page', { ...HOME, reversal: armReversal(ATTEMPT) }, 'A-1'],
])('%s is not taken back', (_what, state, reference) => {
  const decision = withdrawn(state, reference)
  expect([decision.refused, decision.state]).toEqual(['tillMustWait', state])
})

const WISH: TillWish = {
  reference: 'A-2',
  kind: 'sale',
  of: '',
  amountMinor: minor(3850),
  lines: [],
}
const LINES = [{ name: '牛肉面', quantity: 1, amountMinor: 3850 }]
const paid = { ...sale, tillReference: 'A-1' }
const ordered = (wish: TillWish, originals = [paid], from = HOME) =>
  onTillOrdered(from, { type: 'tillOrdered', at: 0, wish, known: [], originals })

test('it stands there to be confirmed, in the name of whoever is signed in, and the page names it', () => {
  const { state } = ordered({ ...WISH, lines: LINES })
  expect(state.step).toMatchObject({
    kind: 'confirmAmount',
    order: { dueMinor: 3850, operator: '01', till: { reference: 'A-2', lines: LINES } },
    typed: '38.50',
  })
  expect(state.message).toEqual({ key: 'till.sale', params: { reference: 'A-2', of: '' } })
  expect(state.tone).toBe('key')
})

test('a refund names the order that it gives back, and goes to what was paid under that', () => {
  const other = { ...sale, id: '000001-000077', tillReference: 'A-0' }
  const { state } = ordered({ ...WISH, kind: 'refund', of: 'A-1', amountMinor: minor(100) }, [
    paid,
    other,
  ])
  expect(state.step).toMatchObject({ order: { kind: 'refund', original: { id: sale.id } } })
  expect(state.message).toEqual({ key: 'till.refund', params: { reference: 'A-2', of: 'A-1' } })
})

test('what may not be shown now is refused, and nothing is shown', () => {
  const busy: TerminalState = { ...HOME, step: { kind: 'menu', sheet: 0 } }
  const decision = ordered(WISH, [], busy)
  expect([decision.refused, decision.state]).toEqual(['tillMustWait', busy])
})
