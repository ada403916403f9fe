/** The acquirer names a newer batch at a sign-on while ours holds payments: it has ended the batch itself, and nobody here has settled it. */
import { expect, test } from 'vitest'
import {
  gatheredLines,
  nextBatch,
  openBatches,
  underNewNumber,
  withCounted,
} from '#core/batch/unsettled.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { type Counter, SETUP } from '../counter.ts'
import { recordOf } from '../report/day-record.ts'
import { choose, openShop, sell, sign, voidLast } from '../two-people.ts'
import { answerTotals } from './answer-totals.ts'
import { line, settling } from './settling.ts'

/** No slips: none stands in the way of a settlement. */
const SLIPS = { copies: [], tearTimeoutMs: 0 }

const signOn = (counter: Counter, batch: string) => counter.tell({ type: 'signedOn', batch })

/** Two sales in batch 1, then the acquirer is at batch 2. */
function passedOver(): Counter {
  const counter = openShop({ slips: SLIPS })
  sell(counter, 38)
  sell(counter, 5)
  signOn(counter, '000002')
  return counter
}

/** Asks for the sums, and the journal tells what it was asked for; the records of these few payments are all still in the state. */
function askForSums(counter: Counter, key: 'settle' | 'xReport'): void {
  counter.press('menu')
  const asked = key === 'settle' ? counter.press('0') : counter.press('9', '5')
  gather(counter, asked)
}

function gather(counter: Counter, effects: readonly Effect[]): void {
  const effect = effects.find((one) => one.do === 'gatherBatch')
  if (effect?.do !== 'gatherBatch') throw new Error('nothing was asked of the journal')
  const { batch, page } = effect
  const recordsOf = (of: string) => counter.state().recent.filter((one) => one.batch === of)
  counter.tell({ type: 'batchGathered', page, batch, lines: gatheredLines(effect, recordsOf) })
}

/** Amounts on the page, those of an earlier batch behind its number. */
function onPage(counter: Counter): readonly string[] {
  const { step } = counter.state()
  const lines = step.kind === 'totals' ? (step.lines ?? []) : []
  return lines.map(({ amountMinor, batch = 'now' }) => `${batch} ${amountMinor}`)
}

test('the sums of the shop go on over the number', () => {
  const counter = passedOver()
  sell(counter, 7)
  askForSums(counter, 'xReport')
  expect(onPage(counter)).toEqual(['000001 3800', '000001 500', 'now 700'])
})

test('what goes to the acquirer is of its batch alone, and the slip names the rest by its batch', () => {
  const counter = passedOver()
  sell(counter, 7)
  askForSums(counter, 'settle')
  const sent = counter.press('confirm').find((effect) => effect.do === 'sendBatch')
  expect(sent).toMatchObject({
    message: { batch: '000002', totals: expect.stringMatching(/^0000000007000010{15}/) },
  })
  answerTotals(counter)
  expect(counter.state()).toMatchObject({ inBatch: 0, unsettled: undefined })
  expect(counter.state().lastZ?.facts).toMatchObject({
    amountMinor: 5000,
    totals: { earlier: [{ batch: '000001', count: 2, netMinor: 4300 }] },
  })
})

test('nothing was sold since: the settlement closes what is left behind all the same', () => {
  const counter = passedOver()
  askForSums(counter, 'settle')
  counter.press('confirm')
  answerTotals(counter)
  expect(counter.state()).toMatchObject({ inBatch: 0, counters: { batch: 3 } })
  askForSums(counter, 'xReport')
  expect(onPage(counter)).toEqual([])
})

test('numbers that pass over an empty batch leave nothing behind, and each batch with payments is kept once', () => {
  const counter = passedOver()
  signOn(counter, '000003')
  signOn(counter, '000003')
  sell(counter, 7)
  signOn(counter, '000005')
  expect(counter.state().unsettled).toEqual([
    { batch: '000001', count: 2 },
    { batch: '000003', count: 1 },
  ])
})

test('the number changes while somebody looks at the sums: they are settled under the new one, as what they are', () => {
  const counter = openShop({ slips: SLIPS })
  sell(counter, 38)
  askForSums(counter, 'settle')
  signOn(counter, '000002')
  expect(onPage(counter)).toEqual(['000001 3800'])
  const sent = counter.press('confirm').find((effect) => effect.do === 'sendBatch')
  expect(sent).toMatchObject({
    message: { batch: '000002', totals: expect.stringMatching(/^0{62}$/) },
  })
})

