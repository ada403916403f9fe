/** Whether a payment may be voided, refunded or completed now, row by row, and what an approval does to every page that shows it. */
import { expect, test } from 'vitest'
import { correct, type Purpose } from '#core/correction/begin.ts'
import { type Chosen, confirmChosen } from '#core/correction/confirm-chosen.ts'
import { elsewhereId } from '#core/correction/elsewhere-id.ts'
import { ceilingMinor, objection, tooMuch } from '#core/correction/judge-original.ts'
import { markOriginal } from '#core/correction/mark-original.ts'
import { minor } from '#core/money.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { TAPPED_CARD } from './counter.ts'
import { aSale } from './two-people.ts'

const { sale: SALE, state: STATE } = aSale()
const DAY_MS = 86_400_000
const YESTERDAY = { at: SALE.at - DAY_MS }
const SETTLED = { batch: '000000' }
const USED = { closedBy: '000001-000003' }

type Change = Partial<TransactionRecord>

test.each<[TransactionKind, Change, string | null]>([
  ['void', {}, null],
  ['void', { outcome: 'notPaid' }, 'original.notPaid'],
  ['void', SETTLED, 'void.settled'],
  ['void', { ...SETTLED, channel: 'wechat' }, 'void.settled'],
  ['void', YESTERDAY, null],
  ['void', { channel: 'wechat' }, null],
  ['void', { ...YESTERDAY, channel: 'wechat' }, 'void.codeOtherDay'],
  ['void', { refundedMinor: minor(1) }, 'void.refunded'],
  ['void', USED, 'void.already'],
  ['completionVoid', { kind: 'completion' }, null],
  ['completionVoid', { kind: 'completion', ...SETTLED }, 'void.settled'],
  ['preAuthVoid', { kind: 'preAuth', ...SETTLED, ...YESTERDAY }, null],
  ['preAuthVoid', { kind: 'preAuth', ...USED }, 'original.holdUsed'],
  ['completion', { kind: 'preAuth', ...SETTLED }, null],
  ['completion', { kind: 'preAuth', ...USED }, 'original.holdUsed'],
  ['completion', {}, 'original.notAHold'],
  ['refund', SETTLED, null],
  ['refund', { kind: 'completion' }, null],
  ['refund', { refundedMinor: minor(3799) }, null],
  ['refund', { refundedMinor: minor(3800) }, 'refund.nothingLeft'],
  ['refund', USED, 'refund.nothingLeft'],
  ['refund', { kind: 'preAuth' }, 'original.notASale'],
  ['refund', { kind: 'refund' }, 'original.notASale'],
])('%s of %j: %s', (kind, change, why) => {
  const original = { ...SALE, ...change }
  expect(objection({ ...STATE, recent: [] }, kind, original)?.key ?? null).toBe(why)
  // The copy among the last ones is the newer one.
  const state = { ...STATE, recent: [original] }
  expect(objection(state, kind, SALE)?.key ?? null).toBe(why)
})

/** The attempt of a refund or void of this record. */
function correcting(original?: TransactionRecord): Attempt {
  return {
    order: {
      id: 9,
      kind: 'refund',
      dueMinor: minor(300),
      operator: '01',
      ...(original === undefined ? {} : { original }),
    },
    tender: { kind: 'card', card: TAPPED_CARD },
    amountMinor: minor(300),
    stan: '000009',
    batch: '000001',
    withPin: false,
    sentAt: SALE.at,
  }
}

test('while a refund of it has no answer nothing else is begun of it, and of other payments everything', () => {
  const doubtful = (attempt: Attempt): TerminalState => ({
    ...STATE,
    advice: { id: '000001-000009', attempt, hasPan: false, state: 'waiting', tries: 0 },
  })
  const of = (state: TerminalState) => objection(state, 'refund', SALE)?.key
  expect(of(doubtful(correcting(SALE)))).toBe('refund.openAlready')
  expect(of(doubtful(correcting({ ...SALE, id: '000001-000008' })))).toBeUndefined()
  expect(of(doubtful(correcting()))).toBeUndefined()
})

