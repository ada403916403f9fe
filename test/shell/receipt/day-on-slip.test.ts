/** The slip of a closed batch: the shop's own total, and the exceptions in short. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { SlipTotals } from '#core/receipt/slip.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { facts, PROFILES, shippedWords, slip } from './slips.ts'

const BALANCED: SlipTotals = {
  isNegative: false,
  rows: [{ type: 'sale', count: 1, amountMinor: minor(8300) }],
  verdict: 'balanced',
  differences: [],
  lines: [],
}

function printed(change: Partial<SlipTotals>, locale: 'zh-CN' | 'en' = 'en'): string {
  const settled = facts({ type: 'settlement', totals: { ...BALANCED, ...change } })
  return renderSlip(slip({ facts: settled }), PROFILES.narrow, shippedWords(locale)).text
}

test("a difference stands beside the shop's total, with who keyed it", () => {
  const text = printed({ shop: { totalMinor: 3800, differenceMinor: 4500, operator: '90' } })
  expect(text).toMatch(/SHOP'S OWN TOTAL +38\.00/)
  expect(text).toMatch(/DIFFERENCE +45\.00/)
  expect(text).toMatch(/KEYED BY +90/)
})

test('a shop that counted less than nothing, and one that counted the same', () => {
  const less = { totalMinor: -100, differenceMinor: -50, operator: '90' }
  expect(printed({ shop: less })).toMatch(/DIFFERENCE +-0\.50/)
  const same = printed({ shop: { totalMinor: 8300, differenceMinor: 0, operator: '90' } })
  expect(same).toContain("SAME AS THE TERMINAL'S")
  expect(same).not.toContain('DIFFERENCE')
})

test.each(['en', 'zh-CN'] as const)(
  '%s: what the host had ended before is told as part of the net sum',
  (locale) => {
    const earlier = [
      { batch: '000011', count: 3, netMinor: 71_800 },
      { batch: '000012', count: 1, netMinor: -500 },
    ]
    const lines = printed({ earlier }, locale).split('\n')
    const at = lines.findIndex((line) => line.includes('OF WHICH'))
    expect(lines[at - 1]).toMatch(/\d\.\d\d$/)
    expect(lines[at + 1]).toMatch(/000011 x3/)
    expect(lines.slice(at + 1).join('\n')).toMatch(/ 718\.00\n.*000012 x1.* -5\.00\n/s)
    expect(printed({}, locale)).not.toContain('OF WHICH')
  },
)

test('exceptions in short, in both languages, no line wider than the paper', () => {
  const exceptions = [
    { group: 'doubted', count: 3 },
    { group: 'takenBack', count: 12 },
  ] as const
  expect(printed({ exceptions })).toMatch(/VOIDS AND REFUNDS +12/)
  expect(printed({ exceptions }, 'zh-CN')).toMatch(/金额可疑 +3/)
  for (const line of printed({ exceptions }).split('\n')) expect(line.length).toBeLessThan(33)
})

test('counted and none found is said; not counted is not mentioned', () => {
  expect(printed({ exceptions: [] })).toContain('NO EXCEPTIONS')
  expect(printed({})).not.toContain('EXCEPTIONS')
})
