/** Money still to be collected, as a list: what comes on it, what takes off what, and who may write it off. */
import { expect, test } from 'vitest'
import {
  alreadyCollected,
  bookFollowUps,
  collect,
  followUpOf,
  notCollectedTelling,
  owe,
  withFollowUp,
  writeOff,
} from '#core/correction/follow-up.ts'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import { counterFrom } from './counter.ts'

/** A sale of 38 yuan: its attempt as it left, its record as it was kept, and the state behind it. */
function aSale() {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  const { step } = counter.state()
  if (step.kind !== 'authorizing') throw new Error('nothing has left')
  const { attempt } = step
  counter.reply()
  const record = counter.state().recent.at(-1)
  if (record === undefined) throw new Error('nothing was kept')
  return { attempt, record, state: counter.state() }
}

const SALE = aSale()
const REST = followUpOf(SALE.record, { kind: 'sale', dueMinor: minor(200), why: 'rest' })
const TOP_UP = followUpOf(SALE.record, { kind: 'sale', dueMinor: minor(300), why: 'topUp' })
const listed = (...followUps: FollowUp[]): TerminalState => ({ ...SALE.state, followUps })
const ordered = (change: Partial<Attempt['order']>): Attempt => ({
  ...SALE.attempt,
  order: { ...SALE.attempt.order, ...change },
})

test('a debt is named by its payment and its reason, with the voucher number that stands on the slip', () => {
  const { id, stan } = SALE.record
  expect(REST).toEqual({
    id: `${id}-rest`,
    after: id,
    trace: stan,
    kind: 'sale',
    dueMinor: 200,
    why: 'rest',
  })
  const what = { kind: 'sale' as const, dueMinor: minor(200), why: 'rest' as const }
  expect(followUpOf({ ...SALE.record, tillReference: 'A-1' }, what).tillReference).toBe('A-1')
  expect(followUpOf(SALE.record, what, 'A-2').tillReference).toBe('A-2')
})

test('the same debt for another sum takes the place of the first; another debt stands beside it', () => {
  const more = { ...REST, dueMinor: minor(500) }
  expect(withFollowUp(listed(REST, TOP_UP), more).followUps).toEqual([TOP_UP, more])
})

test('what is collected leaves the list, and nothing else does', () => {
  const paid = bookFollowUps(listed(REST, TOP_UP), ordered({ follows: REST }), SALE.record)
  expect(paid.followUps).toEqual([TOP_UP])
  const other = bookFollowUps(listed(REST), ordered({}), SALE.record)
  expect(other.followUps).toEqual([REST])
})

test('of a sale that was approved in part the rest comes on the list; of a hold nothing does', () => {
  const part = { ...SALE.record, paidMinor: minor(3000) }
  expect(bookFollowUps(listed(), ordered({}), part).followUps).toEqual([{ ...REST, dueMinor: 800 }])
  expect(bookFollowUps(listed(), ordered({ kind: 'preAuth' }), part).followUps).toEqual([])
})

test('what takes the place of an undone sale comes on the list, under the reference of the till whose sale it was', () => {
  const afterwards = { kind: 'sale' as const, dueMinor: minor(3500) }
  const undone = bookFollowUps(listed(), ordered({ kind: 'void', afterwards }), SALE.record)
  expect(undone.followUps).toEqual([
    { ...REST, id: `${SALE.record.id}-redo`, dueMinor: 3500, why: 'redo' },
  ])
  const original = { ...SALE.record, tillReference: 'A-1' }
  const ofTill = bookFollowUps(listed(), ordered({ afterwards, original }), SALE.record)
  expect(ofTill.followUps).toMatchObject([{ tillReference: 'A-1' }])
})

const OTHERS: FollowUp = { ...TOP_UP, id: '000009-000001-topUp', after: '000009-000001' }
const REDO = followUpOf(SALE.record, { kind: 'sale', dueMinor: minor(3500), why: 'redo' })
const EXCHANGE = followUpOf(SALE.record, { kind: 'sale', dueMinor: minor(700), why: 'exchange' })

