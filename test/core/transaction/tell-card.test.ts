/** What the chip is told of the answer, and what a script that the issuer sent along is reported under; the last digits of whoever paid. */
import { expect, test } from 'vitest'
import { kindOf } from '#core/transaction/attempt.ts'
import { tellCard } from '#core/transaction/tell-card.ts'
import { channelOf, handleOf, lastFour, type Tender } from '#core/transaction/tender.ts'
import { ATTEMPT, PHONE_CODE } from '../attempts.ts'
import { TAPPED_CARD } from '../counter.ts'

const reply = (fields: Readonly<Record<string, string>> = {}) =>
  ({ mti: '0210', mac: 'good', fields }) as const
const CARD: Tender = { kind: 'card', card: { ...TAPPED_CARD, panSequence: '01', emv: '9F26' } }
const CODE: Tender = { kind: 'code', code: PHONE_CODE }

test.each([
  ['of the host', { '13': '1121' }, '1121'],
  ['that it did not give', {}, '0000'],
])('a script is reported under batch, number and day %s', (_what, fields, day) => {
  const answer = reply(fields)
  expect(tellCard({ ...ATTEMPT, tender: CARD }, answer)).toEqual({
    do: 'completeCard',
    stan: '000002',
    reply: answer,
    subject: {
      id: '000001-000002',
      batch: '000001',
      processingCode: '000000',
      amountMinor: 3800,
      entryMode: '072',
      panSequence: '01',
      originalData: `000001000002${day}`,
      emv: '9F26',
    },
  })
})

test('where no card took part nothing is reported', () => {
  expect(tellCard({ ...ATTEMPT, tender: CODE }, reply())).toMatchObject({ subject: null })
})

test('an order without a kind is a sale, as in every journal before there was anything else', () => {
  expect(kindOf(ATTEMPT.order)).toBe('sale')
  expect(kindOf({ ...ATTEMPT.order, kind: 'void' })).toBe('void')
})

test('whoever paid is known by channel, handle and four digits', () => {
  const of = (tender: Tender) => [channelOf(tender), handleOf(tender), lastFour(tender)]
  expect(of(CARD)).toEqual(['card', 'card-1', TAPPED_CARD.masked.slice(-4)])
  expect(of(CODE)).toEqual(['wechat', 'code-1', '6741'])
})
