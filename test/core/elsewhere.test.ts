/** A refund or completion of what another terminal of the shop took: its slip is typed, the acquirer has the last word. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { DIGIT_KEYS } from '#shell/api/view.ts'
import { type Counter, counterFrom, SETUP, withPins } from './counter.ts'

const OTHER = '10000002'
const REFERENCE = '112012000077'
/** As the other terminal prints it under voucher 000123 of batch 000004. */
const SLIP = { batch: '000004', trace: '000123', check: '7484' }

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

function shop(otherTerminals: readonly string[] = [OTHER]): Counter {
  const setup = { ...SETUP, operators: PEOPLE, refundGuard: { coolOffMs: 0, otherTerminals } }
  const counter = counterFrom({ ...initialState(), operators: withPins(PEOPLE) }, setup)
  counter.open()
  return counter
}

const type = (counter: Counter, digits: string): void => {
  const keys = digits.split('').map((one): Key => DIGIT_KEYS.find((key) => key === one) ?? '.')
  counter.press(...keys, 'confirm')
}

const known = (counter: Counter, records: readonly TransactionRecord[] = []): void =>
  void counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records })

const scan = (counter: Counter): void =>
  void counter.tell({ type: 'codeRefused', why: 'SLIP_CODE', digits: 17, record: null, slip: SLIP })

/** Everything on the slip is typed, and what this terminal did about it is known. */
function typeSlip(counter: Counter, amount = '38', done: readonly TransactionRecord[] = []): void {
  counter.press('menu', '8', 'menu', '1')
  type(counter, REFERENCE)
  type(counter, '1120')
  type(counter, '0012')
  type(counter, amount)
  known(counter, done)
}

function allow(counter: Counter): void {
  counter.press('confirm')
  counter.tell({
    type: 'operatorChecked',
    page: pageName(counter.state()),
    operator: '00',
    correct: true,
  })
}

test('a payment of another terminal is refunded from its slip: reference, date, card and amount typed, a second person, the card, and the acquirer decides', () => {
  const counter = shop()
  typeSlip(counter)
  counter.press('confirm')
  expect(counter.said()).toBe('refund.confirmElsewhere')
  allow(counter)
  counter.presentCard({ fingerprint: 'ANY' })
  const { step } = counter.state()
  if (step.kind !== 'authorizing') throw new Error(step.kind)
  expect(step.attempt).toMatchObject({
    amountMinor: 3800,
    order: {
      kind: 'refund',
      approver: '00',
      original: { reference: REFERENCE, hostDate: '1120', batch: '000000', stan: '000000' },
    },
  })
  counter.reply({ '3': '200000' }, 'good', '0230')
  expect(counter.step()).toBe('result')
  expect(counter.state().recent.map(({ kind }) => kind)).toEqual(['refund'])
})

test('another card than the one on the slip gets nothing until somebody says why and a second person allows this very card', () => {
  const counter = shop()
  typeSlip(counter)
  counter.press('confirm')
  allow(counter)
  counter.presentCard({ masked: '622622******7896', fingerprint: 'OTHER' })
  expect(counter.step()).toBe('present')
  counter.tell({
    type: 'optionChosen',
    page: pageName(counter.state()),
    option: 'cardReplaced',
    item: '',
  })
  expect(counter.said()).toBe('approve.cardReplaced')
  allow(counter)
  counter.presentCard({ masked: '622622******7896', fingerprint: 'THIRD' })
  expect(counter.step()).toBe('present')
  counter.presentCard({ masked: '622622******7896', fingerprint: 'OTHER' })
  expect(counter.step()).toBe('authorizing')
})

test('only the refund itself is kept: the payment of the other terminal never becomes a record of this one', () => {
  const counter = shop()
  typeSlip(counter)
  counter.press('confirm')
  allow(counter)
  counter.presentCard()
  const kept = counter
    .reply({ '3': '200000' }, 'good', '0230')
    .filter((one) => one.do === 'keepRecord')
  expect(kept).toMatchObject([
    { record: { kind: 'refund', original: `elsewhere-1120-${REFERENCE}` } },
  ])
})

