import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BOOK_LINES_LIMIT, readBook } from '#shell/reports/book-file.ts'
import { daySpan } from '#shell/reports/day-span.ts'

const DAY = daySpan('2026-11-21') ?? neverHere()
const at = (time: string) => Date.parse(`2026-11-21T${time}+08:00`)

function neverHere(): never {
  throw new Error('the day is one')
}

test('the list of a register: columns in any order, quoted or not, with and without seconds and dates', () => {
  const text =
    '\uFEFFReference,Amount,Time\r\nA-1,38.5,9:03\r\n"B,2","¥1,234.50",2026-11-21 21:00:09\r\n,-12,12:00\r\n'
  expect(readBook(text, DAY)).toEqual({
    ok: true,
    orders: [
      { reference: 'A-1', amountMinor: 3850, at: at('09:03:00') },
      { reference: 'B,2', amountMinor: 123450, at: at('21:00:09') },
      { reference: '', amountMinor: -1200, at: at('12:00:00') },
    ],
  })
})

test('orders of other days are left out', () => {
  expect(readBook('time,amount\n2026-11-20 23:59,5\n2026-11-22 00:00,6\n', DAY)).toEqual({
    ok: true,
    orders: [],
  })
})

test.each([
  ['no head line', '12:00,5', 'noHead', 1],
  ['a time that is none', 'time,amount\n25:00,5', 'noTime', 2],
  ['an amount with three decimals', 'time,amount\n12:00,5\n12:01,5.125', 'noAmount', 3],
  ['an amount in words', 'time,amount\n12:00,five', 'noAmount', 2],
  ['a line that was cut off', 'time,amount\n12:00', 'noAmount', 2],
  [
    'more lines than a day has',
    'time,amount\n'.repeat(BOOK_LINES_LIMIT),
    'tooLong',
    BOOK_LINES_LIMIT + 1,
  ],
])('%s: the line is named, and nothing is guessed', (_what, text, why, line) => {
  expect(readBook(text, DAY)).toEqual({ ok: false, line, why })
})

test('whatever a file holds is an outcome', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(typeof readBook(`time,amount\n${text}`, DAY).ok).toBe('boolean')
    }),
  )
})
