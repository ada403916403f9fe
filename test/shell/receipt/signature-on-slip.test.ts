/** Slips signed on the screen: the lines on the merchant's copy, the code alone on the customer's. */
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { INK_HEIGHT, INK_WIDTH, type Ink, readInk, writeInk } from '#shell/api/ink.ts'
import { inkPicture } from '#shell/receipt/ink-picture.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { facts, PROFILES, shippedWords, slip } from './slips.ts'

const LINE: Ink = [
  [
    [10, 10],
    [200, 10],
  ],
]
const signature = { code: '31640315', ink: writeInk(LINE) }
const CHINESE = shippedWords('zh-CN')
const ENGLISH = shippedWords('en')

const drawn = (copy: 'merchant' | 'cardholder', of: { code: string; ink?: string } | undefined) =>
  renderSlip(
    slip({ copy, facts: facts(of === undefined ? {} : { signature: of }) }),
    PROFILES.narrow,
    ENGLISH,
  )

test('the merchant copy shows the signature and its code, and asks for no other', () => {
  const made = drawn('merchant', signature)
  expect(made.svg).toContain('data:image/png;base64,')
  expect(made.text).toContain('31640315')
  expect(made.text).not.toContain(ENGLISH.labels.signature)
  expect(drawn('merchant', undefined).text).toContain(ENGLISH.labels.signature)
})

test.each(['generic', 'escpos'] as const)(
  'the bytes for %s printers carry the picture',
  (images) => {
    const signed = slip({ facts: facts({ signature }) })
    const { escpos } = renderSlip(signed, { ...PROFILES.narrow, images }, CHINESE)
    const without = renderSlip(slip(), { ...PROFILES.narrow, images }, CHINESE).escpos
    expect(escpos.length - without.length).toBeGreaterThan((INK_WIDTH * INK_HEIGHT) / 16)
  },
)

test("the customer's copy names the code and shows nothing to copy", () => {
  const made = drawn('cardholder', { code: signature.code })
  expect(made.svg).not.toContain('data:image')
  expect(made.text).toContain('31640315')
})

test('lines that cannot be read leave the code, and the slip prints', () => {
  const made = drawn('merchant', { code: '31640315', ink: 'nonsense!' })
  expect(made.svg).not.toContain('data:image')
  expect(made.text).toContain('31640315')
})

test('the picture is black where the pen was and white elsewhere', () => {
  const png = Buffer.from(inkPicture(readInk(signature.ink) ?? []), 'base64')
  const at = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  const isBlack = (x: number, y: number): boolean => {
    const byte = rows[y * (INK_WIDTH / 8 + 1) + 1 + (x >> 3)] ?? 0
    return (byte & (0x80 >> (x & 7))) === 0
  }
  expect([isBlack(10, 10), isBlack(105, 10), isBlack(200, 10)]).toEqual([true, true, true])
  expect([isBlack(9, 10), isBlack(205, 10), isBlack(105, 40)]).toEqual([false, false, false])
})
