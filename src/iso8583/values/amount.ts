/** Signed amounts (`x+n8`): one sign character, then digits in the dialect's form. The value keeps the sign as its first character. */

import type { ByteTable } from '../characters/ebcdic.ts'
import { type Content, codeAt } from '../cursor.ts'

export type AmountOptions = {
  readonly digits: Content
  /** Characters allowed in front, for example `CD+-0`. */
  readonly signs: string
  /** The sign is EBCDIC instead of ASCII. */
  readonly ebcdic: ByteTable | null
}

/** Content codec for `x+n`; units count the sign and the digits. */
export function amountContent({ digits, signs, ebcdic }: AmountOptions): Content {
  function signAt(bytes: Uint8Array, at: number): string {
    const byte = bytes[at] ?? 0
    return String.fromCharCode(ebcdic === null ? byte : (ebcdic.toUnicode[byte] ?? 0))
  }

  return {
    wireBytes: (units) => 1 + digits.wireBytes(units - 1),
    // No amount is of variable length.
    unitsIn: digits.unitsIn,
    charactersPerUnit: 1,
    measure: (value) => value.length,
    quick: null,
    check(reader, units) {
      if (!signs.includes(signAt(reader.bytes, reader.at))) reader.fail('alphabet', reader.at, 0, 1)
      reader.at++
      digits.check(reader, units - 1)
    },
    text: (bytes, at, units) => signAt(bytes, at) + digits.text(bytes, at + 1, units - 1),
    copy(bytes, at, units) {
      const value = new Uint8Array(units)
      value[0] = signAt(bytes, at).charCodeAt(0)
      value.set(digits.copy(bytes, at + 1, units - 1), 1)
      return value
    },
    encode(writer, value, units) {
      const code = codeAt(value, 0)
      if (!signs.includes(String.fromCharCode(code))) {
        writer.fail('alphabet', 0, 1)
        return
      }
      writer.bytes[writer.at++] = ebcdic === null ? code : (ebcdic.toWire[code] ?? 0)
      digits.encode(writer, value.slice(1), units - 1)
    },
  }
}
