/** What every version of the standard keeps card data in: PAN and its long form, expiry, tracks, PIN block, chip data. */
import type { CompositeSpec, DialectSpec, FieldSpec } from './dialect-spec.ts'

const CARD_DATA = ['2', '14', '34', '35', '36', '45', '52', '55']

/**
 * Whether a field may not be shown whole: because of what it is, unless the table says `sensitive: false`, or of something inside it. Nobody shows a
 * card number by forgetting a word.
 */
export function isSecret(spec: DialectSpec, field: string): boolean {
  const known = spec.fields[field]
  return isWhollySecret(spec, field) || partsOf(known?.parts).some(holdsSecret)
}

/** Whether all of a field is secret, but for parts that say `sensitive: false`. A field that the table does not have is. */
export function isWhollySecret(spec: DialectSpec, field: string): boolean {
  const known = spec.fields[field]
  return known === undefined || (known.sensitive ?? CARD_DATA.includes(field))
}

function holdsSecret({ sensitive, parts }: FieldSpec): boolean {
  return sensitive === true || partsOf(parts).some(holdsSecret)
}

function partsOf(composite: CompositeSpec | undefined): readonly FieldSpec[] {
  if (composite === undefined) return []
  if ('parts' in composite) return composite.parts
  return Object.values(composite.kind === 'bitmapped' ? composite.fields : (composite.tags ?? {}))
}
