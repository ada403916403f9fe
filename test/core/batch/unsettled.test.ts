/** The acquirer names a newer batch at a sign-on while ours holds payments: it has ended the batch itself, and nobody here has settled it. */
import { expect, test } from 'vitest'
import { gatheredLines } from '#core/batch/unsettled.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import { type Counter, SETUP } from '../counter.ts'
import { choose, openShop, sell, sign, voidLast } from '../two-people.ts'
import { answerTotals } from './answer-totals.ts'

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
