/** Money of a payment that was a mistake goes back: by a void within the batch, else by a refund. */
import { message } from '../message.ts'
import { formatMinor, type MinorUnits, minor } from '../money.ts'
import { type Decision, refuse, say } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import { voidOf } from '../transaction/kinds.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import type { Cause } from './cause.ts'
import { confirmChosen } from './confirm-chosen.ts'
import { numberOnSlip } from './elsewhere-id.ts'
import { objection } from './judge-original.ts'
import { newest } from './mark-original.ts'

/** The whole of it: a void while the batch is open, else a refund of what is left. Says which and why. */
export function takeBack(
  state: TerminalState,
  original: TransactionRecord,
  why: { readonly cause: Cause; readonly afterwards?: NonNullable<Order['afterwards']> },
): Decision {
  const kind = voidOf(original.kind)
  const params = { ...said(original), next: formatMinor(why.afterwards?.dueMinor ?? minor(0)) }
  const suffix = why.afterwards === undefined ? '' : 'ThenCollect'
  if (kind !== null && objection(state, kind, original) === null) {
    const dueMinor = original.paidMinor
    return confirmChosen(
      state,
      { kind, original, dueMinor, ...why },
      message(`correct.void${suffix}`, params),
    )
  }
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  const dueMinor = remainingMinor(original)
  return confirmChosen(
    state,
    { kind: 'refund', original, dueMinor, ...why },
    message(`correct.refund${suffix}`, params),
  )
}

/** A refund in the place of a void that the host has refused; why it was wanted, and what is to be collected afterwards, goes along. */
export function refundInstead(
  state: TerminalState,
  { afterwards, cause, original }: Order,
): Decision {
  if (original === undefined) return refuse(state, 'optionNotOffered')
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  const dueMinor = remainingMinor(newest(state, original))
  const params = { ...said(original), next: formatMinor(afterwards?.dueMinor ?? minor(0)) }
  return confirmChosen(
    state,
    {
      kind: 'refund',
      original,
      dueMinor,
      ...(cause === undefined ? {} : { cause }),
      ...(afterwards === undefined ? {} : { afterwards }),
    },
    message(`correct.refundInstead${afterwards === undefined ? '' : 'ThenCollect'}`, params),
  )
}

/** A part of it. */
export function giveBackPart(
  state: TerminalState,
  original: TransactionRecord,
  { cause, dueMinor }: { readonly dueMinor: MinorUnits; readonly cause: Cause },
): Decision {
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  // What was collected after it goes back of those payments, each by its own voucher.
  const most = remainingMinor(original)
  if (dueMinor > most)
    return say(state, message('correct.moreThanLeft', { max: formatMinor(most) }), {
      tone: 'refused',
    })
  const params = { ...said(original), amount: formatMinor(dueMinor) }
  return confirmChosen(
    state,
    { kind: 'refund', original, dueMinor, cause },
    message(cause === 'exchange' ? 'correct.exchangeBack' : 'correct.refundPart', params),
  )
}

/** The payment as its page names it. */
export function said(original: TransactionRecord): Readonly<Record<string, string>> {
  const { last4, paidMinor } = original
  return { trace: numberOnSlip(original), amount: formatMinor(paidMinor), last4 }
}
