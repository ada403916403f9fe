/** What counts as one read, whatever the scanner: only while armed, nothing stale, each showing of a code once. */
import type { Clock } from '#core/ports/clock.ts'
import type { ScanReading } from '#core/ports/qr-scanner.ts'

export type ReadGate = {
  readonly armed: boolean
  /** Whether a code whose first byte comes now is wanted. */
  readonly wanted: boolean
  /** Reads that were thrown away since the start: not armed, stale, or the same code again. */
  readonly dropped: number
  onRead(listener: (reading: ScanReading) => void): void
  /** Hands the reading on, or drops and zeroes it. */
  give(reading: ScanReading): void
  /** Zeroes and counts a reading that began when it was not wanted. */
  drop(reading: ScanReading): void
  /** False when it is open already. */
  arm(): boolean
  /** False when it is shut already. */
  disarm(): boolean
}

/** No scanner lights, decodes and sends within this time: what begins so soon after `arm` was still on its way from before. */
const STALE_MS = 20
/** The same code read again within this time is the same showing of the phone. */
const SAME_CODE_MS = 2000

export function createReadGate(clock: Clock): ReadGate {
  const listeners: ((reading: ScanReading) => void)[] = []
  let armed = false
  let armedAtMs = 0
  let dropped = 0
  let last: Uint8Array | null = null
  let cancelForget = (): void => {}

  function forget(): void {
    cancelForget()
    last?.fill(0)
    last = null
  }

  function drop(reading: ScanReading): void {
    dropped += 1
    reading.bytes.fill(0)
  }

  return {
    get armed() {
      return armed
    },
    get wanted() {
      return armed && clock.monotonicMs() - armedAtMs >= STALE_MS
    },
    get dropped() {
      return dropped
    },
    onRead: (listener) => void listeners.push(listener),
    drop,
    give(reading) {
      if (!armed || (last !== null && equal(last, reading.bytes))) return drop(reading)
      forget()
      last = reading.bytes.slice()
      cancelForget = clock.after(SAME_CODE_MS, forget)
      for (const listener of listeners) listener(reading)
    },
    arm() {
      if (armed) return false
      armed = true
      armedAtMs = clock.monotonicMs()
      forget()
      return true
    },
    disarm() {
      if (!armed) return false
      armed = false
      forget()
      return true
    },
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
