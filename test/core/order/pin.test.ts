/** The PIN: every way out of it without one ends before anything is sent. */
import { expect, test } from 'vitest'
import { onPinEnded, onPinEntered, stopPin } from '#core/order/decide-pin.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import { ATTEMPT as SALE } from '../attempts.ts'
import { aSale } from '../two-people.ts'

const ATTEMPT: Attempt = { ...SALE, order: { ...SALE.order, id: 9 }, stan: '000009' }
const STEP: Extract<Step, { kind: 'pin' }> = {
  kind: 'pin',
  order: ATTEMPT.order,
  typed: '38',
  attempt: ATTEMPT,
  wait: { startedAt: 0, deadlineAt: 0 },
}
const AT_PAD: TerminalState = { ...aSale().state, step: STEP }

test('entered, or passed over by a card that has none: the request says which', () => {
  const entered = onPinEntered(AT_PAD, { type: 'pinEntered', at: 0, stan: '000009' })
  expect(entered.state.step).toMatchObject({ kind: 'authorizing', attempt: { withPin: true } })
  const passed = onPinEnded(AT_PAD, {
    type: 'pinEnded',
    at: 0,
    stan: '000009',
    why: 'bypassed',
    trouble: null,
  })
  expect(passed.state.step).toMatchObject({ kind: 'authorizing', attempt: { withPin: false } })
})

test.each([
  ['cancelled', null, 'pin.cancelled'],
  ['timedOut', null, 'pin.timedOut'],
  ['deviceFailed', null, 'pin.padGone'],
  ['deviceFailed', 'gone', 'pin.padGone'],
  ['deviceFailed', 'tampered', 'pin.tampered'],
  ['deviceFailed', 'keyMissing', 'pin.keyMissing'],
] as const)('%s (%s): nothing is sent, and the page says %s', (why, trouble, said) => {
  const event = { type: 'pinEnded', at: 0, stan: '000009', why, trouble } as const
  const { effects, state } = onPinEnded(AT_PAD, event)
  expect(state.step).toMatchObject({ kind: 'result', outcome: 'notPaid', mayTryAgain: true })
  expect(state.message?.key).toBe(said)
  expect(effects.map((one) => one.do)).toEqual(['forgetTender'])
})

test('the word of a pad about another payment, or about none, is nobody’s', () => {
  for (const [from, stan] of [
    [AT_PAD, '000008'],
    [aSale().state, '000009'],
  ] as const) {
    expect(onPinEntered(from, { type: 'pinEntered', at: 0, stan }).refused).toBe('notAskedFor')
    const ended = onPinEnded(from, {
      type: 'pinEnded',
      at: 0,
      stan,
      why: 'bypassed',
      trouble: null,
    })
    expect(ended.refused).toBe('notAskedFor')
  }
})

test('who stops it tells the pad first', () => {
  const { effects, state } = stopPin(AT_PAD, STEP, 'card.removed')
  expect(effects.map((one) => one.do)).toEqual(['cancelPin', 'forgetTender'])
  expect(state.message?.key).toBe('card.removed')
})
