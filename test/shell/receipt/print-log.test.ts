import { Command } from 'commander'
import { expect, test } from 'vitest'
import { decide } from '#core/terminal/decide.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody, TerminalEvent } from '#core/terminal/event.ts'
import type { EventLine, JournalLine } from '#shell/journal/lines/line.ts'
import { RELEASE } from '#shell/journal/release.ts'
import { printLog } from '#shell/receipt/print-log.ts'
import { registerSlips } from '../../../src/cli/report/slips.ts'
import { counterFrom } from '../../core/counter.ts'
import { scratchFolder, writeDay } from '../journal/day.ts'

test('of each copy of a day: when it was sent, when and how it ended, and who was signed in', () => {
  const data = scratchFolder()
  writeDay(data)
  const out: string[] = []
  const program = new Command('suretill').exitOverride()
  registerSlips(program, { out: (line) => out.push(line), err: () => undefined })
  program.parse(['slips', '--data', data, '--trace', '2', '--json'], { from: 'user' })
  expect(out.map((line) => JSON.parse(line))).toEqual(
    ['merchant', 'cardholder'].map((copy) =>
      expect.objectContaining({
        type: 'sale',
        copy,
        trace: '000002',
        tries: [expect.objectContaining({ mark: 'original', result: 'printed', operator: '01' })],
      }),
    ),
  )
  program.parse(['slips', '--data', data, '--trace', '2'], { from: 'user' })
  expect(out.at(-1)).toMatch(
    /cardholder\n {2}2026-11-21 12:.* original: printed, .* s, operator 01/,
  )
})

test('a slip that was broken off, printed again and called complete tells all of it', () => {
  const told = recorded((tell, job) => {
    tell({
      type: 'printEnded',
      job,
      outcome: { kind: 'interrupted', trouble: 'paperOut' },
      lines: 60,
    })
    tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: ['paperOut'] } })
    tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: [] } })
    tell({ type: 'printEnded', job, outcome: { kind: 'unsure' } })
    tell({ type: 'optionChosen', page: '', option: 'paperComplete', item: job })
  })
  expect(told[0]).toMatchObject({
    tries: [
      { mark: 'original', result: 'interrupted', lines: 60 },
      { mark: 'late', result: 'unsure' },
    ],
    waived: { operator: '01' },
  })
})

test('a slip of which nothing came back says so', () => {
  const told = recorded(() => undefined)
  expect(told[0]?.tries).toMatchObject([{ endedAt: null, result: null }])
})

/** One sale, and what then happens to its first slip; as the journal would keep it. */
function recorded(then: (tell: (event: EventBody) => void, job: string) => void) {
  const lines: JournalLine[] = []
  const paid = counterFrom()
  paid.open()
  paid.ask(38)
  paid.presentCard()
  const effects = paid.reply()
  let state = paid.state()
  lines.push({ line: 'checkpoint', seq: 1, why: 'chosen', release: RELEASE, state })
  const approved: TerminalEvent = { type: 'timerFired', timer: 'look', at: state.at }
  lines.push({ line: 'event', seq: 2, event: approved, effects, refused: null, hash: '' })
  const tell = (event: EventBody): void => {
    const onPage = 'page' in event ? { ...event, page: pageName(state) } : event
    const at = state.at + 100
    const decision = decide(state, { ...onPage, at })
    state = decision.state
    const { effects, refused } = decision
    const line: EventLine = {
      line: 'event',
      seq: lines.length + 1,
      event: { ...onPage, at },
      effects,
      refused,
      hash: '',
    }
    lines.push(line)
  }
  then(tell, state.slips[0]?.slip.job ?? '')
  return printLog(lines)
}
