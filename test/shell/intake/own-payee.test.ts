import { expect, test } from 'vitest'
import { payeeIn } from '#shell/intake/own-payee.ts'

const OURS = 'https://qr.95516.com/00010000/01EXAMPLE'
const judge = (text: string, why: string, references: readonly string[] = [OURS]) =>
  payeeIn(references, { bytes: new TextEncoder().encode(text), why }).payee

test.each([
  ['our own code', OURS, 'PAYEE_CODE_UNIONPAY', 'own'],
  ['our own code behind the mark of the scanner', `]Q1${OURS}`, 'PAYEE_CODE_UNIONPAY', 'own'],
  ['one letter more', `${OURS}x`, 'PAYEE_CODE_UNIONPAY', 'foreign'],
  ['another shop', 'https://qr.95516.com/00010000/01OTHER', 'PAYEE_CODE_UNIONPAY', 'foreign'],
  ['a link nobody knows', 'https://example.com/pay', 'UNKNOWN_URL', 'foreign'],
  ['a personal card', 'https://u.wechat.com/EXAMPLE', 'CONTACT_CARD', 'foreign'],
  ['goods', '6901234567892', 'GOODS_BARCODE', undefined],
])('on the sticker: %s', (_what, text, why, expected) => {
  expect(judge(text, why)).toBe(expected)
})

test('without a configured code nothing is called foreign', () => {
  expect(judge(OURS, 'PAYEE_CODE_UNIONPAY', [])).toBeUndefined()
})
