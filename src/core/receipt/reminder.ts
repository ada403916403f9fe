/** Slips that are owed do not lie forgotten: a tone and a word at the idle counter, again and again, until they are on paper (idea S4-9). */
import { message } from '../message.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { owedSlips } from './owed-slips.ts'

/** Starts the wait with the first owed slip, and after every start; stops it with the last. */
export function watchOwed(
  before: TerminalState,
  event: TerminalEvent,
  decision: Decision,
): Decision {
  const ms = decision.state.setup.slips.remindEveryMs
  if (ms === undefined) return decision
  const was = event.type !== 'started' && owedSlips(before).length > 0
  const is = owedSlips(decision.state).length > 0
  if (was === is) return decision
  const effect: Effect = is
    ? { do: 'startTimer', timer: 'remind', ms }
    : { do: 'stopTimer', timer: 'remind' }
  return { ...decision, effects: [...decision.effects, effect] }
}

/** Said where nobody is in the middle of something, and not over another word; elsewhere the next time will do. */
export function onRemind(state: TerminalState): Decision {
  const ms = state.setup.slips.remindEveryMs
  const count = owedSlips(state).length
  if (ms === undefined || count === 0) return refuse(state, 'timerNotRunning')
  const again: Effect = { do: 'startTimer', timer: 'remind', ms }
  const { step } = state
  const isIdle = step.kind === 'signIn' || (step.kind === 'amount' && step.typed === '')
  if (!isIdle || saysMore(state)) return stay(state, [again])
  const told = message('slip.reminder', { count: String(count) })
  return stay({ ...state, message: told, tone: 'unknown' }, [again])
}

/** Something that somebody has yet to read, such as what became of a payment. */
function saysMore({ message: said }: TerminalState): boolean {
  return said !== null && !/^(idle|link|slip)\./.test(said.key)
}
