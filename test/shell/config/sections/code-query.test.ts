import { expect, test } from 'vitest'
import { codeQuerySection } from '#shell/config/sections/code-query.ts'

test('nothing is written: the times are those that the wallets advise', () => {
  expect(codeQuerySection.parse(undefined)).toMatchObject({
    everyMs: 5000,
    tries: 6,
    cancelAfterMs: 15_000,
    cancelsBeforeHelp: 3,
  })
})

test('an acquirer without such a message is written as none', () => {
  expect(codeQuerySection.parse('none')).toBe('none')
})

test.each([
  ['a response code of three digits', { notPaid: ['051'] }],
  ['a processing code of letters', { processingCode: 'ABCDEF' }],
  ['no question at all', { tries: 0 }],
  ['a word that nobody knows', { cancelAfter: 1 }],
])('%s is refused', (_what, section) => {
  expect(codeQuerySection.safeParse(section).success).toBe(false)
})
