/** Whoever leaves the counter sees which slips are still owed (ideas S4-9). */
import { expect, test } from 'vitest'
import { openListOptions } from '#core/counter/open-items.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom } from '../counter.ts'

/** A sale is paid, and its slip does not come: the paper is out. */
function owing(): Counter {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  const job = counter.state().slips[0]?.slip.job ?? ''
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble: 'paperOut' } })
  counter.press('cancel', 'menu')
  return counter
}

function choose(counter: Counter, option: string): void {
  counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item: '' })
}

const offered = (counter: Counter): readonly string[] =>
  openListOptions(counter.state()).map(({ id }) => id)

test('signing out while a slip is owed shows the list, which offers to print all and to leave all the same', () => {
  const counter = owing()
  choose(counter, 'signOut')
  expect([counter.step(), counter.said()]).toEqual(['openItems', 'slip.beforeSignOut'])
  expect(offered(counter)).toEqual(['printAll', 'signOut', 'back'])
  choose(counter, 'signOut')
  expect([counter.step(), counter.state().session]).toEqual(['signIn', null])
  expect(counter.state().slips.some(({ state }) => state === 'owed')).toBe(true)
})

test('print all hands the first of them to the printer, whole and marked late', () => {
  const counter = owing()
  choose(counter, 'signOut')
  choose(counter, 'printAll')
  expect(counter.state().slips[0]).toMatchObject({
    state: 'printing',
    slip: { mark: { kind: 'late' } },
  })
})

test('the list that was opened to look offers no signing out, and without slips nobody is kept', () => {
  const counter = owing()
  choose(counter, 'openItems')
  expect(offered(counter)).toEqual(['printAll', 'back'])
  choose(counter, 'signOut')
  expect(counter.step()).toBe('openItems')
  const clean = counterFrom()
  clean.open()
  clean.press('menu')
  choose(clean, 'signOut')
  expect(clean.step()).toBe('signIn')
})

test('a slip that never began, because the printer was in trouble from the beginning, is owed as well', () => {
  const counter = counterFrom()
  counter.open()
  const health = { device: 'printer', troubles: ['paperOut'] } as const
  counter.tell({ type: 'deviceHealthChanged', health })
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'menu')
  choose(counter, 'signOut')
  expect([counter.step(), counter.said()]).toEqual(['openItems', 'slip.beforeSignOut'])
  expect(offered(counter)).toEqual(['printAll', 'signOut', 'back'])
})