test('a refund gives back what is left, a completion takes up to 15 percent more than was held, to the fen below', () => {
  const state = { ...STATE, recent: [] }
  const of = (kind: TransactionKind, change: Change) =>
    ceilingMinor(state, kind, { ...SALE, ...change })
  expect(of('refund', { refundedMinor: minor(800) })).toBe(3000)
  expect(of('completion', { kind: 'preAuth', paidMinor: minor(999) })).toBe(1148)
  expect(tooMuch('refund', minor(3000))).toEqual({
    key: 'refund.tooMuch',
    params: { max: '30.00' },
  })
  expect(tooMuch('completion', minor(1148))).toEqual({
    key: 'completion.tooMuch',
    params: { max: '11.48' },
  })
})

const OTHER = { ...SALE, id: '000001-000008' }
const REFUND: TransactionRecord = {
  ...SALE,
  id: '000001-000009',
  kind: 'refund',
  paidMinor: minor(300),
  original: SALE.id,
}
const NEWER = { ...SALE, refundedMinor: minor(300) }
const asking = { kind: 'enterAmount', transaction: 'refund', typed: '' } as const
const finding = { kind: 'findOriginal', purpose: 'refund', typed: '' } as const
const telling = { kind: 'incident', of: null, typed: '' } as const

test.each<[Step, Step]>([
  [
    { ...finding, found: SALE },
    { ...finding, found: NEWER },
  ],
  [finding, finding],
  [
    { kind: 'records', found: [OTHER, SALE] },
    { kind: 'records', found: [OTHER, NEWER] },
  ],
  [{ kind: 'records' }, { kind: 'records' }],
  [
    { kind: 'whatWasWrong', original: SALE },
    { kind: 'whatWasWrong', original: NEWER },
  ],
  [
    { kind: 'whatWasWrong', original: OTHER, collected: [SALE] },
    { kind: 'whatWasWrong', original: OTHER, collected: [NEWER] },
  ],
  [
    { kind: 'proveReprint', record: SALE, typed: '' },
    { kind: 'proveReprint', record: NEWER, typed: '' },
  ],
  [
    { ...asking, original: SALE },
    { ...asking, original: NEWER },
  ],
  [
    { ...asking, original: OTHER, correcting: true, collected: [SALE] },
    { ...asking, original: OTHER, correcting: true, collected: [NEWER] },
  ],
  [
    { ...asking, original: null },
    { ...asking, original: null },
  ],
  [
    { ...telling, original: SALE },
    { ...telling, original: NEWER },
  ],
  [
    { ...telling, original: null },
    { ...telling, original: null },
  ],
  [STATE.step, STATE.step],
])('an approved refund is seen by the page that shows the payment: %j', (step, after) => {
  const marked = markOriginal({ ...STATE, step }, correcting(SALE), REFUND)
  expect(marked.original).toEqual(NEWER)
  expect(marked.state.step).toEqual(after)
  expect(marked.state.recent).toEqual([NEWER])
})

test('a void uses the payment up; what another terminal took, and what has no original, is no record of this one', () => {
  const undone = { ...REFUND, kind: 'void' as const }
  expect(markOriginal(STATE, correcting(SALE), undone).original).toEqual({
    ...SALE,
    closedBy: undone.id,
  })
  const foreign = { ...SALE, id: elsewhereId({ date: '1120', number: '112012000077' }) }
  for (const attempt of [correcting(), correcting(foreign)])
    expect(markOriginal(STATE, attempt, REFUND)).toEqual({ state: STATE, original: null })
})

const ABOUT = { trace: '000002', last4: '0012' }
const FOREIGN = { ...SALE, id: elsewhereId({ date: '1120', number: '112012000077' }) }

