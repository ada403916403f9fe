/** Time that was asked for is over: what it was asked for goes on, and where nothing waits any more nothing happens. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Refusal } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { TimerName } from '#core/terminal/event.ts'
import { onTimer } from '#core/terminal/on-timer.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { CLOSING } from '../batch/settling.ts'
import { counterFrom, NOON } from '../counter.ts'
import { attemptOf, everythingFound, openTerminal, slipStates } from '../recovery/found-states.ts'

const OPEN = openTerminal()
const NOTHING: TerminalState = { ...OPEN, link: 'signedOff' }
const { order } = attemptOf('sale', '000077')
const wait = { startedAt: NOON, deadlineAt: NOON }
const OWED = slipStates().filter(({ state }) => state === 'owed')
const { setup } = OPEN
const REMINDS = { ...setup, slips: { ...setup.slips, remindEveryMs: 60_000 } }
const UPLOAD = everythingFound().lines.flatMap(({ uploads = [] }) => uploads)[0]
if (UPLOAD === undefined) throw new Error('nothing is to be sent')
const PRESENT: Step = { kind: 'present', order, typed: '12', read: 1, reading: true, wait }

test.each<[TimerName, Refusal]>([
  ['look', 'timerNotRunning'],
  ['idle', 'timerNotRunning'],
  ['remind', 'timerNotRunning'],
  ['present', 'notAskedFor'],
  ['tear', 'timerNotRunning'],
  ['signature', 'timerNotRunning'],
  ['reversal', 'nothingOwed'],
  ['query', 'timerNotRunning'],
  ['advice', 'nothingOwed'],
  ['signatureUpload', 'timerNotRunning'],
  ['batch', 'timerNotRunning'],
  ['link', 'timerNotRunning'],
])('the timer %s, when nothing waits for it: %s', (timer, why) => {
  expect(onTimer(NOTHING, timer)).toEqual({ state: NOTHING, effects: [], refused: why })
})

test.each<[TimerName, Partial<TerminalState>, readonly Effect['do'][]]>([
  [
    'reversal',
    { reversal: { ...armReversal(attemptOf('sale', '000077')), state: 'owed' } },
    ['stopTimer', 'sendReversal'],
  ],
  [
    'advice',
    { advice: { ...newAdvice(attemptOf('refund', '000066')), state: 'waiting' } },
    ['stopTimer', 'sendAdvice'],
  ],
  ['batch', { settlement: CLOSING }, ['stopTimer', 'sendBatch']],
  ['link', { link: 'up' }, ['probeLink']],
  [
    'look',
    { step: { kind: 'lookAtAmount', order, typed: '12', wait } },
    ['readCard', 'armScanner', 'startTimer'],
  ],
  ['codes', {}, ['disarmScanner']],
  ['remind', { setup: REMINDS, slips: OWED }, ['startTimer']],
  ['signatureUpload', { uploads: [UPLOAD] }, []],
])('the timer %s sends what waits for it', (timer, change, does) => {
  const decision = onTimer({ ...OPEN, at: NOON + 600_000, ...change }, timer)
  expect(decision.refused).toBeNull()
  expect(decision.effects.map((one) => one.do)).toEqual(does)
})

test('a counter that was left is locked', () => {
  const idle = { pageMs: 60_000, lockMs: 900_000 }
  const { state } = onTimer({ ...OPEN, setup: { ...OPEN.setup, idle } }, 'idle')
  expect([state.step.kind, state.message?.key]).toEqual(['signIn', 'idle.locked'])
})

test('whoever does not present in time is asked once more, and nothing is sent', () => {
  const { state } = onTimer({ ...OPEN, step: PRESENT }, 'present')
  expect([state.step.kind, state.message?.key]).toEqual(['confirmAmount', 'present.timedOut'])
})

test('the first copy is torn off, or time enough has gone by: the second prints', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  const job = counter.state().slips[0]?.slip.job ?? ''
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'printed', proof: 'processId' } })
  const { effects } = onTimer(counter.state(), 'tear')
  expect(effects.map((one) => one.do)).toContain('print')
})
