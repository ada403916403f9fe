/**
 * Compiles a dialect into a pair of functions. All choices are made once, here; reading a message then only calls the closures
 * of the fields that its bitmap names.
 */
import { isContinuation, messageBitmap } from './bitmap.ts'
import { type FlatValue, Reader, Writer } from './cursor.ts'
import type { DialectSpec, FieldSpec } from './dialect-spec.ts'
import { digitContent } from './digits.ts'
import type { CodecError } from './fault.ts'
import { type FieldCodec, fixedField } from './field.ts'
import { buildGbkTable, type GbkTable } from './gbk.ts'
import { type Defaults, resolveField } from './resolve-field.ts'

export type Message = {
  /** Four digits. */
  readonly mti: string
  /** By field number; digits without filler, text as Unicode, track with `D` (BCD) or as it stands (characters), binary as hex. */
  readonly fields: Readonly<Record<string, string>>
  /** The fields that were asked for with `asBytes`: ASCII of digits and track, wire bytes of text, raw binary. */
  readonly bytes: Readonly<Record<string, Uint8Array>>
}

export type UnpackOptions = {
  /** Fields that must never become strings, for example `['2', '35', '52']`. */
  readonly asBytes?: readonly string[]
}

export type UnpackResult =
  | {
      readonly ok: true
      readonly message: Message
      /** Offset of the first byte of each field, length prefix included. */
      readonly offsets: Readonly<Record<string, number>>
      /** Bytes in front of DE 64 or DE 128, whichever comes last in the message: what its MAC covers. Null when there is none. */
      readonly macInputLength: number | null
    }
  | {
      readonly ok: false
      readonly error: CodecError
      /** What was read before the fault. */
      readonly parsed: Message
    }

export type PackInput = {
  readonly mti: string
  readonly fields: Readonly<Record<string, FlatValue>>
}

export type PackResult =
  /** `bytes` may be written into: the caller puts the MAC at `macInputLength`, over the placeholder it packed. */
  | {
      readonly ok: true
      readonly bytes: Uint8Array
      readonly macInputLength: number | null
    }
  | { readonly ok: false; readonly error: CodecError }

export type Dialect = {
  readonly name: string
  readonly spec: DialectSpec
  /** Reads one message without frame, from MTI to the last byte. Never throws. */
  readonly unpack: (bytes: Uint8Array, options?: UnpackOptions) => UnpackResult
  /** Writes one message without frame. Never throws. */
  readonly pack: (input: PackInput) => PackResult
}

/** DE 64 and DE 128 are the message authentication codes of ISO 8583; a field behind one is not covered by it. */
const DE64_MAC = 64
const DE128_MAC = 128

/** Larger messages are not looked at: 192 fields of 999 bytes fit. */
export const MAX_MESSAGE_BYTES = 262_144

type CompiledFields = {
  readonly codecs: readonly (FieldCodec | undefined)[]
  readonly problems: string[]
}

/** Sentences about everything that is wrong with `spec`; empty when it can be compiled. */
export function checkDialect(spec: DialectSpec): readonly string[] {
  return compileFields(spec).problems
}

/** Throws a TypeError when `checkDialect` would complain: a dialect is part of the program, not of its input. */
export function compileDialect(spec: DialectSpec): Dialect {
  const { codecs, problems } = compileFields(spec)
  if (problems.length > 0) throw new TypeError(`dialect ${spec.name}: ${problems.join('; ')}`)
  const mti = fixedField(
    digitContent({ encoding: spec.mti, track: false, align: 'right', filler: '0' }),
    4,
  )
  const compiled: Compiled = {
    mti,
    codecs,
    lastField: spec.lastField,
    bitmap: messageBitmap(spec.bitmap, spec.lastField),
  }
  return {
    name: spec.name,
    spec,
    unpack: (bytes, options = {}) => unpack(compiled, bytes, new Set(options.asBytes)),
    pack: (input) => pack(compiled, input),
  }
}

type Compiled = {
  readonly mti: FieldCodec
  readonly codecs: readonly (FieldCodec | undefined)[]
  readonly lastField: number
  readonly bitmap: ReturnType<typeof messageBitmap>
}

