/** What the status bits mean, in the words of the port; bit tables of DLE EOT and GS a from Epson's ESC/POS reference. */
import type { DeviceTrouble } from '#core/ports/device.ts'

export type Condition = {
  readonly paperOut: boolean
  readonly paperNearEnd: boolean
  readonly coverOpen: boolean
  readonly cutterJammed: boolean
  /** Pauses and goes on by itself. */
  readonly headHot: boolean
  /** Only switching the printer off and on helps. */
  readonly unrecoverable: boolean
}

export const ALL_WELL: Condition = {
  paperOut: false,
  paperNearEnd: false,
  coverOpen: false,
  cutterJammed: false,
  headHot: false,
  unrecoverable: false,
}

/** From the answers to DLE EOT 2, 3 and 4. */
export function fromRealTime(offline: number, error: number, roll: number): Condition {
  const coverOpen = (offline & 0x04) !== 0
  return {
    coverOpen,
    // Many models report paper end whenever the cover is open.
    paperOut: !coverOpen && ((offline & 0x20) !== 0 || (roll & 0x60) !== 0),
    paperNearEnd: (roll & 0x0c) !== 0,
    cutterJammed: (error & 0x08) !== 0,
    headHot: !coverOpen && (error & 0x40) !== 0,
    unrecoverable: (error & 0x20) !== 0,
  }
}

/** From the four bytes of automatic status back. */
export function fromStatusBack(status: readonly [number, number, number, number]): Condition {
  const [printer, error, roll] = status
  const coverOpen = (printer & 0x20) !== 0
  return {
    coverOpen,
    paperOut: !coverOpen && (roll & 0x0c) !== 0,
    paperNearEnd: (roll & 0x03) !== 0,
    cutterJammed: (error & 0x08) !== 0,
    headHot: !coverOpen && (error & 0x40) !== 0,
    unrecoverable: (error & 0x20) !== 0,
  }
}

/** Standing troubles, sorted. An unrecoverable error is told as `noAnswer`: the cure, off and on again, is the same. */
export function troublesOf(condition: Condition): DeviceTrouble[] {
  const troubles: DeviceTrouble[] = []
  if (condition.coverOpen) troubles.push('coverOpen')
  if (condition.cutterJammed) troubles.push('cutterJammed')
  if (condition.headHot) troubles.push('headHot')
  if (condition.unrecoverable) troubles.push('noAnswer')
  if (condition.paperOut) troubles.push('paperOut')
  return troubles
}

/** The trouble that ends a job; a hot head only delays it. */
export function stoppedBy(condition: Condition): DeviceTrouble | null {
  return troublesOf(condition).find((trouble) => trouble !== 'headHot') ?? null
}
