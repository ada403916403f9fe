import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { csvLine } from '#shell/reports/csv.ts'
import { dayOf, daySpan } from '#shell/reports/day-span.ts'
import { barChart } from '#shell/reports/plot.ts'
import { loadReportWords } from '#shell/reports/report-words.ts'
import { plainAmount } from '#shell/reports/tell-day.ts'

const CONFIG = fileURLToPath(new URL('../../../config', import.meta.url))

test("a day of the shop is 24 hours of China, whatever the machine's zone is", () => {
  const span = daySpan('2026-11-21')
  expect(span).toEqual(dayOf(Date.UTC(2026, 10, 20, 16)))
  expect(dayOf(Date.UTC(2026, 10, 20, 15, 59, 59)).day).toBe('2026-11-20')
  expect((span?.toMs ?? 0) - (span?.fromMs ?? 0)).toBe(86_400_000)
})

test.each([['2026-13-01'], ['2026-02-29'], ['21.11.2026'], ['']])('%s is no day', (text) => {
  expect(daySpan(text)).toBeNull()
})

test('a cell that a spreadsheet would take for a formula is text, and quotes are doubled', () => {
  expect(csvLine(['=1+1', 'a "b"', 'c,d', '+x', -3])).toBe(`'=1+1,"a ""b""","c,d",'+x,-3`)
})

test('amounts below zero keep their sign and their two decimals', () => {
  expect([5, -5, 123_456, -100, 0].map(plainAmount)).toEqual([
    '0.05',
    '-0.05',
    '1234.56',
    '-1.00',
    '0.00',
  ])
})

test('both languages have the same words with the same places in them', () => {
  const [en, zh] = (['en', 'zh-CN'] as const).map((locale) => {
    const { locale: _name, ...words } = loadReportWords(CONFIG, locale)
    return Object.entries(words).flatMap(([part, texts]) =>
      Object.entries(texts).map(([key, text]) => [part, key, places(text)]),
    )
  })
  expect(zh).toEqual(en)
})

test('every class of codes, every reason of the check of an amount and every cause has its word', () => {
  const { codes, why } = loadReportWords(CONFIG, 'zh-CN')
  const messages = readFileSync(`${CONFIG}/locales/en.json`, 'utf8').matchAll(/"code\.([A-Z_]+)"/g)
  const told = [...messages].map(([, name = '']) => name)
  expect(told.length).toBeGreaterThan(20)
  expect(told.filter((name) => codes[name] === undefined && !NO_CLASS.includes(name))).toEqual([])
  for (const name of ['pointLost', 'farFromLast', 'aboveLimit'])
    expect(why[`amount.${name}`]).toBeDefined()
})

/** What the counter says about scanning, and no class of a code. */
const NO_CLASS = ['CLEAN_WINDOW', 'NOT_ASKED_FOR']

test('a plot has a bar for each value, as high as the value, and escapes what others wrote', () => {
  const svg = barChart({
    title: 'a < b & "c"',
    labels: ['<09>', '10'],
    series: [{ name: 'in', color: '#000000', values: [40, 20] }],
    format: String,
  })
  const heights = [...svg.matchAll(/height="([\d.]+)" fill="#000000"><title>/g)].map(([, one]) =>
    Number(one),
  )
  expect(heights).toHaveLength(2)
  expect(heights[0]).toBe((heights[1] ?? 0) * 2)
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;')
  expect(svg).not.toContain('<09>')
})

test('a plot of nothing has its axes and no bar', () => {
  const svg = barChart({ title: 't', labels: [], series: [], format: String })
  expect(svg).toContain('<line')
  expect(svg).not.toContain('NaN')
})

function places(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted()
}
