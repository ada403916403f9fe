/** The queue of slips: what the printer said, and what a person says, about each. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { reprint } from '#core/receipt/decide.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { openTerminal } from '../recovery/found-states.ts'

const OPEN = openTerminal()
const [PAID] = OPEN.recent
if (PAID === undefined) throw new Error('nothing was sold')
const SALE: TransactionRecord = PAID

test('a copy counts on the record as it stands: what became of it while it was being proved is not undone', () => {
  const since = { ...SALE, refundedMinor: minor(500), signatureKept: 'shop' as const, reprints: 2 }
  const { effects, state } = reprint({ ...OPEN, recent: [since] }, SALE)
  expect(state.recent).toEqual([{ ...since, reprints: 3 }])
  expect(effects).toContainEqual({ do: 'keepRecord', record: { ...since, reprints: 3 } })
  expect(state.slips.at(-1)?.slip.mark).toEqual({ kind: 'reprint', number: 3 })
})
