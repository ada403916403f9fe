/** A completion was a mistake and is voided: the hold stands again, and nobody forgets the money of either side. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, digitKey } from './counter.ts'
import { choose, openShop, sign, toSale } from './two-people.ts'

const type = (counter: Counter, digits: string): void =>
  void counter.press(...digits.split('').map(digitKey), 'confirm')

/** 100 yuan held and 80 of them charged by mistake. */
function completed(): { readonly counter: Counter; readonly hold: TransactionRecord } {
  const counter = openShop()
  counter.press('menu', '9')
  choose(counter, 'preAuth')
  type(counter, '100')
  counter.press('confirm')
  counter.presentCard()
  counter.reply({ '3': '030000' }, 'good', '0110')
  toSale(counter)
  complete(counter, counter.state().recent[0]?.id ?? '', '80')
  toSale(counter)
  const hold = counter.state().recent[0]
  if (hold === undefined) throw new Error('nothing is held')
  expect(counter.state().recent.map(({ kind }) => kind)).toEqual(['preAuth', 'completion'])
  return { counter, hold }
}

function complete(counter: Counter, hold: string, yuan: string): void {
  counter.press('menu', '2')
  choose(counter, 'complete', hold)
  if (counter.step() !== 'enterAmount') return
  counter.press('clear')
  type(counter, yuan)
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
}

/** Up to the card; the journal tells of the hold what it holds. */
function askVoid(counter: Counter, hold: TransactionRecord): void {
  const completion = counter.state().recent.find(({ kind }) => kind === 'completion')
  counter.press('menu', '2')
  const asked = choose(counter, 'void', completion?.id ?? '')
  expect(asked).toContainEqual(
    expect.objectContaining({ do: 'searchRecords', wish: { by: 'record', record: hold.id } }),
  )
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records: [hold] })
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
}

function voided(counter: Counter, hold: TransactionRecord): readonly Effect[] {
  askVoid(counter, hold)
  const effects = counter.reply({ '3': '200000' })
  expect(counter.said()).toBe('void.approved')
  toSale(counter)
  return effects
}

test('after the void of a completion the hold is completed anew, once', () => {
  const { counter, hold } = completed()
  voided(counter, hold)
  complete(counter, hold.id, '90')
  toSale(counter)
  const { recent } = counter.state()
  expect(recent.filter(({ kind }) => kind === 'completion')).toMatchObject([
    { paidMinor: 8000, closedBy: '000001-000004' },
    { paidMinor: 9000, closedBy: '' },
  ])
  complete(counter, hold.id, '90')
  expect(counter.said()).toBe('original.holdUsed')
})

test('after the void of a completion the hold is released: nobody waits for its money', () => {
  const { counter, hold } = completed()
  voided(counter, hold)
  counter.press('menu', '2')
  choose(counter, 'void', hold.id)
  expect(counter.state().step).toMatchObject({ order: { kind: 'preAuthVoid' } })
})

test('a hold of weeks ago stands again in the journal, and the void itself is not forgotten', () => {
  const { counter, hold } = completed()
  const { recent } = counter.state()
  const later = counterFrom({ ...counter.state(), recent: recent.slice(1) }, counter.state().setup)
  const kept = voided(later, hold).filter((one) => one.do === 'keepRecord')
  expect(kept.map(({ record }) => [record.kind, record.closedBy])).toEqual([
    ['completionVoid', ''],
    ['completion', '000001-000004'],
    ['preAuth', ''],
  ])
})

test('the answer to the void is lost and the void taken back: the completion stands, and the hold stays used', () => {
  const { counter, hold } = completed()
  askVoid(counter, hold)
  counter.tell({ type: 'hostSilent', stan: counter.state().reversal?.stan ?? '' })
  counter.replyToReversal('00')
  expect(counter.said()).toBe('void.reversed')
  toSale(counter)
  complete(counter, hold.id, '90')
  expect(counter.said()).toBe('original.holdUsed')
})

test('the power goes between the question and the answer of a void: the hold stays used until the void is through', () => {
  const { counter, hold } = completed()
  askVoid(counter, hold)
  counter.restart()
  counter.replyToReversal('00')
  expect(counter.state().recent[0]).toMatchObject({ id: hold.id, closedBy: '000001-000003' })
})

test('what the journal tells belongs to the void of a completion alone, and to its own hold', () => {
  const { counter, hold } = completed()
  counter.press('menu', '2')
  const completion = counter.state().recent[1]
  choose(counter, 'refund', completion?.id ?? '')
  counter.press('confirm')
  const before = counter.state().step
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records: [hold] })
  expect(counter.state().step).toEqual(before)
  toSale(counter)
  const other = { ...hold, id: '000001-000099', closedBy: completion?.id ?? '' }
  counter.press('menu', '2')
  choose(counter, 'void', completion?.id ?? '')
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records: [other] })
  expect(counter.state().step).not.toHaveProperty('order.hold')
})

test('a hold of another terminal was completed here and the completion voided: it is completed anew, once', () => {
  const counter = openShop({ refundGuard: { coolOffMs: 0, otherTerminals: ['10000002'] } })
  const ask = (): void => {
    counter.press('menu', '9', '2', 'menu')
    for (const typed of ['123456', '1120', '0012', '100']) type(counter, typed)
    const records = counter.state().recent
    counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records })
  }
  const charge = (): void => {
    counter.press('confirm', 'confirm')
    counter.presentCard()
    counter.reply()
    toSale(counter)
  }
  ask()
  charge()
  const first = counter.state().recent.at(-1)
  counter.press('menu', '2')
  expect(choose(counter, 'void', first?.id ?? '').map((one) => one.do)).not.toContain(
    'searchRecords',
  )
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.reply({ '3': '200000' })
  toSale(counter)
  ask()
  expect(counter.step()).toBe('enterAmount')
  charge()
  expect(counter.state().recent.at(-1)).toMatchObject({
    kind: 'completion',
    paidMinor: minor(10_000),
  })
  ask()
  expect(counter.said()).toBe('original.holdUsed')
})
