/** The host refuses a void: the money is still the shop's, and the page offers the refund that takes it back in the other way. */
import { expect, test } from 'vitest'
import { resultOptions } from '#core/counter/result-page.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, counterFrom, SETUP, withPins } from './counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

/** A sale of 38 yuan is paid, and its void stands before the customer's card. */
function voiding(begin: (counter: Counter) => void): Counter {
  const counter = counterFrom(
    { ...initialState(), operators: withPins(PEOPLE) },
    { ...SETUP, operators: PEOPLE },
  )
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  begin(counter)
  allow(counter)
  counter.presentCard()
  return counter
}

function allow(counter: Counter): void {
  counter.press('confirm')
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '00', correct: true })
}

function choose(counter: Counter, option: string, item = ''): void {
  counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item })
}

function byRecord(counter: Counter): void {
  counter.press('cancel', 'menu', '2')
  choose(counter, 'void', counter.state().recent.at(-1)?.id)
}

function tooMuchCharged(counter: Counter): void {
  choose(counter, 'correct')
  choose(counter, 'wrongAmount')
  counter.press('8', 'confirm')
}

function offered(counter: Counter): readonly string[] {
  const { step } = counter.state()
  return step.kind === 'result' ? resultOptions(counter.state(), step).map(({ id }) => id) : []
}

const refuseVoid = (counter: Counter) => counter.reply({ '3': '200000', '39': '40' })

test('the host refuses a void: the page offers the refund, which asks for a second person anew and gives all of it back', () => {
  const counter = voiding(byRecord)
  refuseVoid(counter)
  expect([counter.said(), offered(counter)]).toEqual(['void.declined', ['retry', 'refund']])
  choose(counter, 'refund')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'correct.refundInstead'])
  counter.press('confirm')
  expect(counter.step()).toBe('approve')
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '00', correct: true })
  counter.presentCard()
  counter.reply({ '3': '200000' }, 'good', '0230')
  expect(counter.state().recent[0]).toMatchObject({ kind: 'sale', refundedMinor: 3800 })
})

test('the void was to mend an amount: the refund in its place still leads to the right sale, with the same reason', () => {
  const counter = voiding(tooMuchCharged)
  refuseVoid(counter)
  choose(counter, 'refund')
  expect(counter.said()).toBe('correct.refundInsteadThenCollect')
  allow(counter)
  counter.presentCard()
  counter.reply({ '3': '200000' }, 'good', '0230')
  expect(counter.state().recent.at(-1)).toMatchObject({ kind: 'refund', cause: 'wrongAmount' })
  expect(counter.state().followUps).toMatchObject([{ why: 'redo', dueMinor: 800 }])
})

test('a void that never left, or was itself taken back, is only tried again', () => {
  const unsent = voiding(byRecord)
  const { step } = unsent.state()
  const stan = step.kind === 'authorizing' ? step.attempt.stan : ''
  unsent.tell({ type: 'hostUnreachable', stan })
  expect(offered(unsent)).toEqual(['retry'])
  const reversed = voiding(byRecord)
  reversed.tell({ type: 'hostSilent', stan })
  reversed.replyToReversal('00')
  expect([reversed.said(), offered(reversed)]).toEqual(['void.reversed', ['retry']])
})

test('a refused sale offers no refund: nothing was taken', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply({ '39': '51' })
  expect(offered(counter)).toEqual(['retry'])
})
