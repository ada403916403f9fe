/** A card at the reader: what is charged, what is let go of, and what is lit again. */
import { expect, test } from 'vitest'
import * as present from '#core/order/decide-present.ts'
import {
  onCardPresented,
  onCardReadEnded,
  type Present,
  startPresenting,
  stopPresenting,
} from '#core/order/decide-present.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import type { CardFacts } from '#core/transaction/tender.ts'
import { PHONE_CODE as CODE } from '../attempts.ts'
import { TAPPED_CARD } from '../counter.ts'
import { aSale } from '../two-people.ts'
import { LIT, SALE } from './lit.ts'

const { sale, state: SHOP } = aSale()
const HELD: Present = { ...LIT, reading: false, held: { code: CODE, doubt: null } }

const of = (kind: TransactionKind): Order => {
  if (kind === 'sale' || kind === 'preAuth' || kind === 'balance') return { ...SALE, kind }
  return { ...SALE, kind, original: { ...sale, kind: kind === 'completion' ? 'preAuth' : 'sale' } }
}
const at = (step: TerminalState['step'], change: Partial<TerminalState> = {}): TerminalState => ({
  ...SHOP,
  ...change,
  step,
})
const presented = (step: Present, card: Partial<CardFacts> = {}, from = SHOP): Decision =>
  onCardPresented(
    { ...from, step },
    { type: 'cardPresented', read: 4, at: 0, card: { ...TAPPED_CARD, ...card } },
  )
const dos = ({ effects }: Decision) => effects.map((one) => one.do)
const FORGET: Effect = { do: 'forgetTender', handle: 'card-1' }

test.each<[TransactionKind, string, boolean]>([
  ['sale', '00', true],
  ['preAuth', '00', false],
  ['balance', '31', false],
  ['refund', '20', false],
  ['void', '20', false],
  ['completion', '00', false],
])('a %s: the card is told %s, a code is looked for: %s', (kind, transactionType, scans) => {
  const { effects, state } = startPresenting(SHOP, of(kind), '38')
  const read = SHOP.counters.read
  expect(effects).toEqual([
    { do: 'readCard', read, amountMinor: 3800, transactionType },
    ...(scans ? [{ do: 'armScanner' }] : []),
    { do: 'startTimer', timer: 'present', ms: 90_000 },
  ])
  expect(state.step).toMatchObject({ kind: 'present', read, reading: true })
  const wait = { startedAt: SHOP.at, deadlineAt: SHOP.at + 90_000 }
  expect(state.step).toMatchObject({ wait })
  expect(state.tone).toBe('confirmed')
})

test('what was paid by code goes back to that account by its reference; nobody presents anything', () => {
  const original = { ...sale, channel: 'alipay', last4: '6741', fingerprint: 'F9' }
  const order = { ...SALE, kind: 'void' as const, original }
  const account = { ...original, slip: null }
  const sent = startPresenting(SHOP, { ...order, original: account }, '')
  expect(sent.state.step).toMatchObject({
    kind: 'authorizing',
    attempt: {
      tender: { kind: 'code', code: { channel: 'alipay', masked: '6741', fingerprint: 'F9' } },
      amountMinor: 3800,
      withPin: false,
    },
  })
  const unknown = startPresenting(SHOP, { ...order, original: { ...original, channel: '?' } }, '')
  expect(unknown.state).toMatchObject({ message: { key: 'original.notVoidable' }, tone: 'refused' })
  expect(unknown.effects).toEqual([])
})

test('time is over: the amount stands to be confirmed again; a balance has none, and who cancels starts anew', () => {
  const HOME = { kind: 'amount', typed: '' }
  const confirm = { kind: 'confirmAmount', order: SALE, typed: '38' }
  const left = (step: Present, why: string) => stopPresenting(at(step), why).state
  expect(left(LIT, 'present.timedOut').step).toEqual(confirm)
  expect(left(LIT, 'present.cancelled').step).toEqual(HOME)
  expect(left({ ...LIT, order: of('balance') }, 'present.timedOut').step).toEqual(HOME)
  for (const why of ['present.timedOut', 'present.cancelled'])
    expect(left(LIT, why)).toMatchObject({ message: { key: why }, tone: 'refused' })
  expect(stopPresenting(SHOP, 'present.timedOut').refused).toBe('notAskedFor')
})

