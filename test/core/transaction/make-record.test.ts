/** What is kept of a transaction, and what its slip says: row by row, from the request and its answer. */
import { expect, test } from 'vitest'
import { elsewhereId } from '#core/correction/elsewhere-id.ts'
import { minor } from '#core/money.ts'
import type { SlipFacts } from '#core/receipt/slip.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { approvedRecord, notPaidRecord } from '#core/transaction/make-record.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { CardFacts, ChipFact } from '#core/transaction/tender.ts'
import { ATTEMPT, PHONE_CODE } from '../attempts.ts'
import { NOON, SETUP, TAPPED_CARD } from '../counter.ts'
import { aSale } from '../two-people.ts'

const STATE = { ...initialState(), setup: SETUP, at: NOON }
const SALE: Attempt = { ...ATTEMPT, sentAt: NOON }
const CODE = { kind: 'code', code: PHONE_CODE } as const
const FIELDS = {
  '4': '000000003800',
  '12': '120001',
  '13': '1121',
  '37': ' 112112000001 ',
  '38': 'A12345 ',
  '39': '00',
}

const attempt = (change: Partial<Attempt>, order: Partial<Attempt['order']> = {}): Attempt => ({
  ...SALE,
  ...change,
  order: { ...SALE.order, ...order },
})
const card = (change: Partial<CardFacts>): Attempt['tender'] => ({
  kind: 'card',
  card: { ...TAPPED_CARD, ...change },
})

type Answer = { readonly fields?: HostReply['fields']; readonly payer?: string }

function approved(
  of: Attempt,
  { fields = {}, ...more }: Answer = {},
  setup: Setup = SETUP,
  lastChip: readonly ChipFact[] = [],
): TransactionRecord {
  const reply: HostReply = { mti: '0210', mac: 'good', fields: { ...FIELDS, ...fields }, ...more }
  return approvedRecord({ ...STATE, setup }, of, reply, lastChip)
}

function slipOf(...of: Parameters<typeof approved>): SlipFacts {
  const { slip } = approved(...of)
  if (slip === null) throw new Error('an approval has a slip')
  return slip
}

test('a record names its request, who paid what and how, and quotes of the answer what a later request needs', () => {
  const { slip, ...record } = approved(SALE)
  expect(slip).toMatchObject({ authCode: 'A12345', reference: '112112000001' })
  expect(record).toEqual({
    id: '000001-000002',
    kind: 'sale',
    orderId: 7,
    at: NOON,
    outcome: 'approved',
    reason: '00',
    dueMinor: 3800,
    paidMinor: 3800,
    channel: 'card',
    last4: '0012',
    fingerprint: 'C1',
    operator: '01',
    stan: '000002',
    batch: '000001',
    authCode: 'A12345',
    reference: '112112000001',
    hostDate: '1121',
    original: '',
    approver: '',
    closedBy: '',
    refundedMinor: 0,
    reprints: 0,
  })
})

test('what the acquirer approved is what was paid; an answer without a sum, as an acquirer may ask for codes, means all of it', () => {
  expect(approved(SALE, { fields: { '4': '000000003000' } }).paidMinor).toBe(3000)
  const { '4': _sum, ...sumless } = FIELDS
  const reply: HostReply = { mti: '0210', mac: 'good', fields: sumless }
  expect(approvedRecord(STATE, SALE, reply, []).paidMinor).toBe(3800)
})

test('of an answer without words nothing is made up', () => {
  const reply: HostReply = { mti: '0210', mac: 'good', fields: {} }
  expect(approvedRecord(STATE, SALE, reply, [])).toMatchObject({
    reason: '',
    authCode: '',
    reference: '',
    hostDate: '',
    slip: { authCode: '', reference: '', issuer: '', remarks: [], scheme: 'CUP' },
  })
})

test('a payment by code is known by its channel, end and hash, and by its payer where the acquirer names one; a card has no such payer', () => {
  const byCode = attempt({ tender: CODE })
  expect(approved(byCode, { payer: 'P1' })).toMatchObject({
    channel: 'wechat',
    last4: '6741',
    fingerprint: 'F1',
    payer: 'P1',
  })
  expect(approved(byCode)).not.toHaveProperty('payer')
  expect(approved(SALE, { payer: 'P1' })).not.toHaveProperty('payer')
})

