/** Exercises in a drill: each is scored by what was sent, kept and printed, and by nothing that anybody says about it. */
import { expect, test } from 'vitest'
import type { Score, Situation } from '#core/drill/exercise.ts'
import { setupForDrill, stateForDrill } from '#core/drill/state-for-drill.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom, SETUP, withPins } from '../counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const
const task = { 'zh-CN': '做这个', en: 'Do this' }
const CHARGE: Situation = { id: 'tag', kind: 'charge', amountMinor: minor(3800), task }
const GOODS: Situation = { id: 'goods', kind: 'judge', isPayment: false, task }
const HOLD: Situation = {
  id: 'hold',
  kind: 'type',
  transaction: 'preAuth',
  amountMinor: minor(50_000),
  task,
}
const SECOND: Situation = { id: 'second', kind: 'refund', amountMinor: minor(2000), which: 2, task }
const PAPER: Situation = { id: 'paper', kind: 'paper', amountMinor: minor(1500), task }

/** In a drill with these situations, the first of them told. */
function exercising(...situations: readonly Situation[]): Counter {
  const setup = setupForDrill({ ...SETUP, operators: PEOPLE }, situations)
  const before = { ...counterFrom().state(), operators: withPins(PEOPLE) }
  const drill = counterFrom(stateForDrill(before), setup)
  drill.open()
  exercises(drill)
  return drill
}

function choose(drill: Counter, option: string, item = ''): void {
  drill.tell({ type: 'optionChosen', page: pageName(drill.state()), option, item })
}

/** The key of the menu that begins, or leaves one out. */
function exercises(drill: Counter): void {
  drill.press('menu')
  choose(drill, 'next')
  choose(drill, 'exercises')
}

function pay(drill: Counter, yuan: number): void {
  drill.ask(yuan)
  drill.presentCard()
  drill.reply()
  drill.press('cancel')
}

function scores(drill: Counter): readonly Score[] {
  return drill.state().exercise?.scores ?? []
}

function toldOf(drill: Counter): string | undefined {
  return drill.state().message?.params['task']
}

test('the task stands on the page; the right amount charged is scored with keys, time and no miss', () => {
  const drill = exercising(CHARGE)
  expect([drill.said(), toldOf(drill)]).toEqual(['drill.task', '做这个'])
  pay(drill, 38)
  expect(scores(drill)).toEqual([
    expect.objectContaining({
      situation: 'tag',
      operator: '01',
      taps: 4,
      misses: 0,
      skipped: false,
    }),
  ])
  expect(scores(drill)[0]?.ms).toBeGreaterThan(0)
  expect(drill.said()).toBe('drill.exercisesDone')
})

test('a nought too many that was sent is a miss, and the task stays until it is done right', () => {
  const drill = exercising(CHARGE)
  pay(drill, 380)
  expect(scores(drill)).toEqual([])
  pay(drill, 38)
  expect(scores(drill)).toMatchObject([{ misses: 1 }])
})

test('a wrong amount that was seen in time and taken back costs keys and is no miss', () => {
  const drill = exercising(CHARGE)
  drill.press('3', '8', '0', 'confirm', 'cancel', 'clear')
  pay(drill, 38)
  expect(scores(drill)).toMatchObject([{ misses: 0, taps: 10 }])
})

test.each([
  ['refuseCode', 0],
  ['takeCode', 1],
])('a code on goods is described and answered %s: %d misses', (answer, misses) => {
  const drill = exercising(GOODS)
  expect(drill.step()).toBe('judgeCode')
  choose(drill, answer)
  expect(scores(drill)).toMatchObject([{ situation: 'goods', misses, taps: 1 }])
})

test('a deposit that is charged is a miss; held, it is done', () => {
  const drill = exercising(HOLD)
  pay(drill, 500)
  expect(scores(drill)).toEqual([])
  drill.press('menu')
  choose(drill, 'next')
  choose(drill, 'preAuth')
  drill.press('5', '0', '0', 'confirm', 'confirm')
  drill.presentCard()
  drill.reply({ '3': '030000' }, 'good', '0110')
  expect(scores(drill)).toMatchObject([{ situation: 'hold', misses: 1 }])
})

test.each([
  [0, 1, false],
  [1, 0, true],
])('of two customers the one at %d gets the money back: %d misses', (at, misses, isDone) => {
  const drill = exercising(SECOND)
  pay(drill, 20)
  pay(drill, 20)
  const record = drill.state().recent[at]
  drill.press('menu')
  choose(drill, 'records')
  choose(drill, 'void', record?.id)
  drill.press('confirm')
  drill.tell({
    type: 'operatorChecked',
    page: pageName(drill.state()),
    operator: '00',
    correct: true,
  })
  drill.presentCard()
  drill.reply({ '3': '200000' })
  expect(scores(drill).length > 0).toBe(isDone)
  expect(isDone ? scores(drill)[0]?.misses : drill.state().exercise?.misses).toBe(misses)
})

test('a slip is broken off and comes out whole again: done; called whole while it is not: a miss', () => {
  const drill = exercising(PAPER)
  drill.ask(15)
  drill.presentCard()
  drill.reply()
  const [merchant] = drill.state().slips
  drill.tell({ type: 'printEnded', job: merchant?.slip.job ?? '', outcome: { kind: 'unsure' } })
  choose(drill, 'paperComplete', merchant?.slip.job)
  expect(drill.state().exercise?.misses).toBe(1)
  drill.press('cancel')
  const rest = drill.state().slips.find(({ state }) => state === 'printing')
  drill.tell({
    type: 'printEnded',
    job: rest?.slip.job ?? '',
    outcome: { kind: 'printed', proof: 'processId' },
  })
  expect(scores(drill)).toMatchObject([{ situation: 'paper', misses: 1 }])
})

test('one that is left out says so, and the next is told', () => {
  const drill = exercising(CHARGE, GOODS)
  exercises(drill)
  expect(scores(drill)).toMatchObject([{ situation: 'tag', skipped: true }])
  expect(drill.step()).toBe('judgeCode')
})

test('nothing that is decided is otherwise because an exercise is on', () => {
  const drill = exercising(CHARGE)
  const plain = exercising(GOODS)
  choose(plain, 'refuseCode')
  for (const one of [drill, plain]) {
    one.ask(38)
    one.presentCard()
  }
  expect(drill.dos()).toEqual(plain.dos())
  expect(drill.reply().map((effect) => effect.do)).toEqual(plain.reply().map((effect) => effect.do))
})

test('the scores come over into the real terminal with the end of the drill, the newest four hundred of them', () => {
  const live = counterFrom({ ...counterFrom().state(), operators: withPins(PEOPLE) }, SETUP)
  live.open()
  const one: Score = {
    operator: '01',
    situation: 'tag',
    at: 1,
    taps: 4,
    ms: 5,
    misses: 0,
    skipped: false,
  }
  const many = Array.from({ length: 399 }, (_, at) => ({ ...one, at }))
  live.tell({ type: 'drillEnded', why: 'ended', tries: [], scores: many })
  live.tell({ type: 'drillEnded', why: 'ended', tries: [], scores: [one, { ...one, at: 999 }] })
  expect([live.state().scores?.length, live.state().scores?.at(-1)?.at]).toEqual([400, 999])
})

test('outside a drill there are no exercises', () => {
  const live = counterFrom(undefined, SETUP)
  live.open()
  exercises(live)
  expect(live.state().exercise).toBeUndefined()
})