test.each([
  ['a void', 'void', 3800, 0, true],
  ['a refund of all', 'refund', 3800, 0, true],
  ['a refund of what was left', 'refund', 800, 3000, true],
  ['a refund of a part', 'refund', 3000, 0, false],
  ['another sale', 'sale', 3800, 0, false],
] as const)(
  'once %s of a payment is approved, nothing is collected besides it: %s',
  (_what, kind, back, before, isGone) => {
    const open = listed(REST, TOP_UP, EXCHANGE, REDO, OTHERS)
    const original = { ...SALE.record, refundedMinor: minor(before) }
    const state = { ...open, recent: [original] }
    // The copy that was chosen may be older than what is known of it now.
    const order = ordered({ kind, original: SALE.record })
    const record = {
      ...SALE.record,
      id: '000001-000009',
      kind,
      paidMinor: minor(back),
      dueMinor: minor(back),
    }
    const left = bookFollowUps(state, order, record).followUps
    expect(left).toEqual(isGone ? [REDO, OTHERS] : [REST, TOP_UP, EXCHANGE, REDO, OTHERS])
  },
)

test('a new difference of a payment takes the place of what was open besides it', () => {
  const { state } = owe(listed(REST, EXCHANGE, REDO, OTHERS), SALE.record, {
    kind: 'sale',
    dueMinor: minor(300),
    why: 'topUp',
  })
  expect(state.followUps).toEqual([REDO, OTHERS, TOP_UP])
})

test('the debt that was chosen is asked for, by whoever is signed in, as what it is', () => {
  const { state } = collect(listed(TOP_UP, REST), REST.id)
  expect(state.step).toMatchObject({ kind: 'confirmAmount', typed: '2' })
  const order = state.step.kind === 'confirmAmount' ? state.step.order : null
  expect(order).toEqual({ id: order?.id, dueMinor: 200, operator: '01', follows: REST })
  expect(state).toMatchObject({ message: { key: 'followUp.rest' }, tone: 'key' })
  const hold: FollowUp = { ...REST, kind: 'preAuth', tillReference: 'A-1' }
  expect(collect(listed(hold), hold.id).state.step).toMatchObject({
    order: { kind: 'preAuth', till: { reference: 'A-1', lines: [] } },
  })
})

test('nothing is asked for that is not on the list, and by nobody', () => {
  expect(collect(listed(TOP_UP), REST.id).refused).toBe('nothingOwed')
  const nobody = { ...listed(REST), session: null }
  expect(collect(nobody, REST.id).refused).toBe('unknownOperator')
})

test('a debt that has left the list is called collected, with its sum and voucher; one that stands there is not', () => {
  expect(alreadyCollected(listed(REST, TOP_UP), ordered({ follows: TOP_UP }).order)).toBeNull()
  expect(alreadyCollected(listed(), ordered({}).order)).toBeNull()
  expect(alreadyCollected(listed(TOP_UP), ordered({ follows: REST }).order)).toEqual(
    message('followUp.collected', { amount: '2.00', trace: SALE.record.stan }),
  )
})

test('a supervisor writes off the one that was chosen; a cashier writes off nothing', () => {
  const both = listed(REST, TOP_UP)
  const boss: TerminalState = { ...both, session: { operator: '90', role: 'supervisor' } }
  const done = writeOff(boss, REST.id).state
  expect(done.followUps).toEqual([TOP_UP])
  expect(done).toMatchObject({ message: { key: 'followUp.writtenOff' }, tone: 'confirmed' })
  expect(writeOff(boss, 'no such debt').refused).toBe('nothingOwed')
  for (const session of [both.session, null]) {
    const { state } = writeOff({ ...both, session }, REST.id)
    expect(state.followUps).toEqual([REST, TOP_UP])
    expect(state).toMatchObject({ message: { key: 'followUp.askSupervisor' }, tone: 'refused' })
  }
})

test('when a collection fails it is said what was not collected', () => {
  const usual = message('host.declined')
  expect(notCollectedTelling(ordered({}).order, usual)).toEqual(usual)
  expect(notCollectedTelling(ordered({ follows: REST }).order, usual)).toEqual(
    message('followUp.restNotCollected', { amount: '2.00', trace: SALE.record.stan }),
  )
})
