/** The customer enters the PIN on the pad. Every way out of it without a PIN ends before anything is sent. */
import { message } from '../message.ts'
import { type Decision, refuse } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { authorize } from '../transaction/decide.ts'
import { endUnsent } from '../transaction/end.ts'

type PinStep = Extract<Step, { kind: 'pin' }>
type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** A pad that has protected itself must not be tried again: somebody may have opened it. */
const TROUBLES: Readonly<Record<string, string>> = {
  keyMissing: 'pin.keyMissing',
  tampered: 'pin.tampered',
}

export function onPinEntered(state: TerminalState, event: Of<'pinEntered'>): Decision {
  const step = state.step
  if (step.kind !== 'pin' || step.attempt.stan !== event.stan) return refuse(state, 'notAskedFor')
  return authorize(state, { ...step.attempt, withPin: true })
}

export function onPinEnded(state: TerminalState, event: Of<'pinEnded'>): Decision {
  const step = state.step
  if (step.kind !== 'pin' || step.attempt.stan !== event.stan) return refuse(state, 'notAskedFor')
  switch (event.why) {
    // Credit cards without a PIN are common: the customer presses enter and the issuer decides.
    case 'bypassed':
      return authorize(state, { ...step.attempt, withPin: false })
    case 'cancelled':
      return endUnsent(state, step.attempt, message('pin.cancelled'))
    case 'timedOut':
      return endUnsent(state, step.attempt, message('pin.timedOut'))
    case 'deviceFailed':
      return endUnsent(state, step.attempt, message(TROUBLES[event.trouble ?? ''] ?? 'pin.padGone'))
  }
}

/** The cashier stops the entry, or the customer takes the chip card away. */
export function stopPin(state: TerminalState, step: PinStep, why: string): Decision {
  const ended = endUnsent(state, step.attempt, message(why))
  return { ...ended, effects: [{ do: 'cancelPin' } satisfies Effect, ...ended.effects] }
}
