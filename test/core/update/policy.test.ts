/** One reason at a time: each of them alone keeps an update away, and without any of them it may begin. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { objectionsAtRest, updateObjections } from '#core/update/policy.ts'

/** 2026-11-22 03:00 in China. */
const NIGHT = Date.UTC(2026, 10, 21, 19)
const WINDOW = { from: '02:00', to: '05:00' }

const idle: TerminalState = { ...initialState(), step: { kind: 'signIn' } }
const wait = { startedAt: 0, deadlineAt: 1 }
const order = { id: '1', amountMinor: minor(100) } as const

function objections(change: Partial<Record<keyof TerminalState, unknown>>, wallMs = NIGHT) {
  return updateObjections(Object.assign({ ...idle }, change), { wallMs, window: WINDOW })
}

test('at night, with nothing owed and nobody there, an update may begin', () => {
  expect(objections({})).toEqual([])
  expect(objections({ step: { kind: 'amount', typed: '' } })).toEqual([])
})

test.each([
  ['attemptOpen', { step: { kind: 'pin', order, typed: '', attempt: {}, wait } }],
  ['attemptOpen', { step: { kind: 'authorizing', attempt: {}, cancelAsked: false, wait } }],
  ['attemptOpen', { step: { kind: 'completing', attempt: {}, reply: {}, wait } }],
  ['attemptOpen', { step: { kind: 'querying', attempt: {}, isPaying: false, wait } }],
  ['attemptOpen', { step: { kind: 'reversing', attempt: {}, why: {}, wait } }],
  ['attemptOpen', { step: { kind: 'settling', wait } }],
  ['orderOpen', { step: { kind: 'amount', typed: '12' } }],
  ['orderOpen', { step: { kind: 'confirmAmount', order, typed: '' } }],
  ['orderOpen', { step: { kind: 'present', order, typed: '', read: 1, reading: true, wait } }],
  ['orderOpen', { step: { kind: 'a step of a later day' } }],
  ['counterInUse', { step: { kind: 'records' } }],
  ['counterInUse', { step: { kind: 'result' } }],
  ['reversalOwed', { reversal: {} }],
  ['refundInDoubt', { advice: {} }],
  ['batchOpen', { inBatch: 1 }],
  ['batchOpen', { settlement: {} }],
  ['slipsOwed', { slips: [{}] }],
  ['signatureOwed', { signing: {} }],
])('no update: %s (%j)', (reason, change) => {
  expect(objections(change)).toEqual([reason])
})

test('slips that are on paper, or that somebody said are there, keep no update away; any other does', () => {
  const withSlip = (state: string) => objections({ slips: [{ state }] })
  expect([withSlip('printed'), withSlip('waived')]).toEqual([[], []])
  for (const state of ['queued', 'printing', 'awaitingTear', 'owed', 'unsure'])
    expect(withSlip(state)).toEqual(['slipsOwed'])
})

test.each([
  ['01:59', ['businessHours']],
  ['02:00', []],
  ['04:59', []],
  ['05:00', ['businessHours']],
  ['12:00', ['businessHours']],
])('at %s: %j', (time, expected) => {
  expect(objections({}, Date.parse(`2026-11-22T${time}:00+08:00`))).toEqual(expected)
})

test('a window may pass midnight, and one without an end is always open', () => {
  const at = (time: string, window: { from: string; to: string }) =>
    updateObjections(idle, { wallMs: Date.parse(`2026-11-22T${time}:00+08:00`), window })
  const overnight = { from: '23:00', to: '04:00' }
  expect(at('23:30', overnight)).toEqual([])
  expect(at('03:59', overnight)).toEqual([])
  expect(at('04:00', overnight)).toEqual(['businessHours'])
  expect(at('12:00', { from: '00:00', to: '00:00' })).toEqual([])
})

test('several reasons are all named', () => {
  expect(objections({ reversal: {}, inBatch: 3, slips: [{}] })).toEqual([
    'reversalOwed',
    'batchOpen',
    'slipsOwed',
  ])
})

test('a terminal that is switched off owes what it owed; only its counter is free', () => {
  const off = (change: object) =>
    objectionsAtRest(Object.assign({ ...idle }, change), { wallMs: NIGHT, window: WINDOW })
  expect(off({ step: { kind: 'confirmAmount', order, typed: '' } })).toEqual([])
  expect(off({ step: { kind: 'records' } })).toEqual([])
  expect(off({ step: { kind: 'authorizing', attempt: {} } })).toEqual(['attemptOpen'])
  expect(off({ reversal: {} })).toEqual(['reversalOwed'])
})
