/** Turns one field of a dialect into a codec: fills in what the dialect says for all fields, and names what cannot be. */

import { ebcdicTable } from '../characters/ebcdic.ts'
import type { GbkTable } from '../characters/gbk.ts'
import type { Content } from '../cursor.ts'
import { type FieldCodec, fixedField, variableField } from '../field.ts'
import { lengthPrefix } from '../prefix.ts'
import { amountContent } from '../values/amount.ts'
import { binaryContent } from '../values/binary.ts'
import { digitContent } from '../values/digits.ts'
import { textContent } from '../values/text.ts'
import type {
  BinaryEncoding,
  Charset,
  DigitEncoding,
  FieldSpec,
  PrefixEncoding,
} from './dialect-spec.ts'
import { type FieldFormat, parseFormat } from './format.ts'

/** What holds for every field that does not say otherwise. */
export type Defaults = {
  readonly digits: DigitEncoding
  readonly binary: BinaryEncoding
  readonly charset: Charset
  readonly prefix: PrefixEncoding
  readonly undecodable: 'refuse' | 'keep'
  /** Of fixed BCD fields; variable ones are left aligned unless the field says otherwise. */
  readonly align: 'left' | 'right'
  readonly gbk: () => GbkTable
}

export type ResolvedField =
  | {
      readonly ok: true
      readonly codec: FieldCodec
      readonly content: Content
      readonly format: FieldFormat
    }
  | { readonly ok: false; readonly problem: string }

/** Amounts carry C or D; `+`, `-` and `0` are what hosts really send. */
const DEFAULT_SIGNS = 'CD+-0'

/** The codec of `spec`, or one sentence about what is wrong with it. */
export function resolveField(spec: FieldSpec, defaults: Defaults): ResolvedField {
  const format = parseFormat(spec.format)
  if (format === null) {
    return { ok: false, problem: `format "${spec.format}" is no ISO 8583 notation` }
  }
  const content = contentOf(spec, format, defaults)
  if (!format.variable) {
    return { ok: true, codec: fixedField(content, format.length), content, format }
  }
  const prefix = lengthPrefix(spec.prefix ?? defaults.prefix, format.prefixWidth)
  const count = spec.count ?? 'units'
  const counted =
    count === 'units'
      ? format.length
      : content.wireBytes(format.length) * (count === 'nibbles' ? 2 : 1)
  if (counted > prefix.largest) {
    return { ok: false, problem: `its prefix cannot say the maximum ${counted}` }
  }
  return {
    ok: true,
    codec: variableField(content, { prefix, count, maximum: format.length }),
    content,
    format,
  }
}

function contentOf(spec: FieldSpec, format: FieldFormat, defaults: Defaults): Content {
  const encoding = spec.digits ?? defaults.digits
  const charset = spec.charset ?? defaults.charset
  switch (format.kind) {
    case 'digits':
    case 'track':
      return digitContent({
        encoding,
        track: format.kind === 'track',
        align: spec.align ?? (format.variable ? 'left' : defaults.align),
        filler: spec.filler ?? '0',
      })
    case 'binary':
      return binaryContent(spec.binary ?? defaults.binary)
    case 'text':
      return textContent({
        charset,
        undecodable: spec.undecodable ?? defaults.undecodable,
        gbk: defaults.gbk,
      })
    case 'amount':
      return amountContent({
        digits: digitContent({
          encoding,
          track: false,
          align: spec.align ?? defaults.align,
          filler: spec.filler ?? '0',
        }),
        signs: spec.signs ?? DEFAULT_SIGNS,
        ebcdic: ebcdicTable(charset),
      })
  }
}
