/** ANSI X9.143 (TR-31) key blocks: what a key is for travels with the key and cannot be changed without breaking the block. */

export type KeyBlockVersion = 'A' | 'B' | 'C' | 'D' | 'E'

export type KeyBlockHeader = {
  readonly version: KeyBlockVersion
  /** Two characters, for example `P0` PIN encipherment, `M3` ISO 9797-1 algorithm 3 MAC, `K0` key encipherment. */
  readonly usage: string
  /** `T` triple DES, `D` DES, `A` AES, `H` HMAC, `R` RSA … */
  readonly algorithm: string
  /** `E` encipher only, `D` decipher only, `B` both, `C` MAC both ways, `G` generate, `V` verify, `N` any, `X` derive … */
  readonly modeOfUse: string
  readonly keyVersion: string
  /** `E` exportable under a trusted key, `N` not, `S` sensitive. */
  readonly exportability: string
  /** Optional blocks by identifier (`KS`, `KC` …) with their data; padding blocks (`PB`) are not listed. */
  readonly optional: readonly { readonly id: string; readonly data: string }[]
}

export type KeyBlockError =
  | 'characters'
  | 'length'
  | 'version'
  | 'optionalBlocks'
  | 'blockKey'
  | 'authentication'
  | 'keyLength'

const KEY_BLOCK_HEADER_CHARACTERS = 16
const PRINTABLE = /^[\x20-\x7e]*$/

export type SplitOutcome =
  | {
      readonly ok: true
      readonly header: KeyBlockHeader
      /** Header and optional blocks as they stand: part of what is authenticated. */
      readonly headerText: string
      /** Hex of the enciphered key and the authenticator. */
      readonly body: string
    }
  | { readonly ok: false; readonly error: KeyBlockError }

/** Takes a block apart without any key. */
export function splitKeyBlock(text: string): SplitOutcome {
  if (!PRINTABLE.test(text)) return { ok: false, error: 'characters' }
  if (text.length < KEY_BLOCK_HEADER_CHARACTERS) return { ok: false, error: 'length' }
  const version = versionOf(text.slice(0, 1))
  if (version === null) return { ok: false, error: 'version' }
  if (text.slice(1, 5) !== String(text.length).padStart(4, '0'))
    return { ok: false, error: 'length' }
  const optional = readOptional(text)
  if (optional === null) return { ok: false, error: 'optionalBlocks' }
  const header = {
    version,
    usage: text.slice(5, 7),
    algorithm: text.slice(7, 8),
    modeOfUse: text.slice(8, 9),
    keyVersion: text.slice(9, 11),
    exportability: text.slice(11, 12),
    optional: optional.blocks,
  }
  const body = text.slice(optional.end)
  if (!/^([0-9A-Fa-f]{2})*$/.test(body)) return { ok: false, error: 'characters' }
  return { ok: true, header, headerText: text.slice(0, optional.end), body }
}

/** Header text of a block whose body will have `bodyCharacters`; optional blocks are padded to whole cipher blocks with `PB`. */
export function headerTextOf(
  header: KeyBlockHeader,
  size: { readonly cipherBlock: number; readonly bodyCharacters: number },
): string {
  const blocks = header.optional.map(({ id, data }) => optionalText(id, data))
  const used = blocks.join('').length
  const over = (KEY_BLOCK_HEADER_CHARACTERS + used) % size.cipherBlock
  if (over !== 0) {
    const gap = size.cipherBlock - over
    // A padding block has four characters at least.
    blocks.push(optionalText('PB', '0'.repeat((gap < 4 ? gap + size.cipherBlock : gap) - 4)))
  }
  const tail = blocks.join('')
  const total = KEY_BLOCK_HEADER_CHARACTERS + tail.length + size.bodyCharacters
  const { version, usage, algorithm, modeOfUse, keyVersion, exportability } = header
  const count = String(blocks.length).padStart(2, '0')
  const length = String(total).padStart(4, '0')
  const fixed = `${version}${length}${usage}${algorithm}${modeOfUse}${keyVersion}${exportability}${count}00`
  // One too long for its length of four digits is caught here as well.
  if (fixed.length !== KEY_BLOCK_HEADER_CHARACTERS) {
    throw new RangeError('a key block header has sixteen characters')
  }
  if (!PRINTABLE.test(fixed + tail) || header.optional.some(({ id }) => id.length !== 2)) {
    throw new RangeError('a key block is ASCII, its optional blocks have two letters')
  }
  return fixed + tail
}

function versionOf(letter: string): KeyBlockVersion | null {
  const versions: readonly KeyBlockVersion[] = ['A', 'B', 'C', 'D', 'E']
  return versions.find((version) => version === letter) ?? null
}

type Optional = { readonly blocks: { id: string; data: string }[]; readonly end: number }

/** Identifier, length in two hex digits (or 00, then how many digits the length has, then the length), data. */
function readOptional(text: string): Optional | null {
  const countText = text.slice(12, 14)
  if (!/[0-9]{2}/.test(countText)) return null
  const blocks: { id: string; data: string }[] = []
  let at = KEY_BLOCK_HEADER_CHARACTERS
  for (let left = Number(countText); left > 0; left--) {
    const id = text.slice(at, at + 2)
    const size = optionalSize(text, at + 2)
    if (!(size.total >= size.head + 2 && at + size.total <= text.length)) return null
    if (id !== 'PB') blocks.push({ id, data: text.slice(at + 2 + size.head, at + size.total) })
    at += size.total
  }
  return { blocks, end: at }
}

/** The total is no number where the length is none. */
function optionalSize(text: string, at: number): { head: number; total: number } {
  const short = hexNumber(text.slice(at, at + 2))
  if (short !== 0) return { head: 2, total: short }
  const digits = EXTENDED_LENGTH_DIGITS[hexNumber(text.slice(at + 2, at + 4))] ?? 0
  return { head: 4 + digits, total: hexNumber(text.slice(at + 4, at + 4 + digits)) }
}

/**
 * Digits of an extended length by the number in front of it. The standard counts characters (X9.143:2021, 6.2, table 1: `04`); a
 * common library counts bytes, two characters each (`01`, `02`). Nothing longer fits into a block.
 */
const EXTENDED_LENGTH_DIGITS: Readonly<Record<number, number>> = { 1: 2, 2: 4, 4: 4 }

function hexNumber(text: string): number {
  return /[^0-9A-Fa-f]/.test(text) ? Number.NaN : Number.parseInt(text, 16)
}

function optionalText(id: string, data: string): string {
  const short = data.length + 4
  if (short <= 0xff) return id + hexText(short, 2) + data
  return `${id}0004${hexText(data.length + 10, 4)}${data}`
}

function hexText(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0')
}