test.each<[Omit<Chosen, 'dueMinor'>, object]>([
  [
    { kind: 'void', original: SALE },
    { key: 'void.confirm', params: ABOUT },
  ],
  [
    { kind: 'completionVoid', original: SALE },
    { key: 'void.confirm', params: ABOUT },
  ],
  [
    { kind: 'preAuthVoid', original: SALE },
    { key: 'preAuthVoid.confirm', params: ABOUT },
  ],
  [
    { kind: 'completion', original: SALE },
    { key: 'completion.confirm', params: ABOUT },
  ],
  [
    { kind: 'refund', original: SALE },
    { key: 'refund.confirm', params: ABOUT },
  ],
  [{ kind: 'preAuth' }, { key: 'preAuth.confirm', params: { trace: '', last4: '' } }],
  [
    { kind: 'refund', original: FOREIGN },
    { key: 'refund.confirmElsewhere', params: { number: '112012000077' } },
  ],
])('what is asked before %j', (chosen, question) => {
  const { refused, state } = confirmChosen(STATE, { ...chosen, dueMinor: minor(3800) })
  expect([refused, state.message, state.tone]).toEqual([null, question, 'key'])
  expect(state.step).toMatchObject({ kind: 'confirmAmount', typed: '38', order: chosen })
})

test('more than the shop lets go back at once is refused in its words, and without anybody signed in nothing is asked', () => {
  const refundGuard = { mostMinor: minor(1000), coolOffMs: 0 }
  const state = { ...STATE, setup: { ...STATE.setup, refundGuard } }
  const wish: Chosen = { kind: 'refund', original: SALE, dueMinor: minor(1001) }
  const told = confirmChosen(state, wish).state
  expect([told.step.kind, told.message?.key, told.tone]).toEqual([
    'amount',
    'refund.aboveLimit',
    'refused',
  ])
  expect(confirmChosen({ ...state, session: null }, wish).refused).toBe('unknownOperator')
  expect(confirmChosen(state, { ...wish, kind: 'void' }).state.step.kind).toBe('confirmAmount')
})

test.each<[Purpose, Change, string, string | null]>([
  ['void', {}, 'confirmAmount', 'void.confirm'],
  ['void', { kind: 'refund' }, 'amount', 'original.notVoidable'],
  ['void', SETTLED, 'amount', 'void.settled'],
  ['refund', SETTLED, 'enterAmount', null],
  ['completion', { kind: 'preAuth' }, 'enterAmount', null],
])('%s of %j begins at %s', (purpose, change, step, said) => {
  const original = { ...SALE, ...change }
  const { state } = correct({ ...STATE, recent: [original] }, purpose, original)
  expect([state.step.kind, state.message?.key ?? null]).toEqual([step, said])
  expect(state.tone).toBe(step === 'amount' ? 'refused' : 'key')
})

test('what is typed already: of a refund what is left, of a completion the hold; where the shop asks why, that comes first', () => {
  const partly = { ...SALE, refundedMinor: minor(800) }
  const recent = [partly]
  const refund = correct({ ...STATE, recent }, 'refund', SALE)
  expect(refund.state.step).toEqual({ ...asking, original: partly, typed: '30' })
  const hold = { ...SALE, kind: 'preAuth' as const }
  const completion = correct({ ...STATE, recent: [hold] }, 'completion', hold)
  expect(completion.state.step).toMatchObject({ transaction: 'completion', typed: '38' })
  const setup = { ...STATE.setup, refundGuard: { askCause: true, coolOffMs: 0 } }
  const asked = correct({ ...STATE, setup }, 'refund', SALE).state
  expect(asked).toMatchObject({
    step: { kind: 'whatWasWrong', original: SALE, refund: true },
    message: { key: 'correct.whyRefund', params: { trace: '000002', amount: '38.00' } },
    tone: 'key',
  })
  const noHold = correct({ ...STATE, setup, recent: [hold] }, 'completion', hold)
  expect(noHold.state.step.kind).toBe('enterAmount')
})
