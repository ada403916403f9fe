/** Reading the working keys of a sign-on answer (DE 62) and proving each by its check value, before anything is kept. */
import { timingSafeEqual } from 'node:crypto'
import type { KeyInstallOutcome, WorkingKeyLayout } from '#core/ports/keys.ts'
import { keyCheckValue } from '#crypto/check-value.ts'
import { desDecrypt } from '#crypto/des.ts'

/** A key as received: enciphered under the master key, with the check value of the clear key. */
export type WrappedKey = {
  readonly wrapped: Uint8Array
  readonly check: Uint8Array
  /** `double`: unwrapped under the whole master key; `single`: under its first eight bytes (sign-on 001). */
  readonly master: 'single' | 'double'
}

export type WorkingKeys = {
  readonly pin: WrappedKey
  readonly mac: WrappedKey
  readonly track: WrappedKey | null
}

export type ReadOutcome =
  | { readonly ok: true; readonly keys: WorkingKeys }
  | Extract<KeyInstallOutcome, { ok: false }>

const CHECK_BYTES = 4

/** Bytes of each key in DE 62, in order; every one is followed by four bytes of check value. */
const LAYOUTS: Readonly<
  Record<WorkingKeyLayout, { readonly pin: number; readonly mac: number; readonly track: number }>
> = {
  'pik8-mak8': { pin: 8, mac: 8, track: 0 },
  'pik16-mak8or16': { pin: 16, mac: 16, track: 0 },
  'pik16-mak16-tdk16': { pin: 16, mac: 16, track: 16 },
}

/** `master` is the clear master key, 8 or 16 bytes. Length and every check value must fit, or nothing is taken. */
export function readWorkingKeys(
  master: Uint8Array,
  field62: Uint8Array,
  layout: WorkingKeyLayout,
): ReadOutcome {
  const widths = LAYOUTS[layout]
  const parts = split(field62, [widths.pin, widths.mac, widths.track])
  if (parts === null) return { ok: false, why: 'layout', key: null }
  const [pinPart, macPart, trackPart] = parts
  const pin = pinPart && prove(master, pinPart, [pinPart.wrapped.length])
  if (!pin) return { ok: false, why: 'check', key: 'pin' }
  const mac = macPart && prove(master, macPart, macLengths(macPart.wrapped))
  if (!mac) return { ok: false, why: 'check', key: 'mac' }
  const track = trackPart ? prove(master, trackPart, [trackPart.wrapped.length]) : null
  if (trackPart && !track) return { ok: false, why: 'check', key: 'track' }
  return { ok: true, keys: { pin, mac, track } }
}

/** Clear bytes of a wrapped key; the caller zeroes them. */
export function unwrap(master: Uint8Array, key: WrappedKey): Uint8Array {
  return desDecrypt(masterFor(master, key.master), key.wrapped)
}

/** Whether the key still unwraps to its check value, as after reading it back from disk. */
export function stillFits(master: Uint8Array, key: WrappedKey): boolean {
  return prove(master, key, [key.wrapped.length])?.master === key.master
}

type Part = { readonly wrapped: Uint8Array; readonly check: Uint8Array }

function split(field62: Uint8Array, widths: readonly number[]): readonly Part[] | null {
  const present = widths.filter((width) => width > 0)
  const total = present.reduce((sum, width) => sum + width + CHECK_BYTES, 0)
  if (field62.length !== total) return null
  let at = 0
  return present.map((width) => {
    const wrapped = field62.slice(at, at + width)
    const check = field62.slice(at + width, at + width + CHECK_BYTES)
    at += width + CHECK_BYTES
    return { wrapped, check }
  })
}

/**
 * A MAC key of sixteen bytes whose second half is zero as received is a single DES key (the half would decipher to noise);
 * otherwise the check value tells.
 */
function macLengths(wrapped: Uint8Array): readonly number[] {
  if (wrapped.length === 8) return [8]
  return wrapped.subarray(8).every((byte) => byte === 0) ? [8] : [16, 8]
}

function prove(master: Uint8Array, part: Part, lengths: readonly number[]): WrappedKey | null {
  for (const length of lengths) {
    for (const under of mastersFor(master, length)) {
      const key = { wrapped: part.wrapped.slice(0, length), check: part.check, master: under }
      const clear = unwrap(master, key)
      const fits = timingSafeEqual(keyCheckValue(clear, CHECK_BYTES), part.check)
      clear.fill(0)
      if (fits) return key
    }
  }
  return null
}

/** Single-length keys may be wrapped by single DES; a double-length key never is. */
function mastersFor(master: Uint8Array, length: number): readonly ('single' | 'double')[] {
  if (master.length === 8) return ['single']
  return length === 8 ? ['double', 'single'] : ['double']
}

function masterFor(master: Uint8Array, under: 'single' | 'double'): Uint8Array {
  return under === 'single' ? master.subarray(0, 8) : master
}
