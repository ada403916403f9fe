/** A payment code, page by page: what is held, charged, asked about or forgotten, and what the scanner does meanwhile. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import {
  mayTypeCode,
  onCodeAccepted,
  onCodeDoubted,
  onCodeRefused,
  onCodesTimer,
  onHalfCode,
  settleDoubt,
} from '#core/order/decide-code.ts'
import type { Present } from '#core/order/decide-present.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { CodeFacts } from '#core/transaction/tender.ts'
import { PHONE_CODE } from '../attempts.ts'
import { TAPPED_CARD as CARD } from '../counter.ts'
import { aSale } from '../two-people.ts'
import { LIT, SALE } from './lit.ts'

const { sale, state } = aSale()
const CODES = { mergeMs: 300, secondPhoneMs: 1_000, unreadableTries: 2 }
const shop = (codes: NonNullable<Setup['codes']> = CODES): TerminalState => ({
  ...state,
  setup: { ...state.setup, codes },
})
const REFUND: Order = { ...SALE, kind: 'refund', original: sale }
const codeOf = (phone: string): CodeFacts => ({
  ...PHONE_CODE,
  handle: `code-${phone}`,
  fingerprint: phone,
})
const [A, B] = [codeOf('A'), codeOf('B')]
const HELD: Present = { ...LIT, reading: false, held: { code: A, doubt: null } }
const DOUBTED: Step = {
  kind: 'confirmCode',
  order: SALE,
  typed: '38',
  code: A,
  why: 'PAN_LOOKALIKE',
}

const on = (step: Step, from = shop()): TerminalState => ({ ...from, step })
const shown = (from: TerminalState, code = A): Decision =>
  onCodeAccepted(from, { type: 'codeAccepted', at: 0, code })
const typed = (from: TerminalState): Decision =>
  onCodeAccepted(from, { type: 'codeAccepted', at: 0, code: A, typed: true })
type Refused = Extract<EventBody, { type: 'codeRefused' }>
const refused = (from: TerminalState, change: Partial<Refused> = {}): Decision =>
  onCodeRefused(from, { type: 'codeRefused', at: 0, why: 'BAD_CHAR', digits: 17, ...change })
const forgotten = (phone: string): Effect => ({ do: 'forgetTender', handle: `code-${phone}` })
const page = ({ state: { message, step } }: Decision) => [step.kind, message?.key ?? null]
const dos = ({ effects }: Decision) => effects.map((one) => one.do)

/** The first code was charged, and the scanner looks on. */
const sent = (phone = A) => onCodesTimer(on({ ...HELD, held: { code: phone, doubt: null } })).state

test('the first code is held: the reader goes dark, the scanner is triggered anew, and time is taken', () => {
  const decision = shown(on(LIT))
  expect(decision.state.step).toEqual(HELD)
  expect([decision.state.message, decision.state.tone]).toEqual([null, 'read'])
  expect(decision.effects).toEqual([
    { do: 'cancelCardRead' },
    { do: 'stopTimer', timer: 'present' },
    { do: 'disarmScanner' },
    { do: 'armScanner' },
    { do: 'startTimer', timer: 'codes', ms: 300 },
  ])
})

test('two phones: both codes go, and the page begins anew, reader and time as well', () => {
  const decision = shown(on(HELD), B)
  expect(decision.effects).toEqual([
    forgotten('B'),
    forgotten('A'),
    { do: 'stopTimer', timer: 'codes' },
    { do: 'startTimer', timer: 'present', ms: 90_000 },
    { do: 'readCard', read: state.counters.read, amountMinor: 3800, transactionType: '00' },
  ])
  expect(decision.state.step).toEqual({ ...LIT, read: state.counters.read })
})

test.each<[string, TerminalState, string | null, string]>([
  ['where money goes back', on({ ...LIT, order: REFUND }), 'code.NOT_ASKED_FOR', 'present'],
  ['used before', { ...on(LIT), usedCodes: ['A'] }, 'code.REUSED', 'present'],
  ['that is held already', on(HELD), null, 'present'],
  ['that is being charged', sent(), null, 'authorizing'],
  ['while another one is being charged', sent(B), 'code.SECOND_PHONE', 'authorizing'],
  ['while it is asked about', on(DOUBTED), null, 'confirmCode'],
  ['when nobody pays', shop(), null, 'amount'],
  [
    'where a slip is asked for',
    on({ kind: 'findOriginal', purpose: 'refund', typed: '' }),
    'proof.paymentCode',
    'findOriginal',
  ],
  [
    'where the sticker is asked for',
    on({ kind: 'checkSticker', found: 'nothing' }),
    'sticker.paymentCode',
    'checkSticker',
  ],
  [
    'where a staff card is asked for',
    on(
      { kind: 'approve', order: REFUND, typed: '' },
      { ...shop(), setup: { ...shop().setup, badge: 'optional' } },
    ),
    'badge.noCard',
    'approve',
  ],
])('a code %s is forgotten, and nothing is charged by it', (_what, from, said, step) => {
  const decision = shown(from)
  expect(decision.state.step.kind).toBe(step)
  expect(decision.state.message?.key ?? null).toBe(said)
  expect(decision.effects[0]).toEqual(forgotten('A'))
  expect(dos(decision)).not.toContain('sendRequest')
})

