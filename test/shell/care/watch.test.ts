/** What becomes wrong by the passing of time stands on the screens until it is mended, and is not told twice. */
import { expect, test } from 'vitest'
import { createFaultBoard } from '#shell/care/fault-board.ts'
import { createWatch, type WatchParts } from '#shell/care/watch.ts'

const NOW = Date.UTC(2026, 5, 10)
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

function watched(over: Partial<WatchParts> = {}) {
  let wallMs = NOW
  let next = (): void => undefined
  const told: (readonly string[])[] = []
  const tidied: number[] = []
  const certificate = {
    what: 'ca',
    validFromMs: NOW - DAY_MS,
    validToMs: NOW + 40 * DAY_MS,
  } as const
  const watch = createWatch({
    clock: {
      wallMs: () => wallMs,
      monotonicMs: () => wallMs,
      after: (ms, task) => {
        next = () => {
          wallMs += ms
          task()
        }
        return () => {
          next = () => undefined
        }
      },
    },
    certificates: () => [certificate],
    certificateDays: 30,
    lastCheckMs: () => NOW - 89 * DAY_MS,
    checkDays: 0,
    newestEventMs: () => NOW - HOUR_MS,
    tidyLog: (now) => tidied.push(now),
    note: () => undefined,
    onFaults: (faults) => told.push(faults),
    ...over,
  })
  return {
    watch,
    told,
    tidied,
    anHourLater: () => next(),
    putClock: (ms: number) => {
      wallMs = ms
    },
  }
}

test('a certificate that ends in 40 days is quiet, in 29 days a standing trouble, and then not valid; each is told once', () => {
  const { anHourLater, putClock, told, watch } = watched()
  watch.start()
  expect(told).toEqual([])
  putClock(NOW + 11 * DAY_MS)
  for (let hour = 0; hour < 5; hour++) anHourLater()
  expect(told).toEqual([['certificateSoon']])
  putClock(NOW + 40 * DAY_MS)
  for (let hour = 0; hour < 5; hour++) anHourLater()
  expect(told).toEqual([['certificateSoon'], ['certificateExpired']])
})

test('the days are those of the configuration', () => {
  const { told, watch } = watched({ certificateDays: 50 })
  watch.start()
  expect(told).toEqual([['certificateSoon']])
})

test('a clock in 1970 is the one trouble: certificates are not blamed, and no log is deleted by its age; put right it is cleared', () => {
  const { anHourLater, putClock, tidied, told, watch } = watched()
  putClock(DAY_MS)
  watch.start()
  expect(told).toEqual([['clockWrong']])
  expect(tidied).toEqual([])
  putClock(NOW)
  anHourLater()
  expect(told).toEqual([['clockWrong'], []])
  expect(tidied).toHaveLength(1)
})

test('a clock that is behind the newest event is a standing trouble too', () => {
  const { told, watch } = watched({ newestEventMs: () => NOW + DAY_MS })
  watch.start()
  expect(told).toEqual([['clockWrong']])
})

test('certificates that cannot be read stop nothing', () => {
  const notes: string[] = []
  const { told, watch } = watched({
    certificates: () => {
      throw new Error('no PEM')
    },
    note: (what) => notes.push(what),
  })
  watch.start()
  expect([told, notes]).toEqual([[], ['certificates cannot be read']])
})

test('stopped, it looks no more', () => {
  const { anHourLater, putClock, told, watch } = watched()
  watch.start()
  watch.stop()
  putClock(DAY_MS)
  anHourLater()
  expect(told).toEqual([])
})

test('two watchers share the strip: neither takes away what the other has found', () => {
  const shown: (readonly string[])[] = []
  const board = createFaultBoard((faults) => shown.push(faults))
  const [upkeep, watch] = [board.from('upkeep'), board.from('watch')]
  upkeep(['backupFailed'])
  watch(['clockWrong'])
  upkeep([])
  watch([])
  expect(shown).toEqual([['backupFailed'], ['backupFailed', 'clockWrong'], ['clockWrong'], []])
})

test('a machine that nobody has looked at for longer than agreed stands on the counter as overdue until somebody has', () => {
  let last: number | null = NOW - 89 * DAY_MS
  const { anHourLater, putClock, told, watch } = watched({ checkDays: 90, lastCheckMs: () => last })
  watch.start()
  expect(told).toEqual([])
  putClock(NOW + 2 * DAY_MS)
  for (let hour = 0; hour < 3; hour++) anHourLater()
  expect(told).toEqual([['checkOverdue']])
  last = NOW + 2 * DAY_MS
  anHourLater()
  expect(told).toEqual([['checkOverdue'], []])
})

test('a machine that was never looked at is overdue where the shop asks for checks, and nowhere else', () => {
  for (const [checkDays, wanted] of [
    [90, [['checkOverdue']]],
    [0, []],
  ] as const) {
    const { told, watch } = watched({ checkDays, lastCheckMs: () => null })
    watch.start()
    expect(told).toEqual(wanted)
  }
})
