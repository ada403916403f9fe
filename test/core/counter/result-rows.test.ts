/** The page of an ended attempt, row by row: what it offers of which payment, what each key does there, and what does nothing. */
import { expect, test } from 'vitest'
import { onResultKey, onResultOption, resultOptions } from '#core/counter/result-page.ts'
import { minor } from '#core/money.ts'
import type { SlipJobState } from '#core/receipt/slip-job.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import { openTerminal } from '../recovery/found-states.ts'
import { aSale } from '../two-people.ts'
import { paperOf, restOf } from './left-open.ts'

type Result = Extract<Step, { kind: 'result' }>

const { sale: SALE, state: SHOP } = aSale()
const ORDER: Order = { id: 1, dueMinor: minor(3850), operator: '01' }
const result = (change: Partial<Result> = {}): Result => ({
  kind: 'result',
  outcome: 'approved',
  order: ORDER,
  record: SALE.id,
  trace: SALE.stan,
  channel: 'card',
  last4: '0012',
  mayTryAgain: false,
  ...change,
})
const REST = restOf(SALE)
const PAPER = paperOf(SALE)
const UNTOLD = { ...PAPER, kind: 'void' } as const
const SIGNING = {
  ...PAPER,
  code: '',
  settlementDate: '',
  wait: { startedAt: 0, deadlineAt: 0 },
}

/** Beside what is asked about the payment of the page the same is open of another, which is no business of this page. */
const BUSY: TerminalState = {
  ...SHOP,
  followUps: [{ ...REST, id: 'x-rest', after: 'x' }],
  unsigned: [{ ...PAPER, record: 'x' }],
  untold: [{ ...UNTOLD, record: 'x' }],
  recent: [...SHOP.recent, { ...SALE, id: 'x', kind: 'balance' }],
  signing: { ...SIGNING, record: 'x' },
}
const other = { ...SALE, id: 'x' }
const only = (change: Partial<typeof SALE>): Partial<TerminalState> => ({
  recent: [{ ...SALE, ...change }, other],
})

test.each<[string, Partial<TerminalState>, readonly string[]]>([
  ['a sale like any other', {}, ['correct']],
  ['a rest is due of it', { followUps: [...(BUSY.followUps ?? []), REST] }, ['collect', 'correct']],
  ['the customer signs on the screen', { signing: SIGNING }, ['correct', 'signOnPaper']],
  [
    'the paper has to be signed',
    { unsigned: [...(BUSY.unsigned ?? []), PAPER] },
    ['correct', 'signedOnPaper'],
  ],
  [
    'the customer should be told',
    { untold: [...(BUSY.untold ?? []), UNTOLD] },
    ['correct', 'customerTold'],
  ],
  ['what was released leaves nothing to mend', only({ kind: 'preAuthVoid' }), []],
  ['what the host refused leaves nothing to mend', only({ outcome: 'notPaid' }), []],
  ['nothing is known of it', { recent: [other] }, []],
  ['nobody signs', { signing: undefined, unsigned: undefined }, ['correct']],
])('%s: what is offered, and nothing else can be chosen', (_what, change, offered) => {
  const state = { ...BUSY, step: result(), ...change }
  expect(resultOptions(state, result()).map(({ id }) => id)).toEqual(offered)
  for (const id of [
    'retry',
    'refund',
    'collect',
    'correct',
    'signOnPaper',
    'signedOnPaper',
    'customerTold',
    'void',
  ])
    expect([id, onResultOption(state, result(), id, '').refused]).toEqual([
      id,
      offered.includes(id) ? null : 'optionNotOffered',
    ])
})

const REFUSED_VOID = { ...SALE, id: 'v', kind: 'void', outcome: 'notPaid', reason: '40' } as const
const HOLD = { ...SALE, id: 'h', kind: 'preAuth' } as const
const VOID: Order = { ...ORDER, kind: 'void', original: SALE }
const { original: _gone, ...WITHOUT } = VOID

