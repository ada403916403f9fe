/** What a request asks for, by kind, and how its card was read. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { type Attempt, entryMode, isFallback, needsChip } from '#core/transaction/attempt.ts'
import { isVoid, ruleOf, type TransactionKind, voidOf } from '#core/transaction/kinds.ts'
import { originalData } from '#core/transaction/original-data.ts'
import { countsInBatch, remainingMinor } from '#core/transaction/record.ts'
import type { CardFacts } from '#core/transaction/tender.ts'
import { TAPPED_CARD } from '../counter.ts'
import { KINDS } from '../recovery/found-states.ts'
import { aSale } from '../two-people.ts'

/** As the acquirer's terminal specification has them. */
test.each([
  ['sale', '0200', '000000', '00', '22'],
  ['void', '0200', '200000', '00', '23'],
  ['refund', '0220', '200000', '00', '25'],
  ['preAuth', '0100', '030000', '06', '10'],
  ['preAuthVoid', '0100', '200000', '06', '11'],
  ['completion', '0200', '000000', '06', '20'],
  ['completionVoid', '0200', '200000', '06', '21'],
  ['balance', '0200', '310000', '00', '01'],
] as const)('a %s is %s with processing code %s, condition %s, type %s', (kind, ...wire) => {
  const { mti, processingCode, conditionCode, type } = ruleOf(kind)
  expect([mti, processingCode, conditionCode, type]).toEqual(wire)
})

const those = (is: (kind: TransactionKind) => boolean): readonly TransactionKind[] =>
  KINDS.filter(is)

test('money leaves the shop only with a second person, and never on the way of a payment code', () => {
  const out = ['void', 'refund', 'preAuthVoid', 'completionVoid']
  expect(those((kind) => ruleOf(kind).direction === 'out')).toEqual(out)
  expect(those((kind) => ruleOf(kind).needsApproval)).toEqual(out)
  expect(those((kind) => ruleOf(kind).takesCodes)).toEqual(['sale'])
  expect(those((kind) => ruleOf(kind).direction === 'in')).toEqual(['sale', 'completion'])
  expect(those((kind) => ruleOf(kind).direction === 'hold')).toEqual(['preAuth'])
})

test('whatever asks for money and gets no answer is taken back, but a refund, which is repeated', () => {
  expect(those((kind) => ruleOf(kind).lostAnswer === 'repeat')).toEqual(['refund'])
  expect(those((kind) => ruleOf(kind).lostAnswer === 'nothing')).toEqual(['balance'])
  expect(those((kind) => !ruleOf(kind).hasAmount)).toEqual(['balance'])
})

test('the chip decides with the host only where money comes in or is held, or is asked about', () => {
  expect(those((kind) => ruleOf(kind).card === 'chip')).toEqual(['sale', 'preAuth', 'balance'])
  expect(those((kind) => ruleOf(kind).card === 'number')).toEqual(['refund'])
  expect(those((kind) => ruleOf(kind).emvType === '20')).toEqual([
    'void',
    'refund',
    'preAuthVoid',
    'completionVoid',
  ])
  expect(ruleOf('balance').emvType).toBe('31')
  expect(ruleOf('completion').emvType).toBe('00')
})

const { sale: SALE } = aSale()

test.each<[TransactionKind, string, readonly string[]]>([
  ['sale', '', []],
  ['balance', '', []],
  ['preAuth', '', []],
  ['void', '000001000002', ['37', '38']],
  ['refund', '0000010000021121', ['37']],
  ['preAuthVoid', '0000010000021121', ['38']],
  ['completion', '0000010000021121', ['38']],
  ['completionVoid', '0000010000021121', ['37', '38']],
])('a %s names its original as "%s" and quotes %j', (kind, named, quotes) => {
  const original = { ...SALE, stan: '000002', hostDate: '1121' }
  expect(originalData(ruleOf(kind), original)).toBe(named)
  expect(originalData(ruleOf(kind), undefined)).toBe('')
  expect(ruleOf(kind).quotes).toEqual(quotes)
})

test('a host that gave no date is quoted with noughts', () => {
  const original = { ...SALE, stan: '000002', hostDate: '' }
  expect(originalData(ruleOf('refund'), original)).toBe('0000010000020000')
})

test('each thing that stands is voided by its own kind, and what takes back is not taken back', () => {
  expect(KINDS.map((kind) => [kind, voidOf(kind)])).toEqual([
    ['sale', 'void'],
    ['void', null],
    ['refund', null],
    ['preAuth', 'preAuthVoid'],
    ['preAuthVoid', null],
    ['completion', 'completionVoid'],
    ['completionVoid', null],
    ['balance', null],
  ])
  expect(those(isVoid)).toEqual(['void', 'preAuthVoid', 'completionVoid'])
})

test('a batch adds up what moved money and was approved', () => {
  expect(KINDS.filter((kind) => countsInBatch({ ...SALE, kind }))).toEqual([
    'sale',
    'void',
    'refund',
    'completion',
    'completionVoid',
  ])
  expect(countsInBatch({ ...SALE, outcome: 'notPaid' })).toBe(false)
})

test('of what was voided nothing is left to be refunded, of the rest what has not gone back', () => {
  expect(remainingMinor({ ...SALE, refundedMinor: minor(800) })).toBe(3000)
  expect(remainingMinor({ ...SALE, closedBy: 'x' })).toBe(0)
})

function attempt(card: Partial<CardFacts>, kind: TransactionKind = 'sale'): Attempt {
  return {
    order: { id: 7, kind, dueMinor: minor(3800), operator: '01' },
    tender: { kind: 'card', card: { ...TAPPED_CARD, ...card } },
    amountMinor: minor(3800),
    stan: '000002',
    batch: '000001',
    withPin: false,
    sentAt: 0,
  }
}

const CODE: Attempt = {
  ...attempt({}),
  tender: {
    kind: 'code',
    code: { handle: 'code-1', channel: 'wechat', masked: '6741', fingerprint: 'F1' },
  },
}

test.each([
  ['chip', '052', '051'],
  ['contactless', '072', '071'],
  ['stripe', '022', '021'],
] as const)('a card by %s: entry mode %s without PIN, %s with it', (by, without, withPin) => {
  const read = attempt({ interface: by })
  expect([entryMode(read), entryMode({ ...read, withPin: true })]).toEqual([without, withPin])
})

test('a payment code has an entry mode of its own', () => {
  expect(entryMode(CODE)).toBe('032')
})

test.each([
  ['stripe', '220', true],
  ['stripe', '601', true],
  ['stripe', '120', false],
  ['stripe', '126', false],
  ['stripe', null, false],
  ['contactless', '220', false],
] as const)('a %s with service code %s had a chip that failed: %s', (by, serviceCode, is) => {
  expect(isFallback(attempt({ interface: by, serviceCode }))).toBe(is)
  expect(isFallback(CODE)).toBe(false)
})

test('a chip is asked for its last word only where it took part', () => {
  expect(those((kind) => needsChip(attempt({ interface: 'chip' }, kind)))).toEqual([
    'sale',
    'preAuth',
    'balance',
  ])
  expect(needsChip(attempt({ interface: 'contactless' }))).toBe(false)
  expect(needsChip(CODE)).toBe(false)
})
