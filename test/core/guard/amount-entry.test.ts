/** Typing an amount: what cannot be meant cannot be typed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typedMinor, typedYuan, typeKey } from '#core/guard/amount-entry.ts'
import { typeDigit } from '#core/guard/type-digit.ts'
import { AMOUNT_CEILING_MINOR, minor } from '#core/money.ts'
import type { Key } from '#core/terminal/event.ts'
import { digitKey } from '../counter.ts'

test.each<readonly [typed: string, key: Key, then: string | null]>([
  ['', '3', '3'],
  ['3', '8', '38'],
  ['38', '0', '380'],
  ['', '0', null],
  ['', '00', null],
  ['', '.', '0.'],
  ['0.', '5', '0.5'],
  ['0', '5', '5'],
  ['0', '0', '0'],
  ['3', '00', '300'],
  ['38', '.', '38.'],
  ['38.', '.', null],
  ['38.', '00', '38.00'],
  ['38.5', '0', '38.50'],
  ['38.5', '00', null],
  ['38.50', '5', null],
  ['38.50', '00', null],
  ['38.50', 'backspace', '38.5'],
  ['3', 'backspace', ''],
  ['', 'backspace', null],
  ['38.5', 'clear', ''],
  ['', 'clear', null],
  ['38', 'confirm', null],
  ['38', 'cancel', null],
  ['38', 'menu', null],
  ['999999999', '9', '9999999999'],
  ['9999999999', '9', null],
  ['9999999999', '.', '9999999999.'],
  ['9999999999.9', '9', '9999999999.99'],
  ['99999999', '00', '9999999900'],
  ['999999999', '00', null],
])('%j and then %s is %j', (typed, key, then) => {
  expect(typeKey(typed, key)).toBe(then)
})

test.each([
  ['', 0],
  ['0.', 0],
  ['38', 3800],
  ['38.', 3800],
  ['38.5', 3850],
  ['38.05', 3805],
  ['9999999999.99', AMOUNT_CEILING_MINOR],
  ['10000000000', null],
  ['3.855', null],
  ['3.8.5', null],
  ['3a', null],
])('%j means %s fen', (typed, meant) => {
  expect(typedMinor(typed)).toBe(meant)
})

test('whatever the amount: written as somebody would type it, and typed key by key, it is that amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: AMOUNT_CEILING_MINOR }), (fen) => {
      const keys = typedYuan(minor(fen)).split('').map(digitKey)
      const typed = keys.reduce<string | null>(
        (entry, key) => (entry === '' && key === '0' ? '' : typeKey(entry ?? 'refused', key)),
        '',
      )
      expect(typedMinor(typed ?? 'refused')).toBe(fen)
    }),
  )
})

test.each([
  [3850, '38.50'],
  [3805, '38.05'],
  [2000, '20'],
  [5, '0.05'],
])('%i fen are written %s', (fen, text) => {
  expect(typedYuan(minor(fen))).toBe(text)
})

test.each<readonly [typed: string, key: Key, then: string | null]>([
  ['', '0', '0'],
  ['12', '9', '129'],
  ['129', '1', null],
  ['12', '00', null],
  ['12', '.', null],
  ['12', 'backspace', '1'],
  ['', 'backspace', null],
  ['12', 'clear', ''],
  ['', 'clear', null],
  ['12', 'confirm', null],
])('of a number of at most three digits, %j and then %s is %j', (typed, key, then) => {
  expect(typeDigit(typed, key, 3)).toBe(then)
})
