/** The rules of a table, not those of the table that ships: each edge of a rule has a row. */
import { expect, test } from 'vitest'
import type { CodeTable } from '#qr/code-table.ts'
import { classifyDigits } from '#qr/payment-code.ts'

const TABLE: CodeTable = {
  version: 'test',
  paymentCodes: [
    { channel: 'wechat', prefixes: ['13'], lengths: [18], cardPrefixes: [], keypad: true },
    {
      channel: 'unionpay',
      prefixes: ['62', '81'],
      lengths: [18, 19],
      cardPrefixes: ['622202', '110101'],
      keypad: false,
    },
  ],
  bills: [
    {
      class: 'prefixed',
      prefix: '4200',
      minLength: 20,
      maxLength: 22,
      dated: false,
      afterDate: '',
    },
    { class: 'dated', prefix: '', minLength: 20, maxLength: 22, dated: true, afterDate: '77' },
  ],
  links: [],
  schemes: [],
  cpmApplications: [],
}

function judge(text: string, source: 'keypad' | 'scanner' = 'scanner') {
  return classifyDigits(new TextEncoder().encode(text), TABLE, source)
}

test.each([
  ['a bill by its prefix, at its shortest', `4200${'1'.repeat(16)}`, 'TRANSACTION_ID', 'prefixed'],
  ['at its longest', `4200${'1'.repeat(18)}`, 'TRANSACTION_ID', 'prefixed'],
  ['one digit shorter', `4200${'1'.repeat(15)}`, 'UNKNOWN_PREFIX', 'unknown'],
  ['one digit longer', `4200${'1'.repeat(19)}`, 'UNKNOWN_PREFIX', 'unknown'],
  ['another prefix', `4201${'1'.repeat(16)}`, 'UNKNOWN_PREFIX', 'unknown'],
  ['a bill by its date', `2026112377${'1'.repeat(10)}`, 'TRANSACTION_ID', 'dated'],
  ['no date', `2026133177${'1'.repeat(10)}`, 'UNKNOWN_PREFIX', 'unknown'],
  ['something else behind the date', `2026112378${'1'.repeat(10)}`, 'UNKNOWN_PREFIX', 'unknown'],
  ['a book', '9783161484100', 'GOODS_BARCODE', 'isbn'],
  ['a book of the other range', '9791032305690', 'GOODS_BARCODE', 'isbn'],
  ['other goods of thirteen digits', '4006381333931', 'GOODS_BARCODE', 'ean13'],
  ['goods of fourteen digits that begin as a book', '97831614841000', 'UNKNOWN_PREFIX', 'unknown'],
  ['goods of fourteen digits that begin so', '97831614841002', 'GOODS_BARCODE', 'ean14'],
  ['goods of twelve digits', '036000291452', 'GOODS_BARCODE', 'ean12'],
  ['one digit', '1', 'UNKNOWN_PREFIX', 'unknown'],
])('%s', (_what, text, rejectReason, kind) => {
  expect(judge(text)).toMatchObject({
    asCustomerCode: 'reject',
    rejectReason,
    class: kind,
    channel: null,
    range: null,
  })
})

test('a code of the right prefix and another length names wallet and lengths, and is never cut', () => {
  expect(judge('62'.padEnd(20, '7'))).toMatchObject({
    asCustomerCode: 'reject',
    rejectReason: 'BAD_LENGTH',
    class: 'unionpay',
    channel: 'unionpay',
    expectedLengths: [18, 19],
  })
})

test('each prefix and each length of a wallet is taken', () => {
  for (const prefix of ['62', '81'])
    for (const length of [18, 19])
      expect(judge(prefix.padEnd(length, '7'))).toEqual({
        asCustomerCode: 'accept',
        rejectReason: null,
        class: 'unionpay',
        channel: 'unionpay',
        range: null,
        expectedLengths: [],
        merchantName: null,
      })
})

test('what begins like a card is asked about from the scanner and refused from the keypad', () => {
  const card = '622202'.padEnd(19, '7')
  expect(judge(card)).toMatchObject({
    asCustomerCode: 'confirm',
    rejectReason: 'PAN_LOOKALIKE',
    channel: 'unionpay',
  })
  expect(judge('622203'.padEnd(19, '7')).asCustomerCode).toBe('accept')
  expect(judge('622203'.padEnd(19, '7'), 'keypad')).toMatchObject({
    asCustomerCode: 'reject',
    rejectReason: 'PAN_LOOKALIKE',
    class: 'unionpay',
    channel: 'unionpay',
  })
  expect(judge('13'.padEnd(18, '7'), 'keypad').asCustomerCode).toBe('accept')
})

test('what may be an identity number is asked about', () => {
  expect(judge('130101199003070015')).toMatchObject({
    asCustomerCode: 'confirm',
    rejectReason: 'ID_NUMBER_LOOKALIKE',
    class: 'wechat',
    channel: 'wechat',
  })
})
