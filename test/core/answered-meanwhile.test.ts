/** A refund in doubt may be answered while somebody decides what else to give back: what counts is what is left then. */
import { expect, test } from 'vitest'
import { minor, toDe4 } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, counterFrom, SETUP, withPins } from './counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

/** A sale of 5 yuan, and a refund of 3 of them whose answer did not come. */
function inDoubt(): Counter {
  const operators = withPins(PEOPLE)
  const counter = counterFrom({ ...initialState(), operators }, { ...SETUP, operators: PEOPLE })
  counter.open()
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  counter.press('cancel')
  counter.press('cancel')
  choose(counter, 'refund')
  counter.press('clear', '3', 'confirm', 'confirm')
  approve(counter)
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

function approve(counter: Counter): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '00', correct: true })
}

/** The repeated refund is answered: 3 yuan went back. */
function answered(counter: Counter): void {
  counter.tell({ type: 'timerFired', timer: 'advice' })
  const { advice } = counter.state()
  const fields = {
    '3': '200000',
    '4': toDe4(advice?.attempt.amountMinor ?? minor(0)),
    '11': advice?.attempt.stan ?? '',
    '37': '112112000009',
    '39': '00',
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
  const reply = { mti: '0230', mac: 'good' as const, fields }
  counter.tell({ type: 'adviceReplied', advice: advice?.id ?? '', reply })
  expect(counter.state().advice).toBeNull()
}

test('on the page "what was wrong": only what is left goes back, not the whole sale', () => {
  const counter = inDoubt()
  choose(counter, 'correct')
  expect(counter.step()).toBe('whatWasWrong')
  answered(counter)
  const page = pageName(counter.state())
  counter.tell({ type: 'optionChosen', page, option: 'customerWish', item: '' })
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 200 } })
})

test('on the page of the amount that goes back: more than is left is refused, and nothing is asked of the customer', () => {
  const counter = inDoubt()
  const { recent } = counter.state()
  const original = recent.find(({ kind }) => kind === 'sale')
  if (original === undefined) throw new Error('there is no sale')
  answered(counter)
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
