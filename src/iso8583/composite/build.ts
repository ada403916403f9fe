/** Compiles the inner structure of a field from its spec, and names what cannot be. */

import { toHex } from '#crypto/hex.ts'
import { fieldNumber } from '../bitmap.ts'
import { latin1Text } from '../characters/latin1.ts'
import type { Content } from '../cursor.ts'
import type { CompositeSpec, DigitEncoding, FieldSpec, PartSpec } from '../dialect/dialect-spec.ts'
import { parseFormat } from '../dialect/format.ts'
import { type Defaults, type ResolvedField, resolveField } from '../dialect/resolve-field.ts'
import { wholeField } from '../field.ts'
import { lengthPrefix } from '../prefix.ts'
import { binaryContent } from '../values/binary.ts'
import { digitContent } from '../values/digits.ts'
import { textContent } from '../values/text.ts'
import { berTlvParts } from './ber-tlv.ts'
import { bitmappedParts } from './bitmapped.ts'
import { byteComposite, type PartsCodec } from './byte-composite.ts'
import type { CompositeCodec } from './composite.ts'
import type { Element } from './element.ts'
import { sequenceParts } from './sequence.ts'
import { type Slice, slicesComposite } from './slices.ts'
import { tlvParts } from './tlv.ts'

/** Where problems go: one sentence each, starting with the part. */
export type Problems = (sentence: string) => void

type Resolved = Extract<ResolvedField, { ok: true }>

/** Bytes of a bitmap inside a field: as many fields as a message can have. */
const MAX_BITMAP_BYTES = 24

/** The codec of `spec` inside `field`, or null when something is wrong with it. */
export function buildComposite(
  spec: CompositeSpec,
  field: Resolved,
  context: { readonly defaults: Defaults; readonly problem: Problems },
): CompositeCodec | null {
  if (spec.kind === 'slices') {
    const slices = slicesOf(spec.parts, context.problem)
    return slicesComposite(slices, spec.cut === true, (bytes) => textOf(field, bytes))
  }
  const content = bytesContent(field)
  if (content === null) {
    context.problem(`${spec.kind} needs a binary or text field around it`)
    return null
  }
  return byteComposite(content, partsCodec(spec, context))
}

type Context = { readonly defaults: Defaults; readonly problem: Problems }

function bytesContent({ format, content }: Resolved): Content | null {
  if (format.kind === 'binary') return binaryContent('raw')
  return format.kind === 'text' ? content : null
}

/** The text of a field's value that was asked for as bytes. */
function textOf({ format, content }: Resolved, bytes: Uint8Array): string {
  if (format.kind === 'binary') return toHex(bytes)
  return format.kind === 'text' ? content.text(bytes, 0, bytes.length) : latin1Text(bytes)
}

function slicesOf(parts: readonly PartSpec[], problem: Problems): readonly Slice[] {
  return parts.map(({ id, format: notation }, index) => {
    const format = parseFormat(notation)
    if (format === null) problem(`part ${id}: format "${notation}" is no ISO 8583 notation`)
    const variable = format?.variable ?? false
    if (variable && index < parts.length - 1) problem(`part ${id}: only the last slice may vary`)
    return { id, length: format?.length ?? 1, variable, digits: format?.kind === 'digits' }
  })
}

function partsCodec(
  spec: Exclude<CompositeSpec, { kind: 'slices' }>,
  context: Context,
): PartsCodec {
  switch (spec.kind) {
    case 'sequence': {
      const elements = spec.parts.map((part) => ({
        ...element(part, part.id, context),
        id: part.id,
      }))
      return sequenceParts(elements, spec.cut === true)
    }
    case 'berTlv':
      return berTlvParts(tagElements(spec.tags ?? {}, context))
    case 'tlv': {
      const fixed = spec.lengthWidth === 0
      return tlvParts({
        tag: tagContent(spec.tagEncoding, context.defaults),
        tagUnits: spec.tagWidth,
        length: fixed ? null : lengthPrefix(spec.lengthEncoding, spec.lengthWidth),
        elements: fixed
          ? fieldElements(spec.tags ?? {}, context)
          : tagElements(spec.tags ?? {}, context),
      })
    }
    case 'bitmapped': {
      const { bitmap, bitmapBytes, fields } = spec
      if (bitmapBytes < 1 || bitmapBytes > MAX_BITMAP_BYTES) {
        context.problem(`a bitmap has 1 to ${MAX_BITMAP_BYTES} bytes`)
      }
      const last = bitmapBytes * 8
      const byKey = fieldElements(fields, context)
      for (const key of byKey.keys()) {
        if (fieldNumber(key, 1, last) === 0)
          context.problem(`part ${key}: only 1 to ${last} have a bit`)
      }
      const elements = new Map([...byKey].map(([key, value]) => [Number(key), value]))
      return bitmappedParts({ bitmap, bitmapBytes, elements })
    }
  }
}

function tagContent(encoding: DigitEncoding | 'text' | 'raw', { gbk }: Defaults): Content {
  if (encoding === 'raw') return binaryContent('raw')
  return encoding === 'text'
    ? textContent({ charset: 'ascii', undecodable: 'refuse', gbk })
    : digitContent({ encoding, track: false, align: 'right', filler: '0' })
}

type Specs = Readonly<Record<string, FieldSpec>>

/** Parts whose length stands in front of them or is fixed. */
function fieldElements(specs: Specs, context: Context): ReadonlyMap<string, Element> {
  return new Map(Object.entries(specs).map(([id, spec]) => [id, element(spec, id, context)]))
}

/** Parts whose length the tag around them gives. */
function tagElements(specs: Specs, context: Context): ReadonlyMap<string, Element> {
  const whole = Object.entries(specs).map(([id, spec]): [string, Element] => {
    const own = element(spec, id, context)
    const resolved = resolveField(spec, context.defaults)
    if (!resolved.ok) return [id, own]
    const { length, variable } = resolved.format
    return [id, { ...own, codec: wholeField(resolved.content, length, variable) }]
  })
  return new Map(whole)
}

function element(spec: FieldSpec, id: string, context: Context): Element {
  const resolved = resolveField(spec, context.defaults)
  if (!resolved.ok) {
    context.problem(`part ${id}: ${resolved.problem}`)
    return { codec: wholeField(binaryContent('raw'), 1, true), inner: null }
  }
  if (spec.parts === undefined) return { codec: resolved.codec, inner: null }
  const problem: Problems = (sentence) => context.problem(`part ${id}: ${sentence}`)
  const inner = buildComposite(spec.parts, resolved, { ...context, problem })
  return { codec: resolved.codec, inner }
}
