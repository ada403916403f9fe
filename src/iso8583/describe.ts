/** A message for human eyes: names in the reader's language, sensitive values masked. */
import type { Part } from './composite/composite.ts'
import type { FlatValue } from './cursor.ts'
import type { CompositeSpec, FieldSpec } from './dialect/dialect-spec.ts'
import type { Dialect } from './dialect.ts'
import { type CodecError, explainCodecError } from './fault.ts'
import { HIDDEN, maskField } from './mask.ts'
import type { Message } from './message.ts'
import { messageType } from './mti.ts'

export type DescribeLocale = 'zh-CN' | 'en'

type DescribedField = {
  readonly field: string
  readonly name: string
  /** Masked where the dialect says so. */
  readonly value: string
  /** The inner structure, where the dialect gives one and the value has it. */
  readonly parts?: readonly DescribedField[]
  /** Why the inner structure that the dialect gives is not that of the value; the message itself is good. */
  readonly unreadable?: string
}

export type Description = {
  readonly mti: string
  /** For example `1987 financial request, acquirer`. */
  readonly type: string
  readonly fields: readonly DescribedField[]
}

/** Describes a message that `dialect` has read; fields in ascending order. */
export function describeMessage(
  dialect: Dialect,
  message: Message,
  locale: DescribeLocale,
): Description {
  const values: Record<string, FlatValue> = { ...message.fields, ...message.bytes }
  return {
    mti: message.mti,
    type: typeInWords(message.mti, locale),
    fields: Object.entries(values).map(([field, value]) => {
      const spec = dialect.spec.fields[field]
      const described = {
        field,
        name: spec?.name?.[locale] ?? '',
        value: maskField(dialect.spec, field, value),
      }
      const split = spec?.parts === undefined ? null : dialect.split(field, value)
      if (spec === undefined || split === null) return described
      if (!split.ok) return { ...described, unreadable: faultWords(split.error, spec) }
      return { ...described, parts: describeParts(split.parts, spec, locale) }
    }),
  }
}

/** Of a sensitive field not even where: what stands there as a tag may be anything. */
function faultWords(error: CodecError, { sensitive }: FieldSpec): string {
  return sensitive === true ? error.code : explainCodecError(error)
}

/** Inside a sensitive field a part is shown only when it is listed and says `sensitive: false`. */
function describeParts(
  parts: readonly Part[],
  around: FieldSpec,
  locale: DescribeLocale,
): readonly DescribedField[] {
  return parts.map(({ id, value }) => {
    const spec = partSpec(around.parts, id)
    const hidden = spec?.sensitive ?? around.sensitive === true
    const described = {
      field: id,
      name: spec?.name?.[locale] ?? '',
      value: hidden || typeof value !== 'string' ? HIDDEN : value,
    }
    if (typeof value === 'string') return described
    const inside = spec ?? { format: 'b..999', sensitive: hidden }
    return {
      ...described,
      value: '',
      parts: describeParts(value, { ...inside, sensitive: hidden }, locale),
    }
  })
}

function partSpec(composite: CompositeSpec | undefined, id: string): FieldSpec | undefined {
  switch (composite?.kind) {
    case 'slices':
    case 'sequence':
      return composite.parts.find((part) => part.id === id)
    case 'berTlv':
    case 'tlv':
      return composite.tags?.[id]
    case 'bitmapped':
      return composite.fields[id]
    case undefined:
      return undefined
  }
}

function typeInWords(mti: string, locale: DescribeLocale): string {
  const type = messageType(mti)
  if (type === null) return ''
  const words = [type.class[locale], type.function[locale]]
  return locale === 'en'
    ? `${type.version} ${words.join(' ')}, ${type.origin.en}`
    : `${type.version} ${words.join('')}（${type.origin['zh-CN']}）`
}
