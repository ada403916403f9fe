/** What a dialect is as plain data: everything that differs between two networks stands here, and nothing of it in code. */

export type DigitEncoding = 'bcd' | 'ascii' | 'ebcdic'
export type BinaryEncoding = 'raw' | 'hex' | 'ebcdicHex'
export type Charset = 'ascii' | 'latin1' | 'gbk' | 'cp037' | 'cp500' | 'cp1047'
export type PrefixEncoding = 'bcd' | 'ascii' | 'ebcdic' | 'binary'

/**
 * What a length prefix counts. `units`: digits of `n` and `z`, data bytes of everything else. `bytes`: bytes on the wire.
 * `nibbles`: half bytes on the wire, padding included (BCD only).
 */
export type PrefixCount = 'units' | 'bytes' | 'nibbles'

export type FieldName = { readonly 'zh-CN': string; readonly en: string }

/** How one field stands on the wire. Whatever is not said here comes from the dialect. */
export type FieldSpec = {
  /**
   * ISO 8583 notation: class, `..` when variable, length, and the number of Ls when it does not follow from the length:
   * `n6`, `n..19`, `z..37`, `an12`, `ans..999`, `b64` (fixed: bits), `b..255 LLL` (variable: bytes), `x+n8`.
   */
  readonly format: string
  readonly name?: FieldName
  /** Wire form of digits, track and the digits of a signed amount. */
  readonly digits?: DigitEncoding
  readonly binary?: BinaryEncoding
  readonly charset?: Charset
  readonly prefix?: PrefixEncoding
  readonly count?: PrefixCount
  /** BCD with an odd number of digits: `right` puts the filler in front. Default: fixed right, variable left. */
  readonly align?: 'left' | 'right'
  /** The nibble written beside an odd number of BCD digits; 0 and F are both accepted on reading. */
  readonly filler?: '0' | 'F'
  /** First byte of a signed amount; default `CD+-0`. */
  readonly signs?: string
  /** Bytes that are no character: refuse the message, or keep each as U+DC80…U+DCFF so that packing restores it. */
  readonly undecodable?: 'refuse' | 'keep'
  /** Masked in every view, and never part of an error. */
  readonly sensitive?: boolean
  /** The inner structure, when there is one; the field itself keeps its flat value. */
  readonly parts?: CompositeSpec
}

/** One part of a composite. In `slices` the format's class and length count characters of the flat value. */
export type PartSpec = FieldSpec & { readonly id: string }

export type CompositeSpec =
  /** Characters of the flat value cut one after the other; `cut`: trailing parts may be missing altogether. */
  | { readonly kind: 'slices'; readonly parts: readonly PartSpec[]; readonly cut?: boolean }
  /** Fields of their own wire form, one after the other in the bytes of a binary field. */
  | { readonly kind: 'sequence'; readonly parts: readonly PartSpec[]; readonly cut?: boolean }
  /** BER-TLV (ISO 8825-1 as EMV uses it); tags that are not listed are kept as binary. */
  | {
      readonly kind: 'berTlv'
      readonly tags?: Readonly<Record<string, FieldSpec>>
    }
  /** Tag and length of fixed width. Tags that are not listed are kept as binary. */
  | {
      readonly kind: 'tlv'
      readonly tagWidth: number
      readonly tagEncoding: DigitEncoding | 'text' | 'raw'
      readonly lengthWidth: number
      readonly lengthEncoding: PrefixEncoding
      readonly tags?: Readonly<Record<string, FieldSpec>>
    }
  /** A bitmap of its own of 1–24 bytes, then the fields whose bits are set; bit 1 is an ordinary field. */
  | {
      readonly kind: 'bitmapped'
      readonly bitmap: BinaryEncoding
      readonly bitmapBytes: number
      readonly fields: Readonly<Record<string, FieldSpec>>
    }

export type DialectSpec = {
  readonly name: string
  readonly title?: FieldName
  readonly mti: DigitEncoding
  readonly bitmap: BinaryEncoding
  /** Highest field number: how many bitmaps there may be. */
  readonly lastField: 64 | 128 | 192
  readonly digits: DigitEncoding
  readonly binary: BinaryEncoding
  readonly charset: Charset
  readonly prefix: PrefixEncoding
  readonly undecodable?: 'refuse' | 'keep'
  /** Side of the digits of fixed BCD fields; default right. */
  readonly align?: 'left' | 'right'
  readonly fields: Readonly<Record<string, FieldSpec>>
}
