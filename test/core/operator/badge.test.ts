/** Staff cards: a card names who allows something, the PIN proves it, and neither is enough alone. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, counterFrom, SETUP, withPins } from '../counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
  { number: '02', role: 'supervisor' },
] as const

const sign = (counter: Counter, operator: string, correct = true): void =>
  void counter.tell({ type: 'operatorChecked', page: pageName(counter.state()), operator, correct })

const show = (counter: Counter, fingerprint: string): void =>
  void counter.tell({ type: 'codeRefused', why: 'UNKNOWN_TEXT', digits: 12, fingerprint })

/** 00 has given itself the card K0; the cashier asks for a void of the last sale. */
function voiding(badge: 'optional' | 'required'): Counter {
  const counter = counterFrom(
    { ...initialState(), operators: withPins(PEOPLE) },
    { ...SETUP, operators: PEOPLE, badge },
  )
  counter.open()
  counter.press('menu', '6')
  sign(counter, '00')
  give(counter, '0', 'K0')
  counter.press('menu', '6')
  sign(counter, '01')
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'menu', '2')
  const item = counter.state().recent.at(-1)?.id ?? ''
  counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option: 'void', item })
  counter.press('confirm')
  return counter
}

function give(counter: Counter, digit: '0' | '2', card: string): void {
  counter.press('menu', '9', '9', '2', '0', digit, 'confirm')
  show(counter, card)
}

test('where staff cards are required, a PIN without a card allows nothing and costs no try', () => {
  const counter = voiding('required')
  expect(counter.dos()).toContain('armScanner')
  sign(counter, '00')
  expect(counter.said()).toBe('badge.needed')
  expect(counter.step()).toBe('approve')
  show(counter, 'K0')
  expect(counter.said()).toBe('badge.pin')
  sign(counter, '00')
  expect(counter.step()).toBe('present')
})

test('a card without its PIN allows nothing: the wrong PIN is counted, and nobody else may enter theirs on it', () => {
  const counter = voiding('required')
  show(counter, 'K0')
  sign(counter, '02')
  expect(counter.said()).toBe('badge.otherPerson')
  sign(counter, '00', false)
  expect(counter.said()).toBe('signIn.wrong')
  expect(counter.step()).toBe('approve')
})

test('a card that nobody was given, and a phone, allow nothing', () => {
  const counter = voiding('required')
  show(counter, 'FOUND')
  expect(counter.said()).toBe('badge.unknown')
  counter.presentCode()
  expect(counter.said()).toBe('badge.noCard')
  expect(counter.dos()).toEqual(['forgetTender'])
})

test('where a card is optional, number and PIN are enough', () => {
  const counter = voiding('optional')
  sign(counter, '02')
  expect(counter.step()).toBe('present')
})

test('cards are given out by a supervisor, one card to one person, and taken away again', () => {
  const counter = voiding('required')
  counter.press('cancel')
  counter.press('menu', '9', '9', '2')
  expect(counter.said()).toBe('badge.notAllowed')
  counter.press('cancel', 'menu', '6')
  sign(counter, '00')
  give(counter, '2', 'K0')
  expect(counter.said()).toBe('badge.taken')
  counter.press('cancel', 'menu', '9', '9', '2', '0', '0', 'confirm', 'clear')
  expect(counter.said()).toBe('badge.removed')
  expect(counter.state().operators.some(({ badge }) => badge !== undefined)).toBe(false)
})

test('a slip or a receive code is no staff card: others hold them too', () => {
  const counter = voiding('required')
  counter.press('cancel', 'menu', '6')
  sign(counter, '00')
  counter.press('menu', '9', '9', '2', '0', '2', 'confirm')
  counter.tell({
    type: 'codeRefused',
    why: 'SLIP_CODE',
    digits: 17,
    fingerprint: 'S',
    record: null,
  })
  expect(counter.said()).toBe('badge.noCard')
})

test('a staff card survives a power cut, and a shop that wants none lights no scanner for it', () => {
  const counter = voiding('required')
  counter.restart()
  expect(counter.state().operators.find(({ number }) => number === '00')?.badge).toBe('K0')
  const plain = counterFrom(
    { ...initialState(), operators: withPins(PEOPLE) },
    { ...SETUP, operators: PEOPLE },
  )
  plain.open()
  plain.press('menu', '9', '9', '2')
  expect(plain.step()).toBe('menu')
})