const { sale: ORIGINAL } = aSale()
const BESIDES: readonly (readonly [Partial<Attempt['order']>, Partial<TransactionRecord>])[] = [
  [
    { kind: 'refund', original: ORIGINAL },
    { kind: 'refund', original: ORIGINAL.id },
  ],
  [{ approver: '00' }, { approver: '00' }],
  [{ till: { reference: 'T-1', lines: [] } }, { tillReference: 'T-1' }],
  [
    { check: { level: 3, reasons: ['aboveLimit'] } },
    { check: { level: 3, reasons: ['aboveLimit'] } },
  ],
  [{ cause: 'wrongAmount' }, { cause: 'wrongAmount' }],
  [
    { otherCard: { why: 'cardReplaced', fingerprint: 'C2', last4: '0099' } },
    { otherCard: 'cardReplaced' },
  ],
  [
    {
      follows: {
        id: 'x-redo',
        kind: 'sale',
        dueMinor: minor(3800),
        why: 'redo',
        after: 'x',
        trace: '000001',
      },
    },
    { follows: 'x' },
  ],
]

test.each(BESIDES)(
  'of an order with %j the record keeps %j, whether paid or not',
  (order, kept) => {
    expect(approved(attempt({}, order))).toMatchObject(kept)
    expect(notPaidRecord(STATE, attempt({}, order), '51')).toMatchObject(kept)
  },
)

test('of what an order does not have its record says nothing', () => {
  for (const member of ['tillReference', 'check', 'cause', 'otherCard', 'follows'])
    expect(notPaidRecord(STATE, SALE, '51')).not.toHaveProperty(member)
})

test('what was not paid has the reason, no sum, nothing to quote and no slip', () => {
  expect(notPaidRecord(STATE, SALE, '51')).toMatchObject({
    id: '000001-000002',
    outcome: 'notPaid',
    reason: '51',
    dueMinor: 3800,
    paidMinor: 0,
    authCode: '',
    reference: '',
    hostDate: '',
    slip: null,
  })
})

const PIN = { withPin: true }
const CHIP = { tender: card({ interface: 'chip' }) }
const PHONE = { tender: card({ verification: 'deviceVerified' }) }
const LARGE = { amountMinor: minor(100_001) }
const LIMIT = { amountMinor: minor(100_000) }

test.each<[string, Partial<Attempt>, TransactionKind, SlipFacts['verification']]>([
  ['a tap up to the limit', LIMIT, 'sale', 'noPinNoSignature'],
  ['a tap above it', LARGE, 'sale', 'signature'],
  ['a tap with PIN', PIN, 'sale', 'pinAndSignature'],
  ['a chip without PIN', CHIP, 'sale', 'signature'],
  ['a chip with PIN', { ...CHIP, ...PIN }, 'sale', 'pinAndSignature'],
  ['a phone that knew its owner', PHONE, 'sale', 'deviceVerified'],
  ['a phone that knew its owner, with PIN', { ...PHONE, ...PIN }, 'sale', 'pinAndSignature'],
  ['a code', { tender: CODE }, 'sale', 'codePayment'],
  ['a refund by code', { tender: CODE }, 'refund', 'codePayment'],
  ['a tap for a hold', LIMIT, 'preAuth', 'signature'],
  ['a phone for a hold', PHONE, 'preAuth', 'signature'],
  ['a void with PIN', PIN, 'void', 'pinAndSignature'],
])('%s is verified so: %j, %s: %s', (_what, change, kind, verification) => {
  const slip = slipOf(attempt(change, { kind }))
  expect(slip.verification).toBe(verification)
  // The limit is named only where it is the reason.
  expect(slip.verificationLimitMinor).toBe(verification === 'noPinNoSignature' ? 100_000 : null)
})

test.each([
  ['chip', 'insert'],
  ['contactless', 'contactless'],
  ['stripe', 'swipe'],
] as const)('a card by %s was presented by %s', (by, entry) => {
  expect(slipOf(attempt({ tender: card({ interface: by }) })).entry).toBe(entry)
})

test('the slip of a card names scheme and chip, that of a code neither', () => {
  const chip = [{ name: 'ARQC', value: 'A1' }]
  const fields = { '44': '01020000   03050000', '63': 'VISword of the issuer ' }
  expect(slipOf(attempt({ tender: card({ chip }) }), { fields })).toMatchObject({
    account: TAPPED_CARD.masked,
    scheme: 'VIS',
    issuer: '01020000',
    remarks: ['word of the issuer'],
    chip,
  })
  expect(slipOf(attempt({ tender: CODE }), { fields })).toMatchObject({
    account: CODE.code.masked,
    entry: 'code',
    scheme: '',
    chip: [],
  })
})

test.each([
  ['MCC', 'MCC', []],
  ['MCC  ', 'MCC', []],
  ['   hello', 'CUP', ['hello']],
  ['   ', 'CUP', []],
])(
  '"%s" in field 63: the first three letters are the scheme, what stands behind them the remark',
  (said, scheme, remarks) => {
    expect(slipOf(SALE, { fields: { '63': said } })).toMatchObject({ scheme, remarks })
  },
)

test('the first eleven places of field 44 are the issuer, also where they are blank', () => {
  expect(slipOf(SALE, { fields: { '44': `${' '.repeat(11)}03050000` } }).issuer).toBe('')
})