test('a card was first: a code that comes then is nobody’s second phone', () => {
  const byCard = sent()
  if (byCard.step.kind !== 'authorizing') throw new Error(byCard.step.kind)
  const { attempt } = byCard.step
  const card = {
    ...byCard,
    step: {
      ...byCard.step,
      attempt: { ...attempt, tender: { kind: 'card' as const, card: CARD } },
    },
  }
  expect(shown(card, B).refused).toBe('notAskedFor')
})

test('what is charged at once lets go of reader and scanner; where a second phone is looked for the scanner stays lit', () => {
  const stops = ['cancelCardRead', 'stopTimer', 'stopTimer']
  const all = ['cancelCardRead', 'disarmScanner', 'stopTimer', 'stopTimer']
  expect(dos(onCodesTimer(on(HELD)))).toEqual([...stops, 'startTimer', 'sendRequest'])
  const blind = shop({ ...CODES, secondPhoneMs: 0 })
  expect(dos(onCodesTimer(on(HELD, blind)))).toEqual([...all, 'sendRequest'])
  expect(dos(settleDoubt(on(DOUBTED), true))).toEqual([...all, 'sendRequest'])
  expect(dos(shown(on(LIT, state)))).toEqual([...all, 'sendRequest'])
})

test('a code is asked about for the reason that it was doubted for, before its sum is', () => {
  const careful = shop({ ...CODES, confirmAboveMinor: minor(100) })
  const held = onCodeDoubted(on(LIT, careful), {
    type: 'codeDoubted',
    at: 0,
    code: A,
    why: 'PAN_LOOKALIKE',
  })
  const asked = onCodesTimer(held.state)
  expect(asked.state.step).toEqual(DOUBTED)
  expect(page(asked)).toEqual(['confirmCode', 'confirmCode.PAN_LOOKALIKE'])
  expect(dos(asked)).toEqual(['cancelCardRead', 'disarmScanner', 'stopTimer', 'stopTimer'])
  expect(page(onCodesTimer(on(HELD, careful)))).toEqual(['confirmCode', 'confirmCode.largeAmount'])
})

test('it was none: it is forgotten, and the customer presents anew', () => {
  const decision = settleDoubt(on(DOUBTED), false)
  expect(decision.state.step).toMatchObject({ kind: 'present', order: SALE, typed: '38' })
  expect(decision.effects[0]).toEqual(forgotten('A'))
  expect(dos(decision)).toContain('readCard')
  expect(settleDoubt(on(LIT), true).refused).toBe('notAskedFor')
})

test('the end of the time that was taken for a code: where none waits nothing is charged', () => {
  expect(onCodesTimer(on(LIT)).refused).toBe('timerNotRunning')
  expect(dos(onCodesTimer(sent()))).toEqual(['disarmScanner'])
  expect(dos(onCodesTimer(on({ kind: 'records' })))).toEqual([])
})

const TYPED = { ...CODES, typedMostMinor: minor(3800) }

test.each<[string, Order, NonNullable<Setup['codes']>, boolean]>([
  ['up to the limit', SALE, TYPED, true],
  ['above it', { ...SALE, dueMinor: minor(3801) }, TYPED, false],
  ['where the shop wants none', SALE, CODES, false],
  ['where money goes back', REFUND, TYPED, false],
])('digits of a code may be keyed in %s', (_what, order, codes, may) => {
  expect(mayTypeCode(shop(codes), order)).toBe(may)
  const { state: after, effects } = typed(on({ ...LIT, order }, shop(codes)))
  expect(after.message?.key).toBe(may ? undefined : 'code.NOT_TYPED_HERE')
  expect(effects.map((one) => one.do).includes('forgetTender')).toBe(!may)
})

test('digits that are keyed in count where the customer pays alone, and are always looked at', () => {
  const proof = on({ kind: 'findOriginal', purpose: 'refund', typed: '' }, shop(TYPED))
  expect([typed(proof).refused, typed(proof).effects]).toEqual(['notAskedFor', [forgotten('A')]])
  expect(typed(proof).state.message).toEqual(proof.message)
  expect(refused(proof, { typed: true }).refused).toBe('notAskedFor')
  const held = typed(on(LIT, shop(TYPED)))
  expect(held.state.step).toMatchObject({ held: { doubt: 'typed' } })
  const doubted = onCodeDoubted(on(LIT, shop(TYPED)), {
    type: 'codeDoubted',
    at: 0,
    code: A,
    why: 'PAN_LOOKALIKE',
    typed: true,
  })
  expect(doubted.state.step).toMatchObject({ held: { doubt: 'PAN_LOOKALIKE' } })
})

