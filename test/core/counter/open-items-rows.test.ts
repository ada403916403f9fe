/** The open list, row by row: what stands on it, what can be done about each, and that an answer touches nothing but its own item. */
import { expect, test } from 'vitest'
import { onOpenItemsOption, openItems, openListOptions } from '#core/counter/open-items.ts'
import type { SlipJob } from '#core/receipt/slip-job.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { CLOSING } from '../batch/settling.ts'
import { FACTS, inTrouble, jobOf, OPEN, queueOf, SALE } from '../receipt/queues.ts'
import { attemptOf } from '../recovery/found-states.ts'
import { paperOf, restOf } from './left-open.ts'

const LIST: Step = { kind: 'openItems' }
const shop = (change: Partial<TerminalState> = {}): TerminalState => ({
  ...OPEN,
  message: null,
  tone: null,
  step: LIST,
  ...change,
})
const answer = (state: TerminalState, option: string, item = '') =>
  onOpenItemsOption({ ...state, step: LIST }, option, item)

const REST = restOf(SALE)
const attempt = attemptOf('sale', '000077')
const REVERSAL = armReversal(attempt)
const QUERY = { attempt, out: '', tries: 0, waitedMs: 0, cancelAsked: false, cancelsBeforeHelp: 3 }
const ASKED = { ...REVERSAL, query: QUERY }
const OUT = { ...REVERSAL, query: { ...QUERY, out: '000078' } }
const PAPER = paperOf(SALE)
const refund = (state: 'out' | 'waiting' | 'sent'): Partial<TerminalState> => ({
  advice: {
    id: '000001-000078',
    attempt: attemptOf('refund', '000078'),
    hasPan: false,
    tries: 0,
    state,
  },
})
const slips = (...queue: SlipJob[]): Partial<TerminalState> => ({ slips: queue })
const batch = (out: string): Partial<TerminalState> => ({ settlement: { ...CLOSING, out } })
const low: Partial<TerminalState> = {
  devices: {
    ...OPEN.devices,
    printer: { device: 'printer', troubles: [], paperNearEnd: true },
  },
}
type Item = readonly [key: string, params: Readonly<Record<string, string>>, options: string[]]
const of12 = { amount: '12.00', trace: '000078' }
const by77 = { amount: '12.00', trace: '000077' }

test.each<[string, Partial<TerminalState>, ...Item[]]>([
  ['nothing', {}],
  ['a reversal that is only armed', { reversal: REVERSAL }],
  [
    'a reversal that waits',
    { reversal: { ...REVERSAL, state: 'owed' } },
    ['host.reversalOwed', by77, ['retryReversal']],
  ],
  [
    'a reversal on its way',
    { reversal: { ...REVERSAL, state: 'sent' } },
    ['host.reversalOwed', by77, []],
  ],
  [
    'a code that is asked for',
    { reversal: { ...ASKED, state: 'asking' } },
    ['code.asking', by77, ['query']],
  ],
  [
    'a code whose cancel waits',
    { reversal: { ...ASKED, state: 'owed' } },
    ['code.cancelOwed', by77, ['query', 'retryReversal']],
  ],
  [
    'a code of which an answer is on its way',
    { reversal: { ...OUT, state: 'owed' } },
    ['code.cancelOwed', by77, ['retryReversal']],
  ],
  ['a refund for which somebody waits', refund('out')],
  ['a refund in doubt', refund('waiting'), ['refund.inDoubt', of12, ['retryRefund']]],
  ['a refund in doubt, on its way', refund('sent'), ['refund.inDoubt', of12, []]],
  ['a batch that is not closed', batch(''), ['settle.unfinished', {}, ['settle']]],
  ['a batch that is being closed', batch('000079'), ['settle.unfinished', {}, []]],
  [
    'money that is due',
    { followUps: [REST] },
    [
      'followUp.rest',
      { amount: '12.00', trace: SALE.stan },
      ['collect', 'customerLeft', 'writeOff'],
    ],
  ],
  [
    'slips',
    slips(jobOf('a', 'owed'), jobOf('b', 'unsure'), jobOf('c', 'queued')),
    ['slip.owedOne', { trace: SALE.stan }, ['printMissing']],
    ['slip.unsure', { trace: SALE.stan }, ['paperComplete', 'printMissing']],
  ],
  [
    'a paper that nobody has seen signed',
    { unsigned: [PAPER] },
    ['signature.owed', { amount: '38.00', trace: SALE.stan }, ['signedOnPaper']],
  ],
  ['paper that is low', low, ['paper.lowNow', {}, ['newRoll']]],
])('on the list: %s', (_what, change, ...expected) => {
  const found = openItems(shop(change))
  expect(found.map(({ message: { key, params }, options }) => [key, params, options])).toEqual(
    expected,
  )
  expect(found.map(({ id }) => id)).not.toContain('')
})

