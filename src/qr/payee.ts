/**
 * Is this exactly our own receive code? A code stuck over ours can have a right CRC and a right format, so the accounts are
 * compared, not the looks. Any difference is a reason to refuse.
 */
import { type Link, parseLink } from './link.ts'
import { isMpmText, type MpmCode, parseMpm } from './mpm.ts'
import { codeText } from './reading.ts'

export type PayeeReference = {
  /** The configured code, whole. */
  readonly text: string
  /** Amount now to be paid, as `1.01`; null or absent: that of the configured code. */
  readonly amount?: string | null
}

export type PayeeVerdict = {
  readonly verdict: 'match' | 'refuse'
  /** Faults of the code first, then `DIFFERS_<field>`; empty for a match. */
  readonly why: readonly string[]
}

const COUNTRY_CHINA = 'CN'
const CURRENCY_RMB = '156'

/**
 * Compares a code read from the counter with the configured one. Equal text matches; of EMVCo codes every account, country,
 * currency, kind and name must agree and no rule may be broken, the amount may be left to the payer; of links host and
 * everything behind it must agree to the letter. Never throws.
 */
export function judgePayee(text: string, reference: string | PayeeReference): PayeeVerdict {
  const expected = typeof reference === 'string' ? { text: reference } : reference
  const seen = codeText(text)
  const ours = codeText(expected.text)
  if (seen === '') return verdict(['EMPTY'])
  const amount = expected.amount ?? null
  if (seen === ours && amount === null) return verdict([])
  if (isMpmText(ours)) return judgeMpm(seen, ours, amount)
  if (seen === ours) return verdict([])
  const own = parseLink(ours)
  return verdict(own === null ? ['DIFFERS_text'] : linkDifferences(seen, own))
}

function judgeMpm(seen: string, ours: string, amount: string | null): PayeeVerdict {
  const reading = parseMpm(seen)
  const own = parseMpm(ours)
  if (!reading.ok) return verdict(isMpmText(seen) ? [reading.error] : ['DIFFERS_kind'])
  if (!own.ok) return verdict(['REFERENCE_UNREADABLE'])
  return verdict([
    ...reading.code.faults.filter((fault) => !fault.startsWith('WARN_')),
    ...mpmDifferences(reading.code, own.code, amount ?? own.code.amount),
  ])
}

/** A shop of the mainland: country and currency are fixed, whatever the configured code says. */
function mpmDifferences(seen: MpmCode, own: MpmCode, amount: string | null): string[] {
  const differs = (field: string, same: boolean): string[] => (same ? [] : [`DIFFERS_${field}`])
  return [
    ...differs('merchantAccounts', sameAccounts(seen, own)),
    ...differs('country', seen.country === COUNTRY_CHINA),
    ...differs('currency', seen.currency === CURRENCY_RMB),
    ...differs('amount', seen.amount === null || sameAmount(seen.amount, amount)),
    ...differs('poi', seen.poi === own.poi),
    ...differs('merchantName', plainName(seen.merchantName) === plainName(own.merchantName)),
  ]
}

/** Raw values: two spellings of one template are two payees. */
function sameAccounts(seen: MpmCode, own: MpmCode): boolean {
  const ids = Object.keys(seen.rawAccounts)
  return (
    ids.length === Object.keys(own.rawAccounts).length &&
    ids.every((id) => seen.rawAccounts[id] === own.rawAccounts[id])
  )
}

/** By value: `98.` is 98, `1.0` is 1.00. */
function sameAmount(seen: string, expected: string | null): boolean {
  return expected !== null && canonicalAmount(seen) === canonicalAmount(expected)
}

function canonicalAmount(amount: string): string {
  const [, whole, fraction = ''] = /^0*([0-9]+?)(?:\.([0-9]*?)0*)?$/.exec(amount) ?? []
  return whole === undefined ? amount : `${whole}.${fraction}`
}

function plainName(name: string | null): string {
  return (name ?? '').normalize('NFC').trim()
}

function linkDifferences(seen: string, own: Link): string[] {
  const link = parseLink(seen)
  if (link === null) return ['DIFFERS_kind']
  const host = link.host !== '' && link.scheme === own.scheme && link.host === own.host
  return [...(host ? [] : ['DIFFERS_host']), ...(link.token === own.token ? [] : ['DIFFERS_path'])]
}

function verdict(why: readonly string[]): PayeeVerdict {
  return { verdict: why.length === 0 ? 'match' : 'refuse', why }
}
