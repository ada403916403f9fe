/** What stands in the way of a settlement, on each page on which it could begin, and how it begins. */
import { expect, test } from 'vitest'
import { begin } from '#core/batch/decide.ts'
import type { Settlement } from '#core/batch/settlement.ts'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { ATTEMPT } from '../attempts.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'
import { aSale, choose, openShop, sign } from '../two-people.ts'
import { CLOSING, line } from './settling.ts'

const QUERY = {
  attempt: ATTEMPT,
  out: '',
  tries: 0,
  waitedMs: 0,
  cancelAsked: false,
  cancelsBeforeHelp: 2,
}
const OWED = { ...armReversal(ATTEMPT), state: 'owed' } as const
const ADVICE = {
  id: '000001-000002',
  attempt: ATTEMPT,
  hasPan: true,
  state: 'waiting',
  tries: 1,
} as const
const ON_ITS_WAY: Settlement = { ...CLOSING, lines: [line()] }

const IN_THE_WAY: readonly (readonly [
  what: string,
  change: Partial<TerminalState>,
  said: string,
])[] = [
  ['a settlement that is on its way', { settlement: ON_ITS_WAY }, 'settle.unfinished'],
  ['a reversal that is owed', { reversal: OWED }, 'settle.reversalOwed'],
  [
    'a code payment without a result',
    { reversal: { ...OWED, query: QUERY, state: 'asking' } },
    'settle.codeOpen',
  ],
  ['a refund in doubt', { advice: ADVICE }, 'settle.refundOpen'],
  ['a line that is down', { link: 'down' }, 'link.down'],
  ['a line that is being signed on', { link: 'signingOn' }, 'link.signingOn'],
]

const opened = (): Counter => {
  const counter = counterFrom()
  counter.open()
  return counter
}

/** As it stands on this page, and something has come up. */
const meanwhile = (counter: Counter, change: Partial<TerminalState>): Counter =>
  counterFrom({ ...counter.state(), ...change })

test.each(IN_THE_WAY)('%s: no settlement is begun from the menu', (_what, change, said) => {
  const counter = meanwhile(opened(), change)
  counter.press('menu', '0')
  expect([counter.step(), counter.said(), counter.state().tone]).toEqual(['menu', said, 'refused'])
})

test.each(IN_THE_WAY)('%s: the sums of the day may be looked at', (_what, change) => {
  const counter = meanwhile(opened(), change)
  counter.press('menu', '9', '5')
  expect([counter.step(), counter.said()]).toEqual(['totals', null])
})

function onTotals(lines = [line()]): Counter {
  const counter = opened()
  counter.press('menu', '0')
  const page = pageName(counter.state())
  counter.tell({ type: 'batchGathered', page, batch: '000001', lines })
  return counter
}

test.each(IN_THE_WAY)('%s, since the sums were told: nothing leaves', (_what, change, said) => {
  const counter = meanwhile(onTotals(), change)
  const before = counter.state().settlement
  expect(counter.press('confirm')).toEqual([])
  expect([counter.step(), counter.said()]).toEqual(['totals', said])
  expect(counter.state().settlement).toBe(before)
})

test.each(IN_THE_WAY)(
  '%s, while the second person is asked: nothing leaves',
  (_w, change, said) => {
    const { state, effects } = begin({ ...onTotals().state(), ...change }, [line()], '00')
    expect([effects, state.message?.key, state.tone]).toEqual([[], said, 'refused'])
  },
)

test('an empty batch is not settled, and says so', () => {
  const counter = onTotals([])
  expect(counter.press('confirm')).toEqual([])
  expect(counter.state()).toMatchObject({
    step: { kind: 'totals' },
    tone: 'refused',
    message: { key: 'settle.nothing' },
  })
})

test('while the sums are added up, and where they are only looked at, the key that settles does nothing', () => {
  const waiting = opened()
  waiting.press('menu', '0')
  expect([waiting.press('confirm'), waiting.step()]).toEqual([[], 'totals'])
  const report = opened()
  report.press('menu', '9', '5')
  const page = pageName(report.state())
  report.tell({ type: 'batchGathered', page, batch: '000001', lines: [line()] })
  expect([report.press('confirm'), report.said()]).toEqual([[], null])
  report.press('cancel')
  expect(report.step()).toBe('amount')
})

test('sums of another batch, or of a page that was left, are not shown', () => {
  const counter = opened()
  counter.press('menu', '0')
  const page = pageName(counter.state())
  const gathered = { type: 'batchGathered', page, batch: '000002', lines: [line()] } as const
  counter.tell(gathered)
  expect(counter.state().step).toMatchObject({ lines: null })
  counter.press('cancel')
  counter.tell({ ...gathered, page: pageName(counter.state()), batch: '000001' })
  expect(counter.step()).toBe('amount')
})

test('it begins with the totals of its lines, names who began it, and waits as long as the host may take', () => {
  const counter = onTotals()
  const effects = counter.press('confirm')
  const { at, settlement, step } = counter.state()
  expect(settlement).toEqual({
    batch: '000001',
    phase: 'totals',
    lines: [line()],
    uploaded: 0,
    verdict: null,
    hostTotals: '',
    out: settlement?.out,
    operator: '01',
    approver: '',
  })
  expect(step).toEqual({ kind: 'settling', wait: { startedAt: at, deadlineAt: at + 30_000 } })
  expect(effects).toMatchObject([
    { do: 'stopTimer', timer: 'batch' },
    { do: 'sendBatch', message: { mti: '0500', stan: settlement?.out, operator: '01' } },
  ])
})

const UPLOADS = { tries: 2, retryMs: 10_000, accepted: ['00'], ownStan: false }

