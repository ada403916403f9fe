/** Which order of a till this terminal is busy with, and how far it is. Read off the state alone: nothing is booked twice. */
import type { TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import type { TillOrder } from './wish.ts'

/**
 * `waiting`: nothing of the present attempt has left. `sent`: the acquirer has been asked. `unknown`: what became of it is not known, and
 * the terminal is finding out or taking it back.
 */
export type Phase = 'waiting' | 'sent' | 'unknown'

export type Live = { readonly reference: string; readonly phase: Phase }

/** Every order of a till that may still take or give money: the one on the page, and those behind it that are owed an end. */
export function liveOrders(state: TerminalState): readonly Live[] {
  const shown = onPage(state)
  const behind = [state.reversal?.tillReference, state.advice?.attempt.order.till?.reference]
  const owed = behind.flatMap((reference) =>
    reference === undefined || reference === shown?.reference
      ? []
      : [{ reference, phase: 'unknown' as const }],
  )
  return shown === null ? owed : [shown, ...owed]
}

export function liveOrder(state: TerminalState, reference: string): Live | null {
  return liveOrders(state).find((one) => one.reference === reference) ?? null
}

/** The order of the page, as the till sent it; null when it is none of a till. */
export function tillOrderOnPage({ step }: TerminalState): TillOrder | null {
  return orderOf(step)?.till ?? null
}

function onPage(state: TerminalState): Live | null {
  const { step } = state
  const reference = tillOrderOnPage(state)?.reference
  if (reference === undefined) return null
  if (step.kind === 'reversing') return { reference, phase: 'unknown' }
  if (step.kind === 'authorizing' || step.kind === 'completing' || step.kind === 'querying')
    return { reference, phase: 'sent' }
  if (step.kind !== 'result') return { reference, phase: 'waiting' }
  if (step.outcome === 'unknown') return { reference, phase: 'unknown' }
  // As long as this page can try again, the order is not back in the hands of the till.
  return step.mayTryAgain ? { reference, phase: 'waiting' } : null
}

function orderOf(step: TerminalState['step']): Order | null {
  if ('attempt' in step) return step.attempt.order
  return 'order' in step ? step.order : null
}
