import { expect, test } from 'vitest'
import { judgeHelped, judgeSamples, type Sample } from '../../../scripts/leaks/judge.ts'

const FIRST: Sample = {
  served: 300,
  handles: 48,
  threads: 12,
  active: { TCPSocketWrap: 1, Timeout: 10 },
  heapBytes: 50_000_000,
  residentBytes: 170_000_000,
}

const leaks = (last: Partial<Sample>): readonly string[] =>
  judgeSamples([FIRST, { ...FIRST, served: 2000, ...last }])
    .filter(({ ok }) => !ok)
    .map(({ what }) => what)

test('a terminal that holds after two thousand customers what it held after the first ones leaks nothing', () => {
  expect(leaks({})).toEqual([])
})

test('memory that has grown by less than a twentieth, or shrunk, is no leak', () => {
  expect(leaks({ heapBytes: 52_400_000, residentBytes: 120_000_000 })).toEqual([])
})

test.each([
  ['one open file more', { handles: 49 }, 'handles'],
  ['one thread more', { threads: 13 }, 'threads'],
  ['five timers more', { active: { TCPSocketWrap: 1, Timeout: 15 } }, 'Timeout'],
  ['five of a kind that was not there', { active: { ...FIRST.active, PipeWrap: 5 } }, 'PipeWrap'],
  ['six hundredths more on the heap', { heapBytes: 53_000_000 }, 'heap'],
  ['six hundredths more in memory', { residentBytes: 180_200_000 }, 'resident'],
] as const)('%s is a leak', (_, last, what) => {
  expect(leaks(last)).toEqual([what])
})

test('a timer more or less is a retry that happens to stand', () => {
  expect(leaks({ active: { TCPSocketWrap: 1, Timeout: 12 } })).toEqual([])
})

test('the descriptor that the first archive leaves to the next one is no leak; one more after it is', () => {
  const files = (...handles: readonly number[]): boolean | undefined =>
    judgeSamples(
      handles.map((count, index) => ({ ...FIRST, served: 300 + index * 400, handles: count })),
    ).find(({ what }) => what === 'handles')?.ok
  expect(files(48, 49, 49)).toBe(true)
  expect(files(48, 49, 50)).toBe(false)
  expect(files(48, 49)).toBe(false)
})

test('one look is no proof', () => {
  expect(judgeSamples([FIRST])).toEqual([])
})

test.each([
  [20, true],
  [21, false],
])('of two thousand customers %i needed the cashier', (helped, ok) => {
  expect(judgeHelped(helped, 2000).ok).toBe(ok)
})
