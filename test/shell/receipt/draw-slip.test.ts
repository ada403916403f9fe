import { expect, test } from 'vitest'
import type { Slip, SlipTotals } from '#core/receipt/slip.ts'
import { drawSlip } from '#shell/receipt/draw-slip.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { facts, PROFILES, shippedWords, slip } from './slips.ts'

const WORDS = shippedWords('en')
const PRINTER = { ...PROFILES.narrow, cutter: false }

function drawn(made: Slip) {
  const noted: unknown[] = []
  const note = (what: string, facts?: unknown) => noted.push([what, facts])
  return { slip: drawSlip(made, PRINTER, { note, words: WORDS }), noted }
}

/** Of a host that names a figure which is no amount. */
const HALF_A_FEN: SlipTotals = {
  isNegative: false,
  rows: [],
  verdict: 'different',
  differences: [{ what: 'debitAmount', side: 'domestic', ours: 3800, hosts: 0.5 }],
  lines: [],
}

test('a slip with a figure that is none is not drawn, and the log names its job', () => {
  const broken = slip({ facts: facts({ type: 'settlement', totals: HALF_A_FEN }) })
  const { noted, slip: made } = drawn(broken)
  expect(made).toBeNull()
  expect(noted).toEqual([
    ['slip cannot be drawn', { job: broken.job, detail: expect.stringMatching(/\w/) }],
  ])
})

test('a sound one is drawn as it is, and nothing is noted', () => {
  expect(drawn(slip())).toEqual({ slip: renderSlip(slip(), PRINTER, WORDS), noted: [] })
})
