/** Slips that tests and pictures share. Test card numbers only. */
import { readFileSync } from 'node:fs'
import { minor } from '#core/money.ts'
import type { Slip, SlipFacts } from '#core/receipt/slip.ts'
import { readSlipWords, type SlipWords } from '#shell/receipt/slip-words.ts'

export function shippedWords(locale: 'zh-CN' | 'en'): SlipWords {
  const read = readSlipWords(JSON.parse(readFileSync(`config/locales/slip.${locale}.json`, 'utf8')))
  if (!read.ok) throw new Error(read.error)
  return read.words
}

export const PROFILES = {
  narrow: { columns: 32, dots: 384, images: 'generic' },
  wide: { columns: 48, dots: 576, images: 'generic' },
} as const

export function facts(change: Partial<SlipFacts> = {}): SlipFacts {
  return {
    type: 'sale',
    merchantName: { 'zh-CN': '稳收示范店', en: 'SureTill Demo Shop' },
    merchantNumber: '898100012345678',
    terminalNumber: '10000001',
    operator: '01',
    acquirerName: '银联演示主机',
    issuer: '01020000',
    account: '622848*********1234',
    entry: 'insert',
    channel: 'card',
    scheme: '银联 CUP',
    batch: '000001',
    trace: '000012',
    authCode: '836421',
    reference: '112120461234',
    dateTime: '2026-11-21 20:46:20',
    currency: '156',
    amountMinor: minor(123_850),
    verification: 'pinAndSignature',
    verificationLimitMinor: null,
    chip: [
      { name: 'AID', value: 'A000000333010101' },
      { name: 'LABEL', value: 'UnionPay Debit' },
      { name: 'TC', value: '3F5A1B0C9D8E7F60' },
      { name: 'TVR', value: '0080048000' },
      { name: 'TSI', value: 'E800' },
      { name: 'ATC', value: '001C' },
      { name: 'CSN', value: '001' },
    ],
    remarks: [],
    hotline: '400-000-0000',
    ...change,
  }
}

export function slip(change: Partial<Slip> = {}): Slip {
  return {
    facts: facts(),
    copy: 'merchant',
    mark: { kind: 'original' },
    job: 'A01F',
    drill: false,
    ...change,
  }
}

export function tapSlip(): Slip {
  return slip({
    copy: 'cardholder',
    facts: facts({
      entry: 'contactless',
      amountMinor: minor(3850),
      verification: 'noPinNoSignature',
      verificationLimitMinor: minor(100_000),
      chip: [
        { name: 'AID', value: 'A000000333010101' },
        { name: 'ARQC', value: '3F5A1B0C9D8E7F60' },
        { name: 'TVR', value: '0000000000' },
        { name: 'ATC', value: '001D' },
      ],
    }),
  })
}

export function codeSlip(): Slip {
  return slip({
    copy: 'cardholder',
    facts: facts({
      entry: 'code',
      channel: 'wechat',
      account: '13**************93',
      issuer: '',
      scheme: 'CUP',
      authCode: '',
      amountMinor: minor(8800),
      verification: 'codePayment',
      chip: [],
      remarks: ['零钱支付'],
    }),
  })
}
