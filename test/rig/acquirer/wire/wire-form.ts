/** How one acquirer wraps its messages: the length in front, and whether TPDU and header stand before the MTI. Hosts differ. */
import { joinBytes, toHex } from './hex.ts'

export type WireForm = {
  readonly lengthBytes: 2 | 4
  readonly lengthEncoding: 'binary' | 'bcd' | 'ascii'
  /** The length counts its own bytes too. */
  readonly countsItself: boolean
  readonly tpdu: boolean
  readonly header: boolean
  /** Of DE 52; 8 when absent. */
  readonly pinBlockBytes?: 8 | 16
}

export const USUAL_FORM: WireForm = {
  lengthBytes: 2,
  lengthEncoding: 'binary',
  countsItself: false,
  tpdu: true,
  header: true,
}

/** Bytes that follow the length header; -1 when it says nothing sensible. */
export function readLength(form: WireForm, bytes: Uint8Array): number {
  const total = numberIn(form, bytes.subarray(0, form.lengthBytes))
  return form.countsItself ? total - form.lengthBytes : total
}

/** `content` behind its length. */
export function withLength(form: WireForm, content: Uint8Array): Uint8Array {
  const total = content.length + (form.countsItself ? form.lengthBytes : 0)
  return joinBytes(lengthBytes(form, total), content)
}

function numberIn({ lengthEncoding }: WireForm, bytes: Uint8Array): number {
  if (lengthEncoding === 'binary') return Number.parseInt(toHex(bytes), 16)
  const text = lengthEncoding === 'bcd' ? toHex(bytes) : Buffer.from(bytes).toString('latin1')
  return /^\d+$/.test(text) ? Number(text) : -1
}

function lengthBytes({ lengthBytes: size, lengthEncoding }: WireForm, total: number): Uint8Array {
  if (lengthEncoding === 'ascii')
    return new Uint8Array(Buffer.from(String(total).padStart(size, '0'), 'latin1'))
  const digits = lengthEncoding === 'bcd' ? String(total) : total.toString(16)
  return new Uint8Array(Buffer.from(digits.padStart(size * 2, '0'), 'hex'))
}
