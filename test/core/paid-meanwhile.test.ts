/**
 * The power went while a code payment had no answer. Its customer still stands there, and the cashier keys the amount again: whatever page that has
 * come to, an answer "paid" is told before the customer can be asked a second time.
 */
import { expect, test } from 'vitest'
import type { AmountGuard } from '#core/guard/amount-check.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { backFromTheCut, questionAnswered } from './code-doubt.ts'
import { AMOUNT_GUARD, CODE_QUERY, type Counter, SETUP } from './counter.ts'
import { openShop } from './two-people.ts'

/** 2,000 yuan and more want a second person, 1,000 a look. */
const GUARD: AmountGuard = {
  ...AMOUNT_GUARD,
  secondPersonAboveMinor: minor(199_900),
}

/** Paid by code for 38 yuan, the answer unheard; the power came back, somebody has signed in, and the question is out. */
function unheard(): Counter {
  const counter = openShop({ amountGuard: GUARD, host: { ...SETUP.host, codeQuery: CODE_QUERY } })
  counter.ask(38)
  counter.presentCode()
  backFromTheCut(counter)
  return counter
}

/** The acquirer's word about it. */
function word(counter: Counter, code: string): void {
  questionAnswered(counter, code, minor(3800))
}

/** The page a second later: what it is, and what it says. */
function page(counter: Counter): readonly [string, string | null] {
  return [counter.step(), counter.said()]
}

const TWO_THOUSAND: readonly Key[] = ['2', '0', '0', '0', 'confirm', 'confirm']

test.each<[string, readonly Key[], string]>([
  ['stands to be confirmed', ['3', '8', 'confirm'], 'confirmAmount'],
  ['is looked at for a moment', ['1', '0', '0', '0', 'confirm', 'confirm'], 'lookAtAmount'],
  ['is being keyed once more', TWO_THOUSAND, 'rekeyAmount'],
  ['waits for a second person', [...TWO_THOUSAND, '2', '0', '0', '0', 'confirm'], 'approve'],
  ['is being handed over', ['3', '8', 'confirm', 'menu'], 'handOver'],
  ['waits behind the question', ['3', '8', 'confirm', 'confirm'], 'clearingDebt'],
])(
  'a sale that %s when the first one turns out to be paid is confirmed anew, with that on the page',
  (_where, keys, step) => {
    const counter = unheard()
    counter.press(...keys)
    const before = counter.state()
    expect(before.step.kind).toBe(step)
    word(counter, '00')
    expect(page(counter)).toEqual(['confirmAmount', 'code.paidWaiting'])
    expect(counter.dos()).not.toContain('armScanner')
    expect(counter.dos().includes('stopTimer')).toBe(step === 'lookAtAmount')
    // The key was on its way when the word came.
    counter.tell({ type: 'keyPressed', page: pageName(before), key: 'confirm' })
    expect(page(counter)).toEqual(['confirmAmount', 'code.paidWaiting'])
    counter.press('cancel')
    expect(counter.state().recent).toMatchObject([{ outcome: 'approved', paidMinor: 3800 }])
  },
)

test('another customer stands there: the sale goes on with one more key', () => {
  const counter = unheard()
  counter.ask(5)
  word(counter, '00')
  counter.press('confirm')
  expect(counter.step()).toBe('present')
  expect(counter.state().step).toMatchObject({ order: { dueMinor: 500 } })
})

test('not paid after all: the sale behind it goes to the customer by itself, and the page says why', () => {
  const counter = unheard()
  counter.ask(38)
  word(counter, '51')
  expect(page(counter)).toEqual(['present', 'code.notPaidLater'])
})

test.each<[string, readonly Key[]]>([
  ['amount', ['3']],
  ['menu', ['menu']],
  ['records', ['menu', '2']],
  ['totals', ['menu', '9', '5']],
])('on the page of the %s the word is told, whichever it is', (step, keys) => {
  for (const [code, telling] of [
    ['00', 'code.paidLater'],
    ['51', 'code.notPaidLater'],
  ] as const) {
    const counter = unheard()
    counter.press(...keys)
    word(counter, code)
    expect(page(counter)).toEqual([step, telling])
  }
})
