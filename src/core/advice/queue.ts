/** The one refund in doubt: kept from before its first byte leaves until the acquirer has answered it, across restarts. */
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalState } from '../terminal/state.ts'
import { type Attempt, idOf } from '../transaction/attempt.ts'
import type { Advice } from './advice.ts'

export function newAdvice(attempt: Attempt): Advice {
  const hasPan = attempt.tender.kind === 'card'
  return { id: idOf(attempt), attempt, hasPan, state: 'out', tries: 0 }
}

/** It is answered, or not a byte of it ever left. */
export function closeAdvice(state: TerminalState, id: string): Decision {
  if (state.advice?.id !== id) return stay(state)
  const dropped: Effect[] = state.advice.hasPan ? [{ do: 'dropSealedPan', reversal: id }] : []
  return stay({ ...state, advice: null }, dropped)
}

/** No answer: it waits for its next turn, for ever. */
export function waitWithAdvice(state: TerminalState): Decision {
  if (state.advice === null) return refuse(state, 'nothingOwed')
  const advice: Advice = { ...state.advice, state: 'waiting' }
  return stay({ ...state, advice }, [
    { do: 'startTimer', timer: 'advice', ms: state.setup.host.reversalRetryMs },
  ])
}

/** Sends it again, with the same number: behind any reversal, not while a customer waits for the line, never without keys. */
export function sendAdvice(state: TerminalState): Decision {
  const { advice, reversal } = state
  if (advice === null || advice.state !== 'waiting' || !state.keysReady) return stay(state)
  if (reversal?.state === 'armed') return waitWithAdvice(state)
  if (reversal !== null) return stay(state)
  const sent: Advice = { ...advice, state: 'sent', tries: advice.tries + 1 }
  return stay({ ...state, advice: sent }, [
    { do: 'stopTimer', timer: 'advice' },
    { do: 'sendAdvice', advice: sent },
  ])
}
