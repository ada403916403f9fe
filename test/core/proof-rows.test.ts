/** What proves that a number was read off the right slip, when the scanner is lit for it, and what a hold becomes. */
import { expect, test } from 'vitest'
import { fits, onProofKey, proveOrCorrect, typeProof } from '#core/correction/prove-typed.ts'
import { askHold, onHoldFound, reopenHold } from '#core/correction/reopen-hold.ts'
import {
  asksForProof,
  lightsScanner,
  onPaymentCodeAsProof,
  onProofScanned,
  watchProof,
} from '#core/correction/scanned-proof.ts'
import { minor } from '#core/money.ts'
import { pageName, stay } from '#core/terminal/decision.ts'
import type { EventBody, Key, TerminalEvent } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from './counter.ts'
import { attemptOf } from './recovery/found-states.ts'
import { aSale } from './two-people.ts'

const { sale: SALE, state: STATE } = aSale()

test.each([
  ['38', true],
  ['38.00', true],
  ['0012', true],
  ['38.01', false],
  ['12', false],
  ['', false],
])('"%s" fits a payment of 38 yuan that ends in 0012: %s', (typed, is) => {
  expect(fits(typed, SALE)).toBe(is)
})

test('nothing typed is the amount of nothing, and proves nothing', () => {
  expect(fits('', { ...SALE, paidMinor: minor(0) })).toBe(false)
})

test.each<[string, Key, string | null]>([
  ['', '0', '0'],
  ['001', '2', '0012'],
  ['1234', '5', '12345'],
  ['38', '.', '38.'],
  ['38.5', '0', '38.50'],
  ['3.8', '1', '3.81'],
  ['38', 'backspace', '3'],
  ['38', 'clear', ''],
  ['', 'menu', null],
  ['12', '00', '1200'],
])('"%s" and then %s: %s', (typed, key, then) => {
  expect(typeProof(typed, key)).toBe(then)
})

const PROVING = { kind: 'findOriginal', purpose: 'refund', typed: '', found: SALE } as const
const proving = (refundGuard: TerminalState['setup']['refundGuard']): TerminalState => ({
  ...STATE,
  setup: { ...STATE.setup, ...(refundGuard === undefined ? {} : { refundGuard }) },
})

test.each([
  [true, 'refund', 'findOriginal'],
  [true, 'void', 'findOriginal'],
  [true, 'completion', 'amount'],
  [false, 'refund', 'enterAmount'],
] as const)(
  'proof is wanted: %s; of a %s by its number the next page is %s',
  (proveTyped, purpose, page) => {
    const step = { kind: 'findOriginal', purpose, typed: '2' } as const
    const { state } = proveOrCorrect(proving({ coolOffMs: 0, proveTyped }), step, SALE)
    expect(state.step.kind).toBe(page)
  },
)

test('it is asked for on a page of its own, with the number that was typed', () => {
  const step = { kind: 'findOriginal', purpose: 'refund', typed: '2' } as const
  const { state } = proveOrCorrect(proving({ coolOffMs: 0, proveTyped: true }), step, SALE)
  expect(state.step).toEqual(PROVING)
  expect(state.message).toEqual({ key: 'original.prove', params: { trace: SALE.stan } })
  expect(state.tone).toBe('key')
  const wrong = onProofKey(state, { ...PROVING, typed: '99' }, 'confirm').state
  expect([wrong.step, wrong.message?.key, wrong.tone]).toEqual([
    PROVING,
    'original.doesNotFit',
    'refused',
  ])
  const typed = onProofKey(state, { ...PROVING, typed: '3' }, '8').state
  expect([typed.step, typed.tone]).toEqual([{ ...PROVING, typed: '38' }, 'key'])
  expect(onProofKey(state, PROVING, 'menu').refused).toBe('keyHasNoMeaningHere')
  expect(onProofKey(state, { ...PROVING, typed: '38' }, 'confirm').state.step.kind).toBe(
    'enterAmount',
  )
})

