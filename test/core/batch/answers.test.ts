/** What an answer of the host does to a settlement that is on its way, row by row; and what no answer does. */
import { expect, test } from 'vitest'
import { type BatchLine, totalsField } from '#core/batch/batch.ts'
import { minor } from '#core/money.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'
import { line, settling } from './settling.ts'

type Change = Readonly<Record<string, string | undefined>>

/** Answers what is out. Without 48 the fields are those of an end message or of lines. */
function answer(counter: Counter, mti: string, change: Change): readonly Effect[] {
  const stan = counter.state().settlement?.out ?? ''
  const all = { '11': stan, '39': '00', '41': SETUP.terminalNumber, ...change }
  const fields = Object.fromEntries(
    Object.entries(all).flatMap(([number, text]) => (text === undefined ? [] : [[number, text]])),
  )
  return counter.tell({ type: 'batchReplied', stan, reply: { mti, mac: 'absent', fields } })
}

/** Our own totals with these two verdicts. */
function verdicts(domestic: string, foreign: string): string {
  const own = totalsField([line()])
  return `${own.slice(0, 30)}${domestic}${own.slice(31, 61)}${foreign}`
}

const totalsOut = (): Counter => settling([line()]).counter

test.each([
  ['it fits, and agrees on both sides', '0510', { '48': verdicts('1', '1') }, 'end'],
  ['one side differs', '0510', { '48': verdicts('1', '2') }, 'upload'],
  ['the other side differs', '0510', { '48': verdicts('2', '1') }, 'upload'],
  ['one side could not be compared', '0510', { '48': verdicts('1', '3') }, 'given up'],
  ['neither side could be compared', '0510', { '48': verdicts('3', '3') }, 'given up'],
  ['no verdict', '0510', { '48': verdicts('0', '0') }, 'asked again'],
  ['a verdict on one side alone', '0510', { '48': verdicts('1', '0') }, 'asked again'],
  ['a verdict on the other side alone', '0510', { '48': verdicts('0', '1') }, 'asked again'],
  ['totals that are too long', '0510', { '48': `${verdicts('1', '1')}0` }, 'asked again'],
  ['no totals', '0510', {}, 'asked again'],
  ['an answer to something else', '0330', { '48': verdicts('1', '1') }, 'asked again'],
  ['the number of another', '0510', { '11': '999999', '48': verdicts('1', '1') }, 'asked again'],
  ['another terminal', '0510', { '41': '99999999', '48': verdicts('1', '1') }, 'asked again'],
])('the totals are answered: %s', (_what, mti, change, then) => {
  const counter = totalsOut()
  const effects = answer(counter, mti, change)
  expect(outcomeOf(counter, effects)).toBe(then)
  expect(counter.state().counters.batch).toBe(1)
})

/** In a word, or what is wrong with it. */
function outcomeOf(counter: Counter, effects: readonly Effect[]): string {
  const { settlement } = counter.state()
  const where = `${counter.step()} ${counter.said()} ${JSON.stringify(effects)}`
  if (settlement === null) return where === 'amount settle.refused []' ? 'given up' : where
  if (settlement.out !== '') return settlement.phase
  const waits = JSON.stringify([{ do: 'startTimer', timer: 'batch', ms: 10_000 }])
  return where === `amount settle.interrupted ${waits}` ? 'asked again' : where
}

test('what the host has said of the totals goes along, and of silence nothing is left', () => {
  const counter = totalsOut()
  answer(counter, '0510', { '48': verdicts('1', '2') })
  expect(counter.state().settlement).toMatchObject({
    hostTotals: verdicts('1', '2'),
    verdict: { domestic: 'balanced', foreign: 'different' },
  })
})

/** The lines are out. */
function upload(lines: readonly BatchLine[] = [line()]): Counter {
  const { counter } = settling(lines)
  answer(counter, '0510', { '48': verdicts('2', '1') })
  return counter
}

test.each([
  ['taken', '0330', {}, 'end', 1],
  ['refused', '0330', { '39': '96' }, 'asked again', 0],
  ['answered without a word', '0330', { '39': undefined }, 'asked again', 0],
  ['answered as totals are', '0510', { '48': verdicts('1', '1') }, 'asked again', 0],
])('a group of lines is %s', (_what, mti, change, then, uploaded) => {
  const counter = upload()
  expect(outcomeOf(counter, answer(counter, mti, change))).toBe(then)
  expect(counter.state().settlement?.uploaded).toBe(uploaded)
})

test('eight lines are one group, and nine are two', () => {
  for (const count of [8, 9]) {
    const lines = Array.from({ length: count }, (_, index) => line({ stan: `00001${index}` }))
    const counter = upload(lines)
    answer(counter, '0330', {})
    const { phase, uploaded } = counter.state().settlement ?? {}
    expect([count, phase, uploaded]).toEqual([count, count === 8 ? 'end' : 'upload', 8])
  }
})

test.each([['refused', { '39': '96' }] as const, ['for another', { '11': '999999' }] as const])(
  'an answer to the end message that is %s closes nothing',
  (_what, change) => {
    const counter = totalsOut()
    answer(counter, '0510', { '48': verdicts('1', '1') })
    expect(outcomeOf(counter, answer(counter, '0330', change))).toBe('asked again')
    expect(counter.state().counters.batch).toBe(1)
  },
)

