/**
 * Money that is still to be collected: the rest of a sale that was approved in part, the difference after too little was charged, the
 * sale that takes the place of one that was undone. It stands on the open list until it is collected or written off by name.
 */

import { typedYuan } from '../guard/amount-entry.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, minor } from '../money.ts'
import { takeOrder } from '../terminal/counters.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import { type Attempt, kindOf, type Order } from '../transaction/attempt.ts'
import { isVoid } from '../transaction/kinds.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import { newest } from './mark-original.ts'
import type { FollowUp } from './owed-sale.ts'

/** More than this, and the open list must be worked off before another correction begins. */
export const FOLLOW_UPS_LIMIT = 50

export function followUps(state: TerminalState): readonly FollowUp[] {
  return state.followUps ?? []
}

export function followUpOf(
  record: TransactionRecord,
  what: Pick<FollowUp, 'kind' | 'dueMinor' | 'why'>,
  reference = record.tillReference,
): FollowUp {
  return {
    ...what,
    id: `${record.id}-${what.why}`,
    after: record.id,
    trace: record.stan,
    ...(reference === undefined ? {} : { tillReference: reference }),
  }
}

export function withFollowUp(state: TerminalState, added: FollowUp): TerminalState {
  const others = followUps(state).filter((one) => one.id !== added.id)
  return { ...state, followUps: [...others, added] }
}

/** What an approval leaves to be collected, and what it settles. Part of the commit that books it. */
export function bookFollowUps(
  state: TerminalState,
  { order }: Attempt,
  record: TransactionRecord,
): TerminalState {
  const { follows, afterwards } = order
  const settled = withoutBesides(
    follows === undefined
      ? state
      : { ...state, followUps: followUps(state).filter((one) => one.id !== follows.id) },
    isAllBack(state, order, record) ? order.original?.id : undefined,
  )
  if (afterwards !== undefined)
    return withFollowUp(
      settled,
      followUpOf(record, { ...afterwards, why: 'redo' }, order.original?.tillReference),
    )
  if (kindOf(order) !== 'sale' || record.paidMinor >= record.dueMinor) return settled
  const dueMinor = minor(record.dueMinor - record.paidMinor)
  return withFollowUp(settled, followUpOf(record, { kind: 'sale', dueMinor, why: 'rest' }))
}

/** The page "is the amount right?" for it; whoever is signed in collects. */
export function collect(state: TerminalState, id: string): Decision {
  const follows = followUps(state).find((one) => one.id === id)
  const operator = state.session?.operator
  if (follows === undefined) return refuse(state, 'nothingOwed')
  if (operator === undefined) return refuse(state, 'unknownOperator')
  const numbered = takeOrder(state)
  const { dueMinor, kind, tillReference } = follows
  const order: Order = {
    id: numbered.id,
    dueMinor,
    operator,
    ...(kind === 'sale' ? {} : { kind }),
    follows,
    ...(tillReference === undefined ? {} : { till: { reference: tillReference, lines: [] } }),
  }
  return goTo(
    numbered.state,
    { kind: 'confirmAmount', order, typed: typedYuan(dueMinor) },
    { message: followUpTelling(follows), tone: 'key' },
  )
}

/** On the open list before anybody is asked to pay: a customer who has left is not forgotten. */
export function owe(
  state: TerminalState,
  original: TransactionRecord,
  what: Parameters<typeof followUpOf>[1],
): Decision {
  const added = followUpOf(original, what)
  // A difference is reckoned from what was paid: what was open besides is part of it.
  return collect(withFollowUp(withoutBesides(state, original.id), added), added.id)
}

/** What is to be collected besides a payment, and not in its place. */
const BESIDES: readonly FollowUp['why'][] = ['rest', 'topUp', 'exchange']

function withoutBesides(state: TerminalState, record: string | undefined): TerminalState {
  const open = followUps(state)
  const left = open.filter(({ after, why }) => after !== record || !BESIDES.includes(why))
  return left.length === open.length ? state : { ...state, followUps: left }
}

/** Nobody who has everything back owes a difference. */
function isAllBack(
  state: TerminalState,
  { original }: Order,
  { kind, paidMinor }: TransactionRecord,
): boolean {
  if (original === undefined) return false
  return isVoid(kind) || (kind === 'refund' && paidMinor >= remainingMinor(newest(state, original)))
}

/**
 * Null while it is still to be collected. A code payment for it that nobody had heard of since a power cut may turn out to be paid while the same
 * debt is asked for once more.
 */
export function alreadyCollected(state: TerminalState, { follows }: Order): Message | null {
  if (follows === undefined || followUps(state).some(({ id }) => id === follows.id)) return null
  return message('followUp.collected', paramsOf(follows))
}

/** Money that nobody will collect is written off by somebody who may; the journal keeps who and what. */
export function writeOff(state: TerminalState, id: string): Decision {
  const found = followUps(state).find((one) => one.id === id)
  if (found === undefined) return refuse(state, 'nothingOwed')
  if (state.session === null || state.session.role === 'cashier')
    return say(state, message('followUp.askSupervisor'), { tone: 'refused' })
  const left = followUps(state).filter((one) => one.id !== id)
  return say({ ...state, followUps: left }, message('followUp.writtenOff', paramsOf(found)), {
    tone: 'confirmed',
  })
}

export function followUpTelling(follows: FollowUp): Message {
  return message(`followUp.${follows.why}`, paramsOf(follows))
}

/** After a sale in the place of an undone one failed: the customer has paid nothing at all. */
export function notCollectedTelling(order: Order, usual: Message): Message {
  return order.follows === undefined
    ? usual
    : message(`followUp.${order.follows.why}NotCollected`, paramsOf(order.follows))
}

function paramsOf({ dueMinor, trace }: FollowUp): Readonly<Record<string, string>> {
  return { amount: formatMinor(dueMinor), trace }
}
