/** What is typed off a slip of another terminal, field by field, and what becomes of it when the journal has told what was done about it. */
import { expect, test } from 'vitest'
import {
  askElsewhere,
  askedOf,
  type ElsewhereStep,
  mayBeElsewhere,
  onElsewhereKey,
  onElsewhereKnown,
  onElsewhereOption,
} from '#core/correction/elsewhere.ts'
import type { Elsewhere } from '#core/correction/elsewhere-slip.ts'
import { minor } from '#core/money.ts'
import type { Key } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { aSale } from './two-people.ts'

const { sale: SALE, state } = aSale()
const guarded = (otherTerminals?: readonly string[]): TerminalState => ({
  ...state,
  setup: {
    ...state.setup,
    refundGuard: { coolOffMs: 0, ...(otherTerminals === undefined ? {} : { otherTerminals }) },
  },
})
const STATE = guarded(['10000002'])
const REFERENCE = '112012000077'
const DAY_MS = 86_400_000
/** Of Nov 20 in China, the day before. */
const MIDNIGHT = Date.UTC(2026, 10, 19, 16)

function page(elsewhere: Elsewhere, typed = '', purpose: 'refund' | 'completion' = 'refund') {
  const step: ElsewhereStep = { kind: 'findOriginal', purpose, typed, elsewhere }
  return step
}
const CARD: Elsewhere = { channel: 'card', number: REFERENCE, date: '1120', last4: '0012' }
const press = (step: ElsewhereStep, key: Key, at = STATE) => {
  const decision = onElsewhereKey(at, step, key)
  const { message, step: next, tone } = decision.state
  return { next, tone, said: message?.key ?? null, refused: decision.refused, decision }
}

test('only where the shop has named its other terminals, and for no void', () => {
  expect(mayBeElsewhere(STATE, 'refund')).toBe(true)
  expect(mayBeElsewhere(STATE, 'completion')).toBe(true)
  expect(mayBeElsewhere(STATE, 'void')).toBe(false)
  expect(mayBeElsewhere(guarded([]), 'refund')).toBe(false)
  expect(mayBeElsewhere(guarded(), 'refund')).toBe(false)
  expect(mayBeElsewhere(state, 'refund')).toBe(false)
})

test.each<[Elsewhere, 'refund' | 'completion', string]>([
  [{}, 'refund', 'channel'],
  [{ channel: 'card' }, 'refund', 'reference'],
  [{ channel: 'card' }, 'completion', 'authCode'],
  [{ channel: 'card', number: REFERENCE }, 'refund', 'date'],
  [{ channel: 'card', number: REFERENCE, date: '1120' }, 'refund', 'last4'],
  [{ channel: 'wechat', number: REFERENCE, date: '1120' }, 'refund', 'amount'],
  [CARD, 'refund', 'amount'],
])('of %j is known, for a %s: asked for is %s', (known, purpose, asked) => {
  expect(askedOf(page(known, '', purpose))).toBe(asked)
})

test('a hold is one of a card; of a payment the way is asked for first, and the slip is kept', () => {
  const slip = { batch: '000004', trace: '000123', check: '7484' }
  const refund = askElsewhere(STATE, 'refund', slip)
  expect(refund.state.step).toEqual({
    kind: 'findOriginal',
    purpose: 'refund',
    typed: '',
    elsewhere: { slip },
  })
  expect([refund.state.message?.key, refund.state.tone]).toEqual(['elsewhere.channel', 'key'])
  const hold = askElsewhere(STATE, 'completion')
  expect(hold.state.step).toMatchObject({ elsewhere: { channel: 'card' } })
  expect(hold.state.message?.key).toBe('elsewhere.authCode')
})

