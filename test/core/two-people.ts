/** A counter with a cashier and a supervisor, and the ways to a sale that went back. */
import { expect } from 'vitest'
import { type MinorUnits, toDe4 } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { CardFacts } from '#core/transaction/tender.ts'
import { type Counter, counterFrom, SETUP, withPins } from './counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

/** Open, the cashier signed in. */
export function openShop(change: Partial<Setup> = {}): Counter {
  const setup = { ...SETUP, operators: PEOPLE, ...change }
  const counter = counterFrom({ ...initialState(), operators: withPins(setup.operators) }, setup)
  counter.open()
  return counter
}

/** One card sale of 38 yuan in the open batch, and the counter ready for the next. */
export function aSale(): { readonly state: TerminalState; readonly sale: TransactionRecord } {
  const counter = openShop()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  toSale(counter)
  const [sale] = counter.state().recent
  if (sale === undefined) throw new Error('there is no sale')
  return { state: counter.state(), sale }
}

export function choose(counter: Counter, option: string, item = ''): readonly Effect[] {
  return counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item })
}

export function sign(counter: Counter, operator: string): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator, correct: true })
}

/** Off the counter, and somebody else on it. */
export function signInAs(counter: Counter, operator: string): void {
  counter.restart()
  sign(counter, operator)
  counter.tell({ type: 'signedOn', batch: '000001' })
}

/** Paid, and home again. */
export function sell(counter: Counter, yuan: number, card: Partial<CardFacts> = {}): void {
  counter.ask(yuan)
  counter.presentCard(card)
  counter.reply()
  toSale(counter)
}

/** The last sale voided by the cashier, allowed by the supervisor; its result stays on the page. */
export function voidLast(counter: Counter, card: Partial<CardFacts> = {}): void {
  const last = counter.state().recent.findLast(({ kind }) => kind === 'sale')
  counter.press('menu', '2')
  choose(counter, 'void', last?.id ?? '')
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard(card)
  counter.reply({ '3': '200000' })
}

/** The repeated refund is answered: so much went back. */
export function refundAnswered(counter: Counter, backMinor: MinorUnits): void {
  counter.tell({ type: 'timerFired', timer: 'advice' })
  const { advice } = counter.state()
  const fields = {
    '3': '200000',
    '4': toDe4(backMinor),
    '11': advice?.attempt.stan ?? '',
    '37': '112112000009',
    '39': '00',
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
  const reply = { mti: '0230', mac: 'good' as const, fields }
  counter.tell({ type: 'adviceReplied', advice: advice?.id ?? '', reply })
  expect(counter.state().advice).toBeNull()
}

export function toSale(counter: Counter): void {
  for (let tries = 0; tries < 5 && counter.step() !== 'amount'; tries++) counter.press('cancel')
}
