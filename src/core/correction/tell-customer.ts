/**
 * For a large amount that went back somebody says that the customer was told of it (idea S2-7): on the page of the result, or later from the
 * open list. The journal keeps who said so; whether it was so the terminal does not know and does not claim.
 */
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { type Decision, refuse, say } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { UNTOLD_LIMIT, type Untold } from './untold.ts'

export function untold(state: TerminalState): readonly Untold[] {
  return state.untold ?? []
}

/** Part of the commit that books an approval. */
export function withUntold(state: TerminalState, record: TransactionRecord): TerminalState {
  const above = state.setup.refundGuard?.toldAboveMinor
  const { id, kind, paidMinor, stan } = record
  const isBack = kind === 'refund' || kind === 'void' || kind === 'completionVoid'
  if (above === undefined || !isBack || paidMinor <= above) return state
  const added: Untold = { record: id, trace: stan, kind, amountMinor: paidMinor }
  const others = untold(state).filter((one) => one.record !== id)
  return { ...state, untold: [...others, added].slice(-UNTOLD_LIMIT) }
}

export function isUntold(state: TerminalState, record: string): boolean {
  return untold(state).some((one) => one.record === record)
}

/** Said by whoever is signed in: the one who speaks with the customer. */
export function customerTold(state: TerminalState, record: string): Decision {
  const found = untold(state).find((one) => one.record === record)
  if (found === undefined) return refuse(state, 'optionNotOffered')
  const left = untold(state).filter((one) => one !== found)
  const told = message('told.kept', { trace: found.trace })
  return say({ ...state, untold: left }, told, { tone: 'confirmed' })
}

/** A paper to be signed may be of the same record, and bears its id. */
const ITEM = 'told-'

export function customerOfItemTold(state: TerminalState, item: string): Decision {
  return customerTold(state, item.slice(ITEM.length))
}

/** For the open list. */
export function untoldItems(state: TerminalState): readonly {
  readonly id: string
  readonly message: Message
  readonly options: readonly string[]
}[] {
  return untold(state).map(({ amountMinor, record, trace }) => ({
    id: `${ITEM}${record}`,
    message: message('told.open', { amount: formatMinor(amountMinor), trace }),
    options: ['customerTold'],
  }))
}
