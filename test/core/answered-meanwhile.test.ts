/** A refund in doubt may be answered while somebody decides what else to give back: what counts is what is left then. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom } from './counter.ts'
import { openShop, refundAnswered, sign } from './two-people.ts'

/** A sale of 5 yuan, and a refund of 3 of them whose answer did not come. */
function inDoubt(): Counter {
  const counter = openShop()
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  counter.press('cancel')
  counter.press('cancel')
  choose(counter, 'refund')
  counter.press('clear', '3', 'confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  counter.press('cancel')
  return counter
}

function choose(counter: Counter, option: string): void {
  const sale = counter.state().recent.find(({ kind }) => kind === 'sale')
  counter.press('menu')
  const page = () => pageName(counter.state())
  counter.tell({ type: 'optionChosen', page: page(), option: 'records', item: '' })
  counter.tell({ type: 'optionChosen', page: page(), option, item: sale?.id ?? '' })
}

test('on the page "what was wrong": only what is left goes back, not the whole sale', () => {
  const counter = inDoubt()
  choose(counter, 'correct')
  expect(counter.step()).toBe('whatWasWrong')
  refundAnswered(counter, minor(300))
  const page = pageName(counter.state())
  counter.tell({ type: 'optionChosen', page, option: 'customerWish', item: '' })
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 200 } })
})

test('on the page of the amount that goes back: more than is left is refused, and nothing is asked of the customer', () => {
  const counter = inDoubt()
  const { recent } = counter.state()
  const original = recent.find(({ kind }) => kind === 'sale')
  if (original === undefined) throw new Error('there is no sale')
  refundAnswered(counter, minor(300))
  // A page that was left as it stood before the answer came.
  const order = {
    id: 99,
    kind: 'refund' as const,
    dueMinor: original.paidMinor,
    operator: '01',
    original,
  }
  const late = counterFrom(
    {
      ...counter.state(),
      step: { kind: 'confirmAmount', order: { ...order, approver: '00' }, typed: '' },
    },
    counter.state().setup,
  )
  late.press('confirm')
  expect([late.step(), late.said()]).toEqual(['confirmAmount', 'refund.tooMuch'])
  expect(late.dos()).not.toContain('readCard')
})