test('whatever was lit goes dark with the page, and a code that waited is forgotten', () => {
  const dark = ['cancelCardRead', 'disarmScanner', 'stopTimer', 'stopTimer']
  expect(dos(stopPresenting(at(LIT), 'present.cancelled'))).toEqual(dark)
  expect(stopPresenting(at(HELD), 'present.timedOut').effects).toContainEqual({
    do: 'forgetTender',
    handle: 'code-1',
  })
})

test.each<[string, TerminalState]>([
  ['of another read', at({ ...LIT, read: 5 })],
  ['on another page', SHOP],
  ['behind a code that came first', at(HELD)],
])('a card %s is forgotten, and nothing else happens', (_what, from) => {
  const decision = onCardPresented(from, {
    type: 'cardPresented',
    read: 4,
    at: 0,
    card: TAPPED_CARD,
  })
  expect([decision.refused, decision.effects]).toEqual(['notAskedFor', [FORGET]])
  expect(decision.state).toEqual(from)
})

const STRIPE = { interface: 'stripe', serviceCode: '201' } as const
const NO_FALLBACK = { ...SHOP, setup: { ...SHOP.setup, chipFallback: false } }

test.each<[string, Order, Partial<CardFacts>, string | null]>([
  ['one that the acquirer wants refused, to pay', SALE, { listed: true }, 'card.listed'],
  ['the same, for a hold', of('preAuth'), { listed: true }, 'card.listed'],
  ['the same, to tell what it holds', of('balance'), { listed: true }, 'card.listed'],
  ['the same, to get its money back', of('refund'), { listed: true }, null],
  ['the same, at the end of its hold', of('completion'), { listed: true }, null],
  ['another one than paid', of('refund'), { fingerprint: 'C2' }, 'card.notOriginal'],
  ['another one than paid, for a sale', SALE, { fingerprint: 'C2' }, null],
])('a card: %s', (_what, order, card, refusal) => {
  const decision = presented({ ...LIT, order }, card)
  expect(decision.state.step).toMatchObject(
    refusal === null
      ? { kind: 'authorizing', attempt: { withPin: false, tender: { kind: 'card' } } }
      : { kind: 'present' },
  )
  if (refusal === null) return
  expect([decision.state.message?.key, decision.state.tone]).toEqual([refusal, 'refused'])
  expect(dos(decision)).toEqual(['forgetTender', 'readCard'])
  expect(decision.state.step).toMatchObject({ read: SHOP.counters.read })
})

test.each<[string, TerminalState, Partial<CardFacts>, boolean]>([
  ['of a card with a chip, where that may be', SHOP, STRIPE, true],
  ['of a card with a chip, where it may not', NO_FALLBACK, STRIPE, false],
  ['of a card without one, where it may not', NO_FALLBACK, { ...STRIPE, serviceCode: '101' }, true],
])('a stripe %s is taken: %s', (_what, from, card, taken) => {
  const decision = presented(LIT, card, from)
  expect(decision.state.step.kind).toBe(taken ? 'pin' : 'present')
  expect(decision.state.message?.key).toBe(taken ? undefined : 'card.chipOnly')
  expect(decision.effects[0]).toEqual(taken ? { do: 'disarmScanner' } : FORGET)
})

test('another card than paid is remembered by its last four, so that somebody may allow it', () => {
  const other = { fingerprint: 'C2', masked: '622202*********0099' }
  const { state } = presented({ ...LIT, order: of('refund') }, other)
  expect(state.step).toMatchObject({ other: { fingerprint: 'C2', last4: '0099' } })
})

const PIN = { verification: 'onlinePin' } as const

test.each<[string, Order, Partial<CardFacts>, TerminalState, boolean]>([
  ['a sale', SALE, PIN, SHOP, true],
  ['a hold', of('preAuth'), PIN, SHOP, true],
  ['a balance', of('balance'), PIN, SHOP, true],
  ['a refund', of('refund'), PIN, SHOP, false],
  ['a tap below the limit', SALE, {}, SHOP, false],
  [
    'a refund, where the acquirer wants it',
    of('refund'),
    PIN,
    { ...SHOP, setup: { ...SHOP.setup, pinFor: ['refund'] } },
    true,
  ],
  [
    'a sale, where it is for refunds alone',
    SALE,
    PIN,
    { ...SHOP, setup: { ...SHOP.setup, pinFor: ['refund'] } },
    false,
  ],
])('the PIN is asked for: %s', (_what, order, card, from, asked) => {
  const decision = presented({ ...LIT, order }, card, from)
  expect(decision.state.step.kind).toBe(asked ? 'pin' : 'authorizing')
  expect(decision.effects.slice(0, 2)).toEqual([
    { do: 'disarmScanner' },
    { do: 'stopTimer', timer: 'present' },
  ])
})