test('the way is chosen by its key or option, and by nothing else', () => {
  expect(press(page({}), '2').next).toMatchObject({ elsewhere: { channel: 'wechat' }, typed: '' })
  expect(press(page({}), '9').refused).toBe('keyHasNoMeaningHere')
  const chosen = onElsewhereOption(STATE, page({}), 'byAlipay')
  expect(chosen.state.step).toMatchObject({ elsewhere: { channel: 'alipay' } })
  expect(onElsewhereOption(STATE, page({}), 'bySomething').refused).toBe('optionNotOffered')
  expect(onElsewhereOption(STATE, page(CARD), 'byAlipay').refused).toBe('optionNotOffered')
})

const { number: _number, ...WAY } = { channel: 'card', number: '' } as const

test.each<[string, Elsewhere, 'refund' | 'completion', string, string | null]>([
  ['a reference', WAY, 'refund', REFERENCE, 'elsewhere.date'],
  ['a short reference', WAY, 'refund', '11201200007', 'elsewhere.reference'],
  ['a reference of noughts', WAY, 'refund', '000000000000', 'elsewhere.reference'],
  ['an authorization code', WAY, 'completion', '123456', 'elsewhere.date'],
  ['a short one', WAY, 'completion', '12345', 'elsewhere.authCode'],
  ['one of noughts', WAY, 'completion', '000000', 'elsewhere.authCode'],
  ['a date', { ...WAY, number: REFERENCE }, 'refund', '1120', 'elsewhere.last4'],
  ['today', { ...WAY, number: REFERENCE }, 'refund', '1121', 'elsewhere.last4'],
  ['tomorrow', { ...WAY, number: REFERENCE }, 'refund', '1122', 'elsewhere.noSuchDate'],
  ['a day of last year', { ...WAY, number: REFERENCE }, 'refund', '1127', 'elsewhere.last4'],
  [
    'one that is too long ago',
    { ...WAY, number: REFERENCE },
    'refund',
    '1126',
    'elsewhere.noSuchDate',
  ],
  ['half a date', { ...WAY, number: REFERENCE }, 'refund', '112', 'elsewhere.noSuchDate'],
  ['no day', { ...WAY, number: REFERENCE }, 'refund', '0230', 'elsewhere.noSuchDate'],
  [
    'last digits',
    { ...WAY, number: REFERENCE, date: '1120' },
    'refund',
    '0012',
    'elsewhere.amount',
  ],
  [
    'three of them',
    { ...WAY, number: REFERENCE, date: '1120' },
    'refund',
    '012',
    'elsewhere.last4',
  ],
  ['no amount', CARD, 'refund', '', 'amount.zero'],
  ['an amount of nothing', CARD, 'refund', '0.00', 'amount.zero'],
])('%s is confirmed (%j, %s, "%s"): %s', (_what, known, purpose, typed, said) => {
  const pressed = press(page(known, typed, purpose), 'confirm')
  expect(pressed.said).toBe(said)
  // Right or wrong, the entry begins anew.
  expect(pressed.next).toMatchObject({ typed: '' })
  expect(pressed.decision.refused).toBeNull()
})

test('what is refused is refused in its tone, and what is only typed begins without a slip', () => {
  expect(press(page(WAY, '1'), 'confirm').tone).toBe('refused')
  expect(askElsewhere(STATE, 'refund').state.step).toStrictEqual(page({}))
})

/** As terminal 10000002 prints it. */
const SCANNED: Elsewhere = { ...WAY, slip: { batch: '000004', trace: '000123', check: '7484' } }

test.each<[readonly string[] | undefined, string, string]>([
  [['10000002'], REFERENCE, 'elsewhere.date'],
  [['10000009', '10000002'], REFERENCE, 'elsewhere.date'],
  [['10000002'], '112012000078', 'elsewhere.doesNotFit'],
  [['10000009'], REFERENCE, 'elsewhere.doesNotFit'],
  [undefined, REFERENCE, 'elsewhere.doesNotFit'],
])('the bar code was scanned and the shop names %j: the reference %s: %s', (named, typed, said) => {
  expect(press(page(SCANNED, typed), 'confirm', guarded(named)).said).toBe(said)
})

