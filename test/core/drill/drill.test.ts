import { expect, test } from 'vitest'
import { setupForDrill, stateForDrill } from '#core/drill/state-for-drill.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

const IDLE = { ...SETUP, idle: { pageMs: 30_000, lockMs: 900_000 } }

/** A drill as it begins behind a terminal that has sold; an operator signed in. */
function drilling(): { live: Counter; drill: Counter } {
  const live = counterFrom(undefined, IDLE)
  live.open()
  live.ask(38)
  live.presentCard()
  live.reply()
  live.press('cancel')
  const drill = counterFrom(stateForDrill(live.state()), setupForDrill(IDLE))
  drill.open()
  return { live, drill }
}

test('a drill knows the people and begins every number anew; nothing of a payment is in it', () => {
  const { drill, live } = drilling()
  expect(drill.state().operators).toEqual(live.state().operators)
  expect(drill.state().recent).toEqual([])
  expect(live.state().counters.order).toBe(2)
  expect(drill.state().counters.order).toBe(1)
})

test('a page of a drill never has the name of a page of the real terminal', () => {
  const { drill, live } = drilling()
  expect(pageName(drill.state())).toMatch(/^drill:/)
  expect(pageName(live.state())).not.toMatch(/^drill:/)
})

test('in a drill no PIN is asked for, however the card is read', () => {
  const { drill } = drilling()
  drill.ask(38)
  drill.presentCard({ interface: 'chip', verification: 'onlinePin' })
  expect(drill.step()).toBe('authorizing')
  expect(drill.dos()).not.toContain('requestPin')
})

test('the slip of a drill is marked', () => {
  const { drill } = drilling()
  drill.ask(38)
  drill.presentCard()
  const effects = drill.reply()
  expect(effects.find((effect) => effect.do === 'print')).toMatchObject({ slip: { drill: true } })
})

test('a drill that nobody touches ends by itself', () => {
  const { drill } = drilling()
  drill.tell({ type: 'timerFired', timer: 'idle' })
  expect(drill.dos()).toContain('endDrill')
})

test('wrong PINs of a drill count on in the real terminal', () => {
  const { live } = drilling()
  const tries = [{ operator: '01', wrongTries: 3, lockedUntil: 77 }]
  live.tell({ type: 'drillEnded', why: 'ended', tries })
  expect(live.state().operators).toMatchObject([{ number: '01', wrongTries: 3, lockedUntil: 77 }])
  expect(live.said()).toBe('drill.ended')
})

test('a drill cannot be told that it has ended', () => {
  const { drill } = drilling()
  const before = drill.state().operators
  const tries = [{ operator: '01', wrongTries: 4, lockedUntil: 0 }]
  drill.tell({ type: 'drillEnded', why: 'ended', tries })
  expect(drill.state().operators).toEqual(before)
  expect(drill.said()).not.toBe('drill.ended')
})
