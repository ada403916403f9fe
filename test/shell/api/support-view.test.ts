/** The code on the help page: what support asks for on the telephone, and nothing else. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { supportText } from '#shell/api/support-view.ts'
import { codePicture } from '#shell/receipt/code-picture.ts'
import { readCode, squaresOf } from '../../web/read-code.ts'
import { amountView } from '../../web/served.ts'

const SIDE = 3

function read(text: string): string | null {
  const picture = codePicture(text)
  return picture === null ? null : readCode(squaresOf(picture.path, picture.size, SIDE))
}

const view = {
  ...amountView,
  support: {
    hotline: '400-000-0000',
    merchantNumber: '898100012345678',
    terminalNumber: '10000001',
    trace: '000123',
  },
  message: message('host.timedOut'),
}

test('a phone reads program, numbers, last voucher, message and hotline off it', () => {
  const text = supportText(view, '0.1.0')
  expect(text).toBe(
    'SureTill 0.1.0, terminal 10000001, merchant 898100012345678, trace 000123, message host.timedOut, hotline 400-000-0000',
  )
  expect(read(text)).toBe(text)
})

test('what is not there is left out, and words that are no plain text too', () => {
  const support = { ...view.support, trace: '', hotline: '服务 95516 {code:1;option:qrcode}' }
  const text = supportText({ ...view, support, message: null }, '0.1.0')
  expect(text).toBe(
    'SureTill 0.1.0, terminal 10000001, merchant 898100012345678, hotline 95516 code:1option:qrcode',
  )
  expect(read(text)).toBe(text)
})

test('whatever stands in the numbers, the code says what the text says', () => {
  const words = fc.string({ maxLength: 60 })
  fc.assert(
    fc.property(words, words, (hotline, trace) => {
      const text = supportText({ ...view, support: { ...view.support, hotline, trace } }, '0.1.0')
      expect(read(text)).toBe(text)
    }),
    { numRuns: 40 },
  )
})

test('marks of the drawing library are no text of a code', () => {
  for (const text of ['', '{code:1}', 'a;b', 'a|b', 'a\\b', '服务'])
    expect(codePicture(text)).toBeNull()
})
