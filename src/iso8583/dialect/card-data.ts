/** What every version of the standard keeps card data in: PAN and its long form, expiry, tracks, PIN block, chip data. */
import type { DialectSpec } from './dialect-spec.ts'

const CARD_DATA = ['2', '14', '34', '35', '36', '45', '52', '55']

/** The same table, with card data hidden wherever it does not say `sensitive: false`: nobody shows a card number by forgetting a word. */
export function withCardDataHidden(spec: DialectSpec): DialectSpec {
  const fields = { ...spec.fields }
  for (const key of CARD_DATA) {
    const field = fields[key]
    if (field !== undefined) fields[key] = { ...field, sensitive: field.sensitive ?? true }
  }
  return { ...spec, fields }
}
