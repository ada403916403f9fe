import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { liveOrders } from '#core/till/live.ts'
import { standingOf, type TillStanding } from '#core/till/standing.ts'
import type { TillWish } from '#core/till/wish.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

/** A counter with a till beside it, and the records as a journal would hold them. */
function shop(first?: Parameters<typeof counterFrom>[0]) {
  return shopAt(counterFrom(first))
}

function shopAt(counter: Counter) {
  const kept = new Map<string, TransactionRecord>()
  const keep = (effects: ReturnType<Counter['tell']>): void => {
    for (const effect of effects)
      if (effect.do === 'keepRecord') kept.set(effect.record.id, effect.record)
  }
  const under = (reference: string): TransactionRecord[] =>
    [...kept.values()].filter(({ tillReference }) => tillReference === reference)
  return {
    counter,
    keep,
    under,
    order: (change: Partial<TillWish> = {}) => {
      const wish: TillWish = { ...WISH, ...change }
      return counter.tell({
        type: 'tillOrdered',
        wish,
        known: under(wish.reference),
        originals: under(wish.of),
      })
    },
    standing: (reference = 'A-1'): TillStanding =>
      standingOf(counter.state(), reference, under(reference)),
  }
}

const WISH: TillWish = {
  reference: 'A-1',
  kind: 'sale',
  of: '',
  amountMinor: minor(3850),
  lines: [
    { name: '牛肉面', quantity: 1, amountMinor: 4000 },
    { name: '优惠', quantity: 1, amountMinor: -150 },
  ],
}

function openShop() {
  const made = shop()
  made.counter.open()
  return made
}

test('an order of the till stands on the amount page, one key confirms it, and the approval carries its reference', () => {
  const { counter, keep, order, standing } = openShop()
  expect(standing()).toMatchObject({ state: 'neverSeen', money: 'notMoved' })
  order()
  expect(counter.state().step).toMatchObject({
    kind: 'confirmAmount',
    order: { dueMinor: 3850, till: { reference: 'A-1' } },
  })
  expect(counter.said()).toBe('till.sale')
  expect(standing().state).toBe('waiting')
  counter.press('confirm')
  expect(counter.step()).toBe('present')
  counter.presentCard()
  expect(standing()).toMatchObject({ state: 'sent', money: 'unknown' })
  keep(counter.reply())
  expect(standing()).toMatchObject({
    state: 'paid',
    money: 'moved',
    paidMinor: 3850,
    dueMinor: 3850,
    record: { tillReference: 'A-1', slip: { till: { reference: 'A-1' } } },
  })
})

test('the amount of the till cannot be changed at the counter: the keypad is locked, cancel gives the order back', () => {
  const { counter, order, standing } = openShop()
  order()
  for (const key of ['0', '5', '.', 'backspace', 'clear'] as const) counter.press(key)
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 3850 } })
  expect(counter.said()).toBe('till.amountLocked')
  counter.press('cancel')
  expect(counter.state().step).toEqual({ kind: 'amount', typed: '' })
  expect(standing()).toMatchObject({ state: 'withdrawn', closedBy: 'terminal', money: 'notMoved' })
})

test('a reference that was paid is never charged again, also after a restart and after twenty later sales', () => {
  const { counter, keep, order, standing } = openShop()
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply())
  counter.press('confirm', 'confirm', 'confirm')
  for (let sale = 0; sale < 21; sale += 1) {
    counter.ask(5)
    counter.presentCard()
    counter.reply()
    counter.press('confirm', 'confirm', 'confirm')
  }
  counter.restart()
  counter.open()
  expect(counter.step()).toBe('amount')
  expect(counter.state().recent.some(({ tillReference }) => tillReference === 'A-1')).toBe(false)
  expect(order()).toEqual([])
  expect(counter.step()).toBe('amount')
  expect(standing()).toMatchObject({ state: 'paid', paidMinor: 3850 })
})

