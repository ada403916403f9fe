/** A terminal on a battery: said in time, and nothing new is begun that could not be seen through. */
import { expect, test } from 'vitest'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

function onBattery(percent: number, onMains = false): Counter {
  const power = { warnPercent: 15, stopPercent: 5 }
  const counter = counterFrom(undefined, { ...SETUP, power })
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
