/** A signature as a message: what names its payment, what stands on its slip, and that no card number goes along. */
import { describe, expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { SlipFacts } from '#core/receipt/slip.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import type { Fields } from '#shell/acquirer/fields.ts'
import { type SignatureMessage, signatureMessages } from '#shell/acquirer/signature-fields.ts'
import { writeInk } from '#shell/api/ink.ts'
import { signaturePicture } from '#shell/signature/picture.ts'
import { decodeGbk } from '../../rig/acquirer/wire/gbk.ts'
import { fromHex } from '../../rig/acquirer/wire/hex.ts'
import { readTlv } from '../../rig/acquirer/wire/tlv.ts'
import { A_NAME } from '../../rig/scenario/customer-screen.ts'
import { facts } from '../receipt/slips.ts'

const NUMBERS = { terminalNumber: '10000001', merchantNumber: '898100012345678', currency: '156' }
const USUAL: SignatureMessage = {
  type: '07',
  management: '800',
  moreManagement: '801',
  packetBytes: 999,
  mac: true,
  slipElements: true,
  currencyTag: 'FF0A',
  accepted: ['00', '94'],
}

function uploadOf(change: Partial<SlipFacts> = {}, ink = A_NAME): SignatureUpload {
  return {
    record: '000001-000012',
    stan: '000012',
    settlementDate: '1122',
    facts: facts({ signature: { code: '31640315', ink }, ...change }),
    tries: 0,
    pauses: 0,
    notBefore: 0,
    reprints: 0,
  }
}

function messages(
  upload: SignatureUpload,
  change: Partial<SignatureMessage> = {},
  prints = 2,
): readonly Fields[] {
  return signatureMessages(NUMBERS, { ...USUAL, ...change }, { upload, prints })
}

function elements(upload: SignatureUpload, change: Partial<SignatureMessage> = {}) {
  const value = messages(upload, change)[0]?.['55']
  const read = readTlv(
    value instanceof Uint8Array ? Buffer.from(value).toString('hex').toUpperCase() : '',
  )
  return (tag: string): string | undefined => read?.get(tag)
}
const asText = (hex: string | undefined): string => decodeGbk(fromHex(hex ?? ''))

describe('what names the payment', () => {
  test('amount, number, settlement date and reference; the batch of the payment with 07 and 800', () => {
    const [message] = messages(uploadOf())
    expect(message).toMatchObject({
      '4': '000000123850',
      '11': '000012',
      '15': '1122',
      '37': '112120461234',
      '41': '10000001',
      '42': '898100012345678',
      '60': '07000001800',
    })
    expect(Object.keys(message ?? {})).not.toContain('2')
  })

  test.each(['', '0000', '11'])('a settlement date of "%s" is left out', (settlementDate) => {
    const [message] = messages({ ...uploadOf(), settlementDate })
    expect(message?.['15']).toBeUndefined()
  })
})

describe('the picture', () => {
  test('stands in DE 62 as it is', () => {
    const picture = signaturePicture({ code: '31640315', ink: A_NAME })
    expect(messages(uploadOf()).map((one) => one['62'])).toEqual([picture])
  })

  test('is cut into packets where it is long; only the last says that it is', () => {
    const scrawl = writeInk(
      Array.from({ length: 40 }, (_, at) => [
        [(at * 37) % 280, (at * 53) % 90],
        [(at * 91) % 280, (at * 17) % 90],
      ]),
    )
    const upload = uploadOf({}, scrawl)
    const sent = messages(upload, { packetBytes: 500 })
    expect(sent.length).toBeGreaterThan(1)
    expect(sent.map((one) => one['60'])).toEqual([
      ...sent.slice(1).map(() => '07000001801'),
      '07000001800',
    ])
    const parts = sent.flatMap(({ '62': part }) => (part instanceof Uint8Array ? [...part] : []))
    const whole = signaturePicture(upload.facts.signature ?? { code: '' })
    expect(Uint8Array.from(parts)).toEqual(whole)
  })
})

describe('what stands on the slip', () => {
  test('shop, kind, operator, issuer, time, authorization code, currency and papers', () => {
    const read = elements(uploadOf())
    expect([asText(read('FF00')), asText(read('FF01')), read('FF02')]).toEqual([
      '稳收示范店',
      '消费',
      '01',
    ])
    expect([asText(read('FF04')), read('FF06'), asText(read('FF07'))]).toEqual([
      '01020000',
      '20261121204620',
      '836421',
    ])
    expect([asText(read('FF0A')), read('FF70')]).toEqual(['156', '02'])
    expect(read('FF05')).toBeUndefined()
  })

  test('a chip brings its application and cryptogram', () => {
    const chip = [
      { name: 'AID', value: 'A000000333010101' },
      { name: 'LABEL', value: 'UICC DEBIT' },
      { name: 'ARQC', value: '1122334455667788' },
    ]
    const read = elements(uploadOf({ chip }))
    expect([read('FF22'), asText(read('FF30')), read('FF23')]).toEqual([
      'A000000333010101',
      'UICC DEBIT',
      '1122334455667788',
    ])
  })

  test.each([
    ['a void names the voucher', 'void', { FF60: '000007' }],
    ['a refund reference and date', 'refund', { FF62: '112012000007', FF63: '1120' }],
    ['a completion the authorization', 'completion', { FF64: '413233343536' }],
  ] as const)('%s of what it is about', (_, type, wanted) => {
    const original = {
      trace: '000007',
      reference: '112012000007',
      authCode: 'A23456',
      date: '2026-11-20',
    }
    const read = elements(uploadOf({ type, original }))
    const found = ['FF60', 'FF62', 'FF63', 'FF64'].flatMap((tag) => {
      const value = read(tag)
      return value === undefined ? [] : [[tag, value]]
    })
    expect(Object.fromEntries(found)).toEqual(wanted)
  })

  test('a part that was paid stands beside its slip', () => {
    const read = elements(uploadOf({ dueMinor: minor(200_000) }))
    expect(read('FF49')).toBe('000000123850')
  })

  test('a long name is cut between two characters', () => {
    const long = '示范'.repeat(12)
    const name = asText(
      elements(uploadOf({ merchantName: { 'zh-CN': `a${long}`, en: '' } }))('FF00'),
    )
    expect(name).toBe(`a${long}`.slice(0, 20))
  })

  test('none where the acquirer wants none, and the currency where it wants it', () => {
    expect(messages(uploadOf(), { slipElements: false })[0]?.['55']).toBeUndefined()
    const read = elements(uploadOf(), { currencyTag: 'FF09' })
    expect([asText(read('FF09')), read('FF0A')]).toEqual(['156', undefined])
    expect(elements(uploadOf(), { currencyTag: 'none' })('FF0A')).toBeUndefined()
  })
})