test('no more goes back than the slip says, and what this terminal gave back of it before is taken off', () => {
  const counter = shop()
  typeSlip(counter)
  counter.press('clear', '3', '9', 'confirm')
  expect(counter.said()).toBe('refund.tooMuch')
  counter.press('clear', '3', '0', 'confirm')
  allow(counter)
  counter.presentCard()
  counter.reply({ '3': '200000' }, 'good', '0230')
  counter.press('cancel')
  typeSlip(counter, '38', counter.state().recent)
  expect(counter.state().step).toMatchObject({ kind: 'enterAmount', typed: '8' })
  counter.press('clear', '9', 'confirm')
  expect(counter.said()).toBe('refund.tooMuch')
})

test('all of it went back at this terminal already: nothing is begun', () => {
  const counter = shop()
  typeSlip(counter)
  counter.press('confirm')
  allow(counter)
  counter.presentCard()
  counter.reply({ '3': '200000' }, 'good', '0230')
  counter.press('cancel')
  typeSlip(counter, '38', counter.state().recent)
  expect(counter.said()).toBe('refund.nothingLeft')
})

test('where the bar code was scanned, the typed reference must be that of the slip, and the terminal one that the shop has named', () => {
  const counter = shop()
  counter.press('menu', '8')
  scan(counter)
  counter.press('1')
  type(counter, '112012000078')
  expect(counter.said()).toBe('elsewhere.doesNotFit')
  type(counter, REFERENCE)
  type(counter, '1120')
  type(counter, '0012')
  type(counter, '38')
  known(counter)
  counter.press('confirm')
  expect(counter.state().step).toMatchObject({
    order: { original: { batch: '000004', stan: '000123' } },
  })
  const stranger = shop(['10000009'])
  stranger.press('menu', '8')
  scan(stranger)
  stranger.press('1')
  type(stranger, REFERENCE)
  expect(stranger.said()).toBe('elsewhere.doesNotFit')
})

test('the shop has named no other terminal: its slip is unknown here, as ever', () => {
  const counter = shop([])
  counter.press('menu', '8')
  scan(counter)
  expect(counter.said()).toBe('proof.notFound')
  counter.press('menu')
  expect(counter.step()).toBe('findOriginal')
})

test('a void is for the terminal that took the payment', () => {
  const counter = shop()
  counter.press('menu', '7')
  scan(counter)
  expect(counter.said()).toBe('proof.notFound')
})

test.each(['1122', '0230', '1301', '112'])(
  'a date of %s is none, or has not come yet: it is asked for again',
  (date) => {
    const counter = shop()
    counter.press('menu', '8', 'menu', '1')
    type(counter, REFERENCE)
    type(counter, date)
    expect(counter.said()).toBe('elsewhere.noSuchDate')
  },
)

test('a hold of another terminal is completed by its authorization code, once', () => {
  const counter = shop()
  const ask = (done: readonly TransactionRecord[] = []): void => {
    counter.press('menu', '9', '2', 'menu')
    type(counter, '123456')
    type(counter, '1120')
    type(counter, '0012')
    type(counter, '100')
    known(counter, done)
  }
  ask()
  counter.press('clear', '1', '1', '6', 'confirm')
  expect(counter.said()).toBe('completion.tooMuch')
  counter.press('clear', '8', '0', 'confirm', 'confirm')
  counter.presentCard()
  expect(counter.state().step).toMatchObject({
    kind: 'authorizing',
    attempt: { amountMinor: 8000, order: { original: { authCode: '123456', hostDate: '1120' } } },
  })
  counter.reply({})
  counter.press('cancel')
  ask(counter.state().recent)
  expect(counter.said()).toBe('original.holdUsed')
})

test('a payment by phone of another terminal goes back by its reference, and nobody holds anything out', () => {
  const counter = shop()
  counter.press('menu', '8', 'menu', '2')
  type(counter, REFERENCE)
  type(counter, '1120')
  type(counter, '38')
  known(counter)
  counter.press('confirm')
  allow(counter)
  expect(counter.state().step).toMatchObject({
    kind: 'authorizing',
    attempt: { tender: { kind: 'code', code: { channel: 'wechat' } } },
  })
})
