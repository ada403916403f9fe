/** What a supervisor hears of while it happens: on the open list until somebody has looked, and no payment is touched by it. */
import { expect, test } from 'vitest'
import { type AlarmRules, READS_FOR_A_SHARE, READS_LIMIT } from '#core/alarm/alarm.ts'
import { openItems } from '#core/counter/open-items.ts'
import { minor } from '#core/money.ts'
import type { Counter } from '../counter.ts'
import { choose, openShop, sell, signInAs, toSale, voidLast } from '../two-people.ts'

const RULES: AlarmRules = {
  refunds: 3,
  sameCard: 2,
  withinMs: 3_600_000,
  wrongCodes: 3,
  garbledPercent: 30,
  printerLines: 0,
}
const NEVER: AlarmRules = { ...RULES, refunds: 0, sameCard: 0, wrongCodes: 0, garbledPercent: 0 }

/** Keys of the open list. */
function open(counter: Counter): readonly string[] {
  return openItems(counter.state()).map(({ message: { key } }) => key)
}

function voidOf(counter: Counter, card: string): void {
  sell(counter, 38, { fingerprint: card })
  voidLast(counter, { fingerprint: card })
  toSale(counter)
}

function refuse(counter: Counter, why: string): void {
  counter.tell({ type: 'codeRefused', why, digits: 18, fingerprint: 'hash' })
}

test('three voids by one person within the hour stand on the open list; two do not', () => {
  const counter = openShop({ alarms: RULES })
  voidOf(counter, 'one')
  voidOf(counter, 'two')
  expect(open(counter)).toEqual([])
  voidOf(counter, 'three')
  expect(open(counter)).toEqual(['alarm.manyRefunds'])
  expect(openItems(counter.state())[0]?.message.params).toMatchObject({
    operator: '01',
    amount: '38.00',
  })
})

test('two onto one card are told, and more of it is added to the same line', () => {
  const counter = openShop({ alarms: { ...RULES, refunds: 0 } })
  for (let times = 0; times < 4; times++) voidOf(counter, 'one')
  expect(open(counter)).toEqual(['alarm.sameCard'])
  expect(openItems(counter.state())[0]?.message.params['count']).toBe('3')
})

test('a void above the limit of the shop is told at once; one at the limit is not', () => {
  const limit = { coolOffMs: 0, coolOffAboveMinor: minor(3800) }
  const counter = openShop({ alarms: { ...RULES, refunds: 0 }, refundGuard: limit })
  voidOf(counter, 'one')
  expect(open(counter)).toEqual([])
  sell(counter, 39)
  voidLast(counter)
  expect(open(counter)).toEqual(['alarm.largeRefund'])
})

test('codes that are none to charge, again and again within ten minutes, are told; none of them was sent', () => {
  const counter = openShop({ alarms: RULES })
  counter.ask(38)
  refuse(counter, 'PAYEE_CODE_WECHAT')
  refuse(counter, 'PAYEE_CODE_WECHAT')
  expect(open(counter)).toEqual([])
  refuse(counter, 'URL')
  expect(open(counter)).toEqual(['alarm.wrongCodes'])
  expect(counter.step()).toBe('present')
  expect(counter.state().reversal).toBeNull()
})

test('a scanner that cannot read a third of what is held up asks for service, once there is enough to judge by', () => {
  const counter = openShop({ alarms: RULES })
  counter.ask(38)
  for (let reads = 0; reads < READS_FOR_A_SHARE - 1; reads++) refuse(counter, 'BAD_CHAR')
  expect(open(counter)).toEqual([])
  refuse(counter, 'BAD_CHAR')
  expect(open(counter)).toEqual(['alarm.scannerDue'])
  for (let reads = 0; reads < READS_LIMIT; reads++) refuse(counter, 'BAD_CHAR')
  expect(counter.state().reads?.last).toHaveLength(READS_LIMIT)
})