const FINDING: Step = { kind: 'findOriginal', purpose: 'refund', typed: '' }
const { order } = attemptOf('sale', '000077')
const BADGE = { ...STATE.setup, badge: 'optional' as const }

test.each<[Step, boolean, boolean]>([
  [FINDING, true, true],
  [{ kind: 'records' }, true, true],
  [{ kind: 'checkSticker', found: 'nothing' }, true, false],
  [{ kind: 'checkSticker', found: 'foreign' }, false, false],
  [{ kind: 'amount', typed: '' }, false, false],
  [{ kind: 'approve', order, typed: '12' }, false, false],
])('on the page %j the scanner is lit: %s, for proof: %s', (step, lit, proof) => {
  expect([lightsScanner({ ...STATE, step }), asksForProof(step)]).toEqual([lit, proof])
})

const HOME: Step = { kind: 'amount', typed: '' }
const at = (event: EventBody): TerminalEvent => ({ ...event, at: NOON })
const KEY = at({ type: 'keyPressed', page: '', key: '1' })
const well = (device: 'qrScanner' | 'printer', troubles: readonly 'gone'[] = []) =>
  at({ type: 'deviceHealthChanged', health: { device, troubles } })
const GONE = { ...STATE.devices, qrScanner: { device: 'qrScanner', troubles: ['gone'] } } as const

test.each<[string, Partial<TerminalState>, TerminalEvent, Step, readonly string[]]>([
  ['the page opens', { step: HOME }, KEY, FINDING, ['stopTimer', 'armScanner']],
  ['the page closes', { step: FINDING }, KEY, HOME, ['disarmScanner', 'stopTimer']],
  ['the page stays', { step: FINDING }, KEY, FINDING, ['stopTimer']],
  ['its digits change', { step: FINDING }, KEY, { ...FINDING, typed: '1' }, ['stopTimer']],
  ['no such page', { step: HOME }, KEY, HOME, ['stopTimer']],
  [
    'the scanner is back',
    { step: FINDING, devices: GONE },
    well('qrScanner'),
    FINDING,
    ['stopTimer', 'armScanner'],
  ],
  ['it was well', { step: FINDING }, well('qrScanner'), FINDING, ['stopTimer']],
  [
    'it is still gone',
    { step: FINDING, devices: GONE },
    well('qrScanner', ['gone']),
    FINDING,
    ['stopTimer'],
  ],
  ['another is back', { step: FINDING, devices: GONE }, well('printer'), FINDING, ['stopTimer']],
  ['it is back elsewhere', { step: HOME, devices: GONE }, well('qrScanner'), HOME, ['stopTimer']],
])('%s: the scanner', (_what, change, event, step, does) => {
  const before = { ...STATE, ...change }
  const decided = stay({ ...before, step }, [{ do: 'stopTimer', timer: 'idle' }])
  expect(watchProof(before, event, decided).effects.map((one) => one.do)).toEqual(does)
})

test('a page that begins to read staff cards when its setup changes is lit too', () => {
  const before: TerminalState = { ...STATE, step: { kind: 'approve', order, typed: '12' } }
  const after = stay({ ...before, setup: BADGE })
  expect(watchProof(before, KEY, after).effects).toEqual([{ do: 'armScanner' }])
})

const scanned = (
  step: Parameters<typeof onProofScanned>[1],
  what: Partial<Parameters<typeof onProofScanned>[2]>,
  state: TerminalState = STATE,
) =>
  onProofScanned(state, step, {
    type: 'codeRefused',
    why: 'X',
    digits: 17,
    at: NOON,
    ...what,
  }).state
const SLIP = { batch: '000004', trace: '000123', check: '7484' }
const NAMED = proving({ coolOffMs: 0, otherTerminals: ['10000002'] })

