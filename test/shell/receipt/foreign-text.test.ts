import fc from 'fast-check'
import { expect, test } from 'vitest'
import { VISIBLE_BOX } from '#shell/receipt/clean-text.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { decodeEscPos, readLine } from './escpos-decoder.ts'
import { facts, PROFILES, shippedWords, slip } from './slips.ts'

const WORDS = shippedWords('zh-CN')

/** Everything on paper, read as one text. */
function paperOf(change: Parameters<typeof facts>[0]): string {
  const { escpos } = renderSlip(slip({ facts: facts(change) }), PROFILES.narrow, WORDS)
  return decodeEscPos(escpos).map(readLine).join('\n')
}

test('a merchant name full of markup is printed as it is written', () => {
  const name = '|{}^"_~`\\-=|x;y'
  expect(paperOf({ merchantName: { 'zh-CN': name, en: name } })).toContain(name)
})

test('the yen sign becomes the full-width yuan sign, which two-byte printers know', () => {
  expect(paperOf({ remarks: ['优惠¥5'] })).toContain('优惠￥5')
})

test('characters a Chinese printer cannot print, and control characters, become a visible box', () => {
  const paper = paperOf({ remarks: ['㐀𠮷😀A\u001b@B\u0000C\u202eD'] })
  const box = VISIBLE_BOX
  expect(paper).toContain(`${box}${box}${box}A${box}@B${box}C${box}D`)
})

test('no text of a host or shop can become a printer command', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 })
  fc.assert(
    fc.property(text, text, text, (name, remark, label) => {
      const paper = paperOf({
        merchantName: { 'zh-CN': name, en: name },
        remarks: [remark],
        chip: [{ name: label, value: label }],
        acquirerName: label,
      })
      expect(paper).toContain('RMB 1,238.50')
    }),
    { numRuns: 150 },
  )
})

test('no slip shows a whole card number, wherever it was put by mistake', () => {
  const digits = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789')),
    minLength: 12,
    maxLength: 18,
  })
  const pan = digits.map((body) => body + checkDigit(body))
  fc.assert(
    fc.property(pan, fc.constantFrom('', ' ', '-'), (number, gap) => {
      const shown = number.replaceAll(/(\d{4})(?=\d)/g, `$1${gap}`)
      const made = slip({
        facts: facts({
          account: shown,
          remarks: [`卡号${shown}已用`],
          merchantName: { 'zh-CN': shown, en: shown },
          chip: [{ name: 'LABEL', value: shown }],
        }),
      })
      const { escpos, svg, text } = renderSlip(made, PROFILES.wide, WORDS)
      const paper = decodeEscPos(escpos).map(readLine).join('')
      for (const seen of [paper, svg.replaceAll(/<[^>]*>/g, ''), text])
        expect(seen.replaceAll(/[^0-9*]/g, '')).not.toContain(number)
      expect(paper).toContain(
        `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`,
      )
    }),
    { numRuns: 60 },
  )
})

test('a merchant number that happens to look like a card number is printed whole', () => {
  expect(paperOf({ merchantNumber: '898100012345672' })).toContain('898100012345672')
})

test('an application identifier or cryptogram of digits is printed whole', () => {
  const chip = [
    { name: 'AID', value: 'A0000000000000000' },
    { name: 'TC', value: '4111111111111111' },
  ]
  const paper = paperOf({ chip })
  expect(paper).toContain('AID: A0000000000000000')
  expect(paper).toContain('TC: 4111111111111111')
})

function checkDigit(body: string): string {
  let sum = 0
  for (let at = 0; at < body.length; at += 1) {
    const digit = Number(body.at(-1 - at)) * (at % 2 === 0 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return String((10 - (sum % 10)) % 10)
}
