/** What a refund may cost the shop in one piece and in one day, and the pause before a large one leaves. */
import { civil } from '../calendar.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits, minor } from '../money.ts'
import type { TransactionRecord } from '../transaction/record.ts'

/** Absent figures are no limits. */
export type RefundGuard = {
  readonly mostMinor?: MinorUnits
  readonly mostPerDayMinor?: MinorUnits
  /** A refund above this stands for `coolOffMs` with "cancel" before it leaves. */
  readonly coolOffAboveMinor?: MinorUnits
  readonly coolOffMs: number
  /** Above this somebody says that the customer was told when the money comes. */
  readonly toldAboveMinor?: MinorUnits
  /** A voucher number that was typed is not enough: last four digits or amount must fit. */
  readonly proveTyped?: boolean
  /** Whoever asks for a refund says why before the amount; the record keeps it. */
  readonly askCause?: boolean
  /** DE 41 of terminals whose payments may be refunded, and whose holds completed, from their slips; absent or empty: none. */
  readonly otherTerminals?: readonly string[]
}

/** What went back on one day of the shop, by the terminal's clock; a clock that goes back does not open a new allowance. */
export type Refunded = { readonly day: string; readonly minor: MinorUnits }

/** Both within this and by the same hand: perhaps the other one was meant. */
const MEANT_WITHIN_MS = 120_000
const CHINA_MS = 8 * 3_600_000

/** Why this refund is too much for one piece or for today; null when it is not. */
export function refundTooMuch(
  guard: RefundGuard | undefined,
  { amountMinor, at, refunded }: Sought,
): Message | null {
  const most = guard?.mostMinor
  if (most !== undefined && amountMinor > most)
    return message('refund.aboveLimit', { max: formatMinor(most) })
  const perDay = guard?.mostPerDayMinor
  if (perDay === undefined) return null
  const left = Math.max(0, perDay - today(refunded, at))
  return amountMinor > left ? message('refund.aboveDay', { max: formatMinor(minor(left)) }) : null
}

type Sought = {
  readonly amountMinor: MinorUnits
  readonly at: number
  readonly refunded: Refunded | undefined
}

export function withRefund(
  refunded: Refunded | undefined,
  amountMinor: MinorUnits,
  at: number,
): Refunded {
  const day = laterDay(refunded, at)
  return { day, minor: minor(today(refunded, at) + amountMinor) }
}

/** How long this refund waits before it leaves; 0: not at all. */
export function coolOffMs(guard: RefundGuard | undefined, amountMinor: MinorUnits): number {
  const above = guard?.coolOffAboveMinor
  return above !== undefined && amountMinor > above ? (guard?.coolOffMs ?? 0) : 0
}

/** A refund of what somebody has just failed to collect: was a sale meant? And a sale of what has just gone back: is it done anew? */
export function plausibilityTelling(
  kind: 'sale' | 'refund',
  asked: {
    readonly amountMinor: MinorUnits
    readonly at: number
    readonly operator: string
    readonly recent: readonly TransactionRecord[]
  },
): Message | null {
  const last = asked.recent.findLast((one) => one.operator === asked.operator)
  if (last === undefined || asked.at - last.at > MEANT_WITHIN_MS) return null
  if (last.dueMinor !== asked.amountMinor) return null
  const params = { amount: formatMinor(asked.amountMinor), trace: last.stan }
  if (kind === 'refund')
    return last.kind === 'sale' && last.outcome === 'notPaid'
      ? message('refund.saleMeant', params)
      : null
  return last.kind === 'refund' && last.outcome === 'approved'
    ? message('amount.justRefunded', params)
    : null
}

function today(refunded: Refunded | undefined, at: number): number {
  return refunded !== undefined && refunded.day === laterDay(refunded, at) ? refunded.minor : 0
}

function laterDay(refunded: Refunded | undefined, at: number): string {
  const { year, month, day } = civil(at + CHINA_MS)
  const own = `${year}-${month}-${day}`
  return refunded !== undefined && refunded.day > own ? refunded.day : own
}
