/** A message for human eyes: names in the reader's language, sensitive values masked. */
import type { Part } from './composite/composite.ts'
import type { FlatValue } from './cursor.ts'
import { isSecret, isWhollySecret } from './dialect/card-data.ts'
import type { CompositeSpec, FieldSpec } from './dialect/dialect-spec.ts'
import type { Dialect } from './dialect.ts'
import { explainCodecError } from './fault.ts'
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
  const { spec: table } = dialect
  const values: Record<string, FlatValue> = { ...message.fields, ...message.bytes }
  return {
    mti: message.mti,
    type: typeInWords(message.mti, locale),
    fields: Object.entries(values).map(([field, value]) => {
      const spec = table.fields[field]
      const name = spec?.name?.[locale] ?? ''
      const described = { field, name, value: maskField(table, field, value) }
      if (spec?.parts === undefined) return described
      const split = dialect.split(field, value)
      if (split.ok) {
        const inside = { composite: spec.parts, hidden: isWhollySecret(table, field) }
        return { ...described, parts: describeParts(split.parts, inside, locale) }
      }
      // Of a secret not even where: what stands there as a tag may be anything.
      const { error } = split
      return {
        ...described,
        unreadable: isSecret(table, field) ? error.code : explainCodecError(error),
      }
    }),
  }
}

/** What stands around parts: a part that says nothing itself is hidden as they are. */
type Inside = { readonly composite: CompositeSpec; readonly hidden: boolean }

/** Inside what is secret a part is shown only when it is listed and says `sensitive: false`. */
function describeParts(
  parts: readonly Part[],
  { composite, hidden: around }: Inside,
  locale: DescribeLocale,
): readonly DescribedField[] {
  return parts.map(({ id, value }) => {
    const spec = partSpec(composite, id)
    const name = spec?.name?.[locale] ?? ''
    const hidden = spec?.sensitive ?? around
    if (typeof value === 'string') return { field: id, name, value: hidden ? HIDDEN : value }
    // A chip tag that is not listed may hold some that are: these are read as listed, however deep.
    const inside = { composite: spec?.parts ?? composite, hidden }
    return { field: id, name, value: '', parts: describeParts(value, inside, locale) }
  })
}

function partSpec(composite: CompositeSpec, id: string): FieldSpec | undefined {
  switch (composite.kind) {
    case 'slices':
    case 'sequence':
      return composite.parts.find((part) => part.id === id)
    case 'berTlv':
    case 'tlv':
      return composite.tags?.[id]
    case 'bitmapped':
      return composite.fields[id]
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
