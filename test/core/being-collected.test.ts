/**
 * The difference after a payment was asked for by code, and its answer is unheard. It may be paid: until that is known nothing more is mended of
 * that payment, or the customer would be asked for one difference twice.
 */
import { expect, test } from 'vitest'
import { onWrongOption } from '#core/correction/guide.ts'
import { onExchangePrice } from '#core/correction/right-amount.ts'
import { minor } from '#core/money.ts'
import { backFromTheCut, questionAnswered } from './code-doubt.ts'
import { CODE_QUERY, type Counter, SETUP } from './counter.ts'
import { choose, openShop, sell } from './two-people.ts'

function sayWrong(counter: Counter, id: string, cause: string): void {
  counter.press('menu', '2')
  choose(counter, 'correct', id)
  choose(counter, cause)
}

/** 38 yuan were paid where 40 were right; the power went while 2 were being paid by code. */
function differenceUnheard(): { readonly counter: Counter; readonly first: string } {
  const counter = openShop({ host: { ...SETUP.host, codeQuery: CODE_QUERY } })
  sell(counter, 38)
  const first = counter.state().recent[0]?.id ?? ''
  sayWrong(counter, first, 'wrongAmount')
  counter.press('4', '0', 'confirm', 'confirm')
  counter.presentCode()
  backFromTheCut(counter)
  expect(counter.state().followUps).toMatchObject([{ why: 'topUp', dueMinor: 200 }])
  return { counter, first }
}

/** And 1 more after those 2, which were paid. */
function differenceAfterTheDifferenceUnheard(): ReturnType<typeof differenceUnheard> {
  const { counter, first } = differenceUnheard()
  questionAnswered(counter, '00', minor(200))
  sayWrong(counter, counter.state().recent.at(-1)?.id ?? '', 'wrongAmount')
  counter.press('3', 'confirm', 'confirm')
  counter.presentCode('F2')
  backFromTheCut(counter)
  return { counter, first }
}

test.each(['exchange', 'wrongAmount', 'paidTwice', 'wrongPayer'])(
  'a code payment of the difference has no answer: %s waits until it has one, and nothing is asked for twice',
  (cause) => {
    const { counter, first } = differenceUnheard()
    const before = counter.state().followUps
    sayWrong(counter, first, cause)
    expect([counter.said(), counter.state().tone]).toEqual(['correct.beingCollected', 'refused'])
    expect([counter.step(), counter.state().followUps]).toEqual(['whatWasWrong', before])
  },
)

test('the answer has come: what was paid counts, and only what is left of the new difference is asked for', () => {
  const { counter, first } = differenceUnheard()
  questionAnswered(counter, '00', minor(200))
  sayWrong(counter, first, 'exchange')
  counter.press('4', '5', 'confirm')
  expect(counter.state().followUps).toMatchObject([{ why: 'exchange', dueMinor: 500 }])
})

test('the difference after the difference has no answer: the first payment waits for it too', () => {
  const { counter, first } = differenceAfterTheDifferenceUnheard()
  sayWrong(counter, first, 'exchange')
  expect(counter.said()).toBe('correct.beingCollected')
})

test('months later only the journal knows what followed: what it tells while the price is being keyed counts', () => {
  const { counter, first } = differenceAfterTheDifferenceUnheard()
  const { recent, ...state } = counter.state()
  const [original, second] = recent
  if (original?.id !== first || second === undefined) throw new Error('nothing was collected')
  const step = { kind: 'whatWasWrong' as const, original }
  const asked = onWrongOption({ ...state, recent: [], step }, step, 'exchange')
  expect(asked.state.step.kind).toBe('enterAmount')
  const priced = onExchangePrice(asked.state, { original, collected: [second] }, minor(4500))
  expect(priced.state.message?.key).toBe('correct.beingCollected')
})

test('a code payment of something else has no answer: this payment is mended as ever', () => {
  const { counter } = differenceUnheard()
  questionAnswered(counter, '51', minor(200))
  sell(counter, 5)
  const other = counter.state().recent.at(-1)?.id ?? ''
  counter.ask(7)
  counter.presentCode('F2')
  backFromTheCut(counter)
  sayWrong(counter, other, 'exchange')
  expect(counter.step()).toBe('enterAmount')
})
