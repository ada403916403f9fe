/** Bytes that are no character of their set, kept as code units that nothing else can be, so that packing restores them. */
import type { Writer } from '../cursor.ts'

/** Undecodable byte b ↔ code unit DC00 + b: a lone surrogate can come from nowhere else. */
const ESCAPE = 0xdc00

/** The stand-in for a byte. */
export function escaped(byte: number): string {
  return String.fromCharCode(ESCAPE + byte)
}

export function isEscape(code: number): boolean {
  return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff
}

/** Writes the byte that `code` stands for; false when it is no stand-in. */
export function writeEscaped(writer: Writer, code: number): boolean {
  if (!isEscape(code)) return false
  writer.bytes[writer.at++] = code & 0xff
  return true
}
