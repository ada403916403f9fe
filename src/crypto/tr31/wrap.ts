/** Taking keys out of key blocks and putting them in. */
import { concat, wipe } from '../bytes.ts'
import { fromHex, toHex } from '../hex.ts'
import {
  headerTextOf,
  type KeyBlockError,
  type KeyBlockHeader,
  type SplitOutcome,
  splitKeyBlock,
} from './key-block.ts'
import { type Protection, protectionOf } from './protection.ts'

export type UnwrapOutcome =
  | { readonly ok: true; readonly header: KeyBlockHeader; readonly key: Uint8Array }
  | { readonly ok: false; readonly error: KeyBlockError }

/** Opens a key block under its protection key. Nothing of the key is given unless the authenticator fits. */
export function unwrapKeyBlock(blockKey: Uint8Array, text: string): UnwrapOutcome {
  const split = splitKeyBlock(text)
  if (!split.ok) return split
  const protection = protectionOf(split.header.version, blockKey)
  if (protection === null) return { ok: false, error: 'blockKey' }
  const opened = open(protection, split)
  protection.wipe()
  return opened
}

function open(
  protection: Protection,
  { header, headerText, body: text }: Extract<SplitOutcome, { ok: true }>,
): UnwrapOutcome {
  const body = fromHex(text) ?? new Uint8Array()
  const cut = body.length - protection.macBytes
  if (cut < 2 || cut % protection.fill !== 0) return { ok: false, error: 'length' }
  const clear = protection.open(ascii(headerText), body.subarray(0, cut), body.subarray(cut))
  if (clear === null) return { ok: false, error: 'authentication' }
  const bits = new DataView(clear.buffer).getUint16(0)
  const end = 2 + bits / 8
  const whole = bits > 0 && bits % 8 === 0 && end <= clear.length
  const key = whole ? concat(clear.subarray(2, end)) : null
  wipe(clear)
  return key === null ? { ok: false, error: 'keyLength' } : { ok: true, header, key }
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
  if (key.length === 0) throw new RangeError('no key of this length')
  const shown = 2 + Math.max(key.length, padding.hideUpTo ?? 0)
  const length = Math.ceil(shown / protection.fill) * protection.fill
  const bits = key.length * 8
  const fill = padding.random(length - 2 - key.length)
  const clear = concat(Uint8Array.of(bits >> 8, bits & 0xff), key, fill)
  try {
    if (clear.length !== length) throw new RangeError('the padding has another length')
    const bodyCharacters = (length + protection.macBytes) * 2
    const text = headerTextOf(header, { cipherBlock: protection.cipherBlock, bodyCharacters })
    const { body, mac } = protection.seal(ascii(text), clear)
    return text + toHex(body) + toHex(mac)
  } finally {
    wipe(clear)
    protection.wipe()
  }
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
