/** Which order of a till this terminal is busy with, and how far it is. Read off the state alone: nothing is booked twice. */
import type { Step, TerminalState } from '../terminal/state.ts'
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
  const owed = [undone, advised].filter((reference) => reference !== undefined)
  // What is left of an order can be asked for while an earlier try of it has no outcome yet: then nobody knows what moved.
  const isDoubtful = shown?.phase === 'waiting' && owed.includes(shown.reference)
  const page = shown === null || isDoubtful ? [] : [shown]
  const behind = owed.filter((reference) => reference !== page[0]?.reference)
  return [...page, ...behind.map((reference): Live => ({ reference, phase: 'unknown' }))]
}

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
const PHASES: Readonly<Record<Exclude<Step['kind'], 'result'>, Phase | null>> = {
  confirmAmount: 'waiting',
  handOver: 'waiting',
  lookAtAmount: 'waiting',
  rekeyAmount: 'waiting',
  clearingDebt: 'waiting',
  approve: 'waiting',
  present: 'waiting',
  confirmCode: 'waiting',
  pin: 'waiting',
  authorizing: 'sent',
  completing: 'sent',
  querying: 'sent',
  reversing: 'unknown',
  starting: null,
  setPin: null,
  signIn: null,
  amount: null,
  menu: null,
  findOriginal: null,
  enterAmount: null,
  totals: null,
  reviewRefunds: null,
  approveBatch: null,
  approveDrill: null,
  parameters: null,
  settling: null,
  whatWasWrong: null,
  records: null,
  searchRecords: null,
  proveReprint: null,
  badge: null,
  checkSticker: null,
  openItems: null,
  incident: null,
  closeIncident: null,
  judgeCode: null,
}

function phaseOf(step: Step): Phase | null {
  if (step.kind !== 'result') return PHASES[step.kind]
  if (step.outcome === 'unknown') return 'unknown'
  // As long as this page can try again, the order is not back in the hands of the till.
  return step.mayTryAgain ? 'waiting' : null
}

function orderOf(step: Step): Order | null {
  if ('attempt' in step) return step.attempt.order
  return 'order' in step ? step.order : null
}
