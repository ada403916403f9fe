/** Everything that can be said about one code, for the technician's command line and for known answers; it shows card data of test codes. */

import { type CodeContext, classifyCustomerCode } from './classify.ts'
import type { CodeTable } from './code-table.ts'
import { parseCpm } from './cpm.ts'
import { type CpmObject, hex } from './cpm-objects.ts'
import { parseLink } from './link.ts'
import { isMpmText, isStrictMpm, type MpmCode, parseMpm } from './mpm.ts'
import { parseMpmObjects } from './mpm-objects.ts'
import { codeText } from './reading.ts'
import { schemeOfCpm, schemeOfMpm } from './scheme.ts'
import type { CodeVerdict } from './verdict.ts'

type CpmTree =
  | { readonly tag: string; readonly hex: string }
  | { readonly tag: string; readonly children: readonly CpmTree[] }

export type CodeDescription = {
  readonly kind: 'emv-mpm' | 'emv-cpm' | 'paycode' | 'barcode' | 'url' | 'text'
  readonly asCustomerCode: CodeVerdict['asCustomerCode']
  readonly rejectReason: string | null
  readonly class: string
  readonly channel: CodeVerdict['channel']
  /** `confirm` when only the cashier can tell. */
  readonly wellFormed: boolean | 'confirm'
  /** Whose code it is, in words; null when unknown. */
  readonly scheme: string | null
  /** Null where there is no readable CRC. */
  readonly crcOk: boolean | null
  /** Null for everything that is not an EMVCo code. */
  readonly strictEmv: boolean | null
  /** What was found inside; absent fields are left out. */
  readonly expect: Readonly<Record<string, unknown>>
}

/** Never throws. The result may hold card data: not for logs. */
export function describeCode(
  text: string,
  table: CodeTable,
  context: CodeContext = {},
): CodeDescription {
  const verdict = classifyCustomerCode(text, table, context)
  const head = {
    asCustomerCode: verdict.asCustomerCode,
    rejectReason: verdict.rejectReason,
    class: verdict.class,
    channel: verdict.channel,
  }
  const code = codeText(text)
  if (verdict.class === 'cpm') return { kind: 'emv-cpm', ...head, ...describeCpm(code, table) }
  const objects = verdict.class === 'NOT_A_PAYMENT_CODE' && parseMpmObjects(code).ok
  if (isMpmText(code) || objects) return { kind: 'emv-mpm', ...head, ...describeMpm(code, table) }
  return { ...head, crcOk: null, strictEmv: null, ...describePlain(verdict, code) }
}

function describePlain(
  verdict: CodeVerdict,
  code: string,
): Pick<CodeDescription, 'kind' | 'scheme' | 'wellFormed' | 'expect'> {
  const reason = verdict.rejectReason
  const expect = { class: verdict.class }
  // Links and other whole texts are named by their reason: that is no scheme.
  if (reason === verdict.class) {
    const kind = parseLink(code) === null ? 'text' : 'url'
    return { kind, scheme: null, wellFormed: true, expect }
  }
  const named = { scheme: verdict.class, expect }
  if (reason === 'GOODS_BARCODE' || reason === 'TRANSACTION_ID')
    return { kind: 'barcode', wellFormed: false, ...named }
  if (reason === 'INVOICE_QR' || reason === 'FACE_TOKEN_UNSUPPORTED')
    return { kind: 'text', wellFormed: false, ...named }
  const wellFormed =
    verdict.asCustomerCode === 'confirm' ? 'confirm' : verdict.asCustomerCode === 'accept'
  return { kind: 'paycode', wellFormed, ...named }
}

type EmvDescription = Pick<
  CodeDescription,
  'wellFormed' | 'scheme' | 'crcOk' | 'strictEmv' | 'expect'
>

function describeMpm(code: string, table: CodeTable): EmvDescription {
  const reading = parseMpm(code)
  if (!reading.ok) return unreadable(reading.error)
  const { code: mpm } = reading
  return {
    wellFormed: true,
    scheme: schemeOfMpm(mpm, table),
    crcOk: mpm.crc === null ? null : !mpm.faults.includes('CRC_MISMATCH'),
    strictEmv: isStrictMpm(mpm),
    expect: fieldsOf(mpm),
  }
}

function fieldsOf(mpm: MpmCode): Record<string, unknown> {
  const {
    poi,
    poiKind,
    merchantAccounts,
    crc,
    crcComputed,
    faults,
    rawAccounts: _raw,
    ...rest
  } = mpm
  const { other, additionalData, language, ...plain } = rest
  const optional = {
    poi,
    ...plain,
    additionalData,
    language,
    other: Object.keys(other).length === 0 ? null : other,
  }
  const given = Object.entries(optional).filter(([, value]) => value !== null)
  return { ...Object.fromEntries(given), poiKind, merchantAccounts, crc, crcComputed, faults }
}

function describeCpm(code: string, table: CodeTable): EmvDescription {
  const reading = parseCpm(new TextEncoder().encode(code))
  if (!reading.ok) return unreadable(reading.error)
  const tree = reading.objects.map(toTree)
  const found = { tlv: tree, first: tree[0]?.tag ?? null }
  reading.wipe()
  const good = reading.supportedVersion
  const expect = good ? found : { ...found, error: 'NOT_CPV01' }
  const scheme = schemeOfCpm(reading.applications, table)
  return { wellFormed: good, scheme, crcOk: null, strictEmv: good, expect }
}

function unreadable(error: string): EmvDescription {
  return { wellFormed: false, scheme: null, crcOk: null, strictEmv: false, expect: { error } }
}

function toTree(object: CpmObject): CpmTree {
  return object.children === null
    ? { tag: object.tag, hex: hex(object.value) }
    : { tag: object.tag, children: object.children.map(toTree) }
}
