/**
 * Finds the codes in a scanner's bytes. Pure: time comes in as `silence`. Nothing of a code stays behind: the buffer is fixed and is
 * zeroed when a code leaves it.
 */
import type { ScanReading } from '#core/ports/qr-scanner.ts'
import { aimIdentifier } from '../aim-identifier.ts'

/** The longest QR code holds 2953 bytes; more is not a code. */
export const CODE_LIMIT = 4096

export type ScanFrameOptions = {
  /** Bytes after each code, such as CR; empty: silence ends a code. */
  readonly suffix: Uint8Array
  /** The scanner answers commands with STX … ETX (Newland); such answers are not codes. */
  readonly answersCommands: boolean
}

export type ScanFramer = {
  /** Codes that these bytes complete. `wanted`: whether a code that begins now is wanted. */
  push(bytes: Uint8Array, wanted: boolean): ScanReading[]
  /** No byte for a while: completes a code when there is no suffix, and drops half a code when there is one. */
  silence(): ScanReading[]
  /** A code that began before now is not wanted any more, whenever it ends. */
  drop(): void
  /** True while a code is half received. */
  readonly busy: boolean
  /** Half or overlong codes since the last good one. */
  readonly spoilt: number
  /** Whole codes that were not wanted, since the start. */
  readonly unwanted: number
}

const STX = 0x02
const ETX = 0x03

export function createScanFramer({ suffix, answersCommands }: ScanFrameOptions): ScanFramer {
  const buffer = new Uint8Array(CODE_LIMIT + suffix.length)
  let length = 0
  let wantedCode = false
  let overlong = false
  let inAnswer = false
  let spoilt = 0
  let unwanted = 0

  function take(byte: number, wanted: boolean): ScanReading[] {
    if (inAnswer) {
      inAnswer = byte !== ETX
      return []
    }
    if (length === 0 && !overlong) {
      wantedCode = wanted
      if (answersCommands && byte === STX) {
        inAnswer = true
        return []
      }
    }
    if (length === buffer.length) {
      // Too long: keep only what is needed to see the suffix.
      overlong = true
      buffer.copyWithin(0, length - suffix.length)
      length = suffix.length
    }
    buffer[length] = byte
    length += 1
    return endsWithSuffix() ? finish(length - suffix.length) : []
  }

  function endsWithSuffix(): boolean {
    if (suffix.length === 0 || length < suffix.length) return false
    return suffix.every((byte, index) => buffer[length - suffix.length + index] === byte)
  }

  function finish(size: number): ScanReading[] {
    const whole = buffer.subarray(0, size)
    const good = !overlong && size > 0
    const readings = good && wantedCode ? [asReading(whole)] : []
    if (good && !wantedCode) unwanted += 1
    if (good) spoilt = 0
    else if (overlong) spoilt += 1
    clear()
    return readings
  }

  function clear(): void {
    buffer.fill(0)
    length = 0
    overlong = false
  }

  return {
    push: (bytes, wanted) => Array.from(bytes).flatMap((byte) => take(byte, wanted)),
    silence() {
      inAnswer = false
      if (length === 0) return []
      if (suffix.length === 0) return finish(length)
      spoilt += 1
      clear()
      return []
    },
    drop() {
      wantedCode = false
    },
    get busy() {
      return length > 0 || inAnswer
    },
    get spoilt() {
      return spoilt
    },
    get unwanted() {
      return unwanted
    },
  }
}

/** Takes an AIM identifier off the front. */
function asReading(code: Uint8Array): ScanReading {
  const symbology = aimIdentifier(code)
  return { symbology, bytes: code.slice(symbology.length) }
}
