import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { Score } from '#core/drill/exercise.ts'
import { drillEnded } from '#shell/drill/drill-parts.ts'
import { loadSituations } from '#shell/drill/situations-file.ts'
import { registerDrills } from '../../../src/cli/report/drills.ts'
import { counterFrom, SETUP } from '../../core/counter.ts'
import { scratchFolder, tamper, writeDay } from '../journal/day.ts'

const SCORE: Score = {
  operator: '01',
  situation: 'price-tag',
  at: Date.UTC(2026, 10, 21, 4),
  taps: 7,
  ms: 8400,
  misses: 1,
  skipped: false,
}

test('the shipped exercises can be read: five kinds, and twelve codes to judge', () => {
  const loaded = loadSituations('config/drills.yaml')
  const all = loaded.ok ? loaded.situations : []
  expect(new Set(all.map(({ kind }) => kind))).toEqual(
    new Set(['charge', 'judge', 'type', 'refund', 'paper']),
  )
  expect(all.filter(({ kind }) => kind === 'judge')).toHaveLength(12)
})

test.each([
  ['an amount that the drill declines', 'kind: charge, amountMinor: 3851'],
  ['a third customer', 'kind: refund, amountMinor: 2000, which: 3'],
  ['an unknown kind', 'kind: guess'],
])('%s is refused with its place, and nothing is thrown', (_, what) => {
  const file = join(scratchFolder(), 'drills.yaml')
  writeFileSync(
    file,
    `version: 1\nsituations:\n  - { id: a, ${what}, task: { zh-CN: 做, en: Do } }\n`,
  )
  expect(loadSituations(file)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('situations.0'),
  })
})

test('a drill hands its scores over when it ends, also when its journal failed', () => {
  const { state } = counterFrom(undefined, { ...SETUP, drill: true })
  const exercise = {
    at: 1,
    isTold: true,
    startedAt: 0,
    taps: 0,
    misses: 0,
    sales: [],
    isBroken: false,
  } as const
  const drill = {
    ...state(),
    setup: { ...SETUP, drill: true },
    exercise: { ...exercise, answer: 'none' as const, scores: [SCORE] },
  }
  expect(drillEnded(drill, 'failed')).toMatchObject({ scores: [SCORE] })
})

test('scores are printed for each operator, or one line for each exercise as CSV', () => {
  const data = scratchFolder()
  writeDay(data)
  const say = (...flags: string[]): readonly string[] => {
    const out: string[] = []
    const program = new Command('suretill').exitOverride()
    registerDrills(program, { out: (line) => out.push(line), err: () => undefined })
    program.parse(['drills', '--data', data, ...flags], { from: 'user' })
    return out
  }
  expect(say()).toEqual(['Nobody has done an exercise yet.'])
  const scores = JSON.stringify([SCORE, { ...SCORE, operator: '02', misses: 0 }])
  tamper(
    join(data, 'journal.db'),
    `UPDATE state SET body = json_set(body, '$.scores', json('${scores}'))`,
  )
  expect(say()).toEqual([
    '01: 0 of 1 without a miss, 1 misses, 0 left out, on average 7.0 keys and 8.4 s.',
    '02: 1 of 1 without a miss, 0 misses, 0 left out, on average 7.0 keys and 8.4 s.',
  ])
  expect(say('--format', 'csv', '--operator', '01')).toEqual([
    'time,operator,situation,taps,seconds,misses,skipped',
    '2026-11-21 12:00:00,01,price-tag,7,8.4,1,no',
  ])
})