function compileFields(spec: DialectSpec): CompiledFields {
  const codecs: (FieldCodec | undefined)[] = Array.from({ length: spec.lastField + 1 })
  const problems: string[] = []
  let table: GbkTable | null = null
  const defaults: Defaults = {
    digits: spec.digits,
    binary: spec.binary,
    charset: spec.charset,
    prefix: spec.prefix,
    undecodable: spec.undecodable ?? 'refuse',
    align: spec.align ?? 'right',
    gbk: () => (table ??= buildGbkTable()),
  }
  for (const [key, field] of Object.entries<FieldSpec>(spec.fields)) {
    const number = fieldNumber(key, spec.lastField)
    const resolved = resolveField(field, defaults)
    if (number === 0) problems.push(`field ${key} is outside 2 to ${spec.lastField}`)
    else if (isContinuation(number, spec.lastField)) {
      problems.push(`field ${key} is the bit that announces the next bitmap`)
    } else if (resolved.ok) codecs[number] = resolved.codec
    else problems.push(`field ${key}: ${resolved.problem}`)
  }
  return { codecs, problems }
}

/** The number that a key spells, or 0 when it is none: `02` is not a field. */
function fieldNumber(key: string, lastField: number): number {
  const number = Number(key)
  return Number.isInteger(number) && number >= 2 && number <= lastField && String(number) === key
    ? number
    : 0
}

function unpack(compiled: Compiled, input: Uint8Array, asBytes: ReadonlySet<string>): UnpackResult {
  const reader = new Reader(input)
  const fields: Record<string, string> = {}
  const bytes: Record<string, Uint8Array> = {}
  const offsets: Record<string, number> = {}
  let macInputLength: number | null = null
  let mti = ''

  function failed(path: readonly string[]): UnpackResult {
    const fault = reader.fault ?? { code: 'value', path: [], offset: reader.at, need: 0, have: 0 }
    return {
      ok: false,
      error: { ...fault, path: [...path, ...fault.path] },
      parsed: { mti, fields, bytes },
    }
  }

  if (input.length > MAX_MESSAGE_BYTES) {
    reader.fail('limit', 0, MAX_MESSAGE_BYTES, input.length)
    return failed([])
  }
  mti = compiled.mti.read(reader)
  if (reader.fault !== null) return failed(['mti'])
  const bitmap = compiled.bitmap.read(reader)
  if (reader.fault !== null) return failed(['bitmap'])
  for (let index = 0; index < bitmap.length; index++) {
    let bits = (bitmap[index] ?? 0) << 24
    while (bits !== 0) {
      const bit = Math.clz32(bits)
      bits &= ~(0x80000000 >>> bit)
      const number = index * 8 + bit + 1
      if (isContinuation(number, compiled.lastField)) continue
      const key = String(number)
      const codec = compiled.codecs[number]
      if (codec === undefined) {
        reader.fail('unknownField', reader.at, 0, 1)
        return failed([key])
      }
      if (number === DE64_MAC || number === DE128_MAC) macInputLength = reader.at
      offsets[key] = reader.at
      if (asBytes.has(key)) bytes[key] = codec.readBytes(reader)
      else fields[key] = codec.read(reader)
      if (reader.fault !== null) {
        delete fields[key]
        delete bytes[key]
        return failed([key])
      }
    }
  }
  if (reader.at < reader.end) {
    reader.fail('leftover', reader.at, 0, reader.end - reader.at)
    return failed([])
  }
  return { ok: true, message: { mti, fields, bytes }, offsets, macInputLength }
}

function pack(compiled: Compiled, { mti, fields }: PackInput): PackResult {
  const present: number[] = []
  let bound = compiled.mti.bound(mti) + compiled.bitmap.largest
  for (const key of Object.keys(fields)) {
    const number = fieldNumber(key, compiled.lastField)
    const codec = compiled.codecs[number]
    const value = fields[key]
    if (codec === undefined) return refused(key, 'unknownField')
    if (typeof value !== 'string' && !(value instanceof Uint8Array)) return refused(key, 'value')
    present.push(number)
    bound += codec.bound(value)
  }
  present.sort((a, b) => a - b)
  const writer = new Writer(bound)
  let macInputLength: number | null = null
  let path = 'mti'
  compiled.mti.write(writer, mti)
  if (writer.fault === null) {
    compiled.bitmap.write(writer, present)
    for (const number of present) {
      path = String(number)
      if (number === DE64_MAC || number === DE128_MAC) macInputLength = writer.at
      const codec = compiled.codecs[number]
      const value = fields[path]
      if (codec !== undefined && value !== undefined) codec.write(writer, value)
      if (writer.fault !== null) break
    }
  }
  if (writer.fault !== null) {
    // Half a message may hold a PAN: it does not stay behind.
    writer.bytes.fill(0)
    return { ok: false, error: { ...writer.fault, path: [path, ...writer.fault.path] } }
  }
  return { ok: true, bytes: writer.bytes.subarray(0, writer.at), macInputLength }
}

function refused(key: string, code: 'unknownField' | 'value'): PackResult {
  return { ok: false, error: { code, path: [key], offset: 0, need: 0, have: 0 } }
}
