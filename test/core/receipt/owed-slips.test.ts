/** Which slips somebody is still owed. */
import { expect, test } from 'vitest'
import { owedSlips } from '#core/receipt/owed-slips.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { everyJob, inTrouble, queueOf } from './queues.ts'

const owed = (state: TerminalState) => owedSlips(state).map(({ slip }) => slip.job)

test('what could not be printed and what a person must say; what waits is owed while the printer is in trouble', () => {
  const state = queueOf(...everyJob())
  expect(owed(state)).toEqual(['owed', 'unsure'])
  expect(owed(inTrouble(state, 'paperOut'))).toEqual(['queued', 'owed', 'unsure'])
})
