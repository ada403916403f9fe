import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { Slip } from '#core/receipt/slip.ts'
import { slipCodeOf } from '#core/receipt/slip-code.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { decodeEscPos, type PrintedLine, type PrintedRun, readLine } from './escpos-decoder.ts'
import { codeSlip, facts, PROFILES, shippedWords, slip, tapSlip } from './slips.ts'

const CHINESE = shippedWords('zh-CN')
const ENGLISH = shippedWords('en')
const EVERY_LOOK = (['zh-CN', 'en'] as const).flatMap((locale) =>
  (['narrow', 'wide'] as const).map((paper) => ({ locale, paper })),
)

function print(
  made: Slip,
  paper: 'narrow' | 'wide' = 'narrow',
  words = CHINESE,
): readonly PrintedLine[] {
  return decodeEscPos(renderSlip(made, PROFILES[paper], words).escpos)
}

function runsOf(lines: readonly PrintedLine[]): readonly PrintedRun[] {
  return lines.flatMap((line) => (line.kind === 'text' ? line.runs : []))
}

/** The parts that are not on paper in this order; line breaks and blanks do not count. */
function missing(lines: readonly PrintedLine[], parts: readonly string[]): string[] {
  const paper = lines.map(readLine).join('').replaceAll(' ', '')
  let from = 0
  return parts.filter((part) => {
    const found = paper.indexOf(part.replaceAll(/[ \n]/g, ''), from)
    if (found >= 0) from = found + 1
    return found < 0
  })
}

test.each(EVERY_LOOK)(
  'a signed sale by chip carries every element in the bank order ($locale, $paper)',
  ({ locale, paper }) => {
    const words = shippedWords(locale)
    const { labels } = words
    expect(
      missing(print(slip(), paper, words), [
        words.title,
        words.copies.merchant,
        facts().merchantName[locale],
        labels.merchantNumber,
        '898100012345678',
        labels.terminalNumber,
        '10000001',
        labels.operator,
        labels.issuer,
        '01020000',
        labels.acquirer,
        '银联演示主机',
        labels.card,
        '622848*********1234 I',
        labels.type,
        words.types.sale,
        labels.batch,
        '000001',
        labels.trace,
        '000012',
        labels.authCode,
        '836421',
        labels.reference,
        '112120461234',
        '2026-11-21 20:46:20',
        labels.amount,
        'RMB 1,238.50',
        labels.remarks,
        'AID: A000000333010101',
        'LABEL: UnionPay Debit',
        'TC: 3F5A1B0C9D8E7F60',
        'TVR: 0080048000',
        'TSI: E800',
        'ATC: 001C',
        labels.signature,
        ...words.declaration.card,
        labels.hotline,
        '400-000-0000',
        words.retention.merchant,
        labels.job,
        'A01F',
      ]),
    ).toEqual([])
  },
)

test.each(EVERY_LOOK)('no line runs off the paper ($locale, $paper)', ({ locale, paper }) => {
  const made = [
    slip(),
    tapSlip(),
    codeSlip(),
    slip({ drill: true, mark: { kind: 'reprint', number: 12 } }),
  ]
  for (const one of made)
    for (const run of runsOf(print(one, paper, shippedWords(locale))))
      expect(run.x + run.widthDots).toBeLessThanOrEqual(PROFILES[paper].dots)
})

test.each([1, 3850, 123_850, 999_999_999, 999_999_999_999])(
  'an amount of %i fen stands alone on one line, bold and enlarged, between rules',
  (amount) => {
    for (const type of ['sale', 'void', 'refund'] as const) {
      const lines = print(slip({ facts: facts({ type, amountMinor: minor(amount) }) }))
      const at = lines.findIndex((line) => readLine(line).startsWith('RMB '))
      const runs = runsOf(lines.slice(at, at + 1))
      expect(runs).toHaveLength(1)
      expect(runs[0]).toMatchObject({ bold: true, high: 2 })
      expect(readLine(lines[at] ?? { kind: 'barcode', data: '' })).toMatch(
        type === 'sale' ? /^RMB [0-9,]+\.[0-9]{2}$/ : /^RMB -[0-9,]+\.[0-9]{2}$/,
      )
      expect(readLine(lines[at - 2] ?? { kind: 'barcode', data: '' })).toMatch(/^─+$/)
      expect(readLine(lines[at + 1] ?? { kind: 'barcode', data: '' })).toMatch(/^─+$/)
    }
  },
)

test('everyday amounts are printed in double width and double height on narrow paper', () => {
  expect(
    runsOf(print(slip()))
      .filter(({ wide, high }) => wide === 2 && high === 2)
      .map(({ text }) => text),
  ).toEqual(['稳收示范店', 'RMB 1,238.50'])
})

test('a tap without PIN and signature says so with its limit and has no signature line', () => {
  const lines = print(tapSlip())
  expect(
    missing(lines, [
      '622848*********1234 C',
      'RMB 38.50',
      '交易金额未超过1,000元,免密免签',
      'NO PIN, NO SIGNATURE REQUIRED',
    ]),
  ).toEqual([])
  expect(lines.map(readLine).join('\n')).not.toContain(CHINESE.labels.signature)
})

test('the cardholder copy has no signature line, the merchant copy has one', () => {
  const text = (copy: Slip['copy']): string => print(slip({ copy })).map(readLine).join('\n')
  expect(text('merchant')).toContain(CHINESE.labels.signature)
  expect(text('cardholder')).not.toContain(CHINESE.labels.signature)
  expect(text('cardholder')).toContain(CHINESE.copies.cardholder)
})

