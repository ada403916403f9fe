/** What is heard, how often, and how loud at night. */
import { expect, test } from 'vitest'
import type { Look, View } from '#shell/api/view.ts'
import { loudness } from '#web/client/sound/loudness.ts'
import { type Sound, soundOnce } from '#web/client/sound/sound-of.ts'
import { NOTES } from '#web/client/sound/tunes.ts'
import { DINNER, viewOf } from './fixtures/parts.ts'

const amount = viewOf({ counter: { kind: 'amount', typed: '', amount: DINNER } })
const night: Look = {
  theme: 'light',
  quietHours: { from: '22:00', to: '07:30' },
  volume: 100,
  voice: true,
}

/** What is heard when these views come one after the other. */
function heard(...views: readonly (Partial<View> | null)[]): readonly Sound[] {
  const played: Sound[] = []
  const hear = soundOnce((sound) => void played.push(sound))
  for (const [index, change] of views.entries())
    hear(change === null ? null : { ...amount, revision: index, ...change })
  return played
}

test('a sound is made once per change, and not for what was there before the page was', () => {
  expect(
    heard(
      { revision: 5, tone: 'success' },
      { revision: 6, tone: 'fail' },
      { revision: 6, tone: 'fail' },
      null,
      { revision: 6, tone: 'fail' },
    ),
  ).toEqual(['fail'])
})

test('money that goes back does not sound like money that came', () => {
  expect(heard({}, { tone: 'success', direction: 'in' })).toEqual(['success'])
  expect(heard({}, { tone: 'success', direction: 'out' })).toEqual(['refunded'])
})

test('a second person who is asked for is called, once', () => {
  const approve = { kind: 'approve', amount: DINNER, trace: '' } as const
  expect(heard({}, { counter: approve, tone: 'key' }, { counter: approve })).toEqual(['attention'])
})

test('paper that runs out and a slip that is owed are heard, and nothing when they are mended', () => {
  const strip = { ...amount.strip, paper: 'out', openItems: 1 } as const
  expect(heard({}, { strip }, { strip }, {})).toEqual(['attention'])
})

test('the result is heard although the paper ran out with it', () => {
  const strip = { ...amount.strip, paper: 'out' } as const
  expect(heard({}, { strip, tone: 'success' })).toEqual(['success'])
})

test('no two sounds can be taken for each other: they differ in pitch, direction or number of notes', () => {
  const tunes = Object.values(NOTES).map((notes) => notes.map(([hertz]) => hertz).join(' '))
  expect(new Set(tunes).size).toBe(tunes.length)
  const direction = (sound: Sound): number =>
    (NOTES[sound].at(-1)?.[0] ?? 0) - (NOTES[sound][0]?.[0] ?? 0)
  expect(direction('success')).toBeGreaterThan(0)
  expect(direction('fail')).toBeLessThan(0)
  expect(direction('attention')).toBe(0)
})

test.each([
  ['21:59', 1, 1],
  ['22:00', 0, 0.35],
  ['23:59', 0, 0.35],
  ['00:00', 0, 0.35],
  ['07:29', 0, 0.35],
  ['07:30', 1, 1],
])('at %s success has loudness %s and a failure %s', (time, success, fail) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const minute = hours * 60 + minutes
  expect(loudness('success', night, minute)).toBe(success)
  expect(loudness('key', night, minute)).toBe(success)
  expect(loudness('fail', night, minute)).toBe(fail)
  expect(loudness('attention', night, minute)).toBe(fail)
})

test('quiet hours within one day, and none at all', () => {
  const noon: Look = {
    theme: 'light',
    quietHours: { from: '12:00', to: '13:00' },
    volume: 100,
    voice: true,
  }
  expect([719, 720, 779, 780].map((minute) => loudness('read', noon, minute))).toEqual([1, 0, 0, 1])
  expect(loudness('read', { ...noon, quietHours: null, volume: 100, voice: true }, 720)).toBe(1)
})

test('the volume of the technician is that of every sound, by day and by night', () => {
  const half = { ...night, volume: 50 }
  expect(loudness('success', half, 720)).toBe(0.5)
  expect(loudness('fail', half, 0)).toBeCloseTo(0.175)
  expect(loudness('fail', { ...night, volume: 0 }, 720)).toBe(0)
})
