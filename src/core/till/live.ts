/** Which order of a till this terminal is busy with, and how far it is. Read off the state alone: nothing is booked twice. */
import type { TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import type { TillOrder } from './wish.ts'

/**
 * `waiting`: nothing of the present attempt has left. `sent`: the acquirer has been asked. `unknown`: what became of it is not known, and
 * the terminal is finding out or taking it back.
 */
type Phase = 'waiting' | 'sent' | 'unknown'

export type Live = { readonly reference: string; readonly phase: Phase }

/** Every order of a till that may still take or give money: the one on the page, and those behind it that are owed an end. */
export function liveOrders(state: TerminalState): readonly Live[] {
  const shown = onPage(state)
  const undone = state.reversal?.tillReference
  const advised = state.advice?.attempt.order.till?.reference
  if (shown === null && undone === undefined && advised === undefined) return NONE
  const owed = [undone, advised].filter((reference) => reference !== undefined)
  // What is left of an order can be asked for while an earlier try of it has no outcome yet: then nobody knows what moved.
  const isDoubtful = shown?.phase === 'waiting' && owed.includes(shown.reference)
  const page = shown === null || isDoubtful ? [] : [shown]
  const behind = owed.filter((reference) => reference !== page[0]?.reference)
  return [...page, ...behind.map((reference): Live => ({ reference, phase: 'unknown' }))]
}

const NONE: readonly Live[] = []

export function liveOrder(state: TerminalState, reference: string): Live | null {
  return liveOrders(state).find((one) => one.reference === reference) ?? null
}

/** The order of the page, as the till sent it; null when it is none of a till. */
export function tillOrderOnPage({ step }: TerminalState): TillOrder | null {
  return orderOf(step)?.till ?? null
}

function onPage(state: TerminalState): Live | null {
  const phase = phaseOf(state.step)
  if (phase === null) return null
  const reference = tillOrderOnPage(state)?.reference
  return reference === undefined ? null : { reference, phase }
}

/** Every page by name: a new one must say where the money is, and is never taken for one that waits. */
function phaseOf(step: TerminalState['step']): Phase | null {
  switch (step.kind) {
    case 'confirmAmount':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'approve':
    case 'present':
    case 'confirmCode':
    case 'pin':
      return 'waiting'
    case 'authorizing':
    case 'completing':
    case 'querying':
      return 'sent'
    case 'reversing':
      return 'unknown'
    case 'result':
      if (step.outcome === 'unknown') return 'unknown'
      // As long as this page can try again, the order is not back in the hands of the till.
      return step.mayTryAgain ? 'waiting' : null
    case 'starting':
    case 'setPin':
    case 'signIn':
    case 'amount':
    case 'menu':
    case 'findOriginal':
    case 'enterAmount':
    case 'totals':
    case 'reviewRefunds':
    case 'approveBatch':
    case 'approveDrill':
    case 'parameters':
    case 'settling':
    case 'whatWasWrong':
    case 'records':
    case 'searchRecords':
    case 'proveReprint':
    case 'badge':
    case 'checkSticker':
    case 'openItems':
    case 'incident':
    case 'closeIncident':
    case 'judgeCode':
      return null
  }
}

function orderOf(step: TerminalState['step']): Order | null {
  if ('attempt' in step) return step.attempt.order
  return 'order' in step ? step.order : null
}
