/** What may be shown of cardholder data (PCI DSS 3.4.1): a mask that cannot parse its input shows nothing of it. */
import type { SecretKind } from '#core/ports/secret.ts'

/** ISO 7812: a PAN has 12 to 19 digits here; shorter ones would show too much. */
const PAN_MIN_DIGITS = 12
const PAN_MAX_DIGITS = 19
/** The shortest payment code of which four digits may be shown. */
const PAYMENT_CODE_MIN_DIGITS = 12

const NOTHING = '********'

/** First 6 and last 4 of a PAN, last 4 of a payment code, eight stars for all else. */
export function maskOf(kind: SecretKind, bytes: Uint8Array): string {
  switch (kind) {
    case 'pan':
      return fits(bytes, PAN_MIN_DIGITS, PAN_MAX_DIGITS) ? show(bytes, 6) : NOTHING
    case 'paymentCode':
      return fits(bytes, PAYMENT_CODE_MIN_DIGITS, bytes.length) ? show(bytes, 0) : NOTHING
    case 'track2':
    case 'pinBlock':
      return NOTHING
  }
}

function fits(bytes: Uint8Array, least: number, most: number): boolean {
  const digits = bytes.every((byte) => byte >= 0x30 && byte <= 0x39)
  return digits && bytes.length >= least && bytes.length <= most
}

function show(bytes: Uint8Array, first: number): string {
  const stars = '*'.repeat(bytes.length - first - 4)
  return `${text(bytes.subarray(0, first))}${stars}${text(bytes.subarray(-4))}`
}

function text(digits: Uint8Array): string {
  return String.fromCharCode(...digits)
}
