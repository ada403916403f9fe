/** A terminal at rest on its line, and a customer who is being served there. */
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { counterFrom, NOON, SETUP } from '../counter.ts'
import { attemptOf } from '../recovery/found-states.ts'

export const host = (change: Partial<Setup['host']>): Setup => ({
  ...SETUP,
  host: { ...SETUP.host, ...change },
})

export function openState(): TerminalState {
  const counter = counterFrom()
  counter.open()
  return counter.state()
}

export const WAIT = { startedAt: NOON, deadlineAt: NOON }

const { order } = attemptOf('sale', '000077')

export const SERVED: Extract<Step, { kind: 'present' }> = {
  kind: 'present',
  order,
  typed: '12',
  read: 1,
  reading: true,
  wait: WAIT,
}
