/** What takes a second person, and taking a counter over, row by row: who may, who may not, and what is asked anew. */
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import {
  askForBadge,
  asksForBadge,
  badgeObjection,
  onBadgeKey,
  onBadgeScanned,
  onPaymentCodeAsBadge,
} from '#core/operator/badge.ts'
import { onHandOverChecked, onHandOverKey } from '#core/operator/hand-over.ts'
import { bySecondPerson } from '#core/operator/second-person.ts'
import { onTechnicianChecked } from '#core/operator/service.ts'
import { stay } from '#core/terminal/decision.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON, SETUP, withPins } from '../counter.ts'
import { openState } from '../link/at-rest.ts'
import { attemptOf } from '../recovery/found-states.ts'

const PEOPLE = withPins([
  { number: '01', role: 'cashier' },
  { number: '02', role: 'cashier' },
  { number: '00', role: 'supervisor' },
  { number: '03', role: 'administrator' },
]).map((one) => (one.number === '00' ? { ...one, badge: 'K0' } : one))
const CASHIER = { operator: '01', role: 'cashier' } as const
const SUPERVISOR = { operator: '00', role: 'supervisor' } as const
const OPEN: TerminalState = {
  ...openState(),
  setup: { ...SETUP, badge: 'optional' },
  operators: PEOPLE,
  session: CASHIER,
}
const checked = (operator: string, correct = true) =>
  ({ type: 'operatorChecked', at: NOON, page: '', operator, correct }) as const

test.each([
  ['a supervisor', '00', true, null],
  ['an administrator', '03', true, null],
  ['a supervisor with a wrong PIN', '00', false, 'signIn.wrong'],
  ['another cashier', '02', true, 'approve.notAllowed'],
  ['whoever began it', '01', true, 'approve.samePerson'],
  ['nobody who is known', '77', true, 'signIn.wrong'],
])('%s (%s, right PIN %s) allows it: %s', (_what, operator, correct, why) => {
  const decision = bySecondPerson(OPEN, checked(operator, correct), (state, approver) =>
    stay({ ...state, message: message('allowed', { approver }) }),
  )
  expect(decision.state.message?.key).toBe(why ?? 'allowed')
  expect(decision.state.message?.params['approver']).toBe(why === null ? operator : undefined)
  expect(decision.state.tone).toBe(why === null ? OPEN.tone : 'refused')
  const wrong = correct || operator === '77' ? 0 : 1
  expect(decision.state.operators.map(({ wrongTries }) => wrongTries)).toEqual([0, 0, wrong, 0])
})

const { order } = attemptOf('sale', '000077')
const waiting = (approver?: string): Extract<Step, { kind: 'handOver' }> => ({
  kind: 'handOver',
  order: approver === undefined ? order : { ...order, approver },
  typed: '12',
})

test.each([
  [undefined, undefined],
  ['00', '00'],
  // Nobody allows what they ask for themselves.
  ['02', undefined],
])('who takes over is the operator; what %s had allowed is then allowed by %s', (before, after) => {
  const { state } = onHandOverChecked(OPEN, waiting(before), checked('02'))
  const taken = { ...order, operator: '02', ...(after === undefined ? {} : { approver: after }) }
  expect(state).toMatchObject({ session: { operator: '02', role: 'cashier' }, tone: 'confirmed' })
  expect(state.step).toEqual({ kind: 'confirmAmount', order: taken, typed: '12' })
})

test('a wrong PIN takes nothing over, and whoever thinks better of it has the sale as it was', () => {
  const page: TerminalState = { ...OPEN, step: waiting() }
  const wrong = onHandOverChecked(page, waiting(), checked('02', false)).state
  expect(wrong).toMatchObject({ session: CASHIER, step: waiting(), tone: 'refused' })
  expect(wrong.message?.key).toBe('signIn.wrong')
  const back = onHandOverKey(page, waiting('00'), 'cancel').state
  expect(back.step).toEqual({ ...waiting('00'), kind: 'confirmAmount' })
  expect(onHandOverKey(page, waiting(), 'confirm').refused).toBe('keyHasNoMeaningHere')
})

test('a technician nobody knows is refused; a known one counts alone', () => {
  const tried = (operator: string) =>
    onTechnicianChecked(OPEN, {
      type: 'technicianChecked',
      at: NOON,
      operator,
      correct: false,
    })
  expect(tried('77').refused).toBe('unknownOperator')
  expect(tried('00').state.operators.map(({ wrongTries }) => wrongTries)).toEqual([0, 0, 1, 0])
})

const GIVING: Extract<Step, { kind: 'badge' }> = { kind: 'badge', operator: null, typed: '' }
const HOLDING = { ...GIVING, operator: '03' }
const APPROVING: Extract<Step, { kind: 'approve' }> = { kind: 'approve', order, typed: '12' }
const APPROVING_BATCH: Step = { kind: 'approveBatch', lines: [] }

test('the scanner is lit for a card where one may be shown, and where the shop has cards', () => {
  const asks = (step: Step, setup = OPEN.setup) => asksForBadge({ ...OPEN, setup, step })
  expect([APPROVING, APPROVING_BATCH, HOLDING].map((step) => asks(step))).toEqual([
    true,
    true,
    true,
  ])
  expect([GIVING, OPEN.step].map((step) => asks(step))).toEqual([false, false])
  expect(asks(APPROVING, SETUP)).toBe(false)
})