test('an answer comes when the number has changed since its request left: the payment lies in the batch before', () => {
  const counter = openShop({ slips: SLIPS })
  counter.ask(38)
  counter.presentCard()
  signOn(counter, '000002')
  counter.reply()
  expect(counter.state()).toMatchObject({
    inBatch: 1,
    unsettled: [{ batch: '000001', count: 1 }],
  })
  counter.press('cancel')
  askForSums(counter, 'xReport')
  expect(onPage(counter)).toEqual(['000001 3800'])
})

/** One sale in batch 1, its settlement begun. */
function begun(): Counter {
  const counter = openShop({ slips: SLIPS })
  sell(counter, 38)
  askForSums(counter, 'settle')
  counter.press('confirm')
  return counter
}

/** The host that has moved on refuses the totals under the old number, and names the new one. */
function refuseTotals(counter: Counter): readonly Effect[] {
  const stan = counter.state().settlement?.out ?? ''
  const fields = { '11': stan, '39': '77', '41': SETUP.terminalNumber }
  counter.tell({ type: 'batchReplied', stan, reply: { mti: '0510', mac: 'absent', fields } })
  return signOn(counter, '000002')
}

test('the host knows nothing of the batch that is being closed: it is asked under the new number, and selling goes on', () => {
  const counter = begun()
  expect(refuseTotals(counter).find((effect) => effect.do === 'sendBatch')).toMatchObject({
    message: { mti: '0500', batch: '000001' },
  })
  const sent = refuseTotals(counter).find((effect) => effect.do === 'sendBatch')
  expect(sent).toMatchObject({
    message: { mti: '0500', batch: '000002', totals: expect.stringMatching(/^0{62}$/) },
  })
  answerTotals(counter)
  expect(counter.state()).toMatchObject({ settlement: null, inBatch: 0, counters: { batch: 3 } })
  expect(counter.state().lastZ?.facts.totals?.earlier).toEqual([
    { batch: '000001', count: 1, netMinor: 3800 },
  ])
  counter.ask(5)
  expect(counter.step()).toBe('present')
})

test('the totals are out when the number changes: their answer still counts, and nothing of the batch is left over', () => {
  const counter = begun()
  signOn(counter, '000002')
  answerTotals(counter)
  expect(counter.state()).toMatchObject({
    settlement: null,
    inBatch: 0,
    unsettled: undefined,
    counters: { batch: 2 },
  })
  expect(counter.state().lastZ?.facts).toMatchObject({ batch: '000001', amountMinor: 3800 })
})

test('the number changes while refunds are reviewed: no line goes up under it', () => {
  const counter = openShop({
    slips: SLIPS,
    report: { shopTotal: false, exceptionsOnSlip: false, reviewRefunds: true },
  })
  sell(counter, 38)
  voidLast(counter)
  counter.restart()
  sign(counter, '00')
  signOn(counter, '000001')
  askForSums(counter, 'settle')
  counter.press('confirm')
  const { step } = counter.state()
  const voided =
    step.kind === 'reviewRefunds' ? step.lines.find(({ kind }) => kind === 'void') : null
  signOn(counter, '000002')
  choose(counter, 'reviewed', voided?.stan)
  choose(counter, 'settle')
  expect(counter.state().settlement?.lines.map(({ batch }) => batch)).toEqual(['000001', '000001'])
  expect(pageName(counter.state())).toMatch(/^settling/)
})

const SHOP: TerminalState = {
  ...initialState(),
  counters: { ...initialState().counters, batch: 3 },
  inBatch: 5,
  unsettled: [
    { batch: '000001', count: 1 },
    { batch: '000002', count: 4 },
  ],
}

test.each([
  ['the open one', '000003', [1, 4]],
  ['one that was left behind', '000001', [2, 4]],
  ['the last that was left behind', '000002', [1, 5]],
])('a payment of %s is counted there, and the order stays', (_which, batch, counts) => {
  const counted = withCounted(SHOP, recordOf({ stan: '000009', batch }))
  expect(counted).toEqual({
    inBatch: 6,
    unsettled: [
      { batch: '000001', count: counts[0] },
      { batch: '000002', count: counts[1] },
    ],
  })
})

test('what moved no money is counted nowhere', () => {
  const { inBatch, unsettled } = SHOP
  const hold = recordOf({ stan: '000009', kind: 'preAuth', batch: '000001' })
  expect(withCounted(SHOP, hold)).toEqual({ inBatch, unsettled })
})

test('the last of the batches of a settlement is the open one', () => {
  expect(openBatches(SHOP)).toEqual(['000001', '000002', '000003'])
  expect(openBatches(initialState())).toEqual(['000001'])
})

test('a number that stays leaves nothing behind', () => {
  expect(nextBatch(SHOP, 3)).toBe(SHOP)
})

