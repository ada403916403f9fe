/** Which counter a DUKPT device uses next: values with too many set bits are skipped, so that no key needs more than a few steps. */
import type { Bytes } from '../bytes.ts'

/** ANSI X9.24-1: 21 counter bits, at most ten of them set; about a million transactions. */
const TDES = { bits: 21, mostOnes: 10 } as const
/** ANSI X9.24-3: 32 counter bits, at most sixteen of them set. */
const AES = { bits: 32, mostOnes: 16 } as const

/** The KSN after `ksn` (10 bytes); null when the device has no further key. */
export function nextTdesKsn(ksn: Uint8Array): Bytes | null {
  return nextKsn(ksn, TDES)
}

/** The KSN after `ksn` (12 bytes); null when the device has no further key. */
export function nextAesKsn(ksn: Uint8Array): Bytes | null {
  return nextKsn(ksn, AES)
}

function nextKsn(
  ksn: Uint8Array,
  rule: { readonly bits: number; readonly mostOnes: number },
): Bytes | null {
  const next = Uint8Array.from(ksn)
  const view = new DataView(next.buffer, next.length - 4)
  const range = 2 ** rule.bits
  const last = view.getUint32(0)
  const counter = nextCounter(last % range, rule.mostOnes)
  if (counter >= range) return null
  view.setUint32(0, last - (last % range) + counter)
  return next
}

/** With the most bits already set, adding the lowest set bit is the next value that has no more of them. */
function nextCounter(counter: number, mostOnes: number): number {
  return ones(counter) < mostOnes ? counter + 1 : counter + lowestOne(counter)
}

function ones(value: number): number {
  return value.toString(2).replaceAll('0', '').length
}

function lowestOne(value: number): number {
  return 2 ** (value.toString(2).length - 1 - value.toString(2).lastIndexOf('1'))
}
