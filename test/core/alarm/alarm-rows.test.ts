/** Alarms, row by row: what is near enough to count, what is none, and what a look at one forgets. */
import { expect, test } from 'vitest'
import { type Alarm, type AlarmRules, READS_LIMIT, WRONG_CODES_LIMIT } from '#core/alarm/alarm.ts'
import { alarmItems, alarmSeen } from '#core/alarm/items.ts'
import { watchAlarms } from '#core/alarm/watch.ts'
import { message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import { refuse, stay } from '#core/terminal/decision.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON, SETUP } from '../counter.ts'
import { SERVED } from '../link/at-rest.ts'
import { openTerminal } from '../recovery/found-states.ts'

const NEVER: AlarmRules = {
  refunds: 0,
  sameCard: 0,
  withinMs: 1000,
  wrongCodes: 0,
  garbledPercent: 0,
  printerLines: 0,
}
const SOLD = openTerminal()
const [PAID] = SOLD.recent
if (PAID === undefined) throw new Error('nothing was sold')
const back = (id: string, change: Partial<TransactionRecord> = {}): TransactionRecord => ({
  ...PAID,
  id,
  kind: 'refund',
  at: NOON,
  ...change,
})
const ALARM: Alarm = {
  kind: 'wrongCodes',
  at: NOON,
  lastAt: NOON,
  count: 3,
  operator: '01',
  trace: '000007',
  amountMinor: 1250,
}
const TIMER: TerminalEvent = { type: 'timerFired', at: NOON, timer: 'link' }
const shop = (rules: Partial<AlarmRules>, change: Partial<TerminalState> = {}): TerminalState => ({
  ...SOLD,
  at: NOON,
  setup: { ...SETUP, alarms: { ...NEVER, ...rules } },
  ...change,
})
/** The records of before, and then one more. */
function after(
  rules: Partial<AlarmRules>,
  before: readonly TransactionRecord[],
  last: TransactionRecord,
): readonly Alarm[] {
  const state = shop(rules, { recent: [...before, last] })
  return watchAlarms({ ...state, recent: before }, TIMER, stay(state)).state.alarms ?? []
}
const kinds = (found: readonly Alarm[]) => found.map(({ kind }) => kind)

test.each<[string, Partial<TransactionRecord>, Partial<TransactionRecord>, boolean]>([
  ['two refunds of one person', {}, {}, true],
  ['a void and a refund', { kind: 'void' }, {}, true],
  ['the first at the edge of the time', { at: NOON - 1000 }, {}, true],
  ['the first before it', { at: NOON - 1001 }, {}, false],
  ['the first of another', { operator: '02' }, {}, false],
  ['the first was refused', { outcome: 'notPaid' }, {}, false],
  ['a sale before it', { kind: 'sale' }, {}, false],
  ['the last was refused', {}, { outcome: 'notPaid' }, false],
  ['the last is a sale', {}, { kind: 'sale' }, false],
])('%s: %j, %j: many: %s', (_what, first, last, is) => {
  const found = after({ refunds: 2 }, [back('a', first)], back('b', last))
  expect(kinds(found)).toEqual(is ? ['manyRefunds'] : [])
})

test.each<[string, Partial<TransactionRecord>, Partial<TransactionRecord>, boolean]>([
  ['one card', {}, {}, true],
  ['another card', { fingerprint: 'C2' }, {}, false],
  ['one payer by code', { channel: 'wechat', payer: 'P' }, { channel: 'alipay', payer: 'P' }, true],
  ['payers that nobody names', { channel: 'wechat' }, { channel: 'wechat' }, false],
  ['a code is no card', { channel: 'wechat', payer: 'X' }, { channel: 'card', payer: 'X' }, false],
])('twice to %s', (_what, first, last, is) => {
  const found = after({ sameCard: 2 }, [back('a', first)], back('b', last))
  expect(kinds(found)).toEqual(is ? ['sameCard'] : [])
})

test('large is what is above the limit of the shop, and only once it was given back', () => {
  const refundGuard = { coolOffMs: 0, coolOffAboveMinor: minor(500) }
  const large = (paidMinor: number, guard: typeof refundGuard | undefined = refundGuard) => {
    const record = back('a', { paidMinor: minor(paidMinor) })
    const state = shop({}, { recent: [record] })
    const setup = { ...state.setup, ...(guard === undefined ? {} : { refundGuard: guard }) }
    const decision = stay({ ...state, setup })
    return kinds(watchAlarms({ ...state, recent: [] }, TIMER, decision).state.alarms ?? [])
  }
  expect([large(500), large(501)]).toEqual([[], ['largeRefund']])
  const none = after({}, [], back('a', { paidMinor: minor(999_999) }))
  expect(none).toEqual([])
})

test('what changes a record of before, or only takes one away, is no news', () => {
  const rules = { refunds: 1 }
  const [a, b] = [back('a'), back('b')]
  const seen = (was: readonly TransactionRecord[], is: readonly TransactionRecord[]) => {
    const state = shop(rules, { recent: is })
    return watchAlarms({ ...state, recent: was }, TIMER, stay(state)).state.alarms
  }
  expect(seen([a], [{ ...a, reprints: 1 }])).toBeUndefined()
  expect(seen([a, b], [a])).toBeUndefined()
  expect(seen([a], [])).toBeUndefined()
  expect(seen([a], [a, b])).toHaveLength(1)
})

test('an alarm says since when, how often, by whom and how much; it stands once', () => {
  const first = shop({ refunds: 1 }, { recent: [back('a')] })
  const one = watchAlarms({ ...first, recent: [] }, TIMER, stay(first)).state
  const alarm: Alarm = {
    kind: 'manyRefunds',
    at: NOON,
    lastAt: NOON,
    count: 1,
    operator: PAID.operator,
    trace: PAID.stan,
    amountMinor: PAID.paidMinor,
  }
  expect(one.alarms).toEqual([alarm])
  const other: Alarm = { ...alarm, kind: 'scannerDue' }
  const later = { ...one, at: NOON + 5, alarms: [alarm, other], recent: [back('b')] }
  const two = watchAlarms({ ...later, recent: [] }, TIMER, stay(later)).state
  expect(two.alarms).toEqual([other, { ...alarm, lastAt: NOON + 5, count: 2 }])
})

test.each([
  [0, 99, 1000, false],
  [100, 99, 99, false],
  [100, 99, 100, true],
  [100, 100, 199, false],
  [100, 0, 250, true],
])('a mark every %i lines; from %i to %i: %s', (printerLines, from, to, is) => {
  const paper = (odometer: number) => ({ sinceNewRoll: 0, longestSlip: 0, odometer })
  const state = shop({ printerLines }, { paper: paper(to), session: null })
  const found = watchAlarms({ ...state, paper: paper(from) }, TIMER, stay(state)).state.alarms
  const due = { ...ALARM, kind: 'printerDue', count: 1, operator: '', trace: '', amountMinor: 0 }
  expect(found).toEqual(is ? [due] : undefined)
  const unprinted = { ...state, paper: undefined }
  expect(watchAlarms(unprinted, TIMER, stay(unprinted)).state.alarms).toBeUndefined()
})

const refused = (change: object = {}): TerminalEvent => ({
  type: 'codeRefused',
  at: NOON,
  why: 'URL',
  digits: 18,
  fingerprint: 'hash',
  ...change,
})
const CODE = { handle: 'code-1', channel: 'wechat', masked: '', fingerprint: 'F1' } as const
const ACCEPTED: TerminalEvent = { type: 'codeAccepted', at: NOON, code: CODE }
const readsOf = (state: TerminalState, event: TerminalEvent, before = state) =>
  watchAlarms(before, event, stay(state)).state.reads
const APPROVING: Step = { kind: 'approve', order: SERVED.order, typed: '12' }

test.each<[string, TerminalEvent, Step, string | undefined, number]>([
  ['a payment code', ACCEPTED, SERVED, 'r', 0],
  ['one that was keyed', { ...ACCEPTED, typed: true } as TerminalEvent, SERVED, undefined, 0],
  ['nothing of a scanner', TIMER, SERVED, undefined, 0],
  ['goods', refused(), SERVED, 'r', 1],
  ['what could not be read', refused({ why: 'BAD_CHAR' }), SERVED, 'g', 0],
  ['a slip of ours', refused({ record: PAID }), SERVED, 'r', 0],
  ['a slip of nobody', refused({ record: null }), SERVED, 'r', 1],
  ['a staff card that is asked for', refused(), APPROVING, 'r', 0],
  ['the sticker', refused(), { kind: 'checkSticker', found: 'nothing' }, 'r', 0],
])('under the scanner: %s', (_what, event, step, last, wrong) => {
  const state = shop({ wrongCodes: 9 }, { step })
  const withBadges = { ...state, setup: { ...state.setup, badge: 'optional' as const } }
  const reads = readsOf(withBadges, event)
  expect([reads?.last, reads?.wrongAt.length ?? 0]).toEqual([last, wrong])
})

test('what was refused, or in a shop without rules, is not counted', () => {
  const state = shop({ wrongCodes: 1 })
  const decision = refuse(state, 'notAskedFor')
  expect(watchAlarms(state, refused(), decision)).toBe(decision)
  const none = stay({ ...state, setup: SETUP })
  expect(watchAlarms(state, refused(), none)).toBe(none)
})

test('wrong codes of the last ten minutes count, no more than are kept', () => {
  const found = (wrongAt: readonly number[]) => {
    const state = shop({ wrongCodes: 3 }, { reads: { wrongAt, last: '' }, step: SERVED })
    return watchAlarms(state, refused(), stay(state)).state
  }
  const old = found([NOON - 600_001, NOON - 600_000])
  expect([old.reads?.wrongAt, old.alarms]).toEqual([[NOON - 600_000, NOON], undefined])
  expect(found([NOON - 600_000, NOON - 1]).alarms).toHaveLength(1)
  const full = found(Array.from({ length: WRONG_CODES_LIMIT }, () => NOON - 1))
  expect(full.reads?.wrongAt).toHaveLength(WRONG_CODES_LIMIT)
  expect(full.reads?.wrongAt.at(-1)).toBe(NOON)
})

test.each([
  ['g', 'gggggrrrrrrrrrrrrrr', 30, true],
  ['g', 'ggggrrrrrrrrrrrrrrr', 30, false],
  ['g', 'gggggrrrrrrrrrrrrr', 30, false],
  ['g', 'ggggggggggggggggggg', 0, false],
  ['r', 'ggggggggggggggggggg', 30, false],
])('read %s behind %s, alarm at %i percent: %s', (how, last, garbledPercent, is) => {
  const state = shop({ garbledPercent }, { reads: { wrongAt: [], last }, step: SERVED })
  const event = how === 'g' ? refused({ why: 'BAD_CHAR' }) : ACCEPTED
  const { alarms, reads } = watchAlarms(state, event, stay(state)).state
  expect(kinds(alarms ?? [])).toEqual(is ? ['scannerDue'] : [])
  expect(reads?.last).toBe(`${last}${how}`)
  const full = { ...state, reads: { wrongAt: [], last: 'r'.repeat(READS_LIMIT) } }
  expect(readsOf(full, event)?.last).toBe(`${'r'.repeat(READS_LIMIT - 1)}${how}`)
})

test('on the open list stands who, which, how much, how often, how many lines and when', () => {
  const paper = { sinceNewRoll: 0, longestSlip: 0, odometer: 777 }
  const item = { id: 'alarm-wrongCodes', options: ['alarmSeen'] }
  const params = { operator: '01', trace: '000007', amount: '12.50', count: '3', time: '12:00' }
  const items = (change: Partial<TerminalState>) =>
    alarmItems(shop({}, { alarms: [ALARM], ...change }))
  const said = (lines: string) => message('alarm.wrongCodes', { ...params, lines })
  expect(items({ paper })).toEqual([{ ...item, message: said('777') }])
  expect(items({ paper: undefined })).toEqual([{ ...item, message: said('0') }])
})

test('a supervisor has looked: it is gone, and what was counted for it begins anew, and nothing else does', () => {
  const reads = { wrongAt: [NOON], last: 'rg' }
  const scanner: Alarm = { ...ALARM, kind: 'scannerDue' }
  const many: Alarm = { ...ALARM, kind: 'manyRefunds' }
  const session = { operator: '00', role: 'supervisor' } as const
  const state = shop({}, { alarms: [ALARM, scanner, many], reads, session })
  const seen = (item: string, from = state) => alarmSeen(from, item).state
  const codes = seen('alarm-wrongCodes')
  expect(codes).toMatchObject({
    alarms: [scanner, many],
    reads: { wrongAt: [], last: 'rg' },
    message: message('alarm.seen'),
    tone: 'confirmed',
  })
  expect(seen('alarm-scannerDue').reads).toEqual({ wrongAt: [NOON], last: '' })
  expect(seen('alarm-manyRefunds').reads).toBe(reads)
  expect(seen('alarm-wrongCodes', { ...state, reads: undefined }).reads).toBeUndefined()
  expect(alarmSeen(state, 'alarm-printerDue').refused).toBe('optionNotOffered')
  for (const nobody of [null, { operator: '01', role: 'cashier' } as const])
    expect(seen('alarm-wrongCodes', { ...state, session: nobody })).toMatchObject({
      alarms: state.alarms,
      message: message('alarm.askSupervisor'),
      tone: 'refused',
    })
})
