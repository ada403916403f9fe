/** What a key alone decides and somebody is told of: the journal holds it before it is said, so that no power cut takes it back. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import { changesDebts } from '#core/terminal/debts.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { CLOSING, line } from '../batch/settling.ts'
import { CODE_QUERY, type Counter, counterFrom, NOON, SETUP } from '../counter.ts'
import { attemptOf, openTerminal } from '../recovery/found-states.ts'

const OPEN = openTerminal()
const SALE = attemptOf('sale', '000077')
const REFUND = attemptOf('refund', '000077')
const WAIT = { startedAt: NOON, deadlineAt: NOON }
const QUERY = {
  attempt: SALE,
  out: '000078',
  tries: 1,
  waitedMs: 0,
  cancelAsked: false,
  cancelsBeforeHelp: 3,
}
const ASKING = { ...armReversal(SALE, QUERY), state: 'asking' as const }

test.each<[string, Partial<TerminalState>]>([
  ['something is to be collected', { followUps: [] }],
  ['something cannot be mended', { incidents: [] }],
  ['the shop has its own total', { shopTotals: [] }],
  ['a paper is to be signed', { unsigned: [] }],
  ['a signature is for the acquirer', { uploads: [] }],
  ['the sticker was looked at', { sticker: { checkedAt: NOON, wrongSince: 0 } }],
  ['a batch is being closed', { settlement: CLOSING }],
  [
    'a customer is to be told',
    { untold: [{ record: 'r', trace: '000001', kind: 'refund', amountMinor: minor(1) }] },
  ],
  ['a supervisor is to look', { alarms: [] }],
  ['a sale was confirmed', { step: { kind: 'confirmAmount', order: SALE.order, typed: '12' } }],
  [
    'cancel was pressed while a request is out',
    { step: { kind: 'authorizing', attempt: SALE, cancelAsked: true, wait: WAIT } },
  ],
  [
    'cancel was pressed while the bank is asked',
    { reversal: { ...ASKING, query: { ...QUERY, cancelAsked: true } } },
  ],
])('%s: written when it comes and when it goes', (_what, change) => {
  const after = { ...OPEN, ...change }
  expect(changesDebts(OPEN, after)).toBe(true)
  expect(changesDebts(after, OPEN)).toBe(true)
  expect(changesDebts(after, { ...after, page: 9 })).toBe(false)
})

test.each<[string, Partial<TerminalState>]>([
  ['a digit was typed', { step: { kind: 'amount', typed: '3' } }],
  ['the menu was opened', { step: { kind: 'menu', sheet: 0 } }],
  ['a refund was keyed', { step: { kind: 'approve', typed: '', order: REFUND.order } }],
  [
    'a request is out',
    { step: { kind: 'authorizing', attempt: SALE, cancelAsked: false, wait: WAIT } },
  ],
  ['the bank is asked', { reversal: ASKING }],
  ['a reversal is armed', { reversal: armReversal(SALE) }],
])('%s: that alone is not worth a write', (_what, change) => {
  expect(changesDebts(OPEN, { ...OPEN, ...change })).toBe(false)
})

/** What is on disk behind this: as it was before, unless it was written. */
function onDisk(counter: Counter, act: () => void): TerminalState {
  const before = counter.state()
  act()
  return changesDebts(before, counter.state()) ? counter.state() : before
}

test('a code payment that was cancelled while it was out is still cancelled behind a power cut, as the page has said', () => {
  const setup: Setup = { ...SETUP, host: { ...SETUP.host, codeQuery: CODE_QUERY } }
  const counter = counterFrom(initialState(), setup)
  counter.open()
  counter.ask(38)
  counter.presentCode()
  const left = onDisk(counter, () => counter.press('cancel'))
  expect(counter.said()).toBe('cancel.willReverse')
  const woken = counterFrom(left, setup)
  woken.restart()
  expect(woken.state().reversal).toMatchObject({ state: 'asking', query: { cancelAsked: true } })
})

test('a settlement that waits for signatures and a download is being closed behind a power cut too', () => {
  const [sale] = OPEN.recent
  if (sale?.slip == null) throw new Error('nothing was sold')
  const upload = { record: sale.id, stan: sale.stan, settlementDate: '1121', facts: sale.slip }
  const signatureUpload = { tries: 3, retryMs: 30_000, accepted: ['00'], ownStan: false }
  const setup: Setup = { ...SETUP, host: { ...SETUP.host, signatureUpload } }
  const counter = counterFrom({
    ...OPEN,
    setup,
    step: { kind: 'totals', purpose: 'settle', batch: '000001', lines: [line()] },
    uploads: [{ ...upload, tries: 0, pauses: 0, notBefore: 0, reprints: 0 }],
    upkeep: { due: [], running: 'parameters', signedOnAt: 0, downloaded: [], failures: 0 },
  })
  const left = onDisk(counter, () => counter.press('confirm'))
  expect([counter.step(), counter.dos()]).toEqual(['settling', ['startTimer']])
  const woken = counterFrom(left, setup)
  woken.restart()
  expect(woken.said()).toBe('settle.interrupted')
})
