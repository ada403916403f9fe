/** Which object means what, and each edge of each rule of EMVCo MPM 1.1, on codes that break one rule at most. */
import { expect, test } from 'vitest'
import { crc16 } from '#qr/crc16.ts'
import { isMpmText, isStrictMpm, type MpmCode, parseMpm } from '#qr/mpm.ts'

const SOUND: Readonly<Record<string, string>> = {
  '00': '01',
  '26': '0004shop0102AB',
  '52': '5411',
  '53': '156',
  '58': 'CN',
  '59': 'SHOP',
  '60': 'BEIJING',
}

/** The sound code with objects put in, exchanged or (null) left out, in the order of their ids, its CRC made right. */
function codeWith(change: Readonly<Record<string, string | null>> = {}): MpmCode {
  return read(sealed(objectsOf(change)))
}

function objectsOf(change: Readonly<Record<string, string | null>> = {}): string[] {
  const objects = Object.entries({ ...SOUND, ...change }).sort(([a], [b]) => Number(a) - Number(b))
  return objects.map(([id, value]) => (value === null ? '' : object(id, value)))
}

function object(id: string, value: string): string {
  return id + String(Array.from(value).length).padStart(2, '0') + value
}

function sealed(objects: readonly string[]): string {
  const body = `${objects.join('')}6304`
  return body + crc16(new TextEncoder().encode(body))
}

function read(text: string): MpmCode {
  const reading = parseMpm(text)
  if (!reading.ok) throw new Error(reading.error)
  return reading.code
}

test('a code that keeps all rules has no fault, and every object its field', () => {
  const code = codeWith({
    '01': '12',
    '02': '4000123456789012',
    '25': '0004shop',
    '51': '0004both',
    '54': '1.01',
    '55': '01',
    '56': '0.50',
    '57': '5.00',
    '61': '100000',
    '62': '0703A01',
    '64': '0002ZH0102店名',
    '65': 'sixty-five',
    '99': 'last',
  })
  expect(code).toEqual({
    payloadFormat: '01',
    poi: '12',
    poiKind: 'dynamic',
    mcc: '5411',
    currency: '156',
    amount: '1.01',
    tipIndicator: '01',
    feeFixed: '0.50',
    feePercent: '5.00',
    country: 'CN',
    merchantName: 'SHOP',
    merchantCity: 'BEIJING',
    postalCode: '100000',
    merchantAccounts: {
      '02': '4000123456789012',
      '25': '0004shop',
      '26': { '00': 'shop', '01': 'AB' },
      '51': { '00': 'both' },
    },
    rawAccounts: {
      '02': '4000123456789012',
      '25': '0004shop',
      '26': '0004shop0102AB',
      '51': '0004both',
    },
    additionalData: { '07': 'A01' },
    language: { '00': 'ZH', '01': '店名' },
    other: { '65': 'sixty-five', '99': 'last' },
    crc: code.crc,
    crcComputed: code.crc,
    faults: [],
  })
})

test.each([
  [null, 'absent', []],
  ['11', 'static', []],
  ['12', 'dynamic', []],
  ['13', 'unknown', ['POI_VALUE']],
])('initiation %s is %s', (poi, poiKind, faults) => {
  expect(codeWith({ '01': poi })).toMatchObject({ poi, poiKind, faults })
})

