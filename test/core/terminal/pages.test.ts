/** What each page makes of a key and of an entry: the way out is on every page that may be left, and a page that waits takes neither. */
import { expect, test } from 'vitest'
import { armReversal } from '#core/reversal/decide.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { onKey } from '#core/terminal/on-key.ts'
import { onOption } from '#core/terminal/on-option.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON } from '../counter.ts'
import { attemptOf, openTerminal } from '../recovery/found-states.ts'

const OPEN = openTerminal()
const SALE = attemptOf('sale', '000077')
const { order } = SALE
const [record] = OPEN.recent
if (record === undefined) throw new Error('nothing was sold')
const wait = { startedAt: NOON, deadlineAt: NOON }
const on = { order, typed: '12' }
const CODE = { handle: 'c', channel: 'wechat', masked: '6741', fingerprint: 'F1' } as const
const RESULT: Step = {
  kind: 'result',
  outcome: 'notPaid',
  order,
  record: record.id,
  trace: '000001',
  channel: 'card',
  last4: '0012',
  mayTryAgain: true,
}
const OTHER = { fingerprint: 'C2', last4: '0099' }
const PRESENT: Step = { kind: 'present', ...on, read: 1, reading: true, wait }
const QUERY = {
  attempt: SALE,
  out: '000078',
  tries: 1,
  waitedMs: 0,
  cancelAsked: false,
  cancelsBeforeHelp: 3,
}
const ASKED: TerminalState = { ...OPEN, reversal: { ...armReversal(SALE, QUERY), state: 'asking' } }

/** Where it leads, or why it does nothing. */
function shown({ refused, state }: Decision): string {
  const said = state.message === null ? '' : `: ${state.message.key}`
  return refused ?? `${state.step.kind}${said}`
}

const MAY_BE_LEFT: readonly Step[] = [
  { kind: 'amount', typed: '12' },
  { kind: 'confirmAmount', ...on },
  { kind: 'lookAtAmount', ...on, wait },
  { kind: 'rekeyAmount', ...on, again: '1' },
  RESULT,
  { kind: 'menu', sheet: 0 },
  { kind: 'findOriginal', purpose: 'void', typed: '12' },
  { kind: 'enterAmount', transaction: 'preAuth', original: null, typed: '12' },
  { kind: 'totals', purpose: 'settle', batch: '000001', lines: [] },
  { kind: 'reviewRefunds', lines: [], seen: [] },
  { kind: 'approveBatch', lines: [] },
  { kind: 'approveDrill' },
  { kind: 'parameters' },
  { kind: 'approve', ...on },
  { kind: 'badge', operator: null, typed: '1' },
  { kind: 'whatWasWrong', original: record },
  { kind: 'records' },
  { kind: 'searchRecords', by: null, typed: '' },
  { kind: 'proveReprint', record, typed: '' },
  { kind: 'openItems' },
  { kind: 'incident', of: null, original: null, typed: '' },
  { kind: 'judgeCode' },
  { kind: 'closeIncident', id: '' },
]
const WAITS: readonly Step[] = [
  { kind: 'starting' },
  { kind: 'setPin', operator: '01' },
  { kind: 'signIn' },
  { kind: 'clearingDebt', ...on, wait },
  { kind: 'settling', wait },
  { kind: 'completing', attempt: SALE, reply: { mti: '0210', mac: 'good', fields: {} }, wait },
  { kind: 'reversing', attempt: SALE, why: { key: '', params: {} }, wait },
]

const ASKS: readonly Step[] = [
  { kind: 'handOver', ...on },
  PRESENT,
  { kind: 'confirmCode', ...on, code: CODE, why: '' },
  { kind: 'pin', ...on, attempt: SALE, wait },
  { kind: 'authorizing', attempt: SALE, cancelAsked: false, wait },
  { kind: 'querying', attempt: SALE, isPaying: false, wait },
  { kind: 'checkSticker', found: 'nothing' },
]

test.each(MAY_BE_LEFT)('cancel leads home from the page $kind', (step) => {
  expect(shown(onKey({ ...OPEN, step }, 'cancel'))).toBe('amount')
})

test.each(WAITS)('on the page $kind there is nothing to press', (step) => {
  for (const key of ['cancel', 'confirm', '1', 'menu'] as const)
    expect(onKey({ ...OPEN, step }, key).refused).toBe('keyHasNoMeaningHere')
})

