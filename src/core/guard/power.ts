/**
 * A terminal that runs on a battery says in time that it will go dark, and asks nobody for money that it could not see through (idea S2-21). One
 * without a battery never hears of this.
 */
import { type Message, message } from '../message.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'

export function onPowerChanged(
  state: TerminalState,
  { onMains, percent }: Extract<TerminalEvent, { type: 'powerChanged' }>,
): Decision {
  const { power, setup } = state
  if (setup.power === undefined) return refuse(state, 'notAskedFor')
  if (power?.percent === percent && power.onMains === onMains) return refuse(state, 'notAskedFor')
  return stay({ ...state, power: { onMains, percent } })
}

/** `empty`: nothing new is begun. Null: enough, on the mains, or no battery at all. */
export function powerTrouble({ power, setup }: TerminalState): 'powerLow' | 'powerEmpty' | null {
  const rules = setup.power
  if (power === undefined || rules === undefined || power.onMains) return null
  if (power.percent < rules.stopPercent) return 'powerEmpty'
  return power.percent <= rules.warnPercent ? 'powerLow' : null
}

/** Why no customer is asked for anything now; null: power is no reason. What is owed from before leaves all the same. */
export function powerHindrance(state: TerminalState): Message | null {
  return powerTrouble(state) === 'powerEmpty'
    ? message('power.empty', { percent: String(state.power?.percent ?? 0) })
    : null
}

/** On the page of the amount, before the customer presents, where nothing else is said there. */
export function watchPower(before: TerminalState, decision: Decision): Decision {
  const { state } = decision
  const asks = state.step.kind === 'confirmAmount' && before.step.kind !== 'confirmAmount'
  if (!asks || state.message !== null || powerTrouble(state) !== 'powerLow') return decision
  const params = { percent: String(state.power?.percent ?? 0) }
  return { ...decision, state: { ...state, message: message('power.low', params) } }
}
