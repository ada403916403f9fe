/**
 * What the cashier is told of each way a request can end. One place, because "nothing charged" is true of a sale that was undone and
 * false of a void that was: there the customer is still charged.
 */
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits, minor } from '../money.ts'
import { isVoid, type TransactionKind } from './kinds.ts'

type Family = 'host' | 'void' | 'refund' | 'balance'

function familyOf(kind: TransactionKind): Family {
  if (isVoid(kind)) return 'void'
  return kind === 'refund' || kind === 'balance' ? kind : 'host'
}

/** `paidMinor`: what was approved, or what the card holds; less than was due leaves a rest to be collected. */
export function approvedTelling(
  kind: TransactionKind,
  { paidMinor, dueMinor }: { readonly paidMinor: MinorUnits; readonly dueMinor: MinorUnits },
): Message {
  const params = { amount: formatMinor(paidMinor) }
  if (kind === 'sale' && paidMinor < dueMinor) {
    const rest = formatMinor(minor(dueMinor - paidMinor))
    return message('host.partlyApproved', { ...params, due: formatMinor(dueMinor), rest })
  }
  // A hold, and one that is given up, moved no money: they have words of their own.
  const isOfHold = kind === 'preAuth' || kind === 'preAuthVoid'
  return message(`${isOfHold ? kind : familyOf(kind)}.approved`, params)
}

/** A refusal by DE 39. Sales, pre-authorizations and inquiries have words per code. */
export function declinedTelling(kind: TransactionKind, code: string): Message {
  const family = familyOf(kind)
  const key =
    family === 'void' || family === 'refund'
      ? ofHold(kind, `${family}.declined`)
      : `host.declined.${code}`
  return message(key, { code })
}

export function silentTelling(kind: TransactionKind): Message {
  return message(ofHold(kind, `${familyOf(kind)}.timedOut`))
}

/** An answer that cannot be believed leaves as much open as none. */
export function unusableTelling(kind: TransactionKind): Message {
  const family = familyOf(kind)
  return message(ofHold(kind, family === 'host' ? 'host.invalidAnswer' : `${family}.timedOut`))
}

export function unreachableTelling(kind: TransactionKind): Message {
  const family = familyOf(kind)
  return message(family === 'balance' ? 'host.unreachable' : `${family}.unreachable`)
}

/** The power went while it stood on the page and nothing of it had left. */
export function lostTelling(kind: TransactionKind): Message {
  return message(`order.lost${LOST[kind]}`)
}

const LOST: Readonly<Record<TransactionKind, string>> = {
  sale: '',
  void: '.void',
  refund: '.refund',
  preAuth: '.hold',
  preAuthVoid: '.void',
  completion: '.completion',
  completionVoid: '.void',
  balance: '.balance',
}

/** The reversal is through. */
export function undoneTelling(kind: TransactionKind): Message {
  return message(ofHold(kind, isVoid(kind) ? 'void.reversed' : 'host.reversed'))
}

/** A reversal that is not through. */
export function owedTelling(
  kind: TransactionKind,
  facts: { readonly amount: string; readonly trace: string },
): Message {
  return message(ofHold(kind, isVoid(kind) ? 'void.reversalOwed' : 'host.reversalOwed'), facts)
}

/** The same, of something from before a power cut. */
export function undoneLaterTelling(
  kind: TransactionKind,
  facts: { readonly amountMinor: MinorUnits; readonly stan: string },
): Message {
  const params = { amount: formatMinor(facts.amountMinor), trace: facts.stan }
  return message(
    ofHold(kind, isVoid(kind) ? 'void.reversedOnStart' : 'host.reversedOnStart'),
    params,
  )
}

/** What a hold may have blocked is not "charged" and does not "go back": it becomes free again. One that stands was never "paid". */
function ofHold(kind: TransactionKind, key: string): string {
  return kind === 'preAuth' || kind === 'preAuthVoid' ? `${key}.hold` : key
}
