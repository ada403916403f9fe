/** The PAN and expiry that an owed reversal needs after a power cut: sealed under the device key, opened only to send the 0400. */
import type { PresentedCard } from '#core/ports/card-reader.ts'
import type { DeviceKey, Random } from '../keys/device-key.ts'
import { open, seal } from '../keys/seal.ts'

/** Expiry (four digits) in front of the PAN digits, as ASCII. */
const EXPIRY_BYTES = 4

export function sealPan(
  key: DeviceKey,
  reversal: string,
  card: PresentedCard,
  random: Random,
): Uint8Array {
  const clear = new Uint8Array(EXPIRY_BYTES + card.pan.length)
  try {
    clear.set(
      new TextEncoder().encode(card.expiry.padStart(EXPIRY_BYTES, '0').slice(0, EXPIRY_BYTES)),
    )
    card.pan.use((digits) => clear.set(digits, EXPIRY_BYTES))
    return seal(key, { context: contextOf(reversal), bytes: clear }, random)
  } finally {
    clear.fill(0)
  }
}

/** Lends expiry and PAN for one call, then zeroes them; null when the seal does not open under this key. */
export function withSealedPan<Result>(
  key: DeviceKey,
  reversal: string,
  sealed: Uint8Array,
  reader: (expiry: Uint8Array, pan: Uint8Array) => Result,
): Result | null {
  const clear = open(key, contextOf(reversal), sealed)
  if (clear === null) return null
  try {
    return reader(clear.subarray(0, EXPIRY_BYTES), clear.subarray(EXPIRY_BYTES))
  } finally {
    clear.fill(0)
  }
}

function contextOf(reversal: string): string {
  return `reversal:${reversal}`
}
