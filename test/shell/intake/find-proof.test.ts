/** Slips and bills under the scanner, against the records of a journal on disk. */
import { expect, test } from 'vitest'
import { slipCodeOf } from '#core/receipt/slip-code.ts'
import { proofIn } from '#shell/intake/find-proof.ts'
import { journalWith, record } from '../journal/kept-records.ts'
import { facts } from '../receipt/slips.ts'

const BILL = '4200002761202611218844512345'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

test('the bar code of a slip finds its record, also behind an AIM identifier and a line end', () => {
  const sale = record('000012')
  const journal = journalWith(record('000011'), sale)
  const code = sale.slip === null ? '' : slipCodeOf(sale.slip)
  for (const text of [`${code}`, `]C1${code}\r`])
    expect(proofIn(journal, { why: 'UNKNOWN_TEXT', bytes: bytesOf(text) })).toEqual({
      why: 'SLIP_CODE',
      record: sale,
    })
})

test('a slip of another terminal with the same batch and voucher number finds nothing, and is told as what it is', () => {
  const journal = journalWith(record('000012'))
  const strange = slipCodeOf(
    facts({ batch: '000001', trace: '000012', terminalNumber: '10000002' }),
  )
  expect(proofIn(journal, { why: 'UNKNOWN_TEXT', bytes: bytesOf(strange ?? '') })).toEqual({
    why: 'SLIP_CODE',
    record: null,
    slip: { batch: '000001', trace: '000012', check: strange?.slice(-4) },
  })
})

test('the number of a bill finds the payment whose host note names it, not its refund and no longer number', () => {
  const paid = record('000012', { slip: facts({ remarks: [`微信订单号${BILL}`] }) })
  const refund = record('000013', {
    kind: 'refund',
    original: paid.id,
    slip: facts({ type: 'refund', remarks: [BILL] }),
  })
  const longer = record('000010', { slip: facts({ remarks: [`${BILL}7`] }) })
  const journal = journalWith(longer, paid, refund)
  expect(proofIn(journal, { why: 'TRANSACTION_ID', bytes: bytesOf(BILL) })).toEqual({
    why: 'TRANSACTION_ID',
    record: paid,
  })
})

test("the shop's own order number finds the payment of that order, not the try before it that failed", () => {
  const order = '20261121120000000042'
  const failed = record('000011', { outcome: 'notPaid', slip: null, tillReference: order })
  const paid = record('000012', { tillReference: order })
  const journal = journalWith(failed, paid)
  expect(proofIn(journal, { why: 'TRANSACTION_ID', bytes: bytesOf(order) })).toMatchObject({
    record: { stan: '000012' },
  })
})

test('a bill that this terminal has no payment for finds nothing', () => {
  expect(
    proofIn(journalWith(record('000012')), { why: 'TRANSACTION_ID', bytes: bytesOf(BILL) }),
  ).toEqual({ why: 'TRANSACTION_ID', record: null })
})

test.each([
  ['BAD_LENGTH', '13456789012345678'],
  ['MERCHANT_CODE', 'https://example.com/pay'],
  ['UNKNOWN_TEXT', 'S'.repeat(5000)],
])('anything else is looked up nowhere and keeps its reason (%s)', (why, text) => {
  const nobody = {
    recordById: () => expect.fail('looked up'),
    recordsHolding: () => expect.fail('looked up'),
  }
  expect(proofIn(nobody, { why, bytes: bytesOf(text) })).toEqual({ why })
})