test.each(['totals', 'end'])(
  'the host wants fresh keys before the %s: a sign-on, and then it is asked again',
  (phase) => {
    const counter = totalsOut()
    if (phase === 'end') answer(counter, '0510', { '48': verdicts('1', '1') })
    const effects = answer(counter, phase === 'end' ? '0330' : '0510', { '39': '77' })
    expect(effects.map((effect) => effect.do)).toEqual(['startTimer', 'stopTimer', 'signOn'])
    expect([counter.step(), counter.said()]).toEqual(['amount', 'settle.interrupted'])
    const sent = counter.tell({ type: 'signedOn', batch: '000001' })
    expect(sent).toContainEqual(expect.objectContaining({ do: 'sendBatch' }))
    expect(counter.state().settlement?.phase).toBe(phase)
  },
)

test('an answer under an old number, one when nothing is out, and one when no batch is being closed change nothing', () => {
  const asked = totalsOut()
  const waiting = totalsOut()
  waiting.tell({ type: 'batchUnanswered', stan: waiting.state().settlement?.out ?? '' })
  const open = counterFrom()
  open.open()
  for (const [counter, stan] of [
    [asked, '999999'],
    [waiting, ''],
    [open, ''],
    [open, '000002'],
  ] as const) {
    const { settlement, step, message } = counter.state()
    const fields = { '11': stan, '41': SETUP.terminalNumber, '48': verdicts('1', '1') }
    const reply = { mti: '0510', mac: 'absent', fields } as const
    expect(counter.tell({ type: 'batchReplied', stan, reply })).toEqual([])
    expect(counter.tell({ type: 'batchUnanswered', stan })).toEqual([])
    expect(counter.state()).toMatchObject({ settlement, step, message })
  }
})

/** As it is when the sums are agreed, and the cashier has turned to another page. */
function elsewhere(counter: Counter, page: 'menu' | 'amount'): void {
  counter.tell({ type: 'batchUnanswered', stan: counter.state().settlement?.out ?? '' })
  if (counter.step() !== page) counter.press('menu')
  counter.tell({ type: 'timerFired', timer: 'batch' })
  expect([counter.step(), counter.state().settlement?.out]).not.toContain('')
}

test('it fails again behind somebody else’s page: that page stays', () => {
  const counter = totalsOut()
  elsewhere(counter, 'menu')
  const { page } = counter.state()
  const stan = counter.state().settlement?.out ?? ''
  expect(counter.tell({ type: 'batchUnanswered', stan })).toEqual([
    { do: 'startTimer', timer: 'batch', ms: 10_000 },
  ])
  expect([counter.step(), counter.state().page]).toEqual(['menu', page])
  elsewhere(counter, 'menu')
  answer(counter, '0510', { '48': verdicts('3', '3') })
  expect([counter.step(), counter.said()]).toEqual(['menu', 'settle.refused'])
})

test.each([
  ['amount', 'settle.done'],
  ['menu', null],
] as const)('it ends behind the page %s: that page stays, and says %s', (page, said) => {
  const counter = totalsOut()
  answer(counter, '0510', { '48': verdicts('1', '1') })
  elsewhere(counter, page)
  const before = counter.state().page
  answer(counter, '0330', {})
  expect(counter.state()).toMatchObject({ settlement: null, page: before, step: { kind: page } })
  expect(counter.said()).toBe(said)
})

test('while it is closed nobody is signed in: the page on which somebody signs in says so', () => {
  const counter = totalsOut()
  answer(counter, '0510', { '48': verdicts('1', '1') })
  counter.restart()
  expect(counter.step()).toBe('signIn')
  counter.tell({ type: 'signedOn', batch: '000001' })
  answer(counter, '0330', {})
  expect([counter.step(), counter.said()]).toEqual(['signIn', 'settle.done'])
})

const VOIDED = line({ stan: '000011', isPaired: true })
const ITS_VOID = line({ stan: '000012', kind: 'void', isPaired: true })
const LEAVES_OUT: Setup = {
  ...SETUP,
  host: { ...SETUP.host, settlement: { voided: 'leftOut', upload: 'whereDifferent' } },
}

test.each([
  ['agrees', '1', 'settle.done', '3'],
  ['differs', '2', 'settle.doneDifferent', '1'],
])('the host %s: told is how many transactions that concerns', (_how, verdict, said, count) => {
  const { answer: reply, counter } = settling([line(), VOIDED, ITS_VOID], LEAVES_OUT)
  reply(verdict)
  if (verdict === '2') reply('00')
  reply('00')
  expect(counter.state().message).toEqual({ key: said, params: { batch: '000001', count } })
})

test('an acquirer whose day ends with the batch is signed off at once, where the shop wants that', () => {
  const host = { ...SETUP.host, signOffAfterSettlement: true }
  const { answer: reply, counter } = settling(1, { ...SETUP, host })
  reply('1')
  reply('00')
  expect(counter.dos()).toContain('signOff')
  expect([counter.step(), counter.said()]).toEqual(['signIn', 'settle.done'])
})

test('more went back than came in: the slip says so, and its sum is without a sign', () => {
  const { answer: reply, counter } = settling([line({ kind: 'refund', amountMinor: minor(900) })])
  reply('1')
  reply('00')
  expect(counter.state().lastZ?.facts).toMatchObject({
    amountMinor: 900,
    totals: { isNegative: true },
  })
})
