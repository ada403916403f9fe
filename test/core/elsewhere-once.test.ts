/** What was paid at another terminal goes back once: whatever was typed wrongly, and whatever answer was lost. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, digitKey } from './counter.ts'
import { choose, openShop, refundAnswered, sell, sign, toSale } from './two-people.ts'

const REFERENCE = '112012000077'
const GUARD = { coolOffMs: 0, otherTerminals: ['10000002'] }
const shop = (): Counter => openShop({ refundGuard: GUARD })

const type = (counter: Counter, digits: string): void =>
  void counter.press(...digits.split('').map(digitKey), 'confirm')

/** A slip of 38 yuan is typed; the journal tells what it holds. */
function typeSlip(counter: Counter, slip: { number?: string; date?: string } = {}): void {
  const { date = '1120', number = REFERENCE } = slip
  counter.press('menu', '8', 'menu', '1')
  for (const typed of [number, date, '0012', '38']) type(counter, typed)
  const { recent: records } = counter.state()
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records })
}

/** So much of it is asked for, and allowed; the request is out. */
function refund(counter: Counter, yuan: string): void {
  counter.press('clear')
  type(counter, yuan)
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  expect(counter.step()).toBe('authorizing')
}

function refunded(counter: Counter, yuan: string): void {
  refund(counter, yuan)
  counter.reply({ '3': '200000' }, 'good', '0230')
  toSale(counter)
}

const unheard = (counter: Counter): void => {
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  toSale(counter)
}

test('a part went back under a wrong date: of the right one only what is left may go back', () => {
  const counter = shop()
  typeSlip(counter, { date: '1119' })
  refunded(counter, '30')
  typeSlip(counter)
  expect(counter.state().step).toMatchObject({ kind: 'enterAmount', typed: '8' })
  counter.press('clear', '9', 'confirm')
  expect(counter.said()).toBe('refund.tooMuch')
})

test('a refund under a wrong date has no answer: under the right one nothing is begun until it has, also after a power cut', () => {
  const counter = shop()
  typeSlip(counter, { date: '1119' })
  refund(counter, '38')
  unheard(counter)
  typeSlip(counter)
  expect([counter.step(), counter.said()]).toEqual(['findOriginal', 'refund.openAlready'])
  counter.restart()
  sign(counter, '01')
  counter.tell({ type: 'signedOn', batch: '000001' })
  refundAnswered(counter, minor(3800))
  toSale(counter)
  typeSlip(counter)
  expect(counter.said()).toBe('refund.nothingLeft')
})

test('the second person reads the reference number that stands on the slip, and no voucher number that nobody typed', () => {
  const counter = shop()
  typeSlip(counter)
  counter.press('confirm', 'confirm')
  expect(counter.state().message).toEqual({
    key: 'approve.refundElsewhere',
    params: { amount: '38.00', number: REFERENCE },
  })
})

test('another payment of that day is refunded while this one has gone back', () => {
  const counter = shop()
  typeSlip(counter)
  refunded(counter, '38')
  typeSlip(counter, { number: '112012000078' })
  expect(counter.state().step).toMatchObject({ kind: 'enterAmount', typed: '38' })
})

test('a payment of this terminal goes back by its own voucher alone: typed as that of another it would go back twice', () => {
  const counter = shop()
  sell(counter, 38)
  const own = counter.state().recent[0]?.reference ?? ''
  for (const date of ['1120', '1121']) {
    typeSlip(counter, { number: own, date })
    expect([counter.step(), counter.state().message]).toMatchObject([
      'findOriginal',
      { key: 'elsewhere.isOwn', params: { trace: counter.state().recent[0]?.stan } },
    ])
    toSale(counter)
  }
})

test.each([
  [{}, 'elsewhere.isOwn'],
  [{ hostDate: '1119' }, null],
  [{ outcome: 'notPaid' }, null],
  [{ kind: 'completion' }, null],
] satisfies [Partial<TransactionRecord>, string | null][])(
  'a code and day of a hold that this terminal made, but for %j: %s',
  (change, said) => {
    const counter = shop()
    sell(counter, 38)
    const [sale] = counter.state().recent
    if (sale === undefined) throw new Error('nothing was paid')
    counter.press('menu', '9', '2', 'menu')
    for (const typed of ['123456', '1120', '0012', '38']) type(counter, typed)
    const hold = { ...sale, kind: 'preAuth' as const, authCode: '123456', hostDate: '1120' }
    const records: TransactionRecord[] = [{ ...hold, ...change }]
    counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records })
    expect(counter.step()).toBe(said === null ? 'enterAmount' : 'findOriginal')
    expect(counter.said()).toBe(said)
  },
)

test('a refund in doubt goes through while the next one is being confirmed: the allowance of the day holds for both', () => {
  const counter = openShop({ refundGuard: { coolOffMs: 0, mostPerDayMinor: minor(5000) } })
  sell(counter, 38)
  sell(counter, 39)
  const ids = counter.state().recent.map(({ id }) => id)
  const ask = (id: string | undefined): void => {
    counter.press('menu', '2')
    choose(counter, 'refund', id)
    counter.press('confirm')
  }
  ask(ids[0])
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  unheard(counter)
  ask(ids[1])
  expect(counter.step()).toBe('confirmAmount')
  refundAnswered(counter, minor(3800))
  counter.press('confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'refund.aboveDay'])
})

test.each(['wrongAmount', 'exchange'])(
  'a refund of a payment has no answer, and more should have been charged (%s): nobody is asked to pay a difference that nobody knows',
  (cause) => {
    const counter = openShop()
    sell(counter, 38)
    const { id = '' } = counter.state().recent[0] ?? {}
    counter.press('menu', '2')
    choose(counter, 'refund', id)
    refund(counter, '8')
    unheard(counter)
    const later = counterFrom(counter.state(), counter.state().setup)
    later.press('menu', '2')
    choose(later, 'correct', id)
    choose(later, cause)
    type(later, '40')
    expect([later.said(), later.state().followUps ?? []]).toEqual(['refund.openAlready', []])
    refundAnswered(later, minor(800))
    later.press('confirm')
    expect(later.state().followUps).toMatchObject([{ dueMinor: 1000 }])
  },
)
