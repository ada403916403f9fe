/** Looking for a payment, row by row: what an entry means, what is said to it, and to whom what was found belongs. */
import { expect, test } from 'vitest'
import { typeWish, wishOf } from '#core/counter/record-wish.ts'
import { onRecordsOption, shownRecords } from '#core/counter/records-page.ts'
import {
  askForSearch,
  askToReprint,
  onProveKey,
  onRecordsFound,
  onSearchKey,
  onSearchOption,
  searchOptions,
} from '#core/counter/search-page.ts'
import type { WishField } from '#core/counter/wish.ts'
import { minor } from '#core/money.ts'
import type { Decision } from '#core/terminal/decision.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from '../counter.ts'
import { OPEN, SALE } from '../receipt/queues.ts'

type Search = Extract<Step, { kind: 'searchRecords' }>
const OLD: TransactionRecord = { ...SALE, id: '000000-000777', batch: '000000', stan: '000777' }
const at = (step: Step): TerminalState => ({ ...OPEN, step, message: null, tone: null })
const by = (field: WishField | null, typed = ''): Search => ({
  kind: 'searchRecords',
  by: field,
  typed,
})
const said = ({ refused, state: { message, step, tone } }: Decision) => [
  refused,
  step.kind,
  message?.key ?? null,
  tone,
]
const key = (step: Search, pressed: Key) => onSearchKey(at(step), step, pressed)
const option = (step: Search, id: string) => onSearchOption(at(step), step, id)

test.each<[WishField, string]>([
  ['amount', ''],
  ['amount', '0.'],
  ['amount', '0.00'],
  ['trace', ''],
  ['trace', '000'],
  ['operator', '1'],
  ['operator', ''],
  ['last4', '123'],
  ['time', '11210'],
  ['time', '112'],
  ['channel', '1'],
])('by %s, "%s" is nothing yet, and what is asked for is said', (field, typed) => {
  expect(wishOf(field, typed, NOON)).toBeNull()
  expect(typeWish('channel', typed, '1')).toBeNull()
})

test('by what is asked first; the entry begins empty, with what to type', () => {
  expect(said(askForSearch(at({ kind: 'records' })))).toEqual([
    null,
    'searchRecords',
    'search.by',
    'key',
  ])
  expect(said(option(by(null), 'byLast4'))).toEqual([null, 'searchRecords', 'search.last4', 'key'])
  expect(key(by(null), '2').state.step).toEqual(by('last4'))
  expect(searchOptions(by(null))).toHaveLength(6)
  expect(searchOptions(by('channel'))).toHaveLength(5)
  expect(searchOptions(by('last4'))).toEqual([])
})

test.each<[string, () => Decision, string]>([
  ['a key without an option', () => key(by(null), '9'), 'keyHasNoMeaningHere'],
  ['a channel that there is none of', () => key(by('channel'), '9'), 'keyHasNoMeaningHere'],
  ['a digit too many', () => key(by('last4', '0012'), '3'), 'keyHasNoMeaningHere'],
  ['an option of no page', () => option(by(null), 'nonsense'), 'optionNotOffered'],
  ['a channel before channels are asked for', () => option(by(null), 'byCard'), 'optionNotOffered'],
  ['another field among the channels', () => option(by('channel'), 'byAmount'), 'optionNotOffered'],
  [
    'another field while one is typed',
    () => option(by('last4', '00'), 'byAmount'),
    'optionNotOffered',
  ],
])('%s does nothing', (_what, act, why) => {
  const decision = act()
  expect([decision.refused, decision.effects]).toEqual([why, []])
})

test('cancel and back lead home from everywhere', () => {
  for (const step of [by(null), by('channel'), by('last4', '00')])
    for (const left of [key(step, 'cancel'), option(step, 'back')])
      expect(left.state.step.kind).toBe('amount')
  const proving: Step = { kind: 'proveReprint', record: OLD, typed: '1' }
  expect(onProveKey(at(proving), proving, 'cancel').state.step.kind).toBe('amount')
})

test('what is typed stands there; half of it is refused with what is asked for; all of it is looked for', () => {
  expect(key(by('last4', '00'), '1').state).toMatchObject({ step: by('last4', '001'), tone: 'key' })
  expect(said(key(by('last4', '00'), 'confirm'))).toEqual([
    null,
    'searchRecords',
    'search.last4',
    'refused',
  ])
  const asked = key(by('last4', '0012'), 'confirm')
  expect(asked.effects).toEqual([
    { do: 'searchRecords', page: pageName(asked.state), wish: { by: 'last4', last4: '0012' } },
  ])
  expect(asked.state.tone).toBe('key')
})

