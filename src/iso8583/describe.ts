/** A message for human eyes: names in the reader's language, sensitive values masked. */
import type { Dialect } from './dialect.ts'
import { maskField } from './mask.ts'
import type { Message } from './message.ts'
import { messageType } from './mti.ts'

export type DescribeLocale = 'zh-CN' | 'en'

export type DescribedField = {
  readonly field: string
  readonly name: string
  /** Masked where the dialect says so. */
  readonly value: string
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
  const values = { ...message.fields, ...message.bytes }
  return {
    mti: message.mti,
    type: typeInWords(message.mti, locale),
    fields: Object.entries(values).map(([field, value]) => ({
      field,
      name: dialect.spec.fields[field]?.name?.[locale] ?? '',
      value: maskField(dialect.spec, field, value),
    })),
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
