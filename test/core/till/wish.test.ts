/** What a till may ask for: every limit at its edge, and what may be shown at the counter now. */
import { expect, test } from 'vitest'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { AMOUNT_CEILING_MINOR, minor } from '#core/money.ts'
import { UNSIGNED_LIMIT } from '#core/signature/signature.ts'
import { SLIPS_LIMIT, type Step, type TerminalState } from '#core/terminal/state.ts'
import { objectionToWish, type TillRefusal } from '#core/till/judge.ts'
import { addsUp, isSound, signedText, type TillWish } from '#core/till/wish.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { CLOSING } from '../batch/settling.ts'
import { aSale } from '../two-people.ts'

const SALE: TillWish = {
  reference: 'A-1',
  kind: 'sale',
  of: '',
  amountMinor: minor(3850),
  lines: [],
}
const LINE = { name: '牛肉面', quantity: 1, amountMinor: 3850 }
const line = (change: Partial<typeof LINE>): Partial<TillWish> => ({
  lines: [{ ...LINE, ...change }],
})

test.each<[string, Partial<TillWish>, boolean]>([
  ['a reference of 32 signs', { reference: 'a'.repeat(32) }, true],
  ['one of 33', { reference: 'a'.repeat(33) }, false],
  ['none', { reference: '' }, false],
  ['letters, digits and three signs', { reference: 'Zz9._-' }, true],
  ['one that a system may escape', { reference: 'A/1' }, false],
  ['one with a line behind it', { reference: 'A-1\n' }, false],
  ['a sale of another one', { of: 'A-0' }, false],
  ['a refund of another one', { kind: 'refund', of: 'A-0' }, true],
  ['a refund of nothing', { kind: 'refund' }, false],
  ['a refund of itself', { kind: 'refund', of: 'A-1' }, false],
  ['a refund of what nobody can print', { kind: 'refund', of: 'A 0' }, false],
  ['60 lines', { lines: Array.from({ length: 60 }, () => LINE) }, true],
  ['61 lines', { lines: Array.from({ length: 61 }, () => LINE) }, false],
  ['one bad line among good ones', { lines: [LINE, { ...LINE, quantity: 0 }] }, false],
  ['a name of 40 signs', line({ name: '面'.repeat(40) }), true],
  ['a name of 41', line({ name: '面'.repeat(41) }), false],
  ['a line without a name', line({ name: '' }), false],
  ['9999 of something', line({ quantity: 9999 }), true],
  ['10,000 of it', line({ quantity: 10_000 }), false],
  ['none of it', line({ quantity: 0 }), false],
  ['half of it', line({ quantity: 1.5 }), false],
  ['part of a fen', line({ amountMinor: 0.5 }), false],
  ['a discount', line({ amountMinor: -150 }), true],
  ['as much as a field holds', line({ amountMinor: -AMOUNT_CEILING_MINOR }), true],
  ['more', line({ amountMinor: -AMOUNT_CEILING_MINOR - 1 }), false],
])('an order with %s is sound: %#', (_what, change, sound) => {
  expect(isSound({ ...SALE, ...change })).toBe(sound)
})

test('lines add up to the amount, or there are none', () => {
  const bill = [LINE, { ...LINE, amountMinor: -50 }]
  expect(addsUp({ amountMinor: minor(3800), lines: bill })).toBe(true)
  expect(addsUp({ amountMinor: minor(3850), lines: bill })).toBe(false)
  expect(addsUp({ amountMinor: minor(3850), lines: [] })).toBe(true)
  expect([signedText(-150), signedText(0), signedText(150)]).toEqual(['-1.50', '0.00', '1.50'])
})

const { sale, state: HOME } = aSale()
const paid: TransactionRecord = { ...sale, tillReference: 'A-1' }
const [paper] = HOME.slips
const owed = (count: number) =>
  paper === undefined
    ? []
    : Array.from({ length: count }, () => ({ ...paper, state: 'owed' as const }))
const toSign = (count: number) =>
  Array.from({ length: count }, () => ({
    record: sale.id,
    trace: sale.stan,
    type: 'sale' as const,
    amountMinor: minor(1),
  }))
const RESULT: Step = {
  kind: 'result',
  outcome: 'approved',
  order: { id: 1, dueMinor: minor(3800), operator: '01' },
  record: sale.id,
  trace: sale.stan,
  channel: 'card',
  last4: '0012',
  mayTryAgain: false,
}
const REST: FollowUp = {
  id: `${sale.id}-rest`,
  kind: 'sale',
  dueMinor: minor(100),
  why: 'rest',
  after: sale.id,
  trace: sale.stan,
}
const torn = HOME.slips.map((job) => ({ ...job, state: 'printed' as const }))
const waiting = HOME.slips.map((job) => ({ ...job, state: 'awaitingTear' as const }))

