/** Data object lists: the card names what it wants and how long, the terminal answers with values in that order (EMV Book 3, 5.4). */
import { concat } from '#crypto/bytes.ts'
import { toHex } from '#crypto/hex.ts'
import { meaningOf, type TagFormat } from './tag-dictionary.ts'
import { TLV_MAX_TAG_BYTES } from './tlv.ts'

export type DolEntry = { readonly tag: string; readonly length: number }

export type DolOutcome =
  | { readonly ok: true; readonly entries: readonly DolEntry[] }
  | {
      readonly ok: false
      readonly error: {
        readonly code: 'truncated' | 'tagTooLong' | 'tooLong'
        readonly offset: number
      }
    }

/** A DOL travels in one record, its values in one command: neither is longer than this. */
export const DOL_MAX_BYTES = 252

/** Tag and length pairs; lengths are one byte (EMV Book 3, 5.4). */
export function parseDol(bytes: Uint8Array): DolOutcome {
  if (bytes.length > DOL_MAX_BYTES) return { ok: false, error: { code: 'tooLong', offset: 0 } }
  const entries: DolEntry[] = []
  let at = 0
  while (at < bytes.length) {
    const tagEnd = endOfTag(bytes, at)
    if (tagEnd - at > TLV_MAX_TAG_BYTES) {
      return { ok: false, error: { code: 'tagTooLong', offset: at } }
    }
    const length = bytes[tagEnd]
    if (length === undefined) {
      return { ok: false, error: { code: 'truncated', offset: bytes.length } }
    }
    entries.push({ tag: toHex(bytes.subarray(at, tagEnd)), length })
    at = tagEnd + 1
  }
  return { ok: true, entries }
}

/** Behind the last byte where the tag is cut off. */
function endOfTag(bytes: Uint8Array, start: number): number {
  let at = start
  if (((bytes[at++] ?? 0) & 0x1f) !== 0x1f) return at
  while (((bytes[at++] ?? 0) & 0x80) !== 0);
  return at
}

/** The values in order, without tags; what `valueOf` does not know becomes zeros. */
export function buildDol(
  entries: readonly DolEntry[],
  valueOf: (tag: string) => Uint8Array | null | undefined,
): Uint8Array {
  return concat(
    ...entries.map(({ tag, length }) => {
      const format = meaningOf(tag)?.format
      const value = valueOf(tag)
      return value && format !== 't' ? fit(value, length, format) : new Uint8Array(length)
    }),
  )
}

/**
 * Too long: numbers keep their right end, all else its left end. Too short: numbers get zeros in front, `cn` gets F nibbles behind,
 * all else zeros behind (EMV Book 3, 5.4 step 2).
 */
function fit(value: Uint8Array, length: number, format: TagFormat | undefined): Uint8Array {
  const excess = value.length - length
  if (excess >= 0) return format === 'n' ? value.subarray(excess) : value.subarray(0, length)
  const padding = new Uint8Array(-excess).fill(format === 'cn' ? 0xff : 0)
  return format === 'n' ? concat(padding, value) : concat(value, padding)
}