test('a code payment names the wallet and the masked code, with the letter N', () => {
  const lines = print(codeSlip())
  expect(
    missing(lines, [
      CHINESE.labels.channel,
      CHINESE.channels['wechat'] ?? '-',
      CHINESE.labels.paymentCode,
      '13**************93 N',
    ]),
  ).toEqual([])
  const paper = lines.map(readLine).join('\n')
  expect(paper).not.toContain(CHINESE.labels.card)
  expect(paper).not.toContain(CHINESE.labels.scheme)
})

test.each([
  { made: slip({ mark: { kind: 'reprint', number: 2 } }), words: ['重打印 DUPLICATE 第2次'] },
  { made: slip({ mark: { kind: 'late' } }), words: ['补打 LATE PRINT'] },
  {
    made: slip({ drill: true, mark: { kind: 'late' } }),
    words: ['演练 DRILL 非交易凭证', '补打 LATE PRINT'],
  },
])(
  '$words stands in white on black over the whole width, first and last on the paper',
  ({ made, words }) => {
    for (const paper of ['narrow', 'wide'] as const) {
      const lines = print(made, paper)
      for (const end of [lines.slice(0, words.length), lines.slice(-words.length)]) {
        expect(end.map(readLine)).toEqual(words)
        for (const run of runsOf(end))
          expect(run).toMatchObject({
            reversed: true,
            x: 0,
            widthDots: PROFILES[paper].columns * 12,
          })
      }
    }
  },
)

test('an original slip has no white-on-black band', () => {
  expect(runsOf(print(slip())).filter(({ reversed }) => reversed)).toEqual([])
})

test('the bar code finds the transaction of every slip again; a drill has nothing to find', () => {
  const codes = (made: Slip): string[] =>
    print(made).flatMap((line) => (line.kind === 'barcode' ? [line.data] : []))
  for (const type of ['sale', 'void', 'refund', 'preAuth'] as const) {
    const made = slip({ facts: facts({ type }) })
    expect(codes(made)).toEqual([slipCodeOf(made.facts)])
  }
  expect(codes(slip())[0]).toMatch(/^S000001000012\d{4}$/)
  expect(codes(slip({ drill: true }))).toEqual([])
})

test.each(EVERY_LOOK)(
  'the picture shows the same lines as the paper ($locale, $paper)',
  ({ locale, paper }) => {
    for (const made of [slip({ mark: { kind: 'late' } }), tapSlip(), codeSlip()]) {
      const { svg, escpos } = renderSlip(made, PROFILES[paper], shippedWords(locale))
      const onPaper = decodeEscPos(escpos).map(readLine)
      const rules = onPaper.filter((line) => /^─+$/.test(line)).length
      expect(svgLines(svg)).toEqual(onPaper.filter((line) => line !== '' && !/^─+$/.test(line)))
      expect(svg.match(/h\d+" fill="none" stroke="#000" stroke-width="2"/g)).toHaveLength(rules)
    }
  },
)

test('the picture is the same each time and brings nothing that a page must not run', () => {
  const draw = (): string => renderSlip(tapSlip(), PROFILES.narrow, ENGLISH).svg
  expect(draw()).toBe(draw())
  expect(draw()).not.toMatch(/<script|<style|style=|href=|\son\w+=/i)
  expect(draw()).toContain('width="432"')
})

test('the plain text has every fact once, unstretched', () => {
  const { text } = renderSlip(slip(), PROFILES.narrow, CHINESE)
  expect(text).toContain('RMB 1,238.50')
  expect(text.split('\n').every((line) => line.length <= 32)).toBe(true)
})

test('an Epson printer gets the same paper', () => {
  const epson = renderSlip(slip(), { ...PROFILES.narrow, images: 'escpos' }, CHINESE).escpos
  const names = Buffer.from(epson).toString('latin1').replaceAll('\x1c(A\x02\x000\x00', '')
  expect(decodeEscPos(Buffer.from(names, 'latin1')).map(readLine)).toEqual(
    print(slip()).map(readLine),
  )
})

test('more columns than the paper has dots are cut down', () => {
  const lines = decodeEscPos(
    renderSlip(slip(), { ...PROFILES.narrow, columns: 48 }, CHINESE).escpos,
  )
  expect(lines).toEqual(print(slip()))
})

/** Lines of text in the picture, top to bottom, without the digits below the bar code. */
function svgLines(svg: string): string[] {
  const groups = svg.match(/<g transform="[^"]*"><text.*?<\/g>/g) ?? []
  return groups
    .map((group) =>
      group
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&#xa0;', ' ')
        .replaceAll('&amp;', '&')
        .trim(),
    )
    .filter((line) => line !== '')
}

const ARRIVES = {
  'zh-CN': '款项1至3个工作日到账。',
  en: 'The money arrives within 1 to 3 working days.',
}

test.each(EVERY_LOOK)(
  'under a correction the customer reads what was wrong, that we are sorry and when the money comes; the merchant does not ($locale, $paper)',
  ({ locale, paper }) => {
    const words = shippedWords(locale)
    const note = { cause: 'wrongAmount', arrives: ARRIVES } as const
    const wanted = [
      words.note.title,
      words.note.sorry,
      words.note.causes.wrongAmount,
      ARRIVES[locale],
      words.labels.hotline,
    ]
    const copyFor = (copy: 'merchant' | 'cardholder') =>
      missing(print(slip({ copy, facts: facts({ type: 'void', note }) }), paper, words), wanted)
    expect(copyFor('cardholder')).toEqual([])
    expect(copyFor('merchant')).toContain(words.note.sorry)
  },
)

test('without a note of the shop nothing of it is on the slip of a refund', () => {
  const printed = print(slip({ copy: 'cardholder', facts: facts({ type: 'refund' }) }))
  expect(missing(printed, [CHINESE.note.sorry])).toEqual([CHINESE.note.sorry])
})
