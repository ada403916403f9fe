/** Looking for a parameter with the keys of a telephone. */
import { expect, test } from 'vitest'
import { fitsDigits, lettersOf, pressSeek, SEEK_START } from '../../src/web/client/keys/seek.ts'

const typed = (...keys: readonly Parameters<typeof pressSeek>[1][]) =>
  keys.reduce((seek, key) => pressSeek(seek, key, 9) ?? seek, SEEK_START)

test('the letters of a name are found by their digits, wherever in the name they stand', () => {
  expect(fitsDigits('acquirer.replyTimeoutMs', '73759')).toBe(true)
  expect(fitsDigits('acquirer.replyTimeoutMs', '2278')).toBe(true)
  expect(fitsDigits('acquirer.replyTimeoutMs', '9999')).toBe(false)
  expect(fitsDigits('idle.pageMs', '')).toBe(true)
  expect(lettersOf('227')).toBe('abc abc pqrs')
})

test('cancel takes the search back first, and only then leaves the page', () => {
  const seek = typed('2', '7')
  expect(seek.digits).toBe('27')
  expect(typed('2', '7', 'backspace').digits).toBe('2')
  expect(typed('2', '7', 'cancel').digits).toBe('')
  expect(pressSeek(typed('2', 'cancel'), 'cancel', 9)).toBeNull()
})

test('confirm shows what was changed and everything again; menu walks through the groups and back to all', () => {
  expect([typed('confirm').onlyChanged, typed('confirm', 'confirm').onlyChanged]).toEqual([
    true,
    false,
  ])
  expect(pressSeek({ ...SEEK_START, group: 9 }, 'menu', 9)?.group).toBe(0)
  expect(typed('menu', 'menu').group).toBe(2)
})