test("the chip's last words replace its first: of one name the later, and its certificate the question for one", () => {
  const first = [
    { name: 'ARQC', value: 'A1' },
    { name: 'AID', value: 'A0' },
    { name: 'TVR', value: '00' },
  ]
  const of = attempt({ tender: card({ interface: 'chip', chip: first }) })
  const ended = [
    { name: 'TC', value: 'C1' },
    { name: 'TVR', value: '80' },
  ]
  expect(slipOf(of, {}, SETUP, ended).chip).toEqual([{ name: 'AID', value: 'A0' }, ...ended])
  expect(slipOf(of, {}, SETUP, [{ name: 'TSI', value: 'E8' }]).chip).toEqual([
    ...first,
    { name: 'TSI', value: 'E8' },
  ])
})

test('a part that was approved stands on the slip with what was due; a whole, and a smaller refund, with one sum', () => {
  const part = { fields: { '4': '000000003000' } }
  expect(slipOf(SALE, part)).toMatchObject({ amountMinor: 3000, dueMinor: 3800 })
  expect(slipOf(SALE)).not.toHaveProperty('dueMinor')
  expect(slipOf(attempt({}, { kind: 'refund' }), part)).not.toHaveProperty('dueMinor')
})

const FOREIGN: TransactionRecord = {
  ...ORIGINAL,
  id: elsewhereId({ date: '1120', number: '112012000077' }),
  at: NOON - 86_400_000,
  slip: null,
}

test.each<[string, TransactionRecord, object]>([
  ['ours', ORIGINAL, { trace: ORIGINAL.stan, date: '2026-11-21' }],
  ['ours without its slip', { ...ORIGINAL, slip: null }, { trace: ORIGINAL.stan, date: '' }],
  ['of another terminal, typed', { ...FOREIGN, stan: '000000' }, { trace: '', date: '2026-11-20' }],
  [
    'of another terminal, scanned',
    { ...FOREIGN, stan: '000123' },
    { trace: '000123', date: '2026-11-20' },
  ],
])('the slip of a refund quotes its original: %s', (_whose, original, quoted) => {
  expect(slipOf(attempt({}, { kind: 'refund', original })).original).toEqual({
    reference: original.reference,
    authCode: original.authCode,
    ...quoted,
  })
})

test('what stands alone quotes nothing', () => {
  for (const member of ['original', 'follows', 'till', 'note'])
    expect(slipOf(SALE)).not.toHaveProperty(member)
})

test('what was collected after another payment names its voucher and why', () => {
  const follows = {
    id: 'x-rest',
    kind: 'sale',
    dueMinor: minor(3800),
    why: 'rest',
    after: 'x',
    trace: '000001',
  } as const
  expect(slipOf(attempt({}, { follows })).follows).toEqual({ why: 'rest', trace: '000001' })
})

const ARRIVES = { 'zh-CN': '三个工作日', en: 'Three working days' }
const NOTING: Setup = { ...SETUP, slips: { ...SETUP.slips, moneyBack: ARRIVES } }

test.each<[TransactionKind, boolean]>([
  ['void', true],
  ['refund', true],
  ['completionVoid', true],
  ['preAuthVoid', false],
  ['sale', false],
  ['completion', false],
])('the customer of a %s is told on paper when money comes back: %s', (kind, told) => {
  const note = told ? { arrives: ARRIVES } : undefined
  expect(slipOf(attempt({}, { kind }), {}, NOTING).note).toEqual(note)
  expect(slipOf(attempt({}, { kind })).note).toBeUndefined()
})

test('and why, where somebody said', () => {
  const { note } = slipOf(attempt({}, { kind: 'void', cause: 'wrongAmount' }), {}, NOTING)
  expect(note).toEqual({ arrives: ARRIVES, cause: 'wrongAmount' })
})

test("the till's order stands on the slip, its lines only where the shop wants them there", () => {
  const lines = [{ name: 'Tea', quantity: 1, amountMinor: 3800 }]
  const ordered = attempt({}, { till: { reference: 'T-1', lines } })
  expect(slipOf(ordered).till).toEqual({ reference: 'T-1', lines })
  const without: Setup = { ...SETUP, till: { linesOnSlip: false } }
  expect(slipOf(ordered, {}, without).till).toEqual({ reference: 'T-1', lines: [] })
})

test('the slip of a balance is never printed, and would be of a type that the printer knows', () => {
  expect(slipOf(attempt({}, { kind: 'balance' })).type).toBe('sale')
  expect(slipOf(attempt({}, { kind: 'completionVoid' })).type).toBe('completionVoid')
})

test("the moment on the slip is the host's, and ours where it says none", () => {
  expect(slipOf(SALE).dateTime).toBe('2026-11-21 12:00:01')
  expect(slipOf(SALE, { fields: { '12': '' } }).dateTime).toBe('2026-11-21 12:00:00')
})
