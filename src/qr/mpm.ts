/**
 * Merchant-presented codes, read leniently: what is this, and everything that is wrong with it. Foreign schemes leave out
 * mandatory objects, so a fault is a finding and not a refusal; the payee check is the strict reader.
 */
import { crc16 } from './crc16.ts'
import { findMpmFaults } from './mpm-faults.ts'
import { type MpmObject, parseMpmObjects } from './mpm-objects.ts'

/** Value of a template: sub-objects by id, or the raw text when it does not parse. */
export type MpmTemplate = string | Readonly<Record<string, string>>

export type MpmCode = {
  readonly payloadFormat: string | null
  readonly poi: string | null
  /** `static`: one code for many payments; `dynamic`: a new code each time; `absent`; `unknown` for any other value. */
  readonly poiKind: 'static' | 'dynamic' | 'absent' | 'unknown'
  readonly mcc: string | null
  readonly currency: string | null
  readonly amount: string | null
  readonly tipIndicator: string | null
  readonly feeFixed: string | null
  readonly feePercent: string | null
  readonly country: string | null
  readonly merchantName: string | null
  readonly merchantCity: string | null
  readonly postalCode: string | null
  /** Ids 02–51; 26–51 are templates. */
  readonly merchantAccounts: Readonly<Record<string, MpmTemplate>>
  /** The same, every value as written. */
  readonly rawAccounts: Readonly<Record<string, string>>
  readonly additionalData: MpmTemplate | null
  readonly language: MpmTemplate | null
  /** Ids 65–99, raw. */
  readonly other: Readonly<Record<string, string>>
  /** As written; null when there is none. */
  readonly crc: string | null
  readonly crcComputed: string | null
  /** Words such as `CRC_MISMATCH` or `MISSING_59`; those beginning with `WARN_` do not break a rule. */
  readonly faults: readonly string[]
}

export type MpmReading =
  | { readonly ok: true; readonly code: MpmCode }
  | { readonly ok: false; readonly error: 'TLV_TRUNCATED' | 'TLV_NOT_NUMERIC' }

/** Never throws. `ok: false` when the objects do not fill the text exactly. Of an id given twice the first counts. */
export function parseMpm(text: string): MpmReading {
  const parsed = parseMpmObjects(text)
  if (!parsed.ok) return parsed
  const { objects } = parsed
  const first = (id: string): string | null => objects.find((o) => o.id === id)?.value ?? null
  const poi = first('01')
  const crcObject = objects.find((o) => o.id === '63')
  const crcComputed =
    crcObject === undefined
      ? null
      : crc16(new TextEncoder().encode(text.slice(0, crcObject.valueStart)))
  const code = {
    payloadFormat: first('00'),
    poi,
    poiKind: poiKind(poi),
    mcc: first('52'),
    currency: first('53'),
    amount: first('54'),
    tipIndicator: first('55'),
    feeFixed: first('56'),
    feePercent: first('57'),
    country: first('58'),
    merchantName: first('59'),
    merchantCity: first('60'),
    postalCode: first('61'),
    merchantAccounts: merchantAccounts(objects),
    rawAccounts: valuesBetween(objects, '02', '51'),
    additionalData: template(first('62')),
    language: template(first('64')),
    other: valuesBetween(objects, '65', '99'),
    crc: crcObject?.value ?? null,
    crcComputed,
  }
  return { ok: true, code: { ...code, faults: findMpmFaults(objects, crcComputed, text.length) } }
}

/**
 * True for text that is meant as a merchant-presented code, even a damaged one: it begins with the payload format, or its
 * objects hold a CRC.
 */
export function isMpmText(text: string): boolean {
  if (/^0002\d\d/.test(text)) return true
  const parsed = parseMpmObjects(text)
  return parsed.ok && parsed.objects.some(({ id, value }) => id === '63' && value.length === 4)
}

/** True when nothing but warnings was found: the code follows EMVCo MPM 1.1. */
export function isStrictMpm(code: MpmCode): boolean {
  return code.faults.every((fault) => fault.startsWith('WARN_'))
}

function poiKind(poi: string | null): MpmCode['poiKind'] {
  if (poi === null) return 'absent'
  if (poi === '11') return 'static'
  return poi === '12' ? 'dynamic' : 'unknown'
}

/** EMVCo MPM 1.1, 4.7.4: accounts up to 25 are plain, from 26 on templates. */
function merchantAccounts(objects: readonly MpmObject[]): Record<string, MpmTemplate> {
  const accounts: Record<string, MpmTemplate> = {}
  for (const [id, value] of Object.entries(valuesBetween(objects, '02', '51')))
    accounts[id] = id >= '26' ? (template(value) ?? value) : value
  return accounts
}

/** Of an id given twice the first counts. */
function valuesBetween(
  objects: readonly MpmObject[],
  lowest: string,
  highest: string,
): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { id, value } of objects)
    if (id >= lowest && id <= highest && !(id in values)) values[id] = value
  return values
}

function template(value: string | null): MpmTemplate | null {
  if (value === null) return null
  const parsed = parseMpmObjects(value)
  if (!parsed.ok || parsed.objects.length === 0) return value
  const inside: Record<string, string> = {}
  for (const object of parsed.objects) if (!(object.id in inside)) inside[object.id] = object.value
  return inside
}