test('without any rule of the shop for refunds no scanned slip fits; of a hold no number of the bar code is typed', () => {
  expect(press(page(SCANNED, REFERENCE), 'confirm', state).said).toBe('elsewhere.doesNotFit')
  expect(press(page(SCANNED, '123456', 'completion'), 'confirm').said).toBe('elsewhere.date')
})

test('what is taken is kept with what was known before', () => {
  expect(press(page(WAY, REFERENCE), 'confirm').next).toMatchObject({
    elsewhere: { channel: 'card', number: REFERENCE },
  })
  const dated = { ...WAY, number: REFERENCE }
  expect(press(page(dated, '1120'), 'confirm').next).toMatchObject({
    elsewhere: { ...dated, date: '1120' },
  })
  expect(press(page({ ...dated, date: '1120' }, '0012'), 'confirm').next).toMatchObject({
    elsewhere: CARD,
  })
})

test('of the sum of 360 days none is too long ago; the hour counts', () => {
  const days = (at: number) =>
    press(page({ ...WAY, number: REFERENCE }, '1120'), 'confirm', { ...STATE, at }).said
  expect(days(MIDNIGHT + 360 * DAY_MS)).toBe('elsewhere.last4')
  expect(days(MIDNIGHT + 360 * DAY_MS + 1)).toBe('elsewhere.noSuchDate')
})

test('no more digits than the field has, no point among them, and an amount is typed like any other', () => {
  const typed = (step: ElsewhereStep, key: Key) => {
    const { next, refused, tone } = press(step, key)
    return refused ?? ['typed' in next ? next.typed : '', tone]
  }
  expect(typed(page(WAY, '1'), '2')).toEqual(['12', 'key'])
  expect(typed(page(WAY, REFERENCE), '1')).toBe('keyHasNoMeaningHere')
  expect(typed(page(WAY, '12345', 'completion'), '6')).toEqual(['123456', 'key'])
  expect(typed(page(WAY, '123456', 'completion'), '7')).toBe('keyHasNoMeaningHere')
  expect(typed(page({ ...WAY, number: REFERENCE }, '112'), '0')).toEqual(['1120', 'key'])
  expect(typed(page({ ...WAY, number: REFERENCE }, '1120'), '0')).toBe('keyHasNoMeaningHere')
  expect(typed(page({ ...WAY, number: REFERENCE, date: '1120' }, '0012'), '0')).toBe(
    'keyHasNoMeaningHere',
  )
  expect(typed(page(WAY, '1'), '.')).toBe('keyHasNoMeaningHere')
  expect(typed(page(CARD, '38'), '.')).toEqual(['38.', 'key'])
})

test('before an amount counts the journal is asked what was done about it', () => {
  const { decision, tone } = press(page(CARD, '38'), 'confirm')
  expect(decision.effects).toMatchObject([
    { do: 'searchRecords', wish: { by: 'elsewhere', date: '1120', number: REFERENCE } },
  ])
  expect(tone).toBe('key')
})

const ID = `elsewhere-1120-${REFERENCE}`
const REFUND: TransactionRecord = {
  ...SALE,
  id: '000001-000009',
  kind: 'refund',
  reference: '112112000009',
  paidMinor: minor(1000),
  original: ID,
}
const HOLD: Elsewhere = { channel: 'card', number: '123456', date: '1120', last4: '0012' }
const COMPLETION: TransactionRecord = {
  ...SALE,
  id: '000001-000010',
  kind: 'completion',
  original: 'elsewhere-1120-123456',
}

const told = (step: ElsewhereStep, known: readonly TransactionRecord[]) => {
  const decision = onElsewhereKnown(STATE, step, known)
  return { said: decision.state.message?.key ?? null, step: decision.state.step, decision }
}