test('a void that is to be signed and to be told of stands there twice, and each answer is about its own item', () => {
  const twice = shop({ unsigned: [PAPER], untold: [{ ...PAPER, kind: 'void' }] })
  const [paper, told, ...more] = openItems(twice).map(({ id }) => id)
  expect([paper === told, more]).toEqual([false, []])
  expect(openItems(answer(twice, 'signedOnPaper', paper).state).map(({ id }) => id)).toEqual([told])
  expect(openItems(answer(twice, 'customerTold', told).state).map(({ id }) => id)).toEqual([paper])
})

test('what stands on the list as an incident does not stand there a second time, and is collected from there', () => {
  const before = shop({ followUps: [REST] })
  const kept = answer(before, 'customerLeft', REST.id).state
  const found = openItems(kept)
  expect(found.map(({ options }) => options)).toEqual([['collect', 'printSheet', 'closeIncident']])
  const collecting = answer(kept, 'collect', found[0]?.id).state
  expect(collecting.step).toMatchObject({ kind: 'confirmAmount', order: { follows: REST } })
})

const jobs = (state: TerminalState) => state.slips.map((job) => job.state)

test('a slip that is missing is printed; of one that nobody is sure of, only its own answer decides', () => {
  const both = queueOf(jobOf('a', 'unsure'), jobOf('b', 'owed'))
  expect(jobs(answer(both, 'printMissing', 'b').state)).toEqual(['unsure', 'printing'])
  expect(jobs(answer(both, 'printMissing', 'a').state)).toEqual(['printing', 'owed'])
  expect(jobs(answer(both, 'paperComplete', 'a').state)).toEqual(['waived', 'owed'])
  const unsure = queueOf(jobOf('a', 'unsure'), jobOf('b', 'unsure'))
  expect(jobs(answer(unsure, 'printMissing', 'b').state)).toEqual(['unsure', 'printing'])
})

const ids = (state: TerminalState, step: Step = LIST) =>
  openListOptions({ ...state, step }).map(({ id, key }) => `${key} ${id}`)

test('below the list: all that can be printed, files where the printer is gone, signing out only for whoever wanted to', () => {
  const owed = queueOf(jobOf('a', 'unsure'), jobOf('b', 'owed'))
  expect(ids(owed)).toEqual(['8 printAll', '0 back'])
  expect(ids(queueOf(jobOf('a', 'unsure')))).toEqual(['0 back'])
  expect(ids(inTrouble(owed, 'gone'))).toEqual(['8 printAll', '7 exportSlips', '0 back'])
  expect(ids(shop(), { kind: 'openItems', leaving: true })).toEqual(['9 signOut', '0 back'])
})

test.each([
  ['signOut', 'optionNotOffered'],
  ['newRoll', 'optionNotOffered'],
  ['exportSlips', 'nothingOwed'],
  ['collect', 'nothingOwed'],
  ['writeOff', 'nothingOwed'],
  ['customerLeft', 'nothingOwed'],
  ['closeIncident', 'nothingOwed'],
  ['signedOnPaper', 'nothingOwed'],
  ['customerTold', 'optionNotOffered'],
  ['alarmSeen', 'optionNotOffered'],
  ['moneyWent', 'optionNotOffered'],
  ['void', 'optionNotOffered'],
])('%s where there is nothing of the kind: %s', (option, why) => {
  expect(answer(shop(), option, FACTS.trace).refused).toBe(why)
})

test('what is owed leaves at once when somebody asks for it', () => {
  const dos = (change: Partial<TerminalState>, option: string) =>
    answer(shop(change), option).effects.map((effect) => effect.do)
  expect(dos({ reversal: { ...REVERSAL, state: 'owed' } }, 'retryReversal')).toContain(
    'sendReversal',
  )
  expect(dos({ reversal: { ...ASKED, state: 'owed' } }, 'query')).toContain('sendQuery')
  expect(dos(refund('waiting'), 'retryRefund')).toContain('sendAdvice')
  expect(dos(batch(''), 'settle')).toContain('sendBatch')
})
