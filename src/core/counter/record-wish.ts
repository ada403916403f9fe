/** What somebody remembers of a payment, as it is looked for among all batches that are kept. */
import { lastSuchDay } from '../calendar.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { typeDigit } from '../guard/type-digit.ts'
import { sixDigits } from '../terminal/counters.ts'
import type { Key } from '../terminal/event.ts'
import type { RecordWish, WishField } from './wish.ts'

/** The options of the page that asks by what; the key is printed on each. */
export const WISH_OPTIONS = [
  { id: 'byAmount', key: '1', by: 'amount' },
  { id: 'byLast4', key: '2', by: 'last4' },
  { id: 'byTrace', key: '3', by: 'trace' },
  { id: 'byTime', key: '4', by: 'time' },
  { id: 'byOperator', key: '5', by: 'operator' },
  { id: 'byChannel', key: '6', by: 'channel' },
] as const

export const CHANNEL_OPTIONS = [
  { id: 'byCard', key: '1', channel: 'card' },
  { id: 'byWechat', key: '2', channel: 'wechat' },
  { id: 'byAlipay', key: '3', channel: 'alipay' },
  { id: 'byUnionpay', key: '4', channel: 'unionpay' },
  { id: 'byEcny', key: '5', channel: 'ecny' },
] as const

/** Most digits of what is typed: last four, STAN, operator number, and MMDDhh. */
const MOST_DIGITS = { last4: 4, trace: 6, operator: 2, time: 6 } as const

/** The entry after one key, or null when it cannot be taken here. */
export function typeWish(by: WishField, typed: string, key: Key): string | null {
  if (by === 'amount') return typeKey(typed, key)
  if (by === 'channel') return null
  return typeDigit(typed, key, MOST_DIGITS[by])
}

/** Null when nothing is meant by it yet. A day is `MMDD`, an hour of it `MMDDhh`; the last such day up to now is meant. */
export function wishOf(by: WishField, typed: string, at: number): RecordWish | null {
  switch (by) {
    case 'amount': {
      const amountMinor = typedMinor(typed)
      return amountMinor === null || amountMinor === 0 ? null : { by, amountMinor }
    }
    case 'last4':
      return typed.length === MOST_DIGITS.last4 ? { by, last4: typed } : null
    case 'trace':
      return Number(typed) === 0 ? null : { by, stan: sixDigits(Number(typed)) }
    case 'operator':
      return typed.length === MOST_DIGITS.operator ? { by, operator: typed } : null
    case 'time':
      return timeWish(typed, at)
    case 'channel':
      return null
  }
}

const HOUR_MS = 3_600_000
const DAY_HOURS = 24

function timeWish(typed: string, at: number): RecordWish | null {
  if (typed.length !== 4 && typed.length !== 6) return null
  const hour = typed.length === 6 ? Number(typed.slice(4)) : null
  if (hour !== null && hour >= DAY_HOURS) return null
  const midnight = lastSuchDay(typed.slice(0, 4), at)
  if (midnight === null) return null
  const fromMs = midnight + (hour ?? 0) * HOUR_MS
  return { by: 'time', fromMs, toMs: fromMs + (hour === null ? DAY_HOURS : 1) * HOUR_MS }
}