test.each<[Step, Key, string]>([
  [{ kind: 'amount', typed: '12' }, 'menu', 'menu'],
  [{ kind: 'confirmAmount', ...on }, 'confirm', 'present'],
  [{ kind: 'confirmAmount', ...on }, 'menu', 'handOver: handOver.ask'],
  [{ kind: 'handOver', ...on }, 'cancel', 'confirmAmount'],
  [{ kind: 'handOver', ...on }, 'backspace', 'keyHasNoMeaningHere'],
  [{ kind: 'lookAtAmount', ...on, wait }, 'backspace', 'amount'],
  [{ kind: 'lookAtAmount', ...on, wait }, 'confirm', 'keyHasNoMeaningHere'],
  [{ kind: 'rekeyAmount', ...on, again: '1' }, 'confirm', 'amount: amount.differs'],
  [PRESENT, 'cancel', 'amount: present.cancelled'],
  [PRESENT, 'confirm', 'keyHasNoMeaningHere'],
  [{ kind: 'confirmCode', ...on, code: CODE, why: '' }, 'confirm', 'authorizing'],
  [{ kind: 'confirmCode', ...on, code: CODE, why: '' }, 'cancel', 'present'],
  [{ kind: 'confirmCode', ...on, code: CODE, why: '' }, '1', 'keyHasNoMeaningHere'],
  [{ kind: 'pin', ...on, attempt: SALE, wait }, 'cancel', 'result: pin.cancelled'],
  [{ kind: 'pin', ...on, attempt: SALE, wait }, 'confirm', 'keyHasNoMeaningHere'],
  [
    { kind: 'authorizing', attempt: SALE, cancelAsked: false, wait },
    'cancel',
    'authorizing: cancel.willReverse',
  ],
  [
    { kind: 'authorizing', attempt: SALE, cancelAsked: false, wait },
    'confirm',
    'keyHasNoMeaningHere',
  ],
  [
    { kind: 'querying', attempt: SALE, isPaying: false, wait },
    'cancel',
    'querying: cancel.willReverse',
  ],
  [{ kind: 'querying', attempt: SALE, isPaying: false, wait }, 'confirm', 'keyHasNoMeaningHere'],
  [RESULT, 'confirm', 'amount'],
  [{ kind: 'menu', sheet: 0 }, '1', 'amount: slip.reprinting'],
  [{ kind: 'findOriginal', purpose: 'void', typed: '1' }, '1', 'findOriginal'],
  [
    { kind: 'enterAmount', transaction: 'preAuth', original: null, typed: '12' },
    'confirm',
    'confirmAmount: preAuth.confirm',
  ],
  [{ kind: 'whatWasWrong', original: record }, '1', 'enterAmount: correct.rightAmount'],
  [{ kind: 'judgeCode' }, '1', 'optionNotOffered'],
  [{ kind: 'closeIncident', id: '' }, '1', 'optionNotOffered'],
  [{ kind: 'checkSticker', found: 'nothing' }, 'cancel', 'amount: sticker.putOff'],
  [
    { kind: 'totals', purpose: 'settle', batch: '000001', lines: [] },
    'confirm',
    'totals: settle.nothing',
  ],
  [{ kind: 'searchRecords', by: null, typed: '' }, '1', 'searchRecords: search.amount'],
  [{ kind: 'badge', operator: null, typed: '1' }, 'confirm', 'badge: badge.noSuchPerson'],
  [{ kind: 'proveReprint', record, typed: '' }, 'confirm', 'proveReprint: reprint.doesNotFit'],
  [{ kind: 'incident', of: null, original: null, typed: '' }, '1', 'keyHasNoMeaningHere'],
  [{ kind: 'records' }, 'confirm', 'keyHasNoMeaningHere'],
  [{ kind: 'approve', ...on }, 'confirm', 'keyHasNoMeaningHere'],
])('on the page %j the key %s: %s', (step, key, leads) => {
  expect(shown(onKey({ ...(step.kind === 'querying' ? ASKED : OPEN), step }, key))).toBe(leads)
})

test.each<[Step, string, string]>([
  [RESULT, 'retry', 'present'],
  [
    { ...PRESENT, order: attemptOf('refund', '000077').order, other: OTHER },
    'cardReplaced',
    'approve: approve.cardReplaced',
  ],
  [{ kind: 'menu', sheet: 0 }, 'next', 'menu'],
  [{ kind: 'records' }, 'back', 'amount'],
  [{ kind: 'records' }, 'search', 'searchRecords: search.by'],
  [{ kind: 'amount', typed: '' }, 'reprintLast', 'amount: slip.reprinting'],
  [{ kind: 'amount', typed: '' }, 'back', 'optionNotOffered'],
  [{ kind: 'whatWasWrong', original: record }, 'cannotMend', 'incident: incident.which'],
  [{ kind: 'findOriginal', purpose: 'void', typed: '' }, 'back', 'amount'],
  [{ kind: 'findOriginal', purpose: 'void', typed: '' }, 'other', 'optionNotOffered'],
  [{ kind: 'searchRecords', by: null, typed: '' }, 'back', 'amount'],
  [{ kind: 'searchRecords', by: null, typed: '' }, 'byAmount', 'searchRecords: search.amount'],
  [{ kind: 'proveReprint', record, typed: '' }, 'back', 'amount'],
  [{ kind: 'proveReprint', record, typed: '' }, 'reprint', 'optionNotOffered'],
  [{ kind: 'incident', of: null, original: null, typed: '' }, 'back', 'amount'],
  [{ kind: 'judgeCode' }, 'back', 'optionNotOffered'],
  [{ kind: 'closeIncident', id: '' }, 'back', 'amount'],
  [{ kind: 'reviewRefunds', lines: [], seen: [] }, 'back', 'amount'],
  [{ kind: 'reviewRefunds', lines: [], seen: [] }, 'settle', 'settling'],
  [{ kind: 'openItems' }, 'back', 'amount'],
  [{ kind: 'openItems', leaving: true }, 'signOut', 'signIn'],
  [{ kind: 'badge', operator: null, typed: '' }, 'back', 'optionNotOffered'],
  [{ kind: 'totals', purpose: 'settle', batch: '000001', lines: [] }, 'back', 'optionNotOffered'],
  [{ kind: 'confirmAmount', ...on }, 'retry', 'optionNotOffered'],
])('on the page %j the entry %s: %s', (step, option, leads) => {
  expect(shown(onOption({ ...OPEN, step }, option, ''))).toBe(leads)
})

test.each([...MAY_BE_LEFT, ...WAITS, ...ASKS])(
  'on the page $kind nothing is chosen that stands nowhere',
  (step) => {
    expect(onOption({ ...OPEN, step }, 'nothing', '').refused).toBe('optionNotOffered')
  },
)

test('the key that looks a number up looks up what was typed', () => {
  const find: Step = { kind: 'findOriginal', purpose: 'void', typed: '77' }
  const { effects } = onKey({ ...OPEN, step: find }, 'confirm')
  expect(effects).toMatchObject([{ do: 'findRecord', stan: '000077' }])
})