test('power off while the answer is awaited: unknown until the acquirer has acknowledged, then free for another attempt', () => {
  const { counter, keep, order, standing } = openShop()
  order()
  counter.press('confirm')
  counter.presentCard()
  counter.restart()
  expect(standing()).toMatchObject({ state: 'unknown', money: 'unknown' })
  counter.tell({
    type: 'operatorChecked',
    page: pageName(counter.state()),
    operator: '01',
    correct: true,
  })
  order()
  expect(counter.state().step.kind).not.toBe('confirmAmount')
  keep(counter.replyToReversal('00'))
  expect(standing()).toMatchObject({ state: 'notPaid', money: 'notMoved', attempts: 1 })
  counter.tell({ type: 'signedOn', batch: '000001' })
  order()
  expect(counter.step()).toBe('confirmAmount')
})

test('power off before anything was sent: the order is gone from the counter, the till is told that nothing moved', () => {
  const { counter, order, standing } = openShop()
  order()
  counter.press('confirm')
  counter.restart()
  expect(standing()).toMatchObject({ state: 'withdrawn', closedBy: 'restart', money: 'notMoved' })
})

test('a declined order stays at the counter for another card, and is free for the till only when the counter lets it go', () => {
  const { counter, keep, order, standing } = openShop()
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply({ '39': '51' }))
  expect(counter.step()).toBe('result')
  expect(standing()).toMatchObject({ state: 'waiting', money: 'notMoved', attempts: 1 })
  expect(order()).toEqual([])
  counter.press('0')
  expect(counter.step()).toBe('present')
  counter.presentCard()
  keep(counter.reply())
  expect(standing()).toMatchObject({ state: 'paid', attempts: 2, paidMinor: 3850 })
})

test.each([
  ['on the amount page', () => undefined],
  ['while the card is awaited', ({ press }: Counter) => press('confirm')],
  [
    'while the PIN is awaited',
    ({ press, presentCard }: Counter) => {
      press('confirm')
      presentCard({ interface: 'chip' })
    },
  ],
] as const)(
  'the till takes its order back %s, and nothing is asked of the acquirer',
  (_when, go) => {
    const { counter, order, standing } = openShop()
    order()
    go(counter)
    const effects = counter.tell({ type: 'tillWithdrew', reference: 'A-1' })
    expect(counter.state().step).toEqual({ kind: 'amount', typed: '' })
    expect(effects.some((effect) => effect.do === 'sendRequest')).toBe(false)
    expect(standing()).toMatchObject({ state: 'withdrawn', closedBy: 'till', money: 'notMoved' })
  },
)

test('once the request has left, the till cannot take it back', () => {
  const { counter, order, standing } = openShop()
  order()
  counter.press('confirm')
  counter.presentCard()
  expect(counter.tell({ type: 'tillWithdrew', reference: 'A-1' })).toEqual([])
  expect(counter.step()).toBe('authorizing')
  expect(standing().state).toBe('sent')
})

test('two tills: the second waits while the first one has the counter', () => {
  const { counter, order, standing } = openShop()
  order()
  order({ reference: 'B-1', amountMinor: minor(900), lines: [] })
  expect(liveOrders(counter.state())).toEqual([{ reference: 'A-1', phase: 'waiting' }])
  expect(standing('B-1').state).toBe('neverSeen')
})

test('an amount that somebody is typing is not swept away by a till', () => {
  const { counter, order } = openShop()
  counter.press('3', '8')
  order()
  expect(counter.state().step).toEqual({ kind: 'amount', typed: '38' })
})

test.each([
  ['lines that do not add up', { amountMinor: minor(3851) }],
  ['no amount', { amountMinor: minor(0), lines: [] }],
  ['more than this terminal may take', { amountMinor: minor(5_000_001), lines: [] }],
  ['a reference that nobody can print', { reference: 'A 1' }],
  ['a refund of nothing that is known here', { kind: 'refund', of: 'Z-9', lines: [] }],
] as const)('%s: nothing is shown and nothing moves', (_what, change) => {
  const { counter, order } = openShop()
  expect(order(change)).toEqual([])
  expect(counter.state().step).toEqual({ kind: 'amount', typed: '' })
})

