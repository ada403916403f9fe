/**
 * Tells a person from a machine by pace. A code scanner set to "keyboard" types what a stranger printed: digits, Enter, control
 * keys. Real scanners are on a port of their own, so whatever types faster than a hand is not obeyed.
 */

/** Seven keys in this time are beyond the fastest hand (about 80 ms a key); an eight-digit goods code is caught before its Enter. */
const BURST_KEYS = 7
const BURST_MS = 150
/** A burst is over when nothing was typed for this long. */
const SILENCE_MS = 300

/** Returns what to ask at every key with a clock that never goes back: true when a machine types. */
export function typingPace(): (atMs: number) => boolean {
  let recent: readonly number[] = []
  let inBurst = false
  return (atMs) => {
    const last = recent.at(-1)
    if (last !== undefined && atMs - last >= SILENCE_MS) {
      recent = []
      inBurst = false
    }
    recent = [...recent, atMs].slice(-BURST_KEYS)
    const first = recent[0] ?? atMs
    if (recent.length === BURST_KEYS && atMs - first <= BURST_MS) inBurst = true
    return inBurst
  }
}