test('a window that was dirty once is no scanner that is broken', () => {
  const counter = openShop({ alarms: { ...RULES, wrongCodes: 0 } })
  counter.ask(38)
  for (let reads = 0; reads < 2 * READS_LIMIT; reads++)
    refuse(counter, reads % 4 === 0 ? 'EMPTY' : 'URL')
  expect(open(counter)).toEqual([])
})

test('only a supervisor says that it was seen; then what was counted begins anew', () => {
  const counter = openShop({ alarms: RULES })
  counter.ask(38)
  for (let times = 0; times < 3; times++) refuse(counter, 'URL')
  toSale(counter)
  counter.press('menu', '3')
  choose(counter, 'alarmSeen', 'alarm-wrongCodes')
  expect(counter.said()).toBe('alarm.askSupervisor')
  expect(open(counter)).toEqual(['alarm.wrongCodes'])
  signInAs(counter, '00')
  expect(open(counter)).toContain('alarm.wrongCodes')
  counter.press('menu', '3')
  choose(counter, 'alarmSeen', 'alarm-wrongCodes')
  expect([counter.said(), open(counter)]).toEqual(['alarm.seen', []])
  toSale(counter)
  counter.ask(38)
  refuse(counter, 'URL')
  expect(open(counter)).toEqual([])
})

test('a shop that wants none has none', () => {
  for (const change of [{}, { alarms: NEVER }]) {
    const counter = openShop(change)
    for (let times = 0; times < 4; times++) voidOf(counter, 'one')
    counter.ask(38)
    for (let times = 0; times < 60; times++) refuse(counter, times % 2 === 0 ? 'URL' : 'EMPTY')
    expect(open(counter)).toEqual([])
  }
})

test('an alarm that nobody has looked at keeps no one from a drill', () => {
  const counter = openShop({ alarms: RULES, slips: { copies: [], tearTimeoutMs: 15_000 } })
  for (const card of ['one', 'two', 'three']) voidOf(counter, card)
  signInAs(counter, '00')
  expect(open(counter)).toEqual(['alarm.manyRefunds'])
  counter.press('menu', '9', '7')
  expect(counter.dos()).toContain('beginDrill')
})

test('a printer that has printed so many lines asks for a look, and again when as many more are through', () => {
  const slips = { copies: ['merchant'], tearTimeoutMs: 15_000 } as const
  const counter = openShop({ alarms: { ...RULES, printerLines: 100 }, slips })
  print(counter, 60)
  expect(open(counter)).not.toContain('alarm.printerDue')
  print(counter, 60)
  expect(open(counter)).toContain('alarm.printerDue')
  expect(itemOf(counter).params).toMatchObject({ lines: '120', count: '1' })
  print(counter, 60)
  expect(itemOf(counter).params).toMatchObject({ lines: '180', count: '1' })
  print(counter, 60)
  expect(itemOf(counter).params).toMatchObject({ lines: '240', count: '2' })
  signInAs(counter, '00')
  counter.press('menu', '3')
  choose(counter, 'alarmSeen', 'alarm-printerDue')
  expect(open(counter)).not.toContain('alarm.printerDue')
})

test('where the shop has set no number of lines the printer asks for nothing', () => {
  const counter = openShop({ alarms: RULES })
  print(counter, 6_000_000)
  expect(open(counter)).not.toContain('alarm.printerDue')
})

function itemOf(counter: Counter) {
  const found = openItems(counter.state()).find(({ id }) => id === 'alarm-printerDue')
  if (found === undefined) throw new Error('the printer asks for nothing')
  return found.message
}

/** One copy of one more sale, so long. */
function print(counter: Counter, lines: number): void {
  sell(counter, 38)
  const job = counter.state().slips.find((one) => one.state === 'printing')?.slip.job ?? ''
  counter.tell({
    type: 'printEnded',
    job,
    outcome: { kind: 'printed', proof: 'processId' },
    lines,
  })
  toSale(counter)
}
