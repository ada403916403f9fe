import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSlipWords } from '#shell/receipt/slip-words.ts'
import { shippedWords } from './slips.ts'

test('both shipped languages have every word of a slip', () => {
  expect(shippedWords('zh-CN').locale).toBe('zh-CN')
  expect(shippedWords('en').locale).toBe('en')
})

test('a missing word is named to the technician', () => {
  const text = readFileSync('config/locales/slip.en.json', 'utf8').replace('"hotline"', '"hot"')
  expect(readSlipWords(JSON.parse(text))).toMatchObject({
    ok: false,
    error: expect.stringContaining('hotline'),
  })
})

test('both languages offer the same channels and currencies', () => {
  const [chinese, english] = [shippedWords('zh-CN'), shippedWords('en')]
  expect(Object.keys(chinese.channels)).toEqual(Object.keys(english.channels))
  expect(chinese.currencies).toEqual(english.currencies)
})
