/** TLV objects as JSON: the bare tree, or with names and words for people. */
import { toHex } from '#crypto/hex.ts'
import { aipWords, tsiWords, tvrWords } from '#emv/bit-words.ts'
import { parseCvmList } from '#emv/cvm-list.ts'
import { parseDol } from '#emv/dol.ts'
import { meaningOf } from '#emv/tag-dictionary.ts'
import type { TlvObject } from '#emv/tlv.ts'

export type TlvTree = {
  readonly tag: string
  /** Bytes of the value. */
  readonly len: number
  readonly value?: string
  readonly children?: readonly TlvTree[]
  readonly name?: string
  readonly words?: unknown
}

export type TreeOptions = { readonly words?: true; readonly unmask?: true }

export function treeOf(object: TlvObject, options: TreeOptions): TlvTree {
  const { tag, value, children } = object
  const meaning = meaningOf(tag)
  const hidden = options.unmask !== true && meaning?.sensitive === true
  // A name in words is the name all the same.
  const words = options.words === true && !hidden ? wordsOf(tag, value) : null
  return {
    tag,
    len: value.length,
    ...(options.words === true && meaning !== null ? { name: meaning.name } : {}),
    ...(children === null
      ? { value: hidden ? '*'.repeat(value.length * 2) : toHex(value) }
      : { children: children.map((child) => treeOf(child, options)) }),
    ...(words === null ? {} : { words }),
  }
}

/** Null for tags that have no words, and for values that do not fit their tag. */
function wordsOf(tag: string, value: Uint8Array): unknown {
  switch (tag) {
    case '95':
      return tvrWords(value)
    case '9B':
      return tsiWords(value)
    case '82':
      return aipWords(value)
    case '8E': {
      const outcome = parseCvmList(value)
      return outcome.ok ? outcome.list : null
    }
    case '9F38':
    case '8C':
    case '8D':
    case '97':
    case '9F49': {
      const outcome = parseDol(value)
      return outcome.ok
        ? outcome.entries.map((entry) => ({ ...entry, name: meaningOf(entry.tag)?.name ?? '' }))
        : null
    }
    default:
      return meaningOf(tag)?.format === 'an' || meaningOf(tag)?.format === 'ans'
        ? printable(value)
        : null
  }
}

/** Text only when all of it is printable ASCII. */
function printable(value: Uint8Array): string | null {
  return value.every((byte) => byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(...value) : null
}
