/** A slip or a bill under the scanner, where a void, refund or correction begins. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom } from './counter.ts'

/** A paid sale of ¥38, the counter at home again. */
function afterSale(): { counter: Counter; record: TransactionRecord } {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel')
  const record = counter.state().recent.at(-1)
  if (record === undefined) throw new Error('no sale')
  return { counter, record }
}

function choose(counter: Counter, option: string): void {
  counter.press('menu')
  if (option === 'correct')
    counter.tell({
      type: 'optionChosen',
      page: pageName(counter.state()),
      option: 'next',
      item: '',
    })
  counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item: '' })
}

const scan = (counter: Counter, record?: TransactionRecord | null) =>
  counter.tell({
    type: 'codeRefused',
    why: record === undefined ? 'UNKNOWN_TEXT' : 'SLIP_CODE',
    digits: 17,
    ...(record === undefined ? {} : { record }),
  })

test.each(['void', 'refund', 'records', 'correct'])(
  'the scanner is lit on the page of %s, and dark behind it',
  (option) => {
    const { counter } = afterSale()
    choose(counter, option)
    expect(counter.dos()).toContain('armScanner')
    counter.press('cancel')
    expect(counter.step()).toBe('amount')
    expect(counter.dos()).toContain('disarmScanner')
  },
)

test('the scanned slip of a sale opens its void, without a number being typed', () => {
  const { counter, record } = afterSale()
  choose(counter, 'void')
  scan(counter, record)
  expect(counter.state().step).toMatchObject({
    kind: 'confirmAmount',
    order: { kind: 'void', original: { id: record.id } },
  })
  expect(counter.dos()).toContain('disarmScanner')
})

test('the scanned slip of a sale opens its refund with what is left of it', () => {
  const { counter, record } = afterSale()
  choose(counter, 'refund')
  scan(counter, record)
  expect(counter.state().step).toMatchObject({
    kind: 'enterAmount',
    original: { id: record.id },
    typed: '38',
  })
})

test('a payment code held up for a refund is refused in so many words, forgotten, and nothing is sent', () => {
  const { counter } = afterSale()
  choose(counter, 'refund')
  counter.presentCode()
  expect(counter.said()).toBe('proof.paymentCode')
  expect(counter.dos()).toEqual(['forgetTender'])
  expect(counter.step()).toBe('findOriginal')
})

test('a slip of another terminal and a code that is no slip are told apart, and the page stays', () => {
  const { counter } = afterSale()
  choose(counter, 'void')
  scan(counter, null)
  expect(counter.said()).toBe('proof.notFound')
  scan(counter)
  expect(counter.said()).toBe('proof.neither')
  expect(counter.step()).toBe('findOriginal')
})

test('a slip scanned among the records shows that one alone; it may be corrected or printed again, and counts', () => {
  const { counter, record } = afterSale()
  choose(counter, 'correct')
  scan(counter, { ...record, reprints: 4 })
  expect(counter.said()).toBe('proof.found')
  expect(counter.state().step).toMatchObject({ kind: 'records', found: [{ id: record.id }] })
  counter.tell({
    type: 'optionChosen',
    page: pageName(counter.state()),
    option: 'reprint',
    item: record.id,
  })
  expect(counter.state().slips.at(-1)?.slip).toMatchObject({ mark: { kind: 'reprint' } })
})

test('a slip of a closed batch, no longer among the last ones, is found and printed again as number one and two', () => {
  const { counter, record } = afterSale()
  const old = { ...record, id: '000000-000777', batch: '000000', stan: '000777' }
  choose(counter, 'records')
  scan(counter, old)
  for (const number of [1, 2]) {
    counter.tell({
      type: 'optionChosen',
      page: pageName(counter.state()),
      option: 'reprint',
      item: old.id,
    })
    expect(counter.state().slips.at(-1)?.slip.mark).toEqual({ kind: 'reprint', number })
  }
})

test('a scanner that comes back while a slip is awaited is lit again', () => {
  const { counter } = afterSale()
  choose(counter, 'void')
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'qrScanner', troubles: ['gone'] } })
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'qrScanner', troubles: [] } })
  expect(counter.dos()).toEqual(['armScanner'])
})

test('a slip held under the scanner when a payment is asked for is said to be a slip', () => {
  const { counter, record } = afterSale()
  counter.ask(5)
  scan(counter, record)
  expect(counter.said()).toBe('code.SLIP_CODE')
  expect(counter.step()).toBe('present')
})
