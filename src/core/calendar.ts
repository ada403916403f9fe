/** Dates without a clock: the core is told the time and only writes it out. */

const DAY_MS = 86_400_000
/** China has one time zone and no summer time. */
const LOCAL_OFFSET_MS = 8 * 3_600_000

/** The host gives MMDD and hhmmss without a year: the year is the one that puts it nearest to our own clock. */
export function hostDateTime(at: number, mmdd: string, hhmmss: string): string {
  const own = civil(at + LOCAL_OFFSET_MS)
  if (!/^\d{4}$/.test(mmdd) || !/^\d{6}$/.test(hhmmss))
    return `${own.year}-${own.month}-${own.day} ${own.time}`
  const december = own.month === '12' && mmdd.startsWith('01')
  const january = own.month === '01' && mmdd.startsWith('12')
  const year = own.year + (december ? 1 : january ? -1 : 0)
  const time = `${hhmmss.slice(0, 2)}:${hhmmss.slice(2, 4)}:${hhmmss.slice(4)}`
  return `${year}-${mmdd.slice(0, 2)}-${mmdd.slice(2)} ${time}`
}

/** Two moments on one day in China. */
export function isSameDay(a: number, b: number): boolean {
  return Math.floor((a + LOCAL_OFFSET_MS) / DAY_MS) === Math.floor((b + LOCAL_OFFSET_MS) / DAY_MS)
}

/** Midnight in China of the last such day up to now; null: there is no such day in the calendar. `mmdd`: four digits. */
export function lastSuchDay(mmdd: string, at: number): number | null {
  for (let days = 0; days <= MOST_DAYS; days++) {
    const midnight = midnightOf(at - days * DAY_MS)
    const { day, month } = civil(midnight + LOCAL_OFFSET_MS)
    if (`${month}${day}` === mmdd) return midnight
  }
  return null
}

/** A day of the calendar comes again within a year, and the last of February within eight. */
const MOST_DAYS = 366

function midnightOf(at: number): number {
  const local = at + LOCAL_OFFSET_MS
  return local - (local % DAY_MS) - LOCAL_OFFSET_MS
}

/** Days to date without a clock in the room (H. Hinnant's era arithmetic). */
export function civil(ms: number): { year: number; month: string; day: string; time: string } {
  const days = Math.floor(ms / DAY_MS)
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const seconds = Math.floor((ms - days * DAY_MS) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month: two(month),
    day: two(day),
    time: `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`,
  }
}