test.each<[string, Order, Partial<typeof SALE>, boolean]>([
  ['a void', VOID, {}, true],
  ['a void that was taken back, so nobody refused it', VOID, { reason: 'reversed' }, false],
  ['a void that never left', VOID, { id: 'other' }, false],
  ['a void of what went back meanwhile', { ...VOID, original: { ...SALE, id: 'y' } }, {}, false],
  ['a void of nobody knows what', WITHOUT, {}, false],
  ['the release of a hold', { ...VOID, kind: 'preAuthVoid', original: HOLD }, {}, false],
  ['a refund', { ...VOID, kind: 'refund' }, {}, false],
  ['a sale', ORDER, {}, false],
])('%s was refused: a refund in its place %o', (_what, order, change, isOffered) => {
  const gone = { ...SALE, id: 'y', closedBy: 'z' }
  const state: TerminalState = { ...SHOP, recent: [SALE, gone, { ...REFUSED_VOID, ...change }] }
  const step = result({ outcome: 'notPaid', order, record: 'v', mayTryAgain: true })
  const ids = resultOptions(state, step).map(({ id }) => id)
  expect(ids).toEqual(isOffered ? ['retry', 'refund'] : ['retry'])
  const { refused, state: then } = onResultOption({ ...state, step }, step, 'refund', '')
  expect([refused, then.step.kind]).toEqual(
    isOffered ? [null, 'confirmAmount'] : ['optionNotOffered', 'result'],
  )
})

test('whoever types the amount of the next customer on this page opens nothing, and says nothing that nobody has seen', () => {
  const open = { ...BUSY, followUps: [REST], untold: [UNTOLD], unsigned: [PAPER], signing: SIGNING }
  const refused = { ...SHOP, recent: [SALE, REFUSED_VOID] }
  const again = result({ outcome: 'notPaid', order: VOID, record: 'v', mayTryAgain: true })
  const keys: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '00', 'menu']
  for (const key of keys) {
    expect(onResultKey(open, result(), key)).toMatchObject({
      state: open,
      refused: 'keyHasNoMeaningHere',
    })
    expect(onResultKey(refused, again, key).refused).toBe('keyHasNoMeaningHere')
  }
  expect(onResultKey(open, result(), '0').state.step.kind).toBe('whatWasWrong')
})

test('again: the same order stands before the customer; what hinders it is said where it can be confirmed later', () => {
  const step = result({ outcome: 'notPaid', record: 'v', mayTryAgain: true })
  const shop: TerminalState = { ...SHOP, step, recent: [REFUSED_VOID] }
  expect(onResultKey(shop, step, '0').state.step).toMatchObject({
    kind: 'present',
    order: ORDER,
    typed: '38.50',
  })
  const offline = onResultKey({ ...shop, link: 'down', keysReady: false }, step, '0').state
  expect(offline.step).toEqual({ kind: 'confirmAmount', order: ORDER, typed: '38.50' })
  expect(offline.tone).toBe('refused')
})

const slips = (...states: SlipJobState[]): TerminalState['slips'] =>
  openTerminal().slips.flatMap((job, at) => {
    const state = states[at]
    return state === undefined ? [] : [{ ...job, record: SALE.id, state }]
  })

test.each<[string, Key, SlipJobState, boolean, Step['kind'], SlipJobState]>([
  ['tears the copy off first', 'confirm', 'awaitingTear', true, 'result', 'printing'],
  ['then collects what is due', 'confirm', 'printed', true, 'confirmAmount', 'printed'],
  ['goes on to the next customer', 'confirm', 'printed', false, 'amount', 'printed'],
  ['leaves what is due', 'cancel', 'printed', true, 'amount', 'printed'],
  ['leaves, and prints the copy', 'cancel', 'awaitingTear', true, 'amount', 'printing'],
])('%s: %s', (_what, key, waits, isDue, page, then) => {
  const step = result()
  const state: TerminalState = {
    ...SHOP,
    step,
    slips: slips('printed', waits),
    followUps: isDue ? [{ ...REST, id: 'x-rest', after: 'x' }, REST] : undefined,
  }
  const decision = onResultKey(state, step, key)
  expect([decision.state.step.kind, decision.state.slips[1]?.state]).toEqual([page, then])
})

test('what is due after the payment of the page is collected, not what is due after another', () => {
  const followUps = [{ ...REST, id: 'x-rest', after: 'x' }, REST]
  const { step } = onResultKey({ ...SHOP, followUps }, result(), 'confirm').state
  expect(step).toMatchObject({ order: { follows: REST, dueMinor: 1200 } })
})

test.each([
  ['paperComplete', 'waived'],
  ['printMissing', 'printing'],
])('%s is said of a slip that nobody is sure of: %s', (option, then) => {
  const step = result()
  const state: TerminalState = { ...SHOP, step, slips: slips('unsure', 'owed') }
  const job = state.slips.map(({ slip }) => slip.job)
  expect(onResultOption(state, step, option, job[0] ?? '').state.slips[0]?.state).toBe(then)
  expect(onResultOption(state, step, option, job[1] ?? '').refused).toBe('unknownJob')
})
