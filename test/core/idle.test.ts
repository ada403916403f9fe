/** A counter that nobody touches goes back to the sale, and later locks; what is being paid is left alone. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, counterFrom, SETUP, withPins } from './counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '02', role: 'cashier' },
] as const

function open(): Counter {
  const operators = withPins(PEOPLE)
  const setup = { ...SETUP, operators: PEOPLE, idle: { pageMs: 30_000, lockMs: 900_000 } }
  const counter = counterFrom({ ...initialState(), operators }, setup)
  counter.open()
  return counter
}

function sign(counter: Counter, operator: string, correct = true): void {
  counter.tell({ type: 'operatorChecked', page: pageName(counter.state()), operator, correct })
}

test('the refund page falls back to the sale when nobody presses anything, and says so', () => {
  const counter = open()
  counter.press('menu', '8')
  expect(counter.step()).toBe('findOriginal')
  expect(counter.tell({ type: 'timerFired', timer: 'idle' })).toContainEqual({
    do: 'startTimer',
    timer: 'idle',
    ms: 900_000,
  })
  expect([counter.step(), counter.said()]).toEqual(['amount', 'idle.backToSale'])
})

test('every key starts the wait anew', () => {
  const counter = open()
  counter.press('menu', '8')
  expect(counter.press('1')).toContainEqual({ do: 'startTimer', timer: 'idle', ms: 30_000 })
})

test('home is locked after a quarter of an hour, and whoever comes signs in', () => {
  const counter = open()
  counter.tell({ type: 'timerFired', timer: 'idle' })
  expect([counter.step(), counter.said(), counter.state().session]).toEqual([
    'signIn',
    'idle.locked',
    null,
  ])
})

test('a counter that was left with the last result on its page is locked as well; what is still to be collected stays on the list', () => {
  const counter = open()
  counter.ask(38)
  counter.presentCard()
  expect(counter.reply()).toContainEqual({ do: 'startTimer', timer: 'idle', ms: 900_000 })
  counter.tell({ type: 'timerFired', timer: 'idle' })
  expect([counter.step(), counter.said(), counter.state().session]).toEqual([
    'signIn',
    'idle.locked',
    null,
  ])
  expect(counter.state().recent).toHaveLength(1)
})

test('a sale at the customer is not disturbed: the wait is stopped, and a late timer does nothing', () => {
  const counter = open()
  expect(counter.ask(38)).toContainEqual({
    do: 'startTimer',
    timer: 'present',
    ms: 90_000,
  })
  counter.tell({ type: 'timerFired', timer: 'idle' })
  expect(counter.step()).toBe('present')
})

test('a colleague takes over while the amount waits: menu, number and PIN, and the sale is theirs', () => {
  const counter = open()
  counter.press('3', '8', 'confirm', 'menu')
  expect(counter.step()).toBe('handOver')
  sign(counter, '02', false)
  expect(counter.said()).toBe('signIn.wrong')
  sign(counter, '02')
  expect(counter.state()).toMatchObject({
    session: { operator: '02' },
    step: { kind: 'confirmAmount', order: { dueMinor: 3800, operator: '02' } },
  })
})

test('nobody takes over after all: cancel leaves sale and operator as they were', () => {
  const counter = open()
  counter.press('3', '8', 'confirm', 'menu', 'cancel')
  expect(counter.state()).toMatchObject({
    session: { operator: '01' },
    step: { kind: 'confirmAmount', order: { dueMinor: 3800, operator: '01' } },
  })
})