test('so many unreadable ones in a row: the window; what was read well, or keyed in, is none of them', () => {
  const count = (decision: Decision) =>
    decision.state.step.kind === 'present' ? decision.state.step.unreadable : null
  const once = refused(on(LIT))
  expect([page(once), count(once)]).toEqual([['present', 'code.BAD_CHAR'], 1])
  expect(once.state.message?.params).toEqual({ length: '17' })
  const twice = refused(once.state)
  expect([page(twice), count(twice)]).toEqual([['present', 'code.CLEAN_WINDOW'], 2])
  expect(count(refused(once.state, { why: 'GOODS_BARCODE' }))).toBe(0)
  expect(count(refused(once.state, { typed: true }))).toBe(0)
  const patient = shop({ ...CODES, unreadableTries: 0 })
  expect(page(refused(on({ ...LIT, unreadable: 9 }, patient)))).toEqual([
    'present',
    'code.BAD_CHAR',
  ])
  expect(page(refused(on({ ...LIT, unreadable: 9 }, state)))).toEqual(['present', 'code.BAD_CHAR'])
})

test('half a code is an unreadable one, unless a whole one waits or nobody pays', () => {
  expect(page(onHalfCode(on(LIT)))).toEqual(['present', 'code.TRUNCATED'])
  expect(onHalfCode(on(LIT)).state.message?.params).toEqual({ length: '0' })
  expect(onHalfCode(on(HELD)).state).toEqual(on(HELD))
  expect(onHalfCode(shop()).state).toEqual(shop())
})

test('the shop’s own sticker in the place of the phone is named; a stranger’s is called what it is', () => {
  const payee = (whose: 'own' | 'foreign') =>
    page(refused(on(LIT), { why: 'PAYEE_CODE_WECHAT', payee: whose }))[1]
  expect([payee('own'), payee('foreign')]).toEqual(['code.OWN_PAYEE', 'code.PAYEE_CODE_WECHAT'])
})

test('what is no code counts where a card of the staff or a sticker is asked for, and nowhere else', () => {
  const carded = { ...shop(), setup: { ...shop().setup, badge: 'optional' as const } }
  const approve: Step = { kind: 'approve', order: REFUND, typed: '' }
  expect(page(refused(on(approve, carded)))).toEqual(['approve', 'badge.unknown'])
  expect(refused(on(approve)).refused).toBe('notAskedFor')
  expect(refused(shop()).refused).toBe('notAskedFor')
  const sticker = on({ kind: 'checkSticker', found: 'nothing' })
  expect(page(refused(sticker))).toEqual(['checkSticker', 'sticker.unreadable'])
})

test('another phone after the request has left: the cashier reads which code pays, and the scanner goes dark', () => {
  const decision = shown(sent(B))
  expect(decision.state.message?.params).toEqual({ last4: '6741' })
  expect(decision.effects).toEqual([
    forgotten('A'),
    { do: 'disarmScanner' },
    { do: 'stopTimer', timer: 'codes' },
  ])
  const looksOn = { do: 'startTimer', timer: 'codes', ms: 1_000 }
  expect(onCodesTimer(on(HELD)).effects).toContainEqual(looksOn)
})

test('what is refused sounds so, and says why', () => {
  const used = { ...on(LIT), usedCodes: ['A'] }
  const several: readonly Decision[] = [
    shown(on(HELD), B),
    shown(sent(B)),
    shown(used),
    shown(on({ ...LIT, order: REFUND })),
    typed(on(LIT)),
    refused(on(LIT)),
    refused(on({ ...LIT, unreadable: 9 })),
  ]
  expect(several.map(({ state: { message, tone } }) => `${message?.key} ${tone}`)).toEqual([
    'code.TWO_CODES refused',
    'code.SECOND_PHONE refused',
    'code.REUSED refused',
    'code.NOT_ASKED_FOR refused',
    'code.NOT_TYPED_HERE refused',
    'code.BAD_CHAR refused',
    'code.CLEAN_WINDOW refused',
  ])
})

test('a code of as much as the shop lets pass is not asked about; a fen above it is', () => {
  const above = (most: number) => {
    const codes = { ...CODES, confirmAboveMinor: minor(most) }
    return onCodesTimer(on(HELD, shop(codes))).state
  }
  expect(above(3800).step.kind).toBe('authorizing')
  expect([above(3799).step.kind, above(3799).tone]).toEqual(['confirmCode', 'read'])
})

test('doubtful digits that are keyed in count on no other page either; what is scanned there may be a slip', () => {
  const proof = on({ kind: 'findOriginal', purpose: 'refund', typed: '' })
  const event = { type: 'codeDoubted', at: 0, code: A, why: 'PAN_LOOKALIKE' } as const
  expect(onCodeDoubted(proof, { ...event, typed: true }).refused).toBe('notAskedFor')
  expect(page(onCodeDoubted(proof, event))).toEqual(['findOriginal', 'proof.paymentCode'])
  expect(page(refused(proof))).toEqual(['findOriginal', 'proof.neither'])
})
