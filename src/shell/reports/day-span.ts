/** A day of the shop as a span of wall time. China has one time zone and no summer time. */

export type DaySpan = { readonly day: string; readonly fromMs: number; readonly toMs: number }

const DAY_MS = 86_400_000
const OFFSET_MS = 8 * 3_600_000

/** `2026-11-21`; null for what is no day. */
export function daySpan(day: string): DaySpan | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null
  const fromMs = midnight - OFFSET_MS
  return { day, fromMs, toMs: fromMs + DAY_MS }
}

/** The day in which this moment lies, in milliseconds since 1970. */
export function dayOf(ms: number): DaySpan {
  const midnight = Math.floor((ms + OFFSET_MS) / DAY_MS) * DAY_MS
  const fromMs = midnight - OFFSET_MS
  return { day: new Date(midnight).toISOString().slice(0, 10), fromMs, toMs: fromMs + DAY_MS }
}

/** So many days, oldest first; this one is the last. */
export function daysBefore({ fromMs }: DaySpan, count: number): readonly DaySpan[] {
  return Array.from({ length: count }, (_, index) => dayOf(fromMs - (count - 1 - index) * DAY_MS))
}