test('the pad is asked for the sum that will be sent, and the attempt has a number and nothing of the PIN', () => {
  const { effects, state } = presented(LIT, PIN)
  expect(effects.at(-1)).toEqual({
    do: 'requestPin',
    stan: '000003',
    handle: 'card-1',
    amountMinor: 3800,
  })
  expect(state.tone).toBe('read')
  expect(state.step).toMatchObject({
    attempt: {
      stan: '000003',
      batch: '000001',
      amountMinor: 3800,
      withPin: false,
      sentAt: SHOP.at,
    },
    wait: { startedAt: SHOP.at, deadlineAt: SHOP.at + 60_000 },
  })
})

test('a chip that was asked for its number alone is let go of at once; one that takes part is not', () => {
  const chip = { interface: 'chip', verification: 'deviceVerified' } as const
  const released = { do: 'completeCard', stan: '000003', reply: null }
  expect(presented({ ...LIT, order: of('refund') }, chip).effects).toContainEqual(released)
  expect(dos(presented(LIT, chip))).not.toContain('completeCard')
  expect(dos(presented({ ...LIT, order: of('refund') }))).not.toContain('completeCard')
})

test.each([
  ['insertInstead', 'card.insertInstead', true],
  ['unreadable', 'card.unreadable', true],
  ['severalCards', 'card.several', true],
  ['cardDeclined', 'card.declinedOffline', true],
  ['notAccepted', 'card.notAccepted', true],
  ['deviceFailed', 'card.readerGone', false],
  ['timedOut', undefined, false],
  ['cancelled', undefined, false],
] as const)('a read that ended as %s says %s; the reader is lit again: %s', (why, said, again) => {
  const decision = onCardReadEnded(at(LIT), { type: 'cardReadEnded', read: 4, at: 0, why })
  expect(decision.state.message?.key).toBe(said)
  expect(dos(decision)).toEqual(again ? ['readCard'] : [])
  expect(decision.state.step).toMatchObject({ kind: 'present', reading: again })
  expect(decision.state.tone).toBe(said === undefined ? SHOP.tone : 'refused')
})

test('the end of another read is nobody’s, and of one that a code has ended', () => {
  const ended = (from: TerminalState, read: number) =>
    onCardReadEnded(from, { type: 'cardReadEnded', read, at: 0, why: 'unreadable' }).refused
  const refused = [ended(at(LIT), 5), ended(SHOP, 4), ended(at(HELD), 4)]
  expect(refused).toEqual(['notAskedFor', 'notAskedFor', 'notAskedFor'])
})

const { onReaderBack: reader, onScannerBack: scanner } = present

test.each<[string, (state: TerminalState) => Decision, TerminalState, readonly string[]]>([
  ['the reader, whose read had ended', reader, at({ ...LIT, reading: false }), ['readCard']],
  ['the reader, which reads', reader, at(LIT), []],
  ['the reader, behind a code', reader, at(HELD), []],
  ['the reader, when nobody pays', reader, SHOP, []],
  ['the scanner', scanner, at(LIT), ['armScanner']],
  ['the scanner, where no code is taken', scanner, at({ ...LIT, order: of('refund') }), []],
  ['the scanner, when nobody pays', scanner, SHOP, []],
])('back again: %s', (_what, isBack, from, lit) => {
  expect(dos(isBack(from))).toEqual(lit)
})

test('the reader that is back reads under a new number, and what was said of it is gone', () => {
  const message = { key: 'card.readerGone', params: {} }
  const { state } = reader(at({ ...LIT, reading: false }, { message }))
  expect(state.step).toMatchObject({ read: SHOP.counters.read, reading: true })
  expect(state.message).toBeNull()
})
