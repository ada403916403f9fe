/** What an answer is worth, row by row: only one that fits its request in every field ends it. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { isUnfinished, judgeReply } from '#core/transaction/judge-reply.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { CODE_QUERY, SETUP, TAPPED_CARD } from './counter.ts'

const CODE = {
  kind: 'code',
  code: { handle: 'code-1', channel: 'wechat', masked: '**************6741', fingerprint: 'F1' },
} as const

function attemptOf(kind: TransactionKind, tender?: Attempt['tender']): Attempt {
  return {
    order: { id: 7, kind, dueMinor: minor(3800), operator: '01' },
    tender: tender ?? { kind: 'card', card: TAPPED_CARD },
    amountMinor: minor(3800),
    stan: '000002',
    batch: '000001',
    withPin: false,
    sentAt: 0,
  }
}

const SALE = attemptOf('sale')
const APPROVAL = {
  '3': '000000',
  '4': '000000003800',
  '11': '000002',
  '37': '112112000001',
  '39': '00',
  '41': SETUP.terminalNumber,
  '42': SETUP.merchantNumber,
}
const host = (change: Partial<Setup['host']>): Setup => ({
  ...SETUP,
  host: { ...SETUP.host, ...change },
})

function without(field: keyof typeof APPROVAL): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(APPROVAL).filter(([number]) => number !== field))
}

type Row = readonly [
  what: string,
  fields: Readonly<Record<string, string>>,
  mac: HostReply['mac'],
  worth: string,
]

const ROWS: readonly Row[] = [
  ['it fits', APPROVAL, 'good', 'approved 00'],
  ['another word that approves', { ...APPROVAL, '39': '11' }, 'good', 'approved 11'],
  ['a refusal', { ...APPROVAL, '39': '51' }, 'good', 'declined 51'],
  ['a refusal without a MAC', { ...APPROVAL, '39': '51' }, 'absent', 'declined 51'],
  ['a refusal that names no sum', { ...without('4'), '39': '51' }, 'good', 'declined 51'],
  ['the number of another', { ...APPROVAL, '11': '000003' }, 'good', 'unusable stan 06'],
  ['another processing code', { ...APPROVAL, '3': '200000' }, 'good', 'unusable processingCode 06'],
  ['another terminal', { ...APPROVAL, '41': '99999999' }, 'good', 'unusable terminal 06'],
  ['a refusal for another', { ...APPROVAL, '11': '9', '39': '51' }, 'good', 'unusable stan 06'],
  ['no word', without('39'), 'good', 'unusable responseCode 06'],
  ['a word of three', { ...APPROVAL, '39': '000' }, 'good', 'unusable responseCode 06'],
  ['a word behind a space', { ...APPROVAL, '39': ' 00' }, 'good', 'unusable responseCode 06'],
  ['a wrong MAC', APPROVAL, 'bad', 'unusable mac A0'],
  ['a refusal with a wrong MAC', { ...APPROVAL, '39': '51' }, 'bad', 'unusable mac A0'],
  ['an approval without a MAC', APPROVAL, 'absent', 'unusable mac A0'],
  ['another merchant', { ...APPROVAL, '42': 'X' }, 'good', 'unusable merchant 06'],
  ['another sum', { ...APPROVAL, '4': '000000003801' }, 'good', 'unusable amount 06'],
  ['no sum', without('4'), 'good', 'unusable amount 06'],
  ['a sum that is none', { ...APPROVAL, '4': '38.00' }, 'good', 'unusable amount 06'],
  ['no reference', without('37'), 'good', 'unusable reference 06'],
  ['a reference of blanks', { ...APPROVAL, '37': '    ' }, 'good', 'unusable reference 06'],
  ['a part nobody takes', { ...APPROVAL, '39': '10' }, 'good', 'unusable partial 06'],
]

function worthOf(setup: Setup, attempt: Attempt, reply: HostReply): string {
  return Object.values(judgeReply(setup, attempt, reply)).join(' ')
}

test.each(ROWS)('a sale is answered, %s', (_what, fields, mac, worth) => {
  expect(worthOf(SETUP, SALE, { mti: '0210', mac, fields })).toBe(worth)
})

test('an answer to a message of another kind is none', () => {
  const reply: HostReply = { mti: '0230', mac: 'good', fields: APPROVAL }
  expect(worthOf(SETUP, SALE, reply)).toBe('unusable mti 06')
})

const part = (amount: string) => ({ ...APPROVAL, '39': '10', '4': amount })

test.each([
  ['000000003799', 'approved 10'],
  ['000000000001', 'approved 10'],
  ['000000003800', 'unusable amount 06'],
  ['000000000000', 'unusable amount 06'],
  ['0000000038AB', 'unusable amount 06'],
])('where a part is taken, %s of 38.00 is %s', (amount, worth) => {
  const takes = host({ partialApproval: true })
  expect(worthOf(takes, SALE, { mti: '0210', mac: 'good', fields: part(amount) })).toBe(worth)
})

test('a part is a thing of sales, and proves itself by its MAC as a whole does', () => {
  const takes = host({ partialApproval: true })
  const fields = part('000000003000')
  const hold = attemptOf('preAuth')
  const ofHold: HostReply = { mti: '0110', mac: 'good', fields: { ...fields, '3': '030000' } }
  expect(worthOf(takes, hold, ofHold)).toBe('unusable partial 06')
  expect(worthOf(takes, SALE, { mti: '0210', mac: 'absent', fields })).toBe('unusable mac A0')
  expect(worthOf(takes, SALE, { mti: '0210', mac: 'good', fields: without('4') })).not.toMatch(
    /^approved/,
  )
})

test('a balance has no sum to compare', () => {
  const fields = { ...without('4'), '3': '310000' }
  expect(worthOf(SETUP, attemptOf('balance'), { mti: '0210', mac: 'good', fields })).toBe(
    'approved 00',
  )
})

test('only a sale by code has a processing code of its own', () => {
  const own = host({ codeProcessingCode: '190000' })
  const fields = { ...APPROVAL, '3': '190000' }
  const answered = (attempt: Attempt, mti = '0210') =>
    worthOf(own, attempt, { mti, mac: 'good', fields })
  expect(answered(attemptOf('sale', CODE))).toBe('approved 00')
  expect(answered(SALE)).toBe('unusable processingCode 06')
  expect(answered(attemptOf('void', CODE))).toBe('unusable processingCode 06')
  const usual: HostReply = { mti: '0210', mac: 'good', fields: APPROVAL }
  expect(worthOf(SETUP, attemptOf('sale', CODE), usual)).toBe('approved 00')
})

test('"not done yet" is what the acquirer says it is, and of wallets for codes alone', () => {
  const byCode = attemptOf('refund', CODE)
  const asked = host({ unfinished: ['09'], codeQuery: { ...CODE_QUERY, paying: ['P1'] } })
  const open = (setup: Setup, attempt: Attempt) =>
    ['09', 'P1', '96', '51'].filter((code) => isUnfinished(setup, attempt, code))
  expect(open(asked, SALE)).toEqual(['09'])
  expect(open(asked, byCode)).toEqual(['09', 'P1', '96'])
  expect(open(SETUP, SALE)).toEqual([])
  expect(open(SETUP, byCode)).toEqual([])
})