test.each<[string, readonly TransactionRecord[], string]>([
  ['nothing', [], '38'],
  ['a part of it went back', [REFUND], '28'],
  ['under another date too', [REFUND, { ...REFUND, original: ID.replace('1120', '1119') }], '18'],
  ['a refund that was refused', [{ ...REFUND, outcome: 'notPaid' }], '38'],
  ['a refund of another', [{ ...REFUND, original: '000001-000002' }], '38'],
])('the journal tells of %s: so much may go back still', (_what, known, typed) => {
  expect(told(page(CARD, '38'), known).step).toMatchObject({
    kind: 'enterAmount',
    transaction: 'refund',
    typed,
  })
})

test('more went back than it is said to have been: something does not fit', () => {
  expect(told(page(CARD, '10'), [REFUND]).said).toBe('refund.nothingLeft')
  expect(told(page(CARD, '9.99'), [REFUND]).said).toBe('elsewhere.doesNotFit')
})

test('what this terminal took itself is corrected there, and named', () => {
  const own = { ...SALE, reference: REFERENCE }
  const { decision, said } = told(page(CARD, '38'), [own])
  expect([said, decision.state.message?.params]).toEqual(['elsewhere.isOwn', { trace: SALE.stan }])
  expect(told(page(CARD, '38'), [{ ...own, outcome: 'notPaid' }]).said).not.toBe('elsewhere.isOwn')
  const hold: TransactionRecord = { ...SALE, kind: 'preAuth', authCode: '123456', hostDate: '1120' }
  const asked = page(HOLD, '100', 'completion')
  expect(told(asked, [hold]).said).toBe('elsewhere.isOwn')
  for (const other of [
    { ...hold, hostDate: '1119' },
    { ...hold, authCode: '123457' },
    { ...hold, kind: 'sale' as const },
  ])
    expect(told(asked, [other]).step).toMatchObject({ kind: 'enterAmount' })
})

test('a hold is completed once, and anew when its completion was voided', () => {
  const asked = page(HOLD, '100', 'completion')
  expect(told(asked, [COMPLETION]).said).toBe('original.holdUsed')
  expect(told(asked, [{ ...COMPLETION, closedBy: 'x' }]).step).toMatchObject({
    kind: 'enterAmount',
    transaction: 'completion',
    original: { refundedMinor: 0 },
  })
  expect(told(asked, [{ ...COMPLETION, kind: 'refund' }]).said).not.toBe('original.holdUsed')
})

test('what was done more often than anybody looks through is not added up in part', () => {
  const many = Array.from({ length: 20 }, () => ({ ...REFUND, paidMinor: minor(1) }))
  expect(told(page(CARD, '38'), many).said).toBe('elsewhere.tooOften')
  expect(told(page(CARD, '38'), many.slice(1)).step).toMatchObject({ typed: '37.81' })
})

test('the journal tells of it where an amount stands, and nowhere else', () => {
  expect(onElsewhereKnown(STATE, page(WAY, '38'), []).refused).toBe('notAskedFor')
})

test('it is quoted as a record would be, and claims nothing that nobody knows', () => {
  const { step } = told(page(CARD, '38'), [REFUND])
  expect(step).toMatchObject({ kind: 'enterAmount' })
  const original = 'original' in step ? step.original : null
  expect(original).toEqual({
    id: ID,
    kind: 'sale',
    orderId: 0,
    at: MIDNIGHT,
    outcome: 'approved',
    reason: '',
    dueMinor: 3800,
    paidMinor: 3800,
    channel: 'card',
    last4: '0012',
    fingerprint: '',
    operator: '',
    stan: '000000',
    batch: '000000',
    authCode: '',
    reference: REFERENCE,
    hostDate: '1120',
    original: '',
    approver: '',
    closedBy: '',
    refundedMinor: 1000,
    slip: null,
    reprints: 0,
  })
  const hold = told(page(HOLD, '100', 'completion'), []).step
  expect(hold).toMatchObject({
    original: { kind: 'preAuth', authCode: '123456', reference: '', paidMinor: 10_000 },
  })
})