test('approved in part: the till is told what was due and what was paid, and the rest keeps the reference', () => {
  const partly = shop()
  const { counter, keep, order, standing } = partly
  counter.open()
  const { host } = counter.state().setup
  const setup = { ...counter.state().setup, host: { ...host, partialApproval: true } }
  counter.tell({ type: 'started', setup, keysReady: true })
  counter.tell({
    type: 'operatorChecked',
    page: pageName(counter.state()),
    operator: '01',
    correct: true,
  })
  counter.tell({ type: 'signedOn', batch: '000001' })
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply({ '39': '10', '4': '000000002000' }))
  expect(standing()).toMatchObject({
    state: 'partlyPaid',
    paidMinor: 2000,
    dueMinor: 3850,
    money: 'moved',
  })
  counter.press('confirm')
  expect(counter.state().step).toMatchObject({
    kind: 'confirmAmount',
    order: { dueMinor: 1850, till: { reference: 'A-1' } },
  })
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply())
  expect(standing()).toMatchObject({ state: 'paid', paidMinor: 3850, dueMinor: 3850 })
})

test('a refund of a till goes back to what was paid under the reference it names, never beyond it', () => {
  const { counter, keep, order, standing } = openShop()
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply())
  counter.press('confirm', 'confirm', 'confirm')
  const refund = { reference: 'A-1-R', kind: 'refund', of: 'A-1', lines: [] } as const
  expect(order({ ...refund, amountMinor: minor(3851) })).toEqual([])
  order({ ...refund, amountMinor: minor(1000) })
  expect(counter.state().step).toMatchObject({
    kind: 'confirmAmount',
    order: { kind: 'refund', dueMinor: 1000, till: { reference: 'A-1-R' } },
  })
  expect(standing('A-1-R').state).toBe('waiting')
  expect(standing().state).toBe('paid')
})

test('voided to be charged anew: as long as the new sale is to be collected here, nobody else may charge it', () => {
  const { counter, keep, order, under } = openShop()
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply())
  const voided = under('A-1').map((record) => ({ ...record, closedBy: '000001-000009' }))
  const free = { state: 'givenBack', money: 'moved', mayChargeElsewhere: true }
  expect(standingOf(counter.state(), 'A-1', voided)).toMatchObject(free)
  const redo = {
    id: '000001-000009-redo',
    kind: 'sale',
    dueMinor: minor(3900),
    why: 'redo',
    after: '000001-000009',
    trace: '000009',
    tillReference: 'A-1',
  } as const
  const owing = { ...counter.state(), followUps: [redo] }
  expect(standingOf(owing, 'A-1', voided)).toMatchObject({ ...free, mayChargeElsewhere: false })
})

test.each([
  [true, 2],
  [false, 0],
])('lines of the till on the slip: %s', (linesOnSlip, count) => {
  const { counter, keep, order, under } = openShop()
  const setup = { ...counter.state().setup, till: { linesOnSlip } }
  counter.tell({ type: 'started', setup, keysReady: true })
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '01', correct: true })
  counter.tell({ type: 'signedOn', batch: '000001' })
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply())
  const [record] = under('A-1')
  expect(record?.slip?.till?.reference).toBe('A-1')
  expect(record?.slip?.till?.lines).toHaveLength(count)
})

test('the rest of an order is asked for while an earlier try of it is still to be taken back: the till is told that nobody knows', () => {
  const counter = counterFrom(undefined, {
    ...SETUP,
    host: { ...SETUP.host, partialApproval: true },
  })
  const { keep, order, standing } = shopAt(counter)
  counter.open()
  order()
  counter.press('confirm')
  counter.presentCard()
  keep(counter.reply({ '4': '000000002000', '39': '10' }))
  expect(standing()).toMatchObject({ state: 'partlyPaid', money: 'moved' })
  counter.press('confirm', 'confirm', 'confirm')
  counter.presentCard()
  const stan = counter.state().reversal?.stan ?? ''
  counter.tell({ type: 'hostSilent', stan })
  const reversal = counter.state().reversal?.id ?? ''
  counter.tell({ type: 'reversalUnanswered', reversal, sent: true })
  counter.press('cancel', 'menu', '3')
  const page = pageName(counter.state())
  const item = counter.state().followUps?.[0]?.id ?? ''
  counter.tell({ type: 'optionChosen', page, option: 'collect', item })
  expect(counter.step()).toBe('confirmAmount')
  expect(standing()).toMatchObject({
    state: 'unknown',
    money: 'unknown',
    mayChargeElsewhere: false,
  })
})
