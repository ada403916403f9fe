/** The pages on which a void, refund or completion begins: what a number finds, how much may be typed, and who is told of it. */
import { expect, test } from 'vitest'
import { onApproval } from '#core/correction/approve.ts'
import {
  askForBalance,
  askForHold,
  askForOriginal,
  onEnterKey,
  onFindKey,
  onFindOption,
  onRecordFound,
} from '#core/correction/decide.ts'
import {
  elsewhereNumber,
  isElsewhere,
  isSameOriginal,
  numberOnSlip,
} from '#core/correction/elsewhere-id.ts'
import { customerTold, isUntold, untoldItems, withUntold } from '#core/correction/tell-customer.ts'
import { UNTOLD_LIMIT, type Untold } from '#core/correction/untold.ts'
import { minor } from '#core/money.ts'
import { type Decision, pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { line } from '../batch/settling.ts'
import { aSale } from '../two-people.ts'

const { sale: SALE, state: SHOP } = aSale()
type FindStep = Extract<Step, { kind: 'findOriginal' }>
type EnterStep = Extract<Step, { kind: 'enterAmount' }>

const setup = (change: Partial<Setup>): TerminalState => ({
  ...SHOP,
  setup: { ...SHOP.setup, ...change },
})
const CHAIN = setup({ refundGuard: { coolOffMs: 0, otherTerminals: ['10000002'] } })
const page = ({ state: { message, step, tone } }: Decision) => [step.kind, message?.key, tone]
const at = (step: Step, from = SHOP): TerminalState => ({ ...from, step, message: null })

const finding = (typed = '', change: Partial<FindStep> = {}): FindStep => ({
  kind: 'findOriginal',
  purpose: 'refund',
  typed,
  ...change,
})
const find = (step: FindStep, key: Key, from = SHOP) => onFindKey(at(step, from), step, key)

test.each<[string, FindStep['purpose'], TerminalState, string | undefined]>([
  ['a shop of one terminal', 'refund', SHOP, undefined],
  ['a shop of several', 'refund', CHAIN, 'elsewhere.ask'],
  ['a shop of several, to void', 'void', CHAIN, undefined],
])('the number is asked for: %s', (_what, purpose, from, said) => {
  const { state } = askForOriginal({ ...from, message: null }, purpose)
  expect(state.step).toEqual({ kind: 'findOriginal', purpose, typed: '' })
  expect([state.message?.key, state.tone]).toEqual([said, 'key'])
})

test('digits become six, and the journal is asked for this page', () => {
  const decision = find(finding('42'), 'confirm')
  expect(decision.effects).toEqual([
    { do: 'findRecord', page: pageName(at(finding())), stan: '000042' },
  ])
  expect(decision.state.tone).toBe('key')
  for (const nothing of ['', '0', '000000']) {
    const none = find(finding(nothing), 'confirm')
    expect([page(none)[1], page(none)[2], none.effects]).toEqual([
      'original.noTrace',
      'refused',
      [],
    ])
  }
})

test.each<[string, Key, string | null]>([
  ['4', '2', '42'],
  ['12345', '6', '123456'],
  ['123456', '7', null],
  ['', 'backspace', null],
  ['', '.', null],
])('"%s" and %s: %s', (typed, key, then) => {
  const decision = find(finding(typed), key)
  expect(decision.refused).toBe(then === null ? 'keyHasNoMeaningHere' : null)
  expect(decision.state.step).toEqual(finding(then ?? typed))
})

test('a further digit takes away what was said; the menu is the way to another terminal where there is one', () => {
  const said = { ...at(finding()), message: { key: 'original.notFound', params: {} } }
  const { state } = onFindKey(said, finding(), '1')
  expect([state.message, state.tone]).toEqual([null, 'key'])
  expect(page(find(finding('', {}), 'menu', CHAIN))[1]).toBe('elsewhere.channel')
  expect(find(finding(), 'menu').refused).toBe('keyHasNoMeaningHere')
  expect(find(finding('', { purpose: 'void' }), 'menu', CHAIN).refused).toBe('keyHasNoMeaningHere')
  expect(find(finding('', { found: SALE }), 'cancel').state.step.kind).toBe('amount')
})

test('an option is for the slip of another terminal alone, and back leads home', () => {
  const typing = finding('', { elsewhere: {} })
  expect(page(onFindOption(at(typing), typing, 'byCard'))).toEqual(page(find(typing, '1')))
  expect(onFindOption(at(finding()), finding(), 'byCard').refused).toBe('optionNotOffered')
  for (const step of [finding(), typing])
    expect(onFindOption(at(step), step, 'back').state.step.kind).toBe('amount')
})

const found = (step: Step, record: TransactionRecord | null) =>
  onRecordFound(at(step), { type: 'recordFound', at: 0, page: pageName(SHOP), record })

test('what the journal has found counts on the page that asked, once', () => {
  expect(page(found(finding('2'), SALE))[0]).toBe('enterAmount')
  expect(page(found(finding('9'), null))).toEqual(['findOriginal', 'original.notFound', 'refused'])
  for (const step of [
    SHOP.step,
    finding('2', { found: SALE }),
    finding('2', { elsewhere: {} }),
  ] as const)
    expect(found(step, SALE).refused).toBe('notAskedFor')
})

test('a hold and a balance begin without an original; a balance has no amount either', () => {
  const hold = askForHold(SHOP)
  expect(hold.state.step).toEqual({
    kind: 'enterAmount',
    transaction: 'preAuth',
    original: null,
    typed: '',
  })
  expect(hold.state.tone).toBe('key')
  const balance = askForBalance(SHOP).state
  const id = SHOP.counters.order
  expect(balance.step).toMatchObject({
    kind: 'present',
    typed: '',
    order: { id, dueMinor: 0, operator: '01', kind: 'balance' },
  })
  expect(balance.counters.order).toBe(id + 1)
  expect(askForBalance({ ...SHOP, session: null }).refused).toBe('unknownOperator')
})

const entering = (typed: string, change: Partial<EnterStep> = {}): EnterStep => ({
  kind: 'enterAmount',
  transaction: 'refund',
  original: SALE,
  typed,
  ...change,
})
const enter = (step: EnterStep, key: Key, from = SHOP) => onEnterKey(at(step, from), step, key)
const HOLD: TransactionRecord = { ...SALE, kind: 'preAuth' }
const FOR_HOLD = { transaction: 'preAuth', original: null } as const
const FOR_COMPLETION = { transaction: 'completion', original: HOLD } as const

test.each<[string, EnterStep, string, string]>([
  ['nothing', entering(''), 'enterAmount', 'amount.zero'],
  ['no fen', entering('0'), 'enterAmount', 'amount.zero'],
  ['all of it', entering('38'), 'confirmAmount', 'refund.confirm'],
  ['a fen more', entering('38.01'), 'enterAmount', 'refund.tooMuch'],
  ['more than is ever taken', entering('50000.01'), 'enterAmount', 'amount.tooLarge'],
  ['the most as a hold', entering('50000', FOR_HOLD), 'confirmAmount', 'preAuth.confirm'],
  ['a fen more as a hold', entering('50000.01', FOR_HOLD), 'enterAmount', 'amount.tooLarge'],
  ['115 % of a hold', entering('43.7', FOR_COMPLETION), 'confirmAmount', 'completion.confirm'],
  ['a fen more of a hold', entering('43.71', FOR_COMPLETION), 'enterAmount', 'completion.tooMuch'],
])('typed: %s', (_what, step, kind, said) => {
  const { message, step: then, tone } = enter(step, 'confirm').state
  expect([then.kind, message?.key, tone === 'refused']).toEqual([
    kind,
    said,
    kind === 'enterAmount',
  ])
})

test('what is confirmed is the order of this sum about this payment, with the reason that was said', () => {
  const { state } = enter(entering('5', { cause: 'customerWish' }), 'confirm')
  expect(state.step).toMatchObject({
    order: { kind: 'refund', dueMinor: 500, original: { id: SALE.id }, cause: 'customerWish' },
  })
  const bare = enter(entering('5'), 'confirm').state.step
  expect('order' in bare && 'cause' in bare.order).toBe(false)
  const limit = enter(entering('50000.01'), 'confirm').state.message
  expect(limit?.params).toEqual({ max: '50,000.00' })
})

test('it is typed as any other amount, and cancelled', () => {
  const said = { ...at(entering('3')), message: { key: 'amount.zero', params: {} } }
  const { state } = onEnterKey(said, entering('3'), '8')
  expect([state.step, state.message, state.tone]).toEqual([entering('38'), null, 'key'])
  const none = enter(entering('3'), 'menu')
  expect([none.refused, none.state.tone]).toEqual(['keyHasNoMeaningHere', 'refused'])
  expect(enter(entering('3'), 'cancel').state.step.kind).toBe('amount')
})

test('on the page of a right amount, or of what something else costs, the sum means that', () => {
  const right = enter(entering('5', { correcting: true }), 'confirm').state.step
  const afterwards = { kind: 'sale', dueMinor: 500 }
  expect(right).toMatchObject({ order: { kind: 'void', dueMinor: 3800, afterwards } })
  const exchanged = enter(entering('5', { exchange: true }), 'confirm').state.step
  expect(exchanged).toMatchObject({ order: { kind: 'refund', dueMinor: 3300 } })
})

const LARGE = setup({ refundGuard: { coolOffMs: 0, toldAboveMinor: minor(3800) } })
const back = (change: Partial<TransactionRecord> = {}): TransactionRecord => ({
  ...SALE,
  id: '000001-000009',
  stan: '000009',
  kind: 'refund',
  paidMinor: minor(3801),
  ...change,
})
const OPEN: Untold = {
  record: '000001-000009',
  trace: '000009',
  kind: 'refund',
  amountMinor: minor(3801),
}

test.each<[TransactionKind, number, boolean]>([
  ['refund', 3801, true],
  ['refund', 3800, false],
  ['void', 3801, true],
  ['completionVoid', 3801, true],
  ['preAuthVoid', 3801, false],
  ['sale', 3801, false],
])('the customer is to be told of a %s of %i: %s', (kind, paid, is) => {
  const record = back({ kind, paidMinor: minor(paid) })
  const { untold } = withUntold(LARGE, record)
  expect(untold).toEqual(is ? [{ ...OPEN, kind }] : undefined)
  expect(withUntold(SHOP, record).untold).toBeUndefined()
})

test('each is told of once, the oldest of very many no more', () => {
  const many = Array.from({ length: UNTOLD_LIMIT }, (_, index) => ({
    ...OPEN,
    record: `r${index}`,
  }))
  const full = withUntold({ ...LARGE, untold: many }, back()).untold ?? []
  expect([full.length, full[0]?.record, full.at(-1)]).toEqual([UNTOLD_LIMIT, 'r1', OPEN])
  const again = withUntold(
    { ...LARGE, untold: [{ ...OPEN, trace: 'old' }, ...many.slice(0, 1)] },
    back(),
  )
  expect(again.untold?.map(({ trace }) => trace)).toEqual(['000009', '000009'])
  expect(again.untold?.map(({ record }) => record)).toEqual(['r0', OPEN.record])
})

test('said once, it is off the open list', () => {
  const other = { ...OPEN, record: 'r0' }
  const state = { ...SHOP, untold: [OPEN, other] }
  expect(['r0', 'r1'].map((record) => isUntold(state, record))).toEqual([true, false])
  expect(isUntold(SHOP, OPEN.record)).toBe(false)
  expect(untoldItems(state)[0]).toEqual({
    id: `told-${OPEN.record}`,
    message: { key: 'told.open', params: { amount: '38.01', trace: '000009' } },
    options: ['customerTold'],
  })
  const told = customerTold(state, OPEN.record)
  expect(told.state.untold).toEqual([other])
  expect(told.state).toMatchObject({
    message: { key: 'told.kept', params: { trace: '000009' } },
    tone: 'confirmed',
  })
  expect(customerTold(state, 'x').refused).toBe('optionNotOffered')
  expect(customerTold(SHOP, OPEN.record).refused).toBe('optionNotOffered')
})

const ELSEWHERE = 'elsewhere-1120-112012000077'

test('what was typed from another slip is known by its own name, and called by the number that was typed', () => {
  expect([isElsewhere({ id: ELSEWHERE }), isElsewhere({ id: '000001-000002' })]).toEqual([
    true,
    false,
  ])
  expect([elsewhereNumber(ELSEWHERE), elsewhereNumber('000001-000002')]).toEqual([
    '112012000077',
    null,
  ])
  expect(numberOnSlip({ id: ELSEWHERE, stan: '000000' })).toBe('112012000077')
  expect(numberOnSlip({ id: ELSEWHERE, stan: '000123' })).toBe('000123')
  expect(numberOnSlip({ id: '000001-000000', stan: '000000' })).toBe('000000')
})

test.each([
  ['a date that was misread', ELSEWHERE, 'elsewhere-1121-112012000077', true],
  ['another number', ELSEWHERE, 'elsewhere-1120-112012000078', false],
  ['a hold on another day', 'elsewhere-1120-123456', 'elsewhere-1121-123456', false],
  ['the same hold', 'elsewhere-1120-123456', 'elsewhere-1120-123456', true],
  ['one of this terminal', '000001-000002', '000001-000002', true],
  ['one of this terminal and one elsewhere', '000001-000002', ELSEWHERE, false],
])('the same original: %s', (_what, one, other, is) => {
  expect([isSameOriginal(one, other), isSameOriginal(other, one)]).toEqual([is, is])
})

const REFUND = {
  id: 9,
  dueMinor: minor(500),
  operator: '01',
  kind: 'refund',
  original: SALE,
} as const
const APPROVE: Step = { kind: 'approve', order: REFUND, typed: '5' }
const allowed = (step: Step, operator: string, from = SHOP, correct = true) =>
  onApproval(at(step, from), {
    type: 'operatorChecked',
    at: 0,
    page: pageName(SHOP),
    operator,
    correct,
  })

test('whoever allows it stands on the order, or on the batch that is closed', () => {
  expect(allowed(APPROVE, '00').state.step).toMatchObject({
    kind: 'present',
    typed: '5',
    order: { ...REFUND, approver: '00' },
  })
  const batch = allowed({ kind: 'approveBatch', lines: [line()] }, '00').state
  expect(batch.settlement).toMatchObject({ approver: '00', lines: [line()] })
  expect(allowed(APPROVE, '01').state.message?.key).toBe('approve.samePerson')
  expect(allowed(SHOP.step, '00').refused).toBe('notAskedFor')
  const carded = setup({ badge: 'required' })
  expect(page(allowed(APPROVE, '00', carded))).toEqual(['approve', 'badge.needed', 'refused'])
  expect(allowed(APPROVE, '00', carded).state.operators).toEqual(carded.operators)
})