test('no payment lies under the number that is passed over: what the shop has counted goes on under the new one', () => {
  const total = { at: 1, operator: '90', oursMinor: 4300, shopMinor: 4300 }
  const shopTotals = ['000002', '000003'].map((batch) => ({ ...total, batch }))
  const next = nextBatch({ ...SHOP, shopTotals }, 5)
  expect(next.unsettled).toEqual(SHOP.unsettled)
  expect(next.shopTotals?.map(({ batch }) => batch)).toEqual(['000002', '000005'])
})

test('a total that was keyed under the old number stands on the slip of the new one', () => {
  const counter = openShop({
    slips: SLIPS,
    report: { shopTotal: true, exceptionsOnSlip: false },
  })
  sell(counter, 38)
  counter.restart()
  sign(counter, '00')
  signOn(counter, '000001')
  askForSums(counter, 'settle')
  counter.press('3', '8', 'confirm')
  signOn(counter, '000002')
  counter.press('confirm')
  answerTotals(counter)
  expect(counter.state().lastZ?.facts).toMatchObject({
    batch: '000002',
    totals: { shop: { totalMinor: 3800, differenceMinor: 0 } },
  })
})

test.each([
  ['while a second person is asked', 'approveBatch'],
  ['before the sums are there', 'totals'],
] as const)('the number changes %s', (_when, kind) => {
  const step: Step =
    kind === 'totals'
      ? { kind, purpose: 'settle', batch: '000003', lines: null }
      : { kind, lines: [line(), line({ batch: '000001' })] }
  const next = nextBatch({ ...SHOP, inBatch: 6, step }, 4)
  expect(next.unsettled?.at(-1)).toEqual({ batch: '000003', count: 1 })
  expect(next.step).toEqual(
    kind === 'totals'
      ? { ...step, batch: '000004' }
      : { kind, lines: [line({ batch: '000003' }), line({ batch: '000001' })] },
  )
})

test('on any other page nothing changes with the number', () => {
  const step: Step = { kind: 'menu', sheet: 0 }
  expect(nextBatch({ ...SHOP, inBatch: 6, step }, 4).step).toBe(step)
})

test('lines go up under the old number although the host names a new one: the settlement goes on as it began', () => {
  const { answer, counter, sent } = settling([line()])
  answer('2')
  const { batch } = sent()
  const stan = counter.state().settlement?.out ?? ''
  const fields = { '11': stan, '39': '77', '41': SETUP.terminalNumber }
  counter.tell({ type: 'batchReplied', stan, reply: { mti: '0330', mac: 'absent', fields } })
  const again = signOn(counter, '000002').find((effect) => effect.do === 'sendBatch')
  expect(again).toMatchObject({
    message: { mti: '0320', batch, totals: expect.stringMatching(/^01/) },
  })
})

test('a payment of a batch that held nothing yet opens it again', () => {
  expect(withCounted(SHOP, recordOf({ stan: '000009', batch: '000009' })).unsettled).toEqual([
    ...(SHOP.unsettled ?? []),
    { batch: '000009', count: 1 },
  ])
})

test.each([
  ['the totals under an old number', { phase: 'totals', batch: '000002' }, '000003'],
  ['the totals under the number of now', { phase: 'totals', batch: '000003' }, null],
  ['lines under an old number', { phase: 'upload', batch: '000002' }, null],
  ['the end under an old number', { phase: 'end', batch: '000002' }, null],
] as const)(
  '%s are refused: the settlement gets the new number, or stays as it is',
  (_what, change, renewed) => {
    const { settlement } = settling([line()]).counter.state()
    if (settlement === null) throw new Error('nothing was begun')
    const state = { ...SHOP, settlement: { ...settlement, ...change } }
    const next = underNewNumber(state)
    expect([next === state, next.settlement?.batch]).toEqual([
      renewed === null,
      renewed ?? change.batch,
    ])
    const left = next.settlement?.lines.map(({ batch }) => batch)
    expect(left).toEqual([renewed === null ? undefined : change.batch])
    expect(underNewNumber(SHOP)).toBe(SHOP)
  },
)

test('the sums are those of the batch that is open, and of earlier ones where there are any', () => {
  const recordsOf = (batch: string) => [recordOf({ stan: '000001', batch })]
  const batches = (effect: { batch: string; earlier?: readonly string[] }) =>
    gatheredLines(effect, recordsOf).map(({ batch = 'now' }) => batch)
  expect(batches({ batch: '000003' })).toEqual(['now'])
  expect(batches({ batch: '000003', earlier: ['000001', '000002'] })).toEqual([
    '000001',
    '000002',
    'now',
  ])
})
