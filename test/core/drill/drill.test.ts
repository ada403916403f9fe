import { expect, test } from 'vitest'
import { setupForDrill, stateForDrill } from '#core/drill/state-for-drill.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom, SETUP, withPins } from '../counter.ts'

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

const SHOP = {
  ...SETUP,
  operators: [
    { number: '01', role: 'cashier' },
    { number: '00', role: 'supervisor' },
  ] as const,
}

/** A cashier is signed in and has chosen the drill in the menu. */
function cashierAsks(): Counter {
  const before = { ...counterFrom(undefined, SHOP).state(), operators: withPins(SHOP.operators) }
  const counter = counterFrom(before, SHOP)
  counter.open()
  counter.press('menu')
  for (const option of ['next', 'drill'])
    counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item: '' })
  return counter
}

function identify(counter: Counter, operator: string): ReturnType<Counter['tell']> {
  const page = pageName(counter.state())
  return counter.tell({ type: 'operatorChecked', page, operator, correct: true })
}

test('from a cashier a drill begins when a supervisor allows it at the counter, and is in that name', () => {
  const counter = cashierAsks()
  expect([counter.step(), counter.said()]).toEqual(['approveDrill', 'approve.drill'])
  expect(counter.dos()).not.toContain('beginDrill')
  const effects = identify(counter, '00')
  expect(effects).toContainEqual({ do: 'beginDrill', operator: '00' })
  expect(counter.state().session).toBeNull()
})

test('a cashier cannot allow a drill, and who thinks better of it is back at the amount', () => {
  const counter = cashierAsks()
  identify(counter, '01')
  expect([counter.step(), counter.said()]).toEqual(['approveDrill', 'approve.samePerson'])
  counter.press('cancel')
  expect([counter.step(), counter.state().session?.operator]).toEqual(['amount', '01'])
})

test('what came up while the supervisor was called still bars the drill', () => {
  const counter = cashierAsks()
  const lost = counterFrom()
  lost.open()
  lost.ask(38)
  lost.presentCard()
  lost.tell({ type: 'hostSilent', stan: lost.state().reversal?.stan ?? '' })
  const { reversal } = lost.state()
  expect(reversal).not.toBeNull()
  const owing = counterFrom({ ...counter.state(), reversal }, SHOP)
  identify(owing, '00')
  expect([owing.step(), owing.said()]).toEqual(['amount', 'drill.somethingOpen'])
  expect(owing.dos()).not.toContain('beginDrill')
})
