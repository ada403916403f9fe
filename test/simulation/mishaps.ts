/** What happens to a shop from outside, at no moment of the terminal's choosing: cables, power, clocks. */
import type { World } from './world.ts'

const APART_MS = 600_000
const HOUR_MS = 3_600_000

/** Starts the chain of mishaps; it draws on without end and strikes only while faults do. */
export function beginMishaps({ timeline, random, faults, ...world }: World): void {
  const next = (): void => {
    timeline.after(random.gap(APART_MS), () => {
      if (faults.strikes('readerGone')) world.reader.unplug()
      if (faults.strikes('scannerGone')) world.scanner.unplug()
      if (faults.strikes('printerGone')) world.printer.unplug()
      if (faults.strikes('cutAnytime')) world.process.powerOff()
      if (faults.strikes('clockBack')) timeline.moveWall(-random.between(1, 48) * HOUR_MS)
      if (faults.strikes('clockForward')) timeline.moveWall(random.between(1, 48) * HOUR_MS)
      if (faults.strikes('midnight')) timeline.moveWall(untilMidnight(timeline.wallMs()))
      next()
    })
  }
  next()
}

/** To one second before the day ends in China. */
function untilMidnight(wallMs: number): number {
  const day = 24 * HOUR_MS
  return day - ((wallMs + 8 * HOUR_MS) % day) - 1000
}
