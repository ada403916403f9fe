/** Track 2 of a stripe (ISO/IEC 7813) and its chip equivalent in tag 57, as bytes: the result holds views, so the owner can zero all. */
import { fixedBytes } from '#crypto/bytes.ts'

type Track2 = {
  /** ASCII digits, a view of the input. */
  readonly pan: Uint8Array
  /** `YYMM`; empty when the card leaves it out. */
  readonly expiry: string
  /** Three digits; empty when the card leaves it out. */
  readonly serviceCode: string
  /** ASCII digits, a view of the input. */
  readonly discretionary: Uint8Array
}

export type Track2Outcome =
  | { readonly ok: true; readonly track2: Track2 }
  | {
      readonly ok: false
      readonly error: 'pan' | 'separator' | 'expiry' | 'serviceCode' | 'discretionary' | 'tooLong'
    }

/** ISO/IEC 7813: forty characters with sentinels and check character. */
const TRACK2_MAX_CHARACTERS = 40
/** ISO/IEC 7812: at most nineteen digits; eight is the least that any issuer number leaves. */
const TRACK2_PAN_MIN_DIGITS = 8
const TRACK2_PAN_MAX_DIGITS = 19

const START = 0x3b // ;
const END = 0x3f // ?
const EQUALS = 0x3d
const LETTER_D = 0x44

/** `text` is ASCII with `=` or `D` as separator, with or without sentinels (what follows the end sentinel is its check character). */
export function parseTrack2(text: Uint8Array): Track2Outcome {
  if (text.length > TRACK2_MAX_CHARACTERS) return { ok: false, error: 'tooLong' }
  const body = withoutSentinels(text)
  const panEnd = body.findIndex((byte) => !isDigit(byte))
  if (panEnd === -1) return { ok: false, error: 'separator' }
  if (panEnd < TRACK2_PAN_MIN_DIGITS || panEnd > TRACK2_PAN_MAX_DIGITS) {
    return { ok: false, error: 'pan' }
  }
  if (!isSeparator(body[panEnd])) return { ok: false, error: 'separator' }
  const expiry = field(body, panEnd + 1, 4)
  if (expiry === null || !isMonth(expiry.text)) return { ok: false, error: 'expiry' }
  const service = field(body, expiry.next, 3)
  if (service === null) return { ok: false, error: 'serviceCode' }
  const discretionary = body.subarray(service.next)
  if (!discretionary.every(isDigit)) return { ok: false, error: 'discretionary' }
  return {
    ok: true,
    track2: {
      pan: body.subarray(0, panEnd),
      expiry: expiry.text,
      serviceCode: service.text,
      discretionary,
    },
  }
}

/**
 * Tag 57 as ASCII with `D`, without its padding, in a buffer of its own that the caller zeroes; null when a nibble is neither
 * digit, separator nor padding at the end.
 */
export function track2FromTag57(value: Uint8Array): Uint8Array | null {
  const padded = ((value.at(-1) ?? 0) & 15) === 0xf
  const text = fixedBytes(value.length * 2 - (padded ? 1 : 0))
  for (let at = 0; at < text.length; at++) {
    const byte = value[at >> 1] ?? 0
    const nibble = at % 2 === 0 ? byte >> 4 : byte & 15
    if (nibble > 9 && nibble !== 0xd) {
      text.fill(0)
      return null
    }
    text[at] = nibble === 0xd ? LETTER_D : 0x30 + nibble
  }
  return text
}

function withoutSentinels(text: Uint8Array): Uint8Array {
  const start = text[0] === START ? 1 : 0
  const end = text.indexOf(END, start)
  return text.subarray(start, end === -1 ? text.length : end)
}

/** A field that the card leaves out is one separator in its place. */
function field(body: Uint8Array, at: number, width: number): { text: string; next: number } | null {
  if (isSeparator(body[at])) return { text: '', next: at + 1 }
  const part = body.subarray(at, at + width)
  if (part.length < width || !part.every(isDigit)) return null
  return { text: String.fromCharCode(...part), next: at + width }
}

function isMonth(expiry: string): boolean {
  const month = expiry.slice(2)
  return expiry === '' || (month >= '01' && month <= '12')
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isSeparator(byte: number | undefined): boolean {
  return byte === EQUALS || byte === LETTER_D
}
