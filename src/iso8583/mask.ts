/** What may be seen of a field: nothing of the sensitive ones, except first 6 and last 4 of a PAN (PCI DSS 3.4.1). */
import { toHex } from '#crypto/hex.ts'
import type { FlatValue } from './cursor.ts'
import { isSecret } from './dialect/card-data.ts'
import type { DialectSpec } from './dialect/dialect-spec.ts'

/** Stands for a value that is not shown; its length tells nothing. */
export const HIDDEN = '***'

const SHORTEST_PAN = 13
const LONGEST_PAN = 19
const DE2_PAN = '2'

/** The value as it may be shown. A field that the dialect does not know is secret too. */
export function maskField(spec: DialectSpec, field: string, value: FlatValue): string {
  if (!isSecret(spec, field)) return typeof value === 'string' ? value : toHex(value)
  return field === DE2_PAN ? maskPan(value) : HIDDEN
}

/** All fields of a message as they may be shown. */
export function maskFields(
  spec: DialectSpec,
  fields: Readonly<Record<string, FlatValue>>,
): Readonly<Record<string, string>> {
  const masked: Record<string, string> = {}
  for (const [field, value] of Object.entries(fields)) masked[field] = maskField(spec, field, value)
  return masked
}

/** `622202******0012`; anything that is no PAN of 13 to 19 digits is hidden whole. */
export function maskPan(value: FlatValue): string {
  if (value.length < SHORTEST_PAN || value.length > LONGEST_PAN) return HIDDEN
  const first = digitsOf(value, 0, 6)
  const last = digitsOf(value, value.length - 4, value.length)
  return /^[0-9]{10}$/.test(first + last)
    ? `${first}${'*'.repeat(value.length - 10)}${last}`
    : HIDDEN
}

function digitsOf(value: FlatValue, from: number, to: number): string {
  return typeof value === 'string'
    ? value.slice(from, to)
    : String.fromCharCode(...value.subarray(from, to))
}