function objection(
  change: Partial<TerminalState>,
  wish: Partial<TillWish> = {},
  known: readonly TransactionRecord[] = [],
): TillRefusal | null {
  return objectionToWish({ ...HOME, slips: torn, ...change }, { ...SALE, ...wish }, known, [])
}

test.each<[string, TillRefusal | null, Partial<TerminalState>]>([
  ['home', null, {}],
  ['home, with digits typed', 'busy', { step: { kind: 'amount', typed: '3' } }],
  ['on a menu', 'busy', { step: { kind: 'menu', sheet: 0 } }],
  ['on the result of a payment', null, { step: RESULT }],
  ['on that of one that was refused', 'busy', { step: { ...RESULT, outcome: 'notPaid' } }],
  ['on that of one in doubt', 'busy', { step: { ...RESULT, outcome: 'unknown' } }],
  ['while a slip waits for the tear', 'busy', { step: RESULT, slips: waiting }],
  ['while its rest is to be collected', 'busy', { step: RESULT, followUps: [REST] }],
  ['while the rest of another is', null, { step: { ...RESULT, record: 'x' }, followUps: [REST] }],
  ['in a drill', 'busy', { setup: { ...HOME.setup, drill: true } }],
  ['when nobody is signed in', 'nobodySignedIn', { session: null }],
  ['behind slips', null, { slips: owed(SLIPS_LIMIT - 1) }],
  ['behind too many slips', 'printerFirst', { slips: owed(SLIPS_LIMIT) }],
  ['behind papers to be signed', null, { unsigned: toSign(UNSIGNED_LIMIT - 1) }],
  ['behind too many of those', 'signaturesFirst', { unsigned: toSign(UNSIGNED_LIMIT) }],
])('an order of the till %s: %s', (_what, why, change) => {
  expect(objection(change)).toBe(why)
})

test('while the batch is being closed nothing is shown', () => {
  expect(objection({ settlement: CLOSING })).toBe('busy')
})

test.each<[string, TillRefusal | null, Partial<TillWish>, readonly TransactionRecord[]]>([
  ['what is not sound', 'unusable', { reference: '' }, []],
  ['nothing', 'amountZero', { amountMinor: minor(0) }, []],
  ['lines that do not add up', 'linesDoNotAddUp', { lines: [{ ...LINE, amountMinor: 1 }] }, []],
  ['the most', null, { amountMinor: HOME.setup.limits.maxAmountMinor }, []],
  ['a fen more', 'amountTooLarge', { amountMinor: minor(5_000_001) }, []],
  ['what was paid', 'referenceTaken', {}, [paid]],
  ['what was given back whole', 'referenceTaken', {}, [{ ...paid, closedBy: '000001-000009' }]],
  ['what was refused', null, {}, [{ ...paid, outcome: 'notPaid', paidMinor: minor(0) }]],
  ['what another order has paid', null, {}, [{ ...paid, tillReference: 'A-2' }]],
])('the till asks for %s: %s', (_what, why, wish, known) => {
  expect(objection({}, wish, known)).toBe(why)
})

const BACK: TillWish = {
  ...SALE,
  reference: 'A-1-R',
  kind: 'refund',
  of: 'A-1',
  amountMinor: minor(3800),
}

test.each<[string, TillRefusal | null, readonly TransactionRecord[], Partial<TerminalState>]>([
  ['what was paid under it', null, [paid], {}],
  ['what was not paid', 'originalUnknown', [{ ...paid, outcome: 'notPaid' }], {}],
  ['what was itself a refund', 'originalUnknown', [{ ...paid, kind: 'refund' }], {}],
  ['what was paid under another', 'originalUnknown', [{ ...paid, tillReference: 'A-2' }], {}],
  ['what is voided', 'refundNotAllowed', [{ ...paid, closedBy: '000001-000009' }], {}],
  ['more than is left', 'refundNotAllowed', [{ ...paid, refundedMinor: minor(1) }], {}],
  [
    'one of two payments with enough left',
    null,
    [paid, { ...paid, id: '000001-000008', paidMinor: minor(100) }],
    {},
  ],
  [
    'more than may go back at once',
    'refundNotAllowed',
    [paid],
    { setup: { ...HOME.setup, refundGuard: { mostMinor: minor(3799), coolOffMs: 0 } } },
  ],
  [
    'what has gone back by now',
    'refundNotAllowed',
    [paid],
    { recent: [{ ...paid, refundedMinor: minor(3800) }] },
  ],
])('a refund of %s: %s', (_what, why, originals, change) => {
  expect(objectionToWish({ ...HOME, slips: torn, ...change }, BACK, [], originals)).toBe(why)
})
