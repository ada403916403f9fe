/** The ways that are walked every day take as few keys as the flows allow: the last slip again, the end of the day. */
import { expect, test } from 'vitest'
import { menuSheet } from '#core/counter/menu-page.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { counterFrom, SETUP } from '../counter.ts'

function sold() {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard({ interface: 'contactless' })
  counter.reply()
  for (const _copy of ['merchant', 'cardholder']) {
    const job = counter.state().slips.find(({ state }) => state === 'printing')?.slip.job ?? ''
    counter.tell({ type: 'printEnded', job, outcome: { kind: 'printed', proof: 'processId' } })
    counter.press('confirm')
  }
  expect(counter.step()).toBe('amount')
  return counter
}

function reprint(counter: ReturnType<typeof sold>): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'optionChosen', page, option: 'reprintLast', item: '' })
}

test('the last slip is printed again by one key at home, marked as a reprint, and what is being typed stays', () => {
  const counter = sold()
  counter.press('2', '5')
  const before = counter.state().slips.length
  reprint(counter)
  const { slips, step } = counter.state()
  expect(slips).toHaveLength(before + 1)
  expect(slips.at(-1)?.slip.mark).toEqual({ kind: 'reprint', number: 1 })
  expect(step).toMatchObject({ kind: 'amount', typed: '25' })
  expect(counter.said()).toBe('slip.reprinting')
})

test('a shop that has sold nothing is told that there is no slip, and nothing is printed', () => {
  const counter = counterFrom()
  counter.open()
  reprint(counter)
  expect([counter.said(), counter.dos()]).toEqual(['slip.none', []])
})

test('on any other page than home the one key for the last slip does nothing', () => {
  const counter = sold()
  counter.press('2', '5', 'confirm')
  expect(counter.step()).toBe('confirmAmount')
  const before = counter.state().slips.length
  reprint(counter)
  expect([counter.step(), counter.state().slips.length]).toEqual(['confirmAmount', before])
})

test('the day is closed by three keys: menu, settlement, confirm', () => {
  const counter = sold()
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.press('menu', '0')
  expect(counter.step()).toBe('totals')
  expect(counter.dos()).toContain('gatherBatch')
  const line = {
    stan: '000002',
    kind: 'sale',
    amountMinor: minor(3800),
    channel: 'card',
    isForeign: false,
  } as const
  counter.tell({
    type: 'batchGathered',
    page: pageName(counter.state()),
    batch: '000001',
    lines: [line],
  })
  counter.press('confirm')
  expect(counter.step()).toBe('settling')
})

test('a shop that never holds money has no hold on its menu, and its key means nothing there; what was held before can be completed', () => {
  for (const holds of [true, false]) {
    const counter = counterFrom(undefined, { ...SETUP, holds })
    counter.open()
    counter.press('menu', '9')
    const { state } = counter
    const step = state().step
    if (step.kind !== 'menu') throw new Error(step.kind)
    const ids = menuSheet(state(), step).map(({ id }) => id)
    expect([ids.includes('preAuth'), ids.includes('complete')]).toEqual([holds, true])
    counter.press('1')
    expect(counter.step()).toBe(holds ? 'enterAmount' : 'menu')
  }
})