test('whose card it is is keyed by those who answer for the shop', () => {
  for (const session of [CASHIER, null])
    expect(askForBadge({ ...OPEN, session }).state).toMatchObject({
      message: message('badge.notAllowed'),
      tone: 'refused',
      step: OPEN.step,
    })
  const asked = askForBadge({ ...OPEN, session: SUPERVISOR }).state
  expect(asked).toMatchObject({ step: GIVING, message: message('badge.whose'), tone: 'key' })
  const typed = onBadgeKey(asked, { ...GIVING, typed: '0' }, '3').state
  expect(typed).toMatchObject({ step: { ...GIVING, typed: '03' }, tone: 'key' })
  expect(onBadgeKey(asked, { ...GIVING, typed: '03' }, '1').refused).toBe('keyHasNoMeaningHere')
  expect(onBadgeKey(asked, { ...GIVING, typed: '77' }, 'confirm').state).toMatchObject({
    message: message('badge.noSuchPerson'),
    tone: 'refused',
  })
  expect(onBadgeKey(asked, { ...GIVING, typed: '03' }, 'confirm').state).toMatchObject({
    step: { ...HOLDING, typed: '03' },
    message: message('badge.hold', { operator: '03' }),
  })
  expect(onBadgeKey(asked, HOLDING, '1').refused).toBe('keyHasNoMeaningHere')
  expect(onBadgeKey(asked, HOLDING, 'cancel').state.step).toEqual({ kind: 'amount', typed: '' })
})

const scanned = (change: object) =>
  ({ type: 'codeRefused', at: NOON, why: 'URL', digits: 12, fingerprint: 'K1', ...change }) as const
const badges = (state: TerminalState) => state.operators.map(({ badge }) => badge)

test('a card is given to one person, and nobody else loses or shares one', () => {
  const given = onBadgeScanned(OPEN, HOLDING, scanned({})).state
  expect(badges(given)).toEqual([undefined, undefined, 'K0', 'K1'])
  expect(given.message).toEqual(message('badge.given', { operator: '03' }))
  const taken = onBadgeScanned(OPEN, HOLDING, scanned({ fingerprint: 'K0' })).state
  expect([taken.message, taken.tone]).toEqual([
    message('badge.taken', { operator: '00' }),
    'refused',
  ])
  const own = onBadgeScanned(OPEN, { ...GIVING, operator: '00' }, scanned({ fingerprint: 'K0' }))
  expect(badges(own.state)).toEqual(badges(OPEN))
  expect(own.state.message?.key).toBe('badge.given')
  const away = onBadgeKey(OPEN, { ...GIVING, operator: '00' }, 'clear').state
  expect(badges(away)).toEqual([undefined, undefined, undefined, undefined])
  expect(away.message).toEqual(message('badge.removed', { operator: '00' }))
  expect(onBadgeScanned(OPEN, GIVING, scanned({})).refused).toBe('notAskedFor')
})

test.each([
  ['a slip of ours', { fingerprint: 'K0', record: null }],
  ['a receive code', { fingerprint: 'K0', payee: 'wechat' }],
  ['what could not be read', { fingerprint: undefined }],
])('%s is no staff card, whoever it is like', (_what, change) => {
  expect(onBadgeScanned(OPEN, HOLDING, scanned(change)).state).toMatchObject({
    message: message('badge.noCard'),
    tone: 'refused',
    operators: PEOPLE,
  })
  expect(onBadgeScanned(OPEN, APPROVING, scanned(change)).state).toMatchObject({
    message: message('badge.unknown'),
    tone: 'refused',
  })
})

test('a card names who is about to allow something, and allows nothing', () => {
  const named = onBadgeScanned(OPEN, APPROVING, scanned({ fingerprint: 'K0' })).state
  expect(named.step).toEqual({ ...APPROVING, badge: '00' })
  expect([named.message, named.tone]).toEqual([message('badge.pin', { operator: '00' }), 'read'])
  const code = { handle: 'code-1', channel: 'wechat', masked: '', fingerprint: 'F1' } as const
  const phone = onPaymentCodeAsBadge(OPEN, code)
  expect([phone.state.message?.key, phone.state.tone, phone.effects]).toEqual([
    'badge.noCard',
    'refused',
    [{ do: 'forgetTender', handle: 'code-1' }],
  ])
})

test.each([
  ['optional', undefined, null],
  ['required', undefined, 'badge.needed'],
  ['required', '00', null],
  ['optional', '03', 'badge.otherPerson'],
] as const)('cards are %s, shown is that of %s, and 00 enters a PIN: %s', (badge, shown, why) => {
  const setup = { ...SETUP, badge }
  const step = shown === undefined ? APPROVING : { ...APPROVING, badge: shown }
  const said = badgeObjection({ ...OPEN, setup }, step, '00')
  expect(said).toEqual(
    why === null ? null : message(why, why === 'badge.otherPerson' ? { operator: '03' } : {}),
  )
})
