/** Writes BER-TLV with the shortest lengths. What is written is our own, so a wrong tag is a bug and throws. */
import { concat } from '#crypto/bytes.ts'
import { fromHex } from '#crypto/hex.ts'
import { parseTlv } from './tlv.ts'

export type TlvItem =
  | { readonly tag: string; readonly value: Uint8Array }
  | { readonly tag: string; readonly children: readonly TlvItem[] }

export function buildTlv(items: readonly TlvItem[]): Uint8Array {
  return concat(...items.map(buildItem))
}

function buildItem(item: TlvItem): Uint8Array {
  const value = 'value' in item ? item.value : buildTlv(item.children)
  return concat(tagBytes(item.tag), lengthBytes(value.length), value)
}

function tagBytes(tag: string): Uint8Array {
  const bytes = fromHex(tag) ?? new Uint8Array()
  const { objects } = parseTlv(concat(bytes, Uint8Array.of(0)))
  if (objects[0]?.tag !== tag.toUpperCase()) throw new RangeError(`${tag} is no tag`)
  return bytes
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  return Uint8Array.of(0x80 | digits.length, ...digits)
}
