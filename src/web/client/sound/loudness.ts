/** How loud a sound may be at this time of the day. */
import type { Look } from '#shell/api/view.ts'
import type { Sound } from './sound-of.ts'

/** What must be heard at night too, softly: nothing was paid, or somebody has to come. */
const HEARD_AT_NIGHT: ReadonlySet<Sound> = new Set(['refused', 'fail', 'unknown', 'attention'])
const SOFT = 0.35

/** From 0, silent, to 1. `minuteOfDay` counts from midnight. */
export function loudness(sound: Sound, look: Look, minuteOfDay: number): number {
  const volume = look.volume / 100
  if (look.quietHours === null || !isWithin(look.quietHours, minuteOfDay)) return volume
  return HEARD_AT_NIGHT.has(sound) ? volume * SOFT : 0
}

/** `from` belongs to the quiet hours, `to` does not; they may go over midnight. */
function isWithin({ from, to }: NonNullable<Look['quietHours']>, minute: number): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
