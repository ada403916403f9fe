/** A terminal on a battery: said in time, and nothing new is begun that could not be seen through. */
import { expect, test } from 'vitest'
import { onPowerChanged, powerHindrance, powerTrouble, watchPower } from '#core/guard/power.ts'
import { message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import { stay } from '#core/terminal/decision.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

const BATTERY = { ...SETUP, power: { warnPercent: 15, stopPercent: 5 } }

function onBattery(percent: number, onMains = false): Counter {
  const counter = counterFrom(undefined, BATTERY)
  counter.open()
  counter.tell({ type: 'powerChanged', percent, onMains })
  return counter
}

test('a low battery is said before the customer presents, and the sale goes on', () => {
  const counter = onBattery(15)
  counter.press('3', '8', 'confirm')
  expect(counter.state().message).toEqual({ key: 'power.low', params: { percent: '15' } })
  counter.press('confirm')
  expect(counter.step()).toBe('present')
})

test('below the limit no customer is asked for anything, until the charger is in', () => {
  const counter = onBattery(4)
  counter.ask(38)
  expect(counter.said()).toBe('power.empty')
  expect(counter.step()).toBe('confirmAmount')
  counter.tell({ type: 'powerChanged', percent: 4, onMains: true })
  counter.press('confirm')
  expect(counter.step()).toBe('present')
})

test('a battery that runs low while the customer pays disturbs nothing', () => {
  const counter = onBattery(40)
  counter.ask(38)
  counter.presentCard()
  counter.tell({ type: 'powerChanged', percent: 3, onMains: false })
  counter.reply()
  expect(counter.state().step).toMatchObject({ kind: 'result', outcome: 'approved' })
})

/** An older reversal is on its way, and a sale of 5 yuan waits behind it. */
function behindDebt(counter: Counter): void {
  counter.ask(38)
  counter.presentCard()
  counter.reply({}, 'bad')
  counter.tell({
    type: 'reversalUnanswered',
    reversal: counter.state().reversal?.id ?? '',
    sent: true,
  })
  counter.press('cancel')
  counter.ask(5)
  expect(counter.step()).toBe('clearingDebt')
}

test('the battery empties while a sale waits behind an older debt: the debt is paid, and nobody is asked to pay', () => {
  const counter = onBattery(40)
  behindDebt(counter)
  counter.tell({ type: 'powerChanged', percent: 3, onMains: false })
  counter.replyToReversal('00')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'power.empty'])
  expect(counter.state().reversal).toBeNull()
  counter.tell({ type: 'powerChanged', percent: 3, onMains: true })
  counter.press('confirm')
  expect(counter.step()).toBe('present')
})

test('the line is lost while a sale waits behind an older debt: the customer is not asked either', () => {
  const counter = onBattery(40)
  behindDebt(counter)
  counter.tell({ type: 'linkProbed', alive: false })
  counter.replyToReversal('00')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'link.down'])
})

test.each([
  ['enough is left', 16, false],
  ['it hangs on the mains', 2, true],
])('nothing is said while %s', (_why, percent, onMains) => {
  const counter = onBattery(percent, onMains)
  counter.press('3', '8', 'confirm')
  expect(counter.said()).toBeNull()
})

test('what was known of the battery is forgotten with the power', () => {
  const counter = onBattery(4)
  counter.restart()
  expect(counter.state().power).toBeUndefined()
})

test('a terminal without a battery, and one that is told the same twice, hears nothing of it', () => {
  const plain = counterFrom()
  plain.open()
  plain.tell({ type: 'powerChanged', percent: 1, onMains: false })
  expect(plain.state().power).toBeUndefined()
  const state = onBattery(40).state()
  const told = (power: { percent: number; onMains: boolean }) =>
    onPowerChanged(state, { type: 'powerChanged', at: 0, ...power })
  expect(told({ percent: 40, onMains: false }).refused).toBe('notAskedFor')
  expect(told({ percent: 39, onMains: false }).state.power).toEqual({ percent: 39, onMains: false })
  expect(told({ percent: 40, onMains: true }).state.power).toEqual({ percent: 40, onMains: true })
})

test.each([
  [4, 'powerEmpty'],
  [5, 'powerLow'],
  [15, 'powerLow'],
  [16, null],
])('at %i percent the trouble is %s', (percent, trouble) => {
  const state = onBattery(percent).state()
  expect(powerTrouble(state)).toBe(trouble)
  expect(powerTrouble({ ...state, power: undefined })).toBeNull()
})

test('how little is left is told with the hindrance', () => {
  expect(powerHindrance(onBattery(4).state())).toEqual({
    key: 'power.empty',
    params: { percent: '4' },
  })
  expect(powerHindrance(onBattery(5).state())).toBeNull()
})

test('a low battery takes the place of no other message, and is said once', () => {
  const state = onBattery(15).state()
  const order = { id: 1, dueMinor: minor(3800), operator: '01' }
  const step = { kind: 'confirmAmount', order, typed: '38' } as const
  const asking: TerminalState = { ...state, step }
  const said = (before: TerminalState, after: TerminalState) =>
    watchPower(before, stay(after)).state.message?.key ?? null
  expect(said(state, asking)).toBe('power.low')
  expect(said(state, { ...asking, message: message('amount.nearEdge') })).toBe('amount.nearEdge')
  expect(said(asking, { ...asking, step: { ...step } })).toBeNull()
  expect(said(state, { ...state, step: { kind: 'menu', sheet: 0 } })).toBeNull()
})