const found = (step: Step, ...records: TransactionRecord[]) =>
  onRecordsFound(at(step), { type: 'recordsFound', at: NOON, page: '', records })

test('what was found is shown with its number; only who typed last four digits or amount is believed to know it', () => {
  const { state } = found(by('trace', '777'), OLD, SALE)
  expect(state.message).toEqual({ key: 'search.found', params: { count: '2' } })
  expect([state.step, state.tone]).toEqual([{ kind: 'records', found: [OLD, SALE] }, 'key'])
  const fields: readonly WishField[] = ['amount', 'last4', 'trace', 'time', 'channel', 'operator']
  expect(fields.filter((one) => 'proven' in found(by(one), OLD).state.step)).toEqual([
    'amount',
    'last4',
  ])
  expect(said(found(by('trace', '1')))).toEqual([null, 'searchRecords', 'search.none', 'refused'])
})

const FIND: Step = { kind: 'findOriginal', purpose: 'refund', typed: '' }

test.each<[string, Step, string | null]>([
  ['a mended payment', { kind: 'whatWasWrong', original: OLD }, null],
  [
    'a slip of another terminal whose amount is not typed',
    { ...FIND, elsewhere: {} },
    'notAskedFor',
  ],
  ['a number that is typed', FIND, 'notAskedFor'],
  ['a page of another kind', { kind: 'records' }, 'notAskedFor'],
])('an answer of the journal that finds %s', (_what, step, why) => {
  const { refused, state } = found(step, OLD)
  expect(refused).toBe(why)
  expect(state.step).toEqual(why === null ? { ...step, collected: [OLD] } : step)
})

const LIST: Extract<Step, { kind: 'records' }> = { kind: 'records', found: [OLD] }
const again = (record: TransactionRecord, step = LIST) => askToReprint(at(step), step, record)

test('a copy: of the open batch at once, of an old one for who knows it, of what has no slip never', () => {
  expect(said(again(SALE))).toEqual([null, 'records', 'slip.reprinting', 'key'])
  expect(again(SALE).state.message?.params).toEqual({ trace: SALE.stan })
  expect(said(again(OLD))).toEqual([null, 'proveReprint', 'reprint.prove', 'key'])
  expect(again(OLD).state.message?.params).toEqual({ trace: '000777' })
  expect(said(again(OLD, { ...LIST, proven: true }))).toEqual([
    null,
    'records',
    'slip.reprinting',
    'key',
  ])
  const declined = again({ ...SALE, slip: null }, { ...LIST, proven: true })
  expect([said(declined), declined.effects]).toEqual([
    [null, 'records', 'original.noSlip', 'refused'],
    [],
  ])
})

test('the proof: what does not fit is refused and typed anew, what fits prints and need not be proven again', () => {
  const prove = (typed: string, pressed: Key) => {
    const step: Step = { kind: 'proveReprint', record: OLD, typed }
    return onProveKey(at(step), step, pressed)
  }
  expect(said(prove('0013', 'confirm'))).toEqual([
    null,
    'proveReprint',
    'reprint.doesNotFit',
    'refused',
  ])
  expect(prove('0013', 'confirm').state.step).toMatchObject({ typed: '' })
  expect(prove('001', '2').state).toMatchObject({ step: { typed: '0012' }, tone: 'key' })
  expect(prove('', 'backspace').refused).toBe('keyHasNoMeaningHere')
  const { state } = prove('0012', 'confirm')
  expect(state.message).toEqual({ key: 'slip.reprinting', params: { trace: '000777' } })
  expect(state.step).toMatchObject({ kind: 'records', proven: true, found: [{ reprints: 1 }] })
})

test('what was found is shown and judged as it stands by now', () => {
  const now = { ...SALE, refundedMinor: minor(500) }
  const state = { ...at(LIST), recent: [{ ...SALE, id: 'x' }, now] }
  expect(shownRecords(state, { kind: 'records', found: [SALE, OLD] })).toEqual([now, OLD])
  const choose = (id: string, item: string) => onRecordsOption(state, LIST, id, item)
  expect(choose('reprint', now.id).refused).toBe('optionNotOffered')
  expect(choose('nonsense', OLD.id).refused).toBe('optionNotOffered')
  expect(choose('correct', OLD.id).state.step.kind).toBe('whatWasWrong')
  expect(said(choose('query', OLD.id))).toEqual([null, 'records', 'query.onlyCodes', 'refused'])
})
