/** The host's own codec: MTI, 64-bit bitmap, fields. It shares no line with the terminal's, so that a mistake in one is seen by the other. */
import { FIELD_TABLE, type FieldFormat } from './field-table.ts'
import { decodeGbk, type TextEncoding } from './gbk.ts'
import { fromHex, joinBytes, toHex } from './hex.ts'

const DE52_PIN_BLOCK = 52
const DE64_MAC = 64
const MTI_BYTES = 2
const BITMAP_BYTES = 8
const MAC_BYTES = 8

/** Digits for n, digits and `D` for z, text for a, upper-case hex for b. */
export type Message = { readonly mti: string; readonly fields: ReadonlyMap<number, string> }

export type Unpacked =
  /** `macInput` = the bytes a MAC covers: MTI up to the field before 64; null without field 64. */
  | { readonly ok: true; readonly message: Message; readonly macInput: Uint8Array | null }
  | { readonly ok: false; readonly why: string; readonly field: number | null }

/** Bytes from the MTI to the end → message. Anything malformed is an outcome that names the field, never its content. */
export function unpack(bytes: Uint8Array, pinBlockBytes: 8 | 16 = 8): Unpacked {
  if (bytes.length < MTI_BYTES + BITMAP_BYTES) return broken('too short for MTI and bitmap', null)
  const mti = toHex(bytes.subarray(0, MTI_BYTES))
  if (!/^\d{4}$/.test(mti)) return broken('MTI is not four digits', null)
  const present = readBitmap(bytes.subarray(MTI_BYTES, MTI_BYTES + BITMAP_BYTES))
  const fields = new Map<number, string>()
  let at = MTI_BYTES + BITMAP_BYTES
  for (const number of present) {
    const known = FIELD_TABLE.get(number)
    if (known === undefined) return broken('field is not known here', number)
    const format = number === DE52_PIN_BLOCK ? { ...known, size: pinBlockBytes } : known
    const read = readField(bytes.subarray(at), format)
    if (typeof read === 'string') return broken(read, number)
    fields.set(number, read.value)
    at += read.used
  }
  if (at !== bytes.length) return broken('bytes are left over', null)
  const macInput = fields.has(DE64_MAC) ? bytes.slice(0, bytes.length - MAC_BYTES) : null
  return { ok: true, message: { mti, fields }, macInput }
}

/** Message → bytes from the MTI. Throws RangeError for a value its field cannot hold: that is a bug of this host. */
export function pack(message: Message, encodeText: TextEncoding): Uint8Array {
  const numbers = [...message.fields.keys()].sort((a, b) => a - b)
  const bitmap = new Uint8Array(BITMAP_BYTES)
  for (const number of numbers) {
    const index = (number - 1) >> 3
    bitmap[index] = (bitmap[index] ?? 0) | (0x80 >> ((number - 1) & 7))
  }
  const parts = numbers.map((number) => {
    const format = FIELD_TABLE.get(number)
    if (format === undefined) throw new RangeError(`field ${number} is not known here`)
    return writeField(message.fields.get(number) ?? '', format, number, encodeText)
  })
  return joinBytes(fromHex(message.mti), bitmap, ...parts)
}

/** Packs with a MAC: `mac` gets everything in front of field 64, with its bit already set (UnionPay POS). */
export function packWithMac(
  message: Message,
  encodeText: TextEncoding,
  mac: (input: Uint8Array) => Uint8Array,
): Uint8Array {
  const fields = new Map(message.fields).set(DE64_MAC, '0000000000000000')
  const bytes = pack({ mti: message.mti, fields }, encodeText)
  const input = bytes.subarray(0, bytes.length - MAC_BYTES)
  return joinBytes(input, mac(input))
}

function broken(why: string, field: number | null): Unpacked {
  return { ok: false, why, field }
}

function readBitmap(bitmap: Uint8Array): number[] {
  const present: number[] = []
  for (let number = 1; number <= BITMAP_BYTES * 8; number += 1) {
    const byte = bitmap[(number - 1) >> 3] ?? 0
    if ((byte & (0x80 >> ((number - 1) & 7))) !== 0) present.push(number)
  }
  return present
}

type FieldRead = { readonly value: string; readonly used: number }

function readField(bytes: Uint8Array, format: FieldFormat): FieldRead | string {
  let length = format.size
  if (format.prefix > 0) {
    const prefix = toHex(bytes.subarray(0, format.prefix))
    if (prefix.length < format.prefix * 2) return 'ends inside its length'
    if (!/^\d+$/.test(prefix)) return 'length is not BCD'
    length = Number(prefix)
    if (length > format.size) return 'is longer than allowed'
  }
  const nibbles = format.kind === 'n' || format.kind === 'z'
  const size = nibbles ? (length + 1) >> 1 : length
  const content = bytes.subarray(format.prefix, format.prefix + size)
  if (content.length < size) return 'ends early'
  const used = format.prefix + size
  if (format.kind === 'a') return readText(content, format, used)
  const hex = toHex(content)
  if (format.kind === 'b') return { value: hex, used }
  const value = format.align === 'right' ? hex.slice(hex.length - length) : hex.slice(0, length)
  const alphabet = format.kind === 'n' ? /^\d*$/ : /^[0-9A-F]*$/
  return alphabet.test(value) ? { value, used } : 'holds a nibble that is no digit'
}

/** Numbers and codes of fixed length are printable ASCII; only free text may be GBK. */
function readText(content: Uint8Array, format: FieldFormat, used: number): FieldRead | string {
  const printable = content.every((byte) => byte >= 0x20 && byte <= 0x7e)
  if (format.prefix === 0 && !printable) return 'holds a byte that is not printable ASCII'
  return { value: decodeGbk(content), used }
}

function writeField(
  value: string,
  format: FieldFormat,
  number: number,
  encodeText: TextEncoding,
): Uint8Array {
  const content = writeContent(value, format, encodeText)
  const nibbles = format.kind === 'n' || format.kind === 'z'
  const length = nibbles ? value.length : content.length
  const fits = format.prefix === 0 ? length === format.size : length <= format.size
  if (!fits) throw new RangeError(`field ${number} does not fit`)
  if (format.prefix === 0) return content
  return joinBytes(fromHex(String(length).padStart(format.prefix * 2, '0')), content)
}

function writeContent(value: string, format: FieldFormat, encodeText: TextEncoding): Uint8Array {
  if (format.kind === 'a') return encodeText(value)
  if (format.kind === 'b' || value.length % 2 === 0) return fromHex(value)
  return fromHex(format.align === 'right' ? `0${value}` : `${value}0`)
}
