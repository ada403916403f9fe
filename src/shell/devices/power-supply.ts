/** What the kernel says of the batteries of this machine (Documentation/ABI/testing/sysfs-class-power): small text files in a folder for each supply. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#core/ports/clock.ts'

export type PowerReading = {
  /** Of all batteries together, 0 to 100. */
  readonly percent: number
  /** Something charges it, or it is full. */
  readonly onMains: boolean
}

/** More supplies than any machine has. */
const SUPPLIES_MOST = 32
/** Status of a battery that is not being emptied. */
const FED = ['Charging', 'Full', 'Not charging']

/** Null: no battery, or none that says how full it is. Batteries of mice and readers (scope Device) are not those of the machine. Never throws. */
export function readPower(folder: string): PowerReading | null {
  const supplies = namesIn(folder).map((name) => (file: string) => textOf(join(folder, name, file)))
  const batteries = supplies.filter(
    (read) => read('type') === 'Battery' && read('scope') !== 'Device' && read('present') !== '0',
  )
  const charges = batteries.flatMap((read) => {
    const text = read('capacity')
    return /^[0-9]{1,3}$/.test(text) ? [Math.min(100, Number(text))] : []
  })
  if (charges.length === 0) return null
  const sum = charges.reduce((all, one) => all + one, 0)
  const isPlugged = supplies.some((read) => read('type') !== 'Battery' && read('online') === '1')
  return {
    percent: Math.floor(sum / charges.length),
    onMains: isPlugged || batteries.every((read) => FED.includes(read('status'))),
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).slice(0, SUPPLIES_MOST)
  } catch {
    // A machine without power supplies has no such folder.
    return []
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    // Not every supply has every file, and one may be pulled while it is read.
    return ''
  }
}

/** Looks at once and then again and again; tells what has changed, and nothing on a machine without a battery. */
export function watchPowerSupply(parts: {
  readonly clock: Clock
  readonly read: () => PowerReading | null
  readonly everyMs: number
  readonly onPower: (reading: PowerReading) => void
}): { readonly stop: () => void } {
  const { clock, everyMs, onPower, read } = parts
  let last: PowerReading | null = null
  let stop = (): void => undefined
  const look = (): void => {
    stop = clock.after(everyMs, look)
    const now = read()
    const isNew = now?.percent !== last?.percent || now?.onMains !== last?.onMains
    last = now
    if (now !== null && isNew) onPower(now)
  }
  look()
  return { stop: () => stop() }
}
