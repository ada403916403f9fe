/**
 * The codes in the reports of a HID POS scanner (USB HID point-of-sale usage tables 1.02, usage page 0x8C). Pure: time comes in as
 * `silence`. The buffer is fixed and is zeroed when a code leaves it.
 */
import type { ScanReading } from '#core/ports/qr-scanner.ts'
import { aimIdentifier } from '../aim-identifier.ts'

export const USAGE_PAGE_SCANNER = 0x8c

/** The longest QR code holds 2953 bytes; more is not a code. */
const CODE_LIMIT = 4096

/** Scanned data: id, length, AIM identifier (3), data (56), vendor symbology, reserved, flags. */
const SCANNED_DATA_REPORT = 0x02
const REPORT_BYTES = 64
const LENGTH_AT = 1
const AIM_AT = 2
const DATA_AT = 5
const DATA_BYTES = 56
const FLAGS_AT = 63
const FLAG_MORE_FOLLOWS = 0x01

type PosReading = { readonly reading: ScanReading; readonly wanted: boolean }

export type PosReports = {
  /** The code that this report completes, or null. `wanted`: whether a code that begins now is wanted. Zeroes the report. */
  push(report: Uint8Array, wanted: boolean): PosReading | null
  /** The rest of a code has not come in time: drops the half. */
  silence(): void
  /** A code that began before now is not wanted any more, whenever it ends. */
  unwant(): void
  /** Forgets half a code: the scanner went. */
  reset(): void
  /** True while a code is half received. */
  readonly busy: boolean
  /** Half, overlong and malformed codes since the last good one. */
  readonly spoilt: number
  /** Reports of other kinds, which this driver has no use for. */
  readonly others: number
}

export function createPosReports(): PosReports {
  const buffer = new Uint8Array(CODE_LIMIT)
  let length = 0
  let busy = false
  let symbology = ''
  let wantedCode = false
  let broken = false
  let spoilt = 0
  let others = 0

  function take(report: Uint8Array, wanted: boolean): PosReading | null {
    if (!busy) {
      wantedCode = wanted
      symbology = aimIdentifier(report.subarray(AIM_AT, DATA_AT))
    }
    busy = true
    const claimed = report[LENGTH_AT] ?? 0
    const same = aimIdentifier(report.subarray(AIM_AT, DATA_AT)) === symbology
    // A length beyond the field is a lie about all of it: cutting the code off there could make another valid one.
    if (claimed > DATA_BYTES || !same || length + claimed > buffer.length) broken = true
    else {
      buffer.set(report.subarray(DATA_AT, DATA_AT + claimed), length)
      length += claimed
    }
    if (((report[FLAGS_AT] ?? 0) & FLAG_MORE_FOLLOWS) !== 0) return null
    return finish()
  }

  function finish(): PosReading | null {
    const good = !broken && length > 0
    const reading = good ? { symbology, bytes: buffer.slice(0, length) } : null
    if (good) spoilt = 0
    else spoilt += 1
    clear()
    return reading === null ? null : { reading, wanted: wantedCode }
  }

  function clear(): void {
    buffer.fill(0)
    length = 0
    busy = false
    broken = false
  }

  return {
    push(report, wanted) {
      let done: PosReading | null = null
      if (report[0] !== SCANNED_DATA_REPORT) others += 1
      else if (report.length === REPORT_BYTES) done = take(report, wanted)
      else {
        spoilt += 1
        clear()
      }
      report.fill(0)
      return done
    },
    silence() {
      if (!busy) return
      spoilt += 1
      clear()
    },
    unwant() {
      wantedCode = false
    },
    reset: clear,
    get busy() {
      return busy
    },
    get spoilt() {
      return spoilt
    },
    get others() {
      return others
    },
  }
}
