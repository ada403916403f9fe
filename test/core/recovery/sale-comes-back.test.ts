/** A confirmed sale outlives a power cut: nothing was charged, and nobody keys the amount anew from memory. */
import { expect, test } from 'vitest'
import { changesDebts } from '#core/terminal/debts.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { type Counter, counterFrom, NOON } from '../counter.ts'
import { attemptOf, openTerminal } from './found-states.ts'

function signIn(counter: Counter): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '01', correct: true })
}

/** Opened, and 38 yuan stand before the customer. */
function asking(): Counter {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  return counter
}

test('power lost while the customer may present: behind the sign-in the amount is back on its page, and one key goes on', () => {
  const counter = asking()
  const sent = counter.restart().map((effect) => effect.do)
  expect(sent).not.toContain('sendRequest')
  expect(counter.state().message).toEqual({ key: 'order.unsent', params: { amount: '38.00' } })
  signIn(counter)
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'order.restored'])
  expect(counter.dos()).not.toContain('readCard')
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.press('confirm')
  expect(counter.state().step).toMatchObject({ kind: 'present', order: { dueMinor: 3800 } })
})

test('what was taken up once does not come again, and cancel lets go of it for good', () => {
  const counter = asking()
  counter.restart()
  signIn(counter)
  counter.press('cancel')
  expect([counter.step(), counter.state().unsent]).toEqual(['amount', undefined])
  counter.restart()
  signIn(counter)
  expect([counter.step(), counter.said()]).toEqual(['amount', null])
})

test('the power goes twice before anybody signs in: the amount still waits', () => {
  const counter = asking()
  counter.restart()
  counter.restart()
  expect(counter.said()).toBe('order.unsent')
  signIn(counter)
  expect(counter.said()).toBe('order.restored')
})

test('what was keyed again and allowed for it must be so again', () => {
  const counter = counterFrom({
    ...openTerminal(),
    at: NOON,
    step: {
      kind: 'present',
      order: {
        ...attemptOf('sale', '000077').order,
        keyedAgain: true,
        approver: '00',
        check: { level: 3, reasons: ['aboveLimit'] },
      },
      typed: '38',
      read: 1,
      reading: true,
      wait: { startedAt: NOON, deadlineAt: NOON },
    },
  })
  counter.restart()
  signIn(counter)
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.press('confirm')
  expect(counter.step()).toBe('rekeyAmount')
})

test.each([
  { what: 'ten minutes and more', since: NOON - 601_000 },
  { what: 'a clock that went far back', since: NOON + 700_000 },
])('after $what the customer is gone: the amount does not meet the next one', ({ since }) => {
  const { order } = attemptOf('sale', '000077')
  const counter = counterFrom({
    ...openTerminal(),
    step: { kind: 'signIn' },
    unsent: { order, typed: '38', since },
  })
  signIn(counter)
  expect([counter.step(), counter.said()]).toEqual(['amount', 'order.lost'])
})

test('an order of a till, and whatever is no sale, does not come back by itself', () => {
  const base = openTerminal()
  const { order } = attemptOf('sale', '000077')
  const orders = [
    { ...order, till: { reference: 'T1', lines: [] } },
    ...(['refund', 'void', 'preAuth', 'completion'] as const).map(
      (kind) => attemptOf(kind, '000078').order,
    ),
  ]
  for (const one of orders) {
    const counter = counterFrom({
      ...base,
      step: { kind: 'confirmAmount', order: one, typed: '38' },
    })
    counter.restart()
    signIn(counter)
    expect(counter.step()).toBe('amount')
  }
})

test('it is written when it is confirmed, not again while it waits, and once more when it is let go', () => {
  const counter = counterFrom()
  counter.open()
  const writes = (act: () => void): boolean => {
    const before = counter.state()
    act()
    return changesDebts(before, counter.state())
  }
  const timedOut: EventBody = { type: 'timerFired', timer: 'present' }
  expect(writes(() => counter.press('3', '8'))).toBe(false)
  expect(writes(() => counter.press('confirm'))).toBe(true)
  expect(writes(() => counter.press('confirm'))).toBe(false)
  expect(counter.step()).toBe('present')
  expect(writes(() => counter.tell(timedOut))).toBe(false)
  expect(writes(() => counter.press('cancel'))).toBe(true)
})
