/** SHA-1, which card certificates and CA key check values are bound to (EMV Book 2, annex B3). */
import { createHash } from 'node:crypto'
import { type Bytes, concat } from '../bytes.ts'

export function sha1(...parts: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(
    createHash('sha1')
      .update(concat(...parts))
      .digest(),
  )
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
