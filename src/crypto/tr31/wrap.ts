/** Taking keys out of key blocks and putting them in. */
import { concat } from '../bytes.ts'
import { fromHex, toHex } from '../hex.ts'
import {
  headerTextOf,
  type KeyBlockError,
  type KeyBlockHeader,
  splitKeyBlock,
} from './key-block.ts'
import { protectionOf } from './protection.ts'

export type UnwrapOutcome =
  | { readonly ok: true; readonly header: KeyBlockHeader; readonly key: Uint8Array }
  | { readonly ok: false; readonly error: KeyBlockError }

/** Opens a key block under its protection key. Nothing of the key is given unless the authenticator fits. */
export function unwrapKeyBlock(blockKey: Uint8Array, text: string): UnwrapOutcome {
  const split = splitKeyBlock(text)
  if (!split.ok) return split
  const protection = protectionOf(split.header.version, blockKey)
  if (protection === null) return { ok: false, error: 'blockKey' }
  const body = fromHex(split.body) ?? new Uint8Array()
  const cut = body.length - protection.macBytes
  if (cut < 2 || cut % protection.fill !== 0) return { ok: false, error: 'length' }
  const header = ascii(split.headerText)
  const clear = protection.open(header, body.subarray(0, cut), body.subarray(cut))
  if (clear === null) return { ok: false, error: 'authentication' }
  try {
    const bits = ((clear[0] ?? 0) << 8) | (clear[1] ?? 0)
    if (bits === 0 || bits % 8 !== 0 || 2 + bits / 8 > clear.length) {
      return { ok: false, error: 'keyLength' }
    }
    return { ok: true, header: split.header, key: clear.slice(2, 2 + bits / 8) }
  } finally {
    clear.fill(0)
  }
}

/**
 * Makes a key block. `padding` are random bytes that hide the length of the key; the first ones needed to fill the cipher blocks
 * are always taken, and `hideUpTo` asks for as many more as make the key look that long. Wrong lengths are bugs and throw.
 */
export function wrapKeyBlock(
  blockKey: Uint8Array,
  content: { readonly header: KeyBlockHeader; readonly key: Uint8Array },
  padding: { readonly random: (length: number) => Uint8Array; readonly hideUpTo?: number },
): string {
  const { header, key } = content
  const protection = protectionOf(header.version, blockKey)
  if (protection === null) throw new RangeError('the protection key has no length for this version')
  if (key.length === 0 || key.length > 0x1fff) throw new RangeError('no key of this length')
  const shown = 2 + Math.max(key.length, padding.hideUpTo ?? 0)
  const length = Math.ceil(shown / protection.fill) * protection.fill
  const bits = key.length * 8
  const fill = padding.random(length - 2 - key.length)
  const clear = concat(Uint8Array.of(bits >> 8, bits & 0xff), key, fill)
  const bodyCharacters = (length + protection.macBytes) * 2
  const text = headerTextOf(header, { cipherBlock: protection.cipherBlock, bodyCharacters })
  const { body, mac } = protection.seal(ascii(text), clear)
  clear.fill(0)
  return text + toHex(body) + toHex(mac)
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
