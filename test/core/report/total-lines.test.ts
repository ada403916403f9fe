/** Differences to the shop's own total on the list of the day: one line for each batch, with what was said of the last count. */
import { expect, test } from 'vitest'
import type { ShopTotal } from '#core/batch/shop-total.ts'
import type { Note } from '#core/report/note.ts'
import { totalLines } from '#core/report/total-lines.ts'
import { initialState } from '#core/terminal/recover.ts'
import { NOON } from '../counter.ts'

/** Counted at this minute; the terminal holds 83.00. */
const counted = (batch: string, minute: number, shopMinor: number): ShopTotal => ({
  batch,
  at: NOON + minute * 60_000,
  operator: '90',
  oursMinor: 8300,
  shopMinor,
})
const keyed = (total: ShopTotal): Note => ({
  note: 'shopTotal',
  at: total.at,
  operator: total.operator,
  total,
})
const explained = (batch: string): Note => ({
  note: 'totalExplained',
  at: NOON,
  operator: '91',
  batch,
  why: 'found',
})

/** Batch, difference and word of each line. */
function told(notes: readonly Note[], open: readonly ShopTotal[] | null): readonly unknown[] {
  const state = open === null ? null : { ...initialState(), shopTotals: open }
  return totalLines(notes, state).map(({ why }) => [
    why[0]?.params['batch'],
    why[0]?.params['difference'],
    why[1]?.key,
  ])
}

const FIRST = counted('000001', 0, 3800)
const AGAIN = counted('000001', 5, 4800)

test.each<
  readonly [
    what: string,
    notes: readonly Note[],
    open: readonly ShopTotal[] | null,
    lines: readonly unknown[],
  ]
>([
  ['nobody counted', [], [], []],
  ['it differs', [keyed(FIRST)], [FIRST], [['000001', '45.00', 'totalNotExplained']]],
  ['it agrees', [keyed(counted('000001', 0, 8300))], [], []],
  [
    'it was explained',
    [keyed(FIRST), explained('000001')],
    [],
    [['000001', '45.00', 'totalExplained.found']],
  ],
  [
    'nothing is known of the end of the day',
    [keyed(FIRST)],
    null,
    [['000001', '45.00', 'totalNotExplained']],
  ],
  [
    'it was counted again',
    [keyed(FIRST), keyed(AGAIN)],
    [AGAIN],
    [['000001', '35.00', 'totalNotExplained']],
  ],
  ['it was counted again and agrees', [keyed(FIRST), keyed(counted('000001', 5, 8300))], [], []],
  [
    'it was explained, counted again, and differs otherwise',
    [keyed(FIRST), explained('000001'), keyed(AGAIN)],
    [AGAIN],
    [['000001', '35.00', 'totalNotExplained']],
  ],
  [
    'the number of its batch changed',
    [keyed(FIRST), keyed({ ...FIRST, batch: '000002' })],
    [{ ...FIRST, batch: '000002' }],
    [['000002', '45.00', 'totalNotExplained']],
  ],
  [
    'one of an earlier day stands there besides',
    [keyed(AGAIN)],
    [counted('000000', -9, 8400), AGAIN],
    [
      ['000000', '-1.00', 'totalNotExplained'],
      ['000001', '35.00', 'totalNotExplained'],
    ],
  ],
  [
    'another was explained',
    [keyed(FIRST), explained('000009')],
    [FIRST],
    [['000001', '45.00', 'totalNotExplained']],
  ],
])('%s', (_what, notes, open, lines) => {
  expect(told(notes, open)).toEqual(lines)
})

test('a line says who counted, when, and both totals, and who explained it', () => {
  expect(totalLines([keyed(FIRST), explained('000001')], null)).toEqual([
    {
      at: NOON,
      trace: '',
      operator: '90',
      amountMinor: null,
      what: 'total',
      about: [],
      why: [
        {
          key: 'totalDiffers',
          params: { batch: '000001', ours: '83.00', shops: '38.00', difference: '45.00' },
        },
        { key: 'totalExplained.found', params: { operator: '91' } },
      ],
    },
  ])
})
