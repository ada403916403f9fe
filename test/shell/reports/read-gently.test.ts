import { expect, test } from 'vitest'
import { openJournal } from '#shell/journal/journal.ts'
import { daySpan } from '#shell/reports/day-span.ts'
import { readDayNow } from '#shell/reports/read-day.ts'
import { countExceptions, readGently } from '#shell/reports/read-gently.ts'
import { longDay } from '../../crash/plan.ts'
import { scratchFolder, writeDay } from '../journal/day.ts'

const DAY = daySpan('2026-11-21') ?? { day: '', fromMs: 0, toMs: 0 }

test('read beside a terminal, a slice at a time, the report is the same, and others come to their turn', async () => {
  const file = writeDay(scratchFolder(), longDay(20))
  let turns = 0
  let next: NodeJS.Immediate
  let asked = 0
  const now = (): number => (asked += 3)
  const other = (): void => {
    turns += 1
    next = setImmediate(other)
  }
  next = setImmediate(other)
  const read = await readGently(file, DAY, { now })
  clearImmediate(next)
  expect(read).toEqual(readDayNow(file, DAY))
  expect(read.exceptions.length).toBeGreaterThan(10)
  expect(turns).toBeGreaterThan(asked / 3 / 5)
})

test('the exceptions of the open batch are counted without those of the batch before it', async () => {
  const file = writeDay(scratchFolder(), [
    { do: 'sell', yuan: 64, outcome: 'silent' },
    { do: 'sell', yuan: 2, outcome: 'approved' },
    { do: 'settle' },
    { do: 'sell', yuan: 38, outcome: 'silent' },
  ])
  const opened = openJournal(file)
  if (!opened.ok) throw new Error(opened.why)
  const count = (batch: string) => countExceptions(file, batch, opened.journal.batchRecords(batch))
  expect(await count('000002')).toEqual(expect.arrayContaining([{ group: 'unknown', count: 1 }]))
  expect(await count('000009')).toEqual([])
  opened.journal.close()
})

test('a journal that cannot be read is told as a failure, never as an empty day', async () => {
  await expect(readGently('/nowhere/journal.db', DAY)).rejects.toThrow(/unable to open/)
})
