/** How the line did, hour by hour, off the journal of a day. */
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { EventBody } from '#core/terminal/event.ts'
import type { JournalLine } from '#shell/journal/lines/line.ts'
import { linkHistory } from '#shell/reports/link-history.ts'
import { registerLinkHistory } from '../../../src/cli/report/link-history.ts'
import { scratchFolder, writeDay } from '../../shell/journal/day.ts'

const NOON = Date.UTC(2026, 10, 21, 4)
const HOUR_MS = 3_600_000

function lines(
  ...events: readonly (readonly [afterMs: number, event: EventBody])[]
): JournalLine[] {
  return events.map(([afterMs, event], index) => ({
    line: 'event',
    seq: index + 1,
    event: { ...event, at: NOON + afterMs },
    effects: [],
    refused: null,
    hash: '',
  }))
}

test('answered, silent and never sent are told apart, each in its hour', () => {
  const history = linkHistory(
    lines(
      [0, { type: 'linkProbed', alive: true }],
      [1000, { type: 'hostSilent', stan: '000001' }],
      [2000, { type: 'reversalUnanswered', reversal: 'r', sent: false }],
      [HOUR_MS, { type: 'signOnFailed', why: 'unreachable', code: '' }],
      [HOUR_MS, { type: 'signOnFailed', why: 'refused', code: '05' }],
      [HOUR_MS, { type: 'timerFired', timer: 'link' }],
    ),
    NOON,
  )
  expect(history).toEqual([
    { from: NOON, answered: 1, silent: 1, unreachable: 1 },
    { from: NOON + HOUR_MS, answered: 1, silent: 0, unreachable: 1 },
  ])
})

test('what is older than asked for is left out', () => {
  expect(linkHistory(lines([0, { type: 'linkProbed', alive: true }]), NOON + 1)).toEqual([])
})

test('a technician reads it in words and as JSON', () => {
  const data = scratchFolder()
  writeDay(data)
  const out: string[] = []
  const io = { out: (line: string) => out.push(line), err: () => undefined, wallMs: () => NOON }
  const run = (...flags: readonly string[]): void => {
    const program = new Command('suretill').exitOverride()
    registerLinkHistory(program, io)
    program.parse(['link-history', '--data', data, ...flags], { from: 'user' })
  }
  run()
  expect(out[0]).toMatch(/^2026-11-21 12h +[0-9]+ % of [0-9]+ answered/)
  out.length = 0
  run('--json')
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ from: NOON })
})