test('what is scanned for proof is a slip or bill of ours, of another terminal, or nothing of the kind', () => {
  const said = (...of: Parameters<typeof scanned>) => [
    scanned(...of).message?.key,
    scanned(...of).tone,
  ]
  expect(said(PROVING, {})).toEqual(['proof.neither', 'refused'])
  expect(said(PROVING, { record: null })).toEqual(['proof.notFound', 'refused'])
  expect(said(PROVING, { record: null, slip: SLIP })).toEqual(['proof.notFound', 'refused'])
  expect(said(PROVING, { record: null, slip: SLIP }, NAMED)).toEqual(['elsewhere.channel', 'key'])
  expect(said({ kind: 'records' }, { record: null, slip: SLIP }, NAMED)[0]).toBe('proof.notFound')
  expect(scanned(PROVING, { record: SALE }).step.kind).toBe('enterAmount')
  const shown = scanned({ kind: 'records' }, { record: SALE })
  expect(shown.step).toEqual({ kind: 'records', found: [SALE], proven: true })
  expect([shown.message, shown.tone]).toEqual([
    { key: 'proof.found', params: { trace: SALE.stan } },
    'read',
  ])
})

test('a payment code is no proof, and is forgotten', () => {
  const code = { handle: 'c', channel: 'wechat', masked: '6741', fingerprint: 'F1' } as const
  const { effects, state } = onPaymentCodeAsProof(STATE, code)
  expect([state.message?.key, state.tone]).toEqual(['proof.paymentCode', 'refused'])
  expect(effects).toEqual([{ do: 'forgetTender', handle: 'c' }])
})

const HOLD: TransactionRecord = {
  ...SALE,
  id: '000001-000020',
  kind: 'preAuth',
  closedBy: '000001-000021',
}
const COMPLETION: TransactionRecord = {
  ...SALE,
  id: '000001-000021',
  kind: 'completion',
  original: HOLD.id,
}
const confirming = (change: Partial<Attempt['order']>) => ({
  kind: 'confirmAmount' as const,
  order: { ...order, kind: 'completionVoid' as const, original: COMPLETION, ...change },
  typed: '38',
})

test.each<[string, Step, boolean]>([
  ['a completion', confirming({}), true],
  ['a sale', confirming({ kind: 'void' }), false],
  [
    'one of a hold elsewhere',
    confirming({ original: { ...COMPLETION, original: 'elsewhere-1120-123456' } }),
    false,
  ],
  [
    'one of which nothing is known',
    confirming({ original: { ...COMPLETION, original: '' } }),
    false,
  ],
  ['nothing', HOME, false],
])('before the void of %s the journal is asked for its hold', (_what, step, is) => {
  const state = { ...STATE, step }
  expect(askHold(state).effects).toEqual(
    is
      ? [
          {
            do: 'searchRecords',
            page: pageName(state),
            wish: { by: 'record', record: HOLD.id },
          },
        ]
      : [],
  )
})

test('the hold that the journal tells of is kept with the order, if it is the one', () => {
  const told = (step: ReturnType<typeof confirming>, records: readonly TransactionRecord[]) =>
    onHoldFound({ ...STATE, step }, step, records)
  expect(told(confirming({}), [SALE, HOLD]).state.step).toMatchObject({ order: { hold: HOLD } })
  expect(told(confirming({}), [SALE]).refused).toBe('notAskedFor')
  expect(told(confirming({ kind: 'void' }), [HOLD]).refused).toBe('notAskedFor')
})

test('a hold stands again only where it was used by this completion, and nothing else changes', () => {
  const attempt: Attempt = { ...attemptOf('completionVoid', '000022') }
  const voided = (change: Partial<Attempt['order']>): Attempt => ({
    ...attempt,
    order: { ...attempt.order, original: COMPLETION, ...change },
  })
  const state = { ...STATE, recent: [SALE, HOLD] }
  const freed = { ...HOLD, closedBy: '' }
  expect(reopenHold(state, voided({ hold: HOLD }))).toEqual({
    state: { ...state, recent: [SALE, freed] },
    hold: freed,
  })
  expect(reopenHold(state, voided({}))).toEqual({ state, hold: null })
  const others = { ...HOLD, closedBy: '000001-000099' }
  const other = { ...STATE, recent: [others] }
  expect(reopenHold(other, voided({ hold: HOLD }))).toEqual({ state: other, hold: null })
})
