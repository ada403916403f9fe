import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('after two thousand cards no card number stands anywhere in the memory of the process', () => {
  expect(searched('arena').found).toBe(0)
})

test('the same search does find card numbers that were handled as text', () => {
  const { kept, found } = searched('text')
  expect(kept).toBe(2000)
  expect(found).toBeGreaterThanOrEqual(kept)
})

function searched(way: 'arena' | 'text'): { kept: number; found: number } {
  const script = new URL('memory-search.ts', import.meta.url).pathname
  const told = execFileSync(process.execPath, [script, way], { encoding: 'utf8', timeout: 18_000 })
  return JSON.parse(told)
}
