import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { onRemind } from '#core/receipt/reminder.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

const EVERY = { do: 'startTimer', timer: 'remind', ms: 300_000 }

/** An approved sale whose merchant copy could not be printed. */
function owing(): Counter {
  const slips = { ...SETUP.slips, remindEveryMs: 300_000 }
  const counter = counterFrom(undefined, { ...SETUP, slips })
  counter.open()
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  const job = counter.state().slips.find((one) => one.state === 'printing')?.slip.job ?? ''
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'notStarted', trouble: 'paperOut' } })
  return counter
}

const fires = (counter: Counter) => counter.tell({ type: 'timerFired', timer: 'remind' })

test('the first slip that is owed starts the wait; at the idle counter it is said with a tone, and again later', () => {
  const counter = owing()
  expect(counter.tell({ type: 'timerFired', timer: 'tear' })).toEqual([])
  counter.press('cancel')
  expect(fires(counter)).toEqual([EVERY])
  expect(counter.state()).toMatchObject({
    tone: 'unknown',
    message: { key: 'slip.reminder', params: { count: '1' } },
  })
})

test('nobody who types an amount is disturbed; the next time will do', () => {
  const counter = owing()
  counter.press('cancel', '5')
  expect(fires(counter)).toEqual([EVERY])
  expect(counter.said()).not.toBe('slip.reminder')
  expect(counter.state().tone).toBeNull()
})

test('power off and on: what is owed goes on being said', () => {
  const counter = owing()
  expect(counter.restart()).toContainEqual(EVERY)
  fires(counter)
  expect(counter.said()).toBe('slip.reminder')
})

test('the last owed slip that goes to the printer ends it', () => {
  const counter = owing()
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'printer', troubles: ['paperOut'] },
  })
  const well = { device: 'printer', troubles: [] } as const
  expect(counter.tell({ type: 'deviceHealthChanged', health: well })).toContainEqual({
    do: 'stopTimer',
    timer: 'remind',
  })
  expect(fires(counter)).toEqual([])
})

test.each([
  ['idle.locked', 'slip.reminder'],
  ['link.down', 'slip.reminder'],
  ['slip.reminder', 'slip.reminder'],
  ['code.paidLater', 'code.paidLater'],
  ['refund.declinedLater', 'refund.declinedLater'],
])('while %s stands at the idle counter, it says %s', (said, then) => {
  const counter = owing()
  counter.press('cancel')
  const state = { ...counter.state(), message: message(said), tone: null }
  const reminded = onRemind(state)
  expect([reminded.state.message?.key, reminded.effects]).toEqual([then, [EVERY]])
  expect(reminded.state.tone).toBe(then === 'slip.reminder' ? 'unknown' : null)
})

test('without the rule, and without a slip that is owed, nobody is reminded', () => {
  const state = owing().state()
  expect(onRemind({ ...state, slips: [] }).refused).toBe('timerNotRunning')
  expect(onRemind({ ...state, setup: SETUP }).refused).toBe('timerNotRunning')
})
