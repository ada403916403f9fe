/** The shop's own sticker, rule by rule: when a look is due, what it finds, who may say that a foreign one is gone. */
import { expect, test } from 'vitest'
import {
  askForSticker,
  clearSticker,
  onPaymentCodeAsSticker,
  onStickerKey,
  onStickerRead,
  stickerFirst,
} from '#core/payee/decide.ts'
import { isStickerDue, mayClear, stickerItems } from '#core/payee/sticker.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON } from '../counter.ts'
import { aSale } from '../two-people.ts'

const home = aSale().state
const SHOP: TerminalState = { ...home, at: NOON, setup: { ...home.setup, payee: { daily: true } } }
const BLIND: TerminalState = {
  ...SHOP,
  devices: { ...SHOP.devices, qrScanner: { device: 'qrScanner', troubles: ['gone'] } },
}
const DAY_MS = 86_400_000
const ASKED: Extract<Step, { kind: 'checkSticker' }> = { kind: 'checkSticker', found: 'nothing' }
const ALARM: Extract<Step, { kind: 'checkSticker' }> = { kind: 'checkSticker', found: 'foreign' }
const page = ({ state: { message, step, tone } }: Decision) => [step.kind, message?.key, tone]
const setup = (change: Partial<TerminalState['setup']>) => ({
  ...SHOP,
  setup: { ...SHOP.setup, ...change },
})
const looked = (checkedAt: number) => ({ ...SHOP, sticker: { checkedAt, wrongSince: 0 } })
const found = (state: TerminalState, payee?: 'own' | 'foreign', step = ASKED): Decision => {
  const event = { type: 'codeRefused', at: NOON, why: 'PAYEE_CODE_WECHAT', digits: 40 } as const
  return onStickerRead({ ...state, step }, step, payee === undefined ? event : { ...event, payee })
}

test.each<[string, TerminalState, boolean]>([
  ['never looked at', SHOP, true],
  ['looked at today', looked(NOON - 1), false],
  ['looked at yesterday', looked(NOON - DAY_MS), true],
  ['looked at tomorrow, by a clock that has gone back', looked(NOON + DAY_MS), true],
  ['the scanner is gone', BLIND, false],
  ['a drill', setup({ drill: true }), false],
  ['no daily look is wanted', setup({ payee: { daily: false } }), false],
])('the look of the day is due: %s', (_what, state, due) => {
  expect(isStickerDue(state)).toBe(due)
  const first = stickerFirst({ state, effects: [], refused: null })
  expect(first.state.step.kind).toBe(due ? 'checkSticker' : 'amount')
})

test('no look without a code to compare with, and none behind a page where somebody waits', () => {
  const { payee: _payee, ...unset } = SHOP.setup
  expect(isStickerDue({ ...SHOP, setup: unset })).toBe(false)
  const busy: TerminalState = { ...SHOP, step: { kind: 'menu', sheet: 0 } }
  expect(stickerFirst({ state: busy, effects: [], refused: null }).state).toBe(busy)
  expect(page(askForSticker({ ...SHOP, setup: unset }))).toEqual([
    'amount',
    'sticker.notConfigured',
    'refused',
  ])
})

test('the look begins with a question, or says that nothing reads', () => {
  expect(page(askForSticker(SHOP))).toEqual(['checkSticker', 'sticker.ask', 'key'])
  expect(askForSticker(SHOP).state.step).toEqual(ASKED)
  expect(page(askForSticker(BLIND))).toEqual(['amount', 'sticker.noScanner', 'refused'])
})

test('our own is right, unless a foreign one was seen; what is neither says nothing', () => {
  const wrong = { ...SHOP, sticker: { checkedAt: 0, wrongSince: 7 } }
  expect(page(found(SHOP, 'own'))).toEqual(['amount', 'sticker.right', null])
  expect(found(SHOP, 'own').state.sticker).toEqual({ checkedAt: NOON, wrongSince: 0 })
  expect(page(found(wrong, 'own'))).toEqual(['amount', 'sticker.rightButStanding', null])
  expect(found(wrong, 'own').state.sticker).toEqual({ checkedAt: NOON, wrongSince: 7 })
  expect(page(found(SHOP))).toEqual(['checkSticker', 'sticker.unreadable', 'refused'])
  expect(found(SHOP).state.sticker).toBeUndefined()
})

test('a foreign one is an alarm since it was first seen', () => {
  expect(page(found(SHOP, 'foreign'))).toEqual(['checkSticker', 'sticker.foreign', 'fail'])
  expect(found(SHOP, 'foreign').state).toMatchObject({ step: ALARM, sticker: { wrongSince: NOON } })
  const wrong = { ...SHOP, sticker: { checkedAt: 0, wrongSince: 7 } }
  expect(found(wrong, 'foreign').state.sticker?.wrongSince).toBe(7)
  expect(found(SHOP, 'own', ALARM).refused).toBe('notAskedFor')
})

test.each<[string, typeof ASKED, Key, string | null]>([
  ['the look is put off', ASKED, 'cancel', 'sticker.putOff'],
  ['it is not confirmed away', ASKED, 'confirm', null],
  ['the alarm is understood', ALARM, 'confirm', 'sticker.standing'],
  ['it is not put off', ALARM, 'cancel', null],
])('%s', (_what, step, key, said) => {
  const decision = onStickerKey({ ...SHOP, message: null, step }, step, key)
  expect(decision.state.message?.key ?? null).toBe(said)
  expect(decision.state.step.kind).toBe(said === null ? 'checkSticker' : 'amount')
  expect(decision.refused).toBe(said === null ? 'keyHasNoMeaningHere' : null)
})

test('a customer’s code is named and forgotten', () => {
  const code = { handle: 'code-1', channel: 'wechat', masked: '6741', fingerprint: 'F1' } as const
  const decision = onPaymentCodeAsSticker({ ...SHOP, step: ASKED }, code)
  expect(page(decision)).toEqual(['checkSticker', 'sticker.paymentCode', 'refused'])
  expect(decision.effects).toEqual([{ do: 'forgetTender', handle: 'code-1' }])
})

const WRONG: TerminalState = { ...SHOP, sticker: { checkedAt: 3, wrongSince: 7 } }
const as = (role: 'cashier' | 'supervisor' | 'administrator'): TerminalState => ({
  ...WRONG,
  session: { operator: '00', role },
})

test('the alarm stands on the open list until somebody who answers for the shop has taken the foreign one away', () => {
  expect(stickerItems(SHOP)).toEqual([])
  expect(stickerItems(WRONG)).toEqual([
    {
      id: 'sticker',
      message: { key: 'sticker.standing', params: {} },
      options: ['checkSticker', 'clearSticker', 'moneyWent'],
    },
  ])
  for (const state of [as('cashier'), { ...WRONG, session: null }]) {
    expect(page(clearSticker(state))).toEqual(['amount', 'sticker.supervisorClears', 'refused'])
    expect(clearSticker(state).state.sticker).toEqual(WRONG.sticker)
  }
  const cleared = clearSticker(as('supervisor')).state
  expect(cleared.message).toEqual({ key: 'sticker.cleared', params: { operator: '00' } })
  expect(cleared.sticker).toEqual({ checkedAt: 3, wrongSince: 0 })
  expect(clearSticker(SHOP).refused).toBe('nothingOwed')
  expect([mayClear('administrator'), mayClear('cashier')]).toEqual([true, false])
})
