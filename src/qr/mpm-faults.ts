/** The rules of EMVCo MPM 1.1 (tables 3.3 to 3.9) as named faults, always in the same order. */
import { currencyDecimals } from './currency-decimals.ts'
import type { MpmObject } from './mpm-objects.ts'
import { parseMpmObjects } from './mpm-objects.ts'

const MANDATORY = ['52', '53', '58', '59', '60']
const LONGEST: readonly (readonly [string, number])[] = [
  ['52', 4],
  ['53', 3],
  ['55', 2],
  ['58', 2],
  ['56', 13],
  ['57', 5],
  ['59', 25],
  ['60', 15],
  ['61', 10],
]
const LONGEST_AMOUNT = 13
/** EMVCo advises at most 512 characters; real codes are longer, so this is only a warning. */
const ADVISED_LENGTH = 512
const TEMPLATES = ['62', '64']

/** `textLength` in UTF-16 units; `crcComputed` null when there is no CRC object. */
export function findMpmFaults(
  objects: readonly MpmObject[],
  crcComputed: string | null,
  textLength: number,
): string[] {
  const amount = valueOf(objects, '54')
  return [
    ...crcFaults(objects, crcComputed),
    ...when(objects[0]?.id !== '00', 'PFI_NOT_FIRST'),
    ...when(valueOf(objects, '00') !== '01', 'PFI_VALUE'),
    ...when(!['11', '12', null].includes(valueOf(objects, '01')), 'POI_VALUE'),
    ...MANDATORY.flatMap((id) => when(valueOf(objects, id) === null, `MISSING_${id}`)),
    ...when(!objects.some(({ id }) => id >= '02' && id <= '51'), 'NO_MERCHANT_ACCOUNT'),
    ...duplicates(objects, ''),
    ...objects.filter(isTemplate).flatMap(({ id, value }) => inside(id, value)),
    ...(amount === null ? [] : amountFaults(amount, valueOf(objects, '53'))),
    ...LONGEST.flatMap(([id, limit]) =>
      when(Array.from(valueOf(objects, id) ?? '').length > limit, `TOO_LONG_${id}`),
    ),
    ...when(valueOf(objects, '01') === '11' && amount !== null, 'WARN_STATIC_WITH_AMOUNT'),
    ...when(textLength > ADVISED_LENGTH, 'WARN_OVER_512'),
  ]
}

function crcFaults(objects: readonly MpmObject[], crcComputed: string | null): string[] {
  const crc = valueOf(objects, '63')
  if (crc === null) return ['CRC_MISSING']
  return [
    // Upper case is written, but codes in the field carry lower case as well.
    ...when(crc.toUpperCase() !== crcComputed, 'CRC_MISMATCH'),
    ...when(objects.findIndex(({ id }) => id === '63') !== objects.length - 1, 'CRC_NOT_LAST'),
  ]
}

/** Digits with at most one point; `98.` is allowed, a comma or a blank is not (EMVCo MPM 1.1, 4.7.6). */
function amountFaults(amount: string, currency: string | null): string[] {
  const [, whole = '', fraction = ''] = /^([0-9]+)(?:\.([0-9]*))?$/.exec(amount) ?? []
  if (whole === '')
    return ['AMOUNT_FORMAT', ...when(amount.length > LONGEST_AMOUNT, 'AMOUNT_TOO_LONG')]
  return [
    ...when(/^0*$/.test(whole + fraction), 'AMOUNT_ZERO'),
    ...when(amount.length > LONGEST_AMOUNT, 'AMOUNT_TOO_LONG'),
    ...when(
      currency !== null && fraction.length > currencyDecimals(currency),
      'AMOUNT_DECIMALS_EXCEED_CURRENCY',
    ),
  ]
}

function isTemplate({ id }: MpmObject): boolean {
  return (id >= '26' && id <= '51') || TEMPLATES.includes(id)
}

/** One occurrence of an id per level: a second payee hidden in a template must not go unseen. */
function inside(id: string, value: string): string[] {
  const parsed = parseMpmObjects(value)
  return parsed.ok ? duplicates(parsed.objects, `${id}_`) : []
}

function duplicates(objects: readonly MpmObject[], prefix: string): string[] {
  const ids = objects.map(({ id }) => id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  return [...new Set(twice)].map((id) => `DUPLICATE_${prefix}${id}`)
}

function valueOf(objects: readonly MpmObject[], id: string): string | null {
  return objects.find((object) => object.id === id)?.value ?? null
}

function when(condition: boolean, fault: string): string[] {
  return condition ? [fault] : []
}
