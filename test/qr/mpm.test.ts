import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { crc16 } from '#qr/crc16.ts'
import { describeCode } from '#qr/describe.ts'
import { parseMpm } from '#qr/mpm.ts'
import { shippedTable } from './table.ts'

const TABLE = shippedTable()

const line = z.object({
  id: z.string(),
  kind: z.string(),
  payload: z.string(),
  strictEmv: z.unknown(),
})
const KNOWN = readFileSync('test/vectors/qr.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((text) => line.parse(JSON.parse(text)))
const GOOD = KNOWN.filter(({ kind, strictEmv }) => kind === 'emv-mpm' && strictEmv === true)
const OURS =
  '0002010102121531104000441234567810000000000666652045411530315654041.015802CN5908TESTSHOP6007BEIJING630472D7'

/** A code with a right CRC around `body` (everything before object 63). */
function sealed(body: string): string {
  return `${body}6304${crc16(new TextEncoder().encode(`${body}6304`))}`
}

function faultsOf(text: string): readonly string[] {
  const reading = parseMpm(text)
  return reading.ok ? reading.code.faults : [reading.error]
}

test('the CRC has the check value of CCITT-FALSE', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe('29B1')
})

test.each(GOOD)(
  '$id: no changed character and no two swapped ones pass as a sound code',
  ({ payload }) => {
    const sound = (text: string): boolean =>
      faultsOf(text).every((fault) => fault.startsWith('WARN_'))
    const escaped: string[] = []
    for (let at = 0; at < payload.length - 4; at += 1) {
      const [here = '', next = ''] = payload.slice(at, at + 2)
      const changed = here === '0' ? '1' : '0'
      const flipped = payload.slice(0, at) + changed + payload.slice(at + 1)
      const swapped = payload.slice(0, at) + next + here + payload.slice(at + 2)
      if (sound(flipped)) escaped.push(flipped)
      if (here !== next && at < payload.length - 5 && sound(swapped)) escaped.push(swapped)
    }
    expect(sound(payload)).toBe(true)
    expect(escaped).toEqual([])
  },
)

test.each(KNOWN)(
  '$id: cut at any place it is still answered, and a piece of an EMVCo code is never charged',
  ({ payload, kind }) => {
    const taken: string[] = []
    for (let at = 0; at < payload.length; at += 1) {
      const verdict = describeCode(payload.slice(0, at), TABLE)
      if (kind.startsWith('emv') && verdict.asCustomerCode === 'accept')
        taken.push(payload.slice(0, at))
    }
    // Base64 without its padding is the same code.
    const bare = (text: string): string => text.replace(/=+$/, '')
    expect(taken.filter((cut) => bare(cut) !== bare(payload))).toEqual([])
  },
)

test.each([
  ['a second code behind the first', `${OURS}${OURS.slice(0, -1)}X`, 'CRC_NOT_LAST'],
  [
    'payload format not first',
    sealed('01021200020115311040004412345678100000000006666'),
    'PFI_NOT_FIRST',
  ],
  [
    'another payload format',
    sealed('000202153110400044123456781000000000066665204541153031565802CN5908TESTSHOP6007BEIJING'),
    'PFI_VALUE',
  ],
  ['an unknown kind of initiation', sealed('000201010213'), 'POI_VALUE'],
  ['no merchant account', sealed('00020152045411'), 'NO_MERCHANT_ACCOUNT'],
  ['the country twice', sealed('0002015802CN5802CN'), 'DUPLICATE_58'],
  ['a comma in the amount', sealed('000201530315654041,01'), 'AMOUNT_FORMAT'],
  ['two points in the amount', sealed('000201530315654051.0.1'), 'AMOUNT_FORMAT'],
  ['an amount of 14 characters', sealed('000201530315654141234567890123.'), 'AMOUNT_TOO_LONG'],
  ['three decimals in RMB', sealed('000201530315654051.001'), 'AMOUNT_DECIMALS_EXCEED_CURRENCY'],
  [
    'decimals in yen',
    sealed('00020153033925403100'.replace('5403100', '54041.00')),
    'AMOUNT_DECIMALS_EXCEED_CURRENCY',
  ],
  ['a merchant category of five digits', sealed('000201520541155'), 'TOO_LONG_52'],
  ['a currency of four digits', sealed('00020153040156'), 'TOO_LONG_53'],
  ['a country of three letters', sealed('0002015803CHN'), 'TOO_LONG_58'],
  ['a name of 26 characters', sealed(`0002015926${'N'.repeat(26)}`), 'TOO_LONG_59'],
  ['no CRC', OURS.slice(0, -8), 'CRC_MISSING'],
  ['a hidden second account in a template', sealed('00020126150001X0101A0101B'), 'DUPLICATE_26_01'],
  ['a blank put in', `${OURS.slice(0, 6)} ${OURS.slice(6)}`, 'TLV_NOT_NUMERIC'],
])('%s is found', (_what, text, fault) => {
  expect(faultsOf(text)).toContain(fault)
})

test.each(['98.', '98.7', '0.01', '1234567890.12'])(
  'the amount %s is written by the rules',
  (amount) => {
    const text = sealed(`000201530315654${String(amount.length).padStart(2, '0')}${amount}`)
    expect(faultsOf(text).filter((fault) => fault.startsWith('AMOUNT'))).toEqual([])
  },
)

test('lengths count characters: a Chinese name parses, and so does one outside the basic plane', () => {
  const reading = parseMpm(sealed('0002015902𠮷店6002北京'))
  expect(reading).toMatchObject({ ok: true, code: { merchantName: '𠮷店', merchantCity: '北京' } })
})
