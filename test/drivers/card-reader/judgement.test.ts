import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verificationOf } from '#drivers/card-reader/neo2/card-data.ts'
import {
  type Judgement,
  judgeCompletion,
  judgePresentation,
} from '#drivers/card-reader/neo2/judgement.ts'
import { hostResponseData } from '#drivers/card-reader/neo2/protocol.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'

const CHIP = 'DFEF370104'
const TAP = 'DFEF370102'
const STRIPE = 'DFEF370101'
const TRACK = '57116226221234567896D3012220000000000F'
const ARQC = '9F270180'

function judge(status: number, hex: string, stripeOfChipCard = false): Judgement {
  return judgePresentation(
    { status, data: Buffer.from(hex, 'hex') },
    { arena: createSecretArena(), stripeOfChipCard },
  )
}

function stripeOf(track: string): string {
  const bytes = Buffer.from(track, 'latin1')
  return `${STRIPE}DFEF4D${bytes.length.toString(16).padStart(2, '0')}${bytes.toString('hex')}`
}

test('a whole chip answer is a card', () => {
  expect(judge(0x23, CHIP + TRACK + ARQC).kind).toBe('card')
})

test.each([
  ['no cryptogram', 0x23, CHIP + TRACK, { kind: 'unreadable', interface: 'chip' }],
  [
    'an offline approval',
    0x00,
    `${CHIP}${TRACK}9F270140`,
    { kind: 'cardDeclined', interface: 'chip' },
  ],
  [
    'a refusal of the card',
    0x00,
    `${TAP}${TRACK}9F270100`,
    { kind: 'cardDeclined', interface: 'contactless' },
  ],
  ['no PAN at all', 0x23, CHIP + ARQC, { kind: 'unreadable', interface: 'chip' }],
  [
    'a PAN that contradicts track 2',
    0x23,
    `${CHIP}${TRACK}${ARQC}5A086226221234567895`,
    { kind: 'unreadable', interface: 'chip' },
  ],
  ['no word on the interface', 0x23, TRACK + ARQC, { kind: 'garbled' }],
  ['two interfaces at once', 0x23, `DFEF370106${TRACK}${ARQC}`, { kind: 'garbled' }],
  ['an object named twice', 0x23, `${CHIP}${TRACK}${ARQC}${ARQC}`, { kind: 'garbled' }],
  ['an object cut short', 0x23, `${CHIP}5720`, { kind: 'garbled' }],
  ['a status nobody knows', 0x7f, '', { kind: 'garbled' }],
  ['time over', 0x08, '', { kind: 'timedOut' }],
  ['several cards', 0x0a, `21000000${TAP}`, { kind: 'severalCards' }],
  ['a mute chip', 0x0a, `30000000${CHIP}`, { kind: 'unreadable', interface: 'chip' }],
  ['a failure without data', 0x0a, '', { kind: 'unreadable', interface: 'contactless' }],
] as const)('the reader answers with %s', (_what, status, hex, judgement) => {
  expect(judge(status, hex)).toEqual(judgement)
})

test.each([
  [';6225880000000043=30121200000?', 'card'],
  ['6225880000000043=30121200000', 'card'],
  [';6225880000000043=30122200000?', 'insertInstead'],
  [';6225880000000043=30126200000?', 'insertInstead'],
  [';6225880000000043?', 'unreadable'],
  [';622588=30121200000?', 'unreadable'],
  [';6225880000000043=3013120?', 'unreadable'],
  [';6225880000000043=30121200000000000000000000000?', 'unreadable'],
  ['E?', 'unreadable'],
] as const)('the stripe %s is judged as %s', (track, kind) => {
  expect(judge(0x00, stripeOf(track)).kind).toBe(kind)
})

test('a swiped chip card is taken when its chip has failed often enough', () => {
  expect(judge(0x00, stripeOf(';6225880000000043=30122200000?'), true).kind).toBe('card')
})

const contactless = (ctq: string): Map<string, Uint8Array> =>
  new Map([['9F6C', Uint8Array.from(Buffer.from(ctq, 'hex'))]])
const chip = (cvm: string): Map<string, Uint8Array> =>
  new Map([['9F34', Uint8Array.from(Buffer.from(cvm, 'hex'))]])

test.each([
  ['8000', 'onlinePin'],
  ['8080', 'onlinePin'],
  ['0080', 'deviceVerified'],
  ['4080', 'deviceVerified'],
  ['4000', 'signature'],
  ['0000', 'none'],
  ['00', 'notDecided'],
] as const)('contactless qualifiers %s mean %s', (ctq, verification) => {
  expect(verificationOf('contactless', contactless(ctq))).toBe(verification)
})

test.each([
  ['420300', 'onlinePin'],
  ['020300', 'onlinePin'],
  ['1E0300', 'signature'],
  ['5E0300', 'signature'],
  ['1F0002', 'none'],
  ['1F0001', 'notDecided'],
  ['410302', 'notDecided'],
  ['3F0000', 'notDecided'],
  ['', 'notDecided'],
] as const)('the CVM result %s of a chip means %s', (cvm, verification) => {
  expect(verificationOf('chip', chip(cvm))).toBe(verification)
})

test('no answer of a reader is ever more than an outcome, and only a card leaves something in the arena', () => {
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(CHIP, TAP, STRIPE, TRACK, ARQC, '5A00', '9F6C028000', '5F340101', '57FF'),
      )
      .map((parts) => Uint8Array.from(Buffer.from(parts.join(''), 'hex'))),
  )
  fc.assert(
    fc.property(fc.constantFrom(0, 8, 0x0a, 0x23, 0x55), hostile, (status, data) => {
      const arena = createSecretArena()
      const judgement = judgePresentation({ status, data }, { arena, stripeOfChipCard: false })
      expect(arena.used > 0).toBe(judgement.kind === 'card')
      expect(() => judgeCompletion({ status, data })).not.toThrow()
    }),
    { numRuns: 1000 },
  )
})

test('only 91, 71 and 72 of the host reach the card, and 8A is the DE 39 of the answer', () => {
  const data = hostResponseData({
    online: true,
    responseCode: '00',
    issuerData: '8A023035910A0102030405060708303072059F180201029F36020001720486020A0B',
  })
  expect(Buffer.from(data).toString('hex').toUpperCase()).toBe(
    '8A023030DFEF380101910A0102030405060708303072059F18020102720486020A0B',
  )
})

test.each(['zz', '9', '91FF', '00'.repeat(300)])(
  'host data that cannot be read (%#) is left out and the card is told the answer',
  (issuerData) => {
    const data = hostResponseData({ online: true, responseCode: '05', issuerData })
    expect(Buffer.from(data).toString('hex').toUpperCase()).toBe('8A023035DFEF380101')
  },
)

test('no answer of the host is said as Z3 and not online', () => {
  const data = hostResponseData({ online: false, responseCode: '00', issuerData: '910100' })
  expect(Buffer.from(data).toString('hex').toUpperCase()).toBe('8A025A33DFEF380100')
})
