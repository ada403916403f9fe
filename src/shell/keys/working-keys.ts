/** Reading the working keys of a sign-on answer (DE 62) and proving each by its check value, before anything is kept. */
import { timingSafeEqual } from 'node:crypto'
import type { KeyInstallOutcome, KeyUse, WorkingKeyLayout } from '#core/ports/keys.ts'
import { keyCheckValue, sm4CheckValue } from '#crypto/check-value.ts'
import { desDecrypt } from '#crypto/des.ts'
import { fromHex } from '#crypto/hex.ts'
import { sm4Decrypt } from '#crypto/sm4.ts'

/** A key as received: enciphered under the master key, with the check value of the clear key. */
export type WrappedKey = {
  readonly cipher: 'tdes' | 'sm4'
  readonly wrapped: Uint8Array
  readonly check: Uint8Array
  /** `double`: unwrapped under the whole master key; `single`: under its first eight bytes (sign-on 001). */
  readonly master: 'single' | 'double'
}

export type WorkingKeys = {
  readonly pin: WrappedKey
  readonly mac: WrappedKey
  /** For tracks. */
  readonly data: WrappedKey | null
}

export type ReadOutcome =
  | { readonly ok: true; readonly keys: WorkingKeys }
  | Extract<KeyInstallOutcome, { ok: false }>

/** `master` is the clear master key, 8 or 16 bytes. Length and every check value must fit, or nothing is taken. */
export function readWorkingKeys(
  master: Uint8Array,
  field62: Uint8Array,
  layout: WorkingKeyLayout,
): ReadOutcome {
  const parts = split(decoded(field62, layout), layout)
  if (parts === null) return { ok: false, why: 'layout', key: null }
  const proven: Partial<Record<KeyUse, WrappedKey>> = {}
  for (const part of parts) {
    const key = prove(master, part, part.use === 'mac' ? macLengths(part) : [part.wrapped.length])
    if (key === null) return { ok: false, why: 'check', key: part.use }
    proven[part.use] = key
  }
  const { data = null, mac, pin } = proven
  if (pin === undefined || mac === undefined) return { ok: false, why: 'layout', key: null }
  return { ok: true, keys: { pin, mac, data } }
}

/** Clear bytes of a wrapped key; the caller zeroes them. */
export function unwrap(master: Uint8Array, key: WrappedKey): Uint8Array {
  return key.cipher === 'sm4'
    ? sm4Decrypt(master, key.wrapped)
    : desDecrypt(masterFor(master, key.master), key.wrapped)
}

/** Whether the key still unwraps to its check value, as after reading it back from disk. */
export function stillFits(master: Uint8Array, key: WrappedKey): boolean {
  return prove(master, key, [key.wrapped.length])?.master === key.master
}

type Part = Pick<WrappedKey, 'cipher' | 'wrapped' | 'check'>
type NamedPart = Part & { readonly use: KeyUse }

/** Bytes of the field; empty, which fits no layout, when it is no hex although it should be. */
function decoded(field62: Uint8Array, { encoding }: WorkingKeyLayout): Uint8Array {
  if (encoding === 'binary') return field62
  return fromHex(String.fromCharCode(...field62)) ?? new Uint8Array(0)
}

function split(
  field: Uint8Array,
  { cipher, parts }: WorkingKeyLayout,
): readonly NamedPart[] | null {
  let at = 0
  const take = (bytes: number): Uint8Array => {
    const from = at
    at += bytes
    return field.slice(from, at)
  }
  const named = parts.flatMap((part) => {
    const wrapped = take(part.bytes)
    if (part.use === 'filler') return []
    return [{ use: part.use, cipher, wrapped, check: take(part.check) }]
  })
  return at === field.length ? named : null
}

/**
 * A MAC key of sixteen bytes whose second half is zero as received is a single DES key (the half would decipher to noise);
 * otherwise the check value tells.
 */
function macLengths({ cipher, wrapped }: Part): readonly number[] {
  if (wrapped.length === 8 || cipher === 'sm4') return [wrapped.length]
  return wrapped.subarray(8).every((byte) => byte === 0) ? [8] : [16, 8]
}

function prove(master: Uint8Array, part: Part, lengths: readonly number[]): WrappedKey | null {
  for (const length of lengths) {
    for (const under of mastersFor(master, part.cipher, length)) {
      const wrapped = part.wrapped.slice(0, length)
      const key = { cipher: part.cipher, wrapped, check: part.check, master: under }
      const clear = unwrap(master, key)
      const fits = timingSafeEqual(checkOf(key, clear), part.check)
      clear.fill(0)
      if (fits) return key
    }
  }
  return null
}

function checkOf({ check, cipher }: WrappedKey, clear: Uint8Array): Uint8Array {
  return cipher === 'sm4' ? sm4CheckValue(clear, check.length) : keyCheckValue(clear, check.length)
}

/** Single-length keys may be wrapped by single DES; a double-length key never is, and SM4 knows only whole keys. */
function mastersFor(
  master: Uint8Array,
  cipher: Part['cipher'],
  length: number,
): readonly ('single' | 'double')[] {
  if (cipher === 'sm4') return master.length === 16 ? ['double'] : []
  if (master.length === 8) return ['single']
  return length === 8 ? ['double', 'single'] : ['double']
}

function masterFor(master: Uint8Array, under: 'single' | 'double'): Uint8Array {
  return under === 'single' ? master.subarray(0, 8) : master
}