test.each([
  ['a payload format of another version', { '00': '02' }, ['PFI_VALUE']],
  ['no payload format', { '00': null }, ['PFI_NOT_FIRST', 'PFI_VALUE']],
  ['no category', { '52': null }, ['MISSING_52']],
  ['no currency', { '53': null }, ['MISSING_53']],
  ['no country', { '58': null }, ['MISSING_58']],
  ['no name', { '59': null }, ['MISSING_59']],
  ['no city', { '60': null }, ['MISSING_60']],
  ['no account', { '26': null }, ['NO_MERCHANT_ACCOUNT']],
  ['the lowest account only', { '26': null, '02': 'A' }, []],
  ['the highest account only', { '26': null, '51': '0001A' }, []],
  ['an amount of nought', { '54': '0.00' }, ['AMOUNT_ZERO']],
  ['nought without a point', { '54': '0' }, ['AMOUNT_ZERO']],
  ['a hundred', { '54': '100' }, []],
  ['an amount of thirteen characters', { '54': '1234567890.12' }, []],
  ['one of fourteen', { '54': '12345678901.12' }, ['AMOUNT_TOO_LONG']],
  ['fourteen that are no number', { '54': '1234567890,123' }, ['AMOUNT_FORMAT', 'AMOUNT_TOO_LONG']],
  ['thirteen that are no number', { '54': '1234567890,12' }, ['AMOUNT_FORMAT']],
  ['an amount without a whole part', { '54': '.50' }, ['AMOUNT_FORMAT']],
  ['a minus', { '54': '-1.00' }, ['AMOUNT_FORMAT']],
  ['something behind the amount', { '54': '1.00x' }, ['AMOUNT_FORMAT']],
  ['two decimals', { '54': '1.00' }, []],
  ['three decimals', { '54': '1.000' }, ['AMOUNT_DECIMALS_EXCEED_CURRENCY']],
  ['three decimals of a dinar', { '54': '1.000', '53': '414' }, []],
  ['a yen', { '54': '1', '53': '392' }, []],
  ['a tenth of a yen', { '54': '1.0', '53': '392' }, ['AMOUNT_DECIMALS_EXCEED_CURRENCY']],
  ['decimals without a currency', { '54': '1.0000', '53': null }, ['MISSING_53']],
  ['a category too long', { '52': '54110' }, ['TOO_LONG_52']],
  ['a tip too long', { '55': '001' }, ['TOO_LONG_55']],
  ['the longest fee', { '56': '1234567890.12' }, []],
  ['a fee too long', { '56': '12345678901.12' }, ['TOO_LONG_56']],
  ['the longest share', { '57': '12.50' }, []],
  ['a share too long', { '57': '12.500' }, ['TOO_LONG_57']],
  ['the longest name', { '59': '店'.repeat(25) }, []],
  ['the longest name outside the basic plane', { '59': '𠮷'.repeat(25) }, []],
  ['a name too long', { '59': '店'.repeat(26) }, ['TOO_LONG_59']],
  ['the longest city', { '60': 'B'.repeat(15) }, []],
  ['a city too long', { '60': 'B'.repeat(16) }, ['TOO_LONG_60']],
  ['the longest postal code', { '61': '1'.repeat(10) }, []],
  ['a postal code too long', { '61': '1'.repeat(11) }, ['TOO_LONG_61']],
  ['a static code over an amount', { '01': '11', '54': '1.00' }, ['WARN_STATIC_WITH_AMOUNT']],
  ['a dynamic code over an amount', { '01': '12', '54': '1.00' }, []],
  ['an object twice in the lowest template', { '26': '0001A0001B' }, ['DUPLICATE_26_00']],
  ['an object twice in the highest', { '51': '0001A0001B' }, ['DUPLICATE_51_00']],
  ['an object thrice in additional data', { '62': '0101A0101B0101C' }, ['DUPLICATE_62_01']],
  ['what looks like two in a plain account', { '25': '0001A0001B' }, []],
  ['what looks like two in a name', { '59': '0001A0001B' }, []],
  ['a template that does not parse', { '26': '0005shop' }, []],
])('%s', (_what, change, faults) => {
  expect(codeWith(change).faults).toEqual(faults)
})

test('an object twice in the language template is found', () => {
  const language = object('64', '0002ZH0101A0101B')
  expect(read(sealed([...objectsOf(), language])).faults).toEqual(['DUPLICATE_64_01'])
})

test('of a payee that stands twice the first one counts, and it is told once', () => {
  const second = object('26', '0004evil')
  const code = read(sealed([...objectsOf(), second, second]))
  expect(code.faults).toEqual(['DUPLICATE_26'])
  expect(code.rawAccounts).toEqual({ '26': '0004shop0102AB' })
})

test('a template that is no objects stays as it is written', () => {
  const code = codeWith({ '26': '0005shop', '62': 'plain' })
  expect(code.merchantAccounts).toEqual({ '26': '0005shop' })
  expect([code.additionalData, code.language]).toEqual(['plain', null])
  expect(codeWith({ '62': '' }).additionalData).toBe('')
})

test('a code of 512 characters is not warned about, one of 513 is, and that breaks no rule', () => {
  const length = sealed(objectsOf()).length
  const filled = (total: number): MpmCode => {
    const rest = total - length - 4 * 5
    const values = [99, 99, 99, 99, rest - 4 * 99]
    const filler = Object.fromEntries(values.map((n, at) => [String(80 + at), 'x'.repeat(n)]))
    return codeWith(filler)
  }
  expect(filled(512).faults).toEqual([])
  expect(filled(513).faults).toEqual(['WARN_OVER_512'])
  expect(isStrictMpm(filled(513))).toBe(true)
  expect(isStrictMpm(codeWith({ '52': null }))).toBe(false)
})

test('the CRC covers all in front of its value, is read in either case, and says when there is none', () => {
  const text = sealed(objectsOf())
  const lower = read(text.slice(0, -4) + text.slice(-4).toLowerCase())
  expect(lower.faults).toEqual([])
  const without = read(text.slice(0, -8))
  expect(without).toMatchObject({ crc: null, crcComputed: null, faults: ['CRC_MISSING'] })
  expect(read(text.replace('SHOP', 'SHOQ')).faults).toEqual(['CRC_MISMATCH'])
})

test.each([
  ['000201', true],
  ['0002xx', false],
  ['x000201', false],
  ['00029', false],
  ['01021163041234', true],
  ['0102116303123', false],
  ['010211', false],
  ['hello', false],
])('%j is meant as a merchant code: %s', (text, expected) => {
  expect(isMpmText(text)).toBe(expected)
})

test.each([
  ['0', 'TLV_TRUNCATED'],
  ['000', 'TLV_TRUNCATED'],
  ['00020', 'TLV_TRUNCATED'],
  ['0002015', 'TLV_TRUNCATED'],
  ['000201x', 'TLV_NOT_NUMERIC'],
  ['0x0201', 'TLV_NOT_NUMERIC'],
  ['00x201', 'TLV_NOT_NUMERIC'],
])('%j is %s', (text, error) => {
  expect(parseMpm(text)).toEqual({ ok: false, error })
})
