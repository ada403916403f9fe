/** EBCDIC code pages 037, 500 and 1047 as IBM publishes them: each is a one-to-one table to Latin-1, so nothing is lost either way. */
import type { Charset } from '../dialect/dialect-spec.ts'

export type ByteTable = { readonly toUnicode: Uint8Array; readonly toWire: Uint8Array }

/** Builds the two directions of a page; null when `charset` is no EBCDIC page. */
export function ebcdicTable(charset: Charset): ByteTable | null {
  const rows = PAGES[charset]
  if (rows === undefined) return null
  const hex = rows.join('')
  const toUnicode = new Uint8Array(256)
  const toWire = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte++) {
    const code = Number.parseInt(hex.slice(byte * 2, byte * 2 + 2), 16)
    toUnicode[byte] = code
    toWire[code] = byte
  }
  return { toUnicode, toWire }
}

/** Row n holds the Latin-1 codes of bytes 32n to 32n + 31. */
const PAGES: Readonly<Partial<Record<Charset, readonly string[]>>> = {
  cp037: [
    '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f',
    '80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a',
    '20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac',
    '2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22',
    'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4',
    'b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7',
    '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff',
    '5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
  ],
  cp500: [
    '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f',
    '80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a',
    '20a0e2e4e0e1e3e5e7f15b2e3c282b2126e9eaebe8edeeefecdf5d242a293b5e',
    '2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22',
    'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4',
    'b57e737475767778797aa1bfd0dddeaea2a3a5b7a9a7b6bcbdbeac7cafa8b4d7',
    '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff',
    '5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
  ],
  cp1047: [
    '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f',
    '80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a',
    '20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293b5e',
    '2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22',
    'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4',
    'b57e737475767778797aa1bfd05bdeaeaca3a5b7a9a7b6bcbdbedda8af5db4d7',
    '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff',
    '5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
  ],
}

const ZERO = 0x30
const LETTER_A = 0x41
const EQUALS = 0x3d
const EBCDIC_ZERO = 0xf0
const EBCDIC_A = 0xc1
const EBCDIC_EQUALS = 0x7e

/** ASCII code of an EBCDIC digit, A–F or `=` (the same in every EBCDIC page); 0 for anything else. */
export function fromEbcdicDigit(byte: number): number {
  if (byte >= EBCDIC_ZERO && byte <= EBCDIC_ZERO + 9) return byte - EBCDIC_ZERO + ZERO
  if (byte >= EBCDIC_A && byte <= EBCDIC_A + 5) return byte - EBCDIC_A + LETTER_A
  return byte === EBCDIC_EQUALS ? EQUALS : 0
}

/** The way back; only for codes that `fromEbcdicDigit` can give. */
export function toEbcdicDigit(code: number): number {
  if (code === EQUALS) return EBCDIC_EQUALS
  return code >= LETTER_A ? code - LETTER_A + EBCDIC_A : code - ZERO + EBCDIC_ZERO
}
