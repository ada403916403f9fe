/** Who may try, who is locked and for how long, and that nobody is signed in before the first page asked. */
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { afterCheck, isLocked, type OperatorAccount } from '#core/operator/account.ts'
import {
  askForPeople,
  checkAccount,
  onChecked,
  onPinChosen,
  onPinRefused,
  signOut,
} from '#core/operator/decide.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { NOON } from '../counter.ts'
import { openState } from '../link/at-rest.ts'

const HALF_HOUR = 30 * 60_000
const ACCOUNT: OperatorAccount = {
  number: '01',
  role: 'cashier',
  credential: 'salt:hash',
  wrongTries: 0,
  lockedUntil: 0,
}
const OTHER: OperatorAccount = { ...ACCOUNT, number: '02', role: 'supervisor' }
const OPEN: TerminalState = { ...openState(), operators: [ACCOUNT, OTHER] }
const withAccount = (change: Partial<OperatorAccount>): TerminalState => ({
  ...OPEN,
  session: null,
  step: { kind: 'signIn' },
  operators: [{ ...ACCOUNT, ...change }, OTHER],
})
const checked = (operator: string, correct: boolean, at = NOON) =>
  ({ type: 'operatorChecked', at, page: '', operator, correct }) as const

test.each([
  ['never', 0, false],
  ['until just now', NOON, false],
  ['a moment more', NOON + 1, true],
  ['half an hour', NOON + HALF_HOUR, true],
  ['longer than any lock, because the clock was wrong', NOON + HALF_HOUR + 1, false],
])('locked %s: %i: %s', (_what, lockedUntil, is) => {
  expect(isLocked({ ...ACCOUNT, lockedUntil }, NOON)).toBe(is)
})

test('the fifth wrong try locks for half an hour and begins the count anew; a right one forgets the wrong ones', () => {
  const after = (wrongTries: number, correct: boolean) =>
    afterCheck({ ...ACCOUNT, wrongTries, lockedUntil: NOON - 1 }, correct, NOON)
  expect(after(3, false)).toMatchObject({ wrongTries: 4, lockedUntil: NOON - 1 })
  expect(after(4, false)).toMatchObject({ wrongTries: 0, lockedUntil: NOON + HALF_HOUR })
  expect(after(4, true)).toMatchObject({ wrongTries: 0, lockedUntil: 0 })
  const locked = { ...ACCOUNT, wrongTries: 2, lockedUntil: NOON + 1 }
  expect([afterCheck(locked, true, NOON), afterCheck(locked, false, NOON)]).toEqual([
    locked,
    locked,
  ])
})

test.each<[string, string, boolean, Partial<OperatorAccount>, unknown]>([
  ['a wrong PIN', '01', false, {}, message('signIn.wrong', { tries: '4' })],
  ['the third', '01', false, { wrongTries: 2 }, message('signIn.wrong', { tries: '2' })],
  ['the fifth', '01', false, { wrongTries: 4 }, message('signIn.locked', { minutes: '30' })],
  // As a wrong PIN, so that numbers cannot be guessed.
  ['nobody', '77', true, {}, message('signIn.wrong', { tries: '4' })],
  [
    'the right PIN of a locked one',
    '01',
    true,
    { lockedUntil: NOON + 60_001 },
    message('signIn.locked', { minutes: '2' }),
  ],
  ['the right PIN', '01', true, {}, null],
])('%s: %s %s (%j)', (_what, operator, correct, account, said) => {
  const judged = checkAccount(withAccount(account), checked(operator, correct))
  expect(judged.account === null ? judged.telling : null).toEqual(said)
  expect(judged.state.operators[1]).toBe(OTHER)
  const onPage = onChecked(withAccount(account), checked(operator, correct))
  expect(onPage.state).toMatchObject(
    said === null
      ? {
          session: { operator: '01', role: 'cashier' },
          step: { kind: 'amount', typed: '' },
          tone: 'confirmed',
        }
      : { session: null, step: { kind: 'signIn' }, message: said, tone: 'refused' },
  )
})

test('PINs count where they are asked for, and nowhere else', () => {
  expect(onChecked(OPEN, checked('01', true)).refused).toBe('notAskedFor')
  expect(onPinRefused(OPEN).refused).toBe('notAskedFor')
  const choosing: TerminalState = { ...OPEN, step: { kind: 'setPin', operator: '01' } }
  expect(onPinRefused(choosing).state).toMatchObject({
    message: message('setPin.tooSimple'),
    tone: 'refused',
  })
  const chosen = { type: 'operatorPinChosen', at: NOON, page: '', credential: 'new' } as const
  for (const state of [OPEN, choosing])
    expect(onPinChosen(state, { ...chosen, operator: '02' }).refused).toBe('notAskedFor')
  expect(onPinChosen(OPEN, { ...chosen, operator: '01' }).refused).toBe('notAskedFor')
})

test('whoever has no PIN chooses one first, one after the other, and then somebody signs in', () => {
  const fresh: TerminalState = {
    ...OPEN,
    operators: [ACCOUNT, OTHER].map((one) => ({ ...one, credential: null })),
  }
  const first = askForPeople(fresh, message('order.unsent'))
  expect(first.state).toMatchObject({
    step: { kind: 'setPin', operator: '01' },
    message: message('order.unsent'),
  })
  const choose = (state: TerminalState, operator: string) =>
    onPinChosen(state, {
      type: 'operatorPinChosen',
      at: NOON,
      page: '',
      operator,
      credential: `of ${operator}`,
    }).state
  const second = choose(first.state, '01')
  expect(second).toMatchObject({ step: { kind: 'setPin', operator: '02' }, message: null })
  const last = choose(second, '02')
  expect(last.step).toEqual({ kind: 'signIn' })
  expect(last.operators.map(({ credential }) => credential)).toEqual(['of 01', 'of 02'])
})

test('nobody is signed in any more once people are asked for, also where a newcomer chooses a PIN first', () => {
  expect(OPEN.session).not.toBeNull()
  expect(signOut(OPEN).state).toMatchObject({ session: null, step: { kind: 'signIn' } })
  const newcomer = { ...OPEN, operators: [ACCOUNT, { ...OTHER, credential: null }] }
  expect(askForPeople(newcomer, null).state).toMatchObject({
    session: null,
    step: { kind: 'setPin', operator: '02' },
  })
})
