import { existsSync, mkdtempSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createReserve, RESERVE_BYTES } from '#shell/journal/reserve.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'reserve-'))

test('the room is taken once, given up for the journal, and taken again', () => {
  const file = join(folder(), 'journal.reserve')
  const reserve = createReserve(file)
  expect(reserve.fill()).toBe(true)
  expect(statSync(file).size).toBe(RESERVE_BYTES)
  reserve.release()
  reserve.release()
  expect(existsSync(file)).toBe(false)
  expect(reserve.fill()).toBe(true)
})

test('half a reserve is no reserve: it is made whole', () => {
  const file = join(folder(), 'journal.reserve')
  const reserve = createReserve(file)
  reserve.fill()
  truncateSync(file, 100)
  expect(reserve.fill()).toBe(true)
  expect(statSync(file).size).toBe(RESERVE_BYTES)
})

test('a disk without room is told', () => {
  const reserve = createReserve(join(folder(), 'missing', 'journal.reserve'))
  expect(reserve.fill()).toBe(false)
})
