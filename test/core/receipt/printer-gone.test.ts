/** A printer that does not print: the next step to mend it, and its slips as files when it is gone for good. */
import { expect, test } from 'vitest'
import { openItems, openListOptions } from '#core/counter/open-items.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import { mendStep, watchMending } from '#core/receipt/mend-printer.ts'
import { pageName, stay } from '#core/terminal/decision.ts'
import type { Step } from '#core/terminal/state.ts'
import { projectView } from '#shell/api/project-view.ts'
import { type Counter, counterFrom } from '../counter.ts'
import { inTrouble, OPEN } from './queues.ts'

/** A sale is paid, the printer is in trouble, and somebody looks at the open list. */
function looking(trouble: DeviceTrouble = 'paperOut'): Counter {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  const job = counter.state().slips[0]?.slip.job ?? ''
  tell(counter, [trouble])
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble } })
  counter.press('cancel', 'menu', '3')
  return counter
}

const tell = (counter: Counter, troubles: readonly DeviceTrouble[]): void =>
  void counter.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles } })

const said = (counter: Counter): string | undefined =>
  projectView(counter.state(), { revision: 1, now: 0 }).message?.key

const choose = (counter: Counter, option: string, item = ''): void =>
  void counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item })

test('out of paper: open, insert and close, tear; the printer itself says which step comes next', () => {
  const counter = looking()
  expect(said(counter)).toBe('mend.openCover')
  tell(counter, ['coverOpen', 'paperOut'])
  expect(said(counter)).toBe('mend.insertAndClose')
  tell(counter, [])
  expect(said(counter)).toBe('mend.tearOff')
  expect(counter.dos()).toContain('print')
})

test.each([
  ['cutterJammed', 'mend.clearJam'],
  ['headHot', 'mend.letCool'],
  ['gone', 'mend.plugIn'],
  ['noAnswer', 'mend.switchOffAndOn'],
] as const)(
  '%s has a step of its own, and no paper is to be torn off behind it',
  (trouble, key) => {
    const counter = looking(trouble)
    expect(said(counter)).toBe(key)
    tell(counter, [])
    expect(said(counter)).toBe('mend.well')
  },
)

test('of a printer that is well nothing is to be mended', () => {
  const counter = counterFrom()
  counter.open()
  expect(mendStep(counter.state())).toBeNull()
})

test('owed slips are saved as files; nothing prints them here by itself any more, and each is asked about', () => {
  const counter = looking('gone')
  expect(openListOptions(counter.state()).map(({ id }) => id)).toContain('exportSlips')
  choose(counter, 'exportSlips')
  const jobs = counter
    .state()
    .slips.flatMap(({ slip, state }) =>
      state === 'owed' || state === 'awaitingTear' ? [slip.job] : [],
    )
  expect(counter.tell({ type: 'slipsExported', jobs })).toEqual([])
  expect(counter.said()).toBe('slip.exported')
  tell(counter, [])
  expect(counter.state().slips.filter(({ state }) => state === 'unsure')).toHaveLength(jobs.length)
  const item = openItems(counter.state()).find(({ options }) => options.includes('paperComplete'))
  choose(counter, 'paperComplete', item?.id)
  expect(counter.state().slips.some(({ state }) => state === 'waived')).toBe(true)
})

test('they could not be written: they stay owed, and print by themselves when the printer is well', () => {
  const counter = looking('gone')
  choose(counter, 'exportSlips')
  counter.tell({ type: 'slipsExported', jobs: [] })
  expect(counter.said()).toBe('slip.notExported')
  tell(counter, [])
  expect(counter.dos()).toContain('print')
})

test('with a printer that is well there is nothing to save', () => {
  const counter = looking()
  tell(counter, [])
  choose(counter, 'exportSlips')
  expect(counter.dos()).not.toContain('exportSlips')
})

type Look = readonly [
  what: string,
  was: readonly DeviceTrouble[],
  is: readonly DeviceTrouble[],
  pages: readonly Step[],
  told: string | null,
]
const LIST: Step = { kind: 'openItems' }
const HOME: Step = { kind: 'signIn' }

test.each<Look>([
  ['the cover was open', ['coverOpen'], [], [LIST, LIST], 'mend.tearOff'],
  ['there was no paper', ['paperOut'], [], [LIST, LIST], 'mend.tearOff'],
  ['it was hot', ['headHot'], [], [LIST, LIST], 'mend.well'],
  ['it is hot still', ['headHot'], ['headHot'], [LIST, LIST], null],
  ['it was well before', [], [], [LIST, LIST], null],
  ['somebody comes to the list only now', ['headHot'], [], [HOME, LIST], null],
  ['somebody has left the list', ['headHot'], [], [LIST, HOME], null],
  ['nobody looked', ['headHot'], [], [HOME, HOME], null],
])('%s: what is said then', (_what, was, is, [from = HOME, to = HOME], told) => {
  const before = { ...inTrouble(OPEN, ...was), step: from }
  const after = stay({ ...inTrouble(OPEN, ...is), step: to })
  expect(watchMending(before, after).state.message?.key ?? null).toBe(told)
})
