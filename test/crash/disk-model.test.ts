import { expect, test } from 'vitest'
import { createDisk, type Fate, SECTOR_BYTES } from './disk-model.ts'
import type { Call } from './read-trace.ts'

const ALL_GONE: Fate = { folder: () => 0, sector: () => 0, length: () => false }
const ALL_THERE: Fate = { folder: (count) => count, sector: (count) => count, length: () => true }

const open: Call = { call: 'open', fd: 3, name: 'journal', creates: true }
const sync: Call = { call: 'sync', fd: 3 }
const write = (at: number, text: string): Call => ({
  call: 'write',
  fd: 3,
  at,
  bytes: Buffer.from(text),
})

function after(fate: Fate, ...calls: readonly Call[]): Record<string, string> {
  const disk = createDisk()
  for (const call of calls) disk.apply(call)
  return Object.fromEntries(
    [...disk.afterCut(fate)].map(([name, bytes]) => [name, bytes.toString()]),
  )
}

test('what was synced is there whatever the cut does', () => {
  expect(after(ALL_GONE, open, write(0, 'paid'), sync)).toEqual({ journal: 'paid' })
})

test('what was not synced is gone or there, its folder entry too', () => {
  expect(after(ALL_GONE, open, write(0, 'paid'))).toEqual({})
  expect(after(ALL_THERE, open, write(0, 'paid'))).toEqual({ journal: 'paid' })
})

test('an unsynced change leaves the synced bytes as they were', () => {
  expect(after(ALL_GONE, open, write(0, 'paid'), sync, write(0, 'void'))).toEqual({
    journal: 'paid',
  })
})

test('a write over two sectors can be torn between them', () => {
  let first = true
  const torn: Fate = {
    ...ALL_THERE,
    sector: (count) => {
      const there = first ? count : 0
      first = false
      return there
    },
  }
  const long = 'x'.repeat(2 * SECTOR_BYTES)
  const { journal = '' } = after(torn, open, write(0, long))
  expect(journal).toBe(`${'x'.repeat(SECTOR_BYTES)}${'\0'.repeat(SECTOR_BYTES)}`)
})

test('a removed file comes back when its removal was not synced', () => {
  const removed: Call = { call: 'unlink', name: 'journal' }
  expect(after(ALL_GONE, open, write(0, 'paid'), sync, removed)).toEqual({ journal: 'paid' })
  expect(after(ALL_THERE, open, write(0, 'paid'), sync, removed)).toEqual({})
})

test('a file cut short and not synced has its old length or its new one', () => {
  const short: Call = { call: 'truncate', fd: 3, length: 2 }
  expect(after(ALL_GONE, open, write(0, 'paid'), sync, short)).toEqual({ journal: 'paid' })
  expect(after(ALL_THERE, open, write(0, 'paid'), sync, short)).toEqual({ journal: 'pa' })
})