/** Two people; papers of one sale are open. */
function withPapers(papers: Partial<TerminalState>): Counter {
  const host = { ...SETUP.host, signatureUpload: UPLOADS }
  const counter = openShop({ host, slips: { copies: [], tearTimeoutMs: 0 } })
  counter.press('menu', '0')
  const page = pageName(counter.state())
  counter.tell({ type: 'batchGathered', page, batch: '000001', lines: [line()] })
  return counterFrom({ ...counter.state(), ...papers }, counter.state().setup)
}

const UNSIGNED = [
  { amountMinor: minor(3800), record: '000001-000002', trace: '000002', type: 'sale' },
] as const

function openSlips(count: number): TerminalState['slips'] {
  const counter = openShop()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  return counter.state().slips.slice(0, count)
}

test.each([
  ['no paper', 0, [], 'settling', null, undefined],
  ['a slip', 1, [], 'approveBatch', 'settle.slipsOpen', '1'],
  ['a signature', 0, UNSIGNED, 'approveBatch', 'settle.signaturesOpen', '1'],
  ['a slip and a signature', 1, UNSIGNED, 'approveBatch', 'settle.slipsOpen', '1'],
] as const)('open is %s (%i, %j): the page is %s', (_what, slips, unsigned, page, said, count) => {
  const counter = withPapers({ slips: openSlips(slips), unsigned })
  counter.press('confirm')
  expect([counter.step(), counter.said()]).toEqual([page, said])
  expect(counter.state().message?.params['count']).toBe(count)
})

test('a second person allows it although papers are open, and stands in the settlement', () => {
  const counter = withPapers({ slips: openSlips(1) })
  counter.press('confirm')
  sign(counter, '00')
  expect(counter.dos()).toContain('sendBatch')
  expect(counter.state().settlement).toMatchObject({ operator: '01', approver: '00' })
})

test('in the review nothing settles that is not offered, and "back" leaves the batch as it is', () => {
  const report = { shopTotal: false, exceptionsOnSlip: false, reviewRefunds: true }
  const counter = openShop({ report, slips: { copies: [], tearTimeoutMs: 0 } })
  counter.restart()
  sign(counter, '00')
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.press('menu', '0')
  const page = pageName(counter.state())
  const back = line({ stan: '000003', kind: 'refund' })
  counter.tell({ type: 'batchGathered', page, batch: '000001', lines: [line(), back] })
  counter.press('confirm')
  for (const option of ['settle', 'nonsense']) {
    choose(counter, option)
    expect([counter.step(), counter.state().settlement]).toEqual(['reviewRefunds', null])
  }
  choose(counter, 'reviewed', '000003')
  choose(counter, 'nonsense')
  expect(counter.state().settlement).toBeNull()
  const cut = counterFrom({ ...counter.state(), link: 'down' }, counter.state().setup)
  choose(cut, 'settle')
  expect([cut.step(), cut.said(), cut.state().settlement]).toEqual([
    'reviewRefunds',
    'link.down',
    null,
  ])
  const settled = counterFrom(counter.state(), counter.state().setup)
  choose(settled, 'settle')
  expect(settled.state().settlement?.operator).toBe('00')
  choose(counter, 'back')
  expect([counter.step(), counter.state().settlement]).toEqual(['amount', null])
})

test('with papers open and the line down nobody is asked to allow what could not leave', () => {
  const counter = withPapers({ slips: openSlips(1), link: 'down' })
  counter.press('confirm')
  expect([counter.step(), counter.said(), counter.state().tone]).toEqual([
    'totals',
    'link.down',
    'refused',
  ])
})

function upload(change: Partial<SignatureUpload> = {}): SignatureUpload {
  const { sale } = aSale()
  if (sale.slip === null) throw new Error('a sale has a slip')
  const { id: record, slip: facts, stan } = sale
  const tried = { tries: 1, pauses: 1, reprints: 0, notBefore: Number.MAX_SAFE_INTEGER }
  return { record, stan, settlementDate: '', facts, ...tried, ...change }
}

test('signatures that wait for their next try leave first, and at once', () => {
  const counter = withPapers({ uploads: [upload()] })
  counter.press('confirm')
  expect(counter.state()).toMatchObject({
    settlement: { phase: 'signatures', out: '' },
    uploads: [{ notBefore: 0 }],
  })
  expect(counter.dos()).toContain('sendSignature')
})

test('signatures that nobody sends any more are open like those on paper', () => {
  const counter = withPapers({
    unsigned: UNSIGNED,
    uploads: [upload(), upload({ record: '000001-000003', givenUp: { code: '96' } })],
  })
  counter.press('confirm')
  expect(counter.state()).toMatchObject({
    tone: 'key',
    message: { key: 'settle.signaturesOpen', params: { count: '2' } },
  })
})

test('on the page of the sums no other key than "confirm" settles', () => {
  const counter = onTotals()
  counter.press('5', 'clear', 'menu')
  expect([counter.step(), counter.state().settlement]).toEqual(['totals', null])
})

test('the journal is asked for this batch, and for earlier ones only where there are any', () => {
  const counter = opened()
  counter.press('menu')
  const page = () => pageName(counter.state())
  expect(counter.press('0')).toEqual([{ do: 'gatherBatch', page: page(), batch: '000001' }])
  expect(counter.state()).toMatchObject({ message: null, tone: 'key' })
  const unsettled = [{ batch: '000001', count: 1 }]
  const later = counterFrom({
    ...opened().state(),
    inBatch: 1,
    unsettled,
    counters: { ...opened().state().counters, batch: 2 },
  })
  later.press('menu')
  expect(later.press('0')).toEqual([
    { do: 'gatherBatch', page: pageName(later.state()), batch: '000002', earlier: ['000001'] },
  ])
})
