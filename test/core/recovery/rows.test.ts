/** What each row makes of what it found, what the first page says of it, and what leaves at the start itself. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import type { Upkeep } from '#core/link/chore.ts'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { initialState, RECOVERY, recover } from '#core/terminal/recover.ts'
import { rowOf } from '#core/terminal/recovery/row.ts'
import { SLIP_ROWS } from '#core/terminal/recovery/slip-rows.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { CLOSING } from '../batch/settling.ts'
import { CODE_QUERY, NOON, SETUP } from '../counter.ts'
import { attemptOf, everythingFound, openTerminal, slipStates } from './found-states.ts'

const BASE = openTerminal()
const WAIT = { startedAt: NOON, deadlineAt: NOON + 30_000 }
const host = (change: Partial<Setup['host']>): Setup => ({
  ...SETUP,
  host: { ...SETUP.host, ...change },
})
const ASKS = host({ codeQuery: CODE_QUERY })

/** The first state behind the start. */
function woken(found: Partial<TerminalState>, setup = found.setup ?? SETUP) {
  const state = { ...BASE, setup, ...found }
  return recover(state, { type: 'started', at: NOON, setup, keysReady: true })
}

function nameOf(item: string, found: Partial<TerminalState>): string {
  const table = RECOVERY.find((one) => one.item === item)
  if (table === undefined) throw new Error(item)
  return rowOf(table, { ...BASE, ...found }).name
}

const SALE = attemptOf('sale', '000077')
const ARMED = armReversal(SALE)
const BY_CODE = {
  ...SALE,
  tender: {
    kind: 'code' as const,
    code: {
      handle: 'code-1',
      channel: 'wechat' as const,
      masked: '**************6741',
      fingerprint: 'F1',
    },
  },
}
const QUERY = {
  attempt: BY_CODE,
  out: '000078',
  tries: 2,
  waitedMs: 10_000,
  cancelAsked: false,
  cancelsBeforeHelp: 3,
}
const ASKED: Reversal = { ...armReversal(BY_CODE, QUERY), state: 'asking' }
const authorizing = (cancelAsked: boolean): Step => ({
  kind: 'authorizing',
  attempt: BY_CODE,
  cancelAsked,
  wait: WAIT,
})
const COMPLETING: Step = {
  kind: 'completing',
  attempt: SALE,
  reply: { mti: '0210', mac: 'good', fields: {} },
  wait: WAIT,
}

test.each<[string, Partial<TerminalState>, string]>([
  ['none', {}, 'none'],
  ['armed', { reversal: ARMED }, 'armed, no answer known'],
  [
    'armed, while the chip was asked',
    { reversal: ARMED, step: COMPLETING },
    'armed, the host had approved',
  ],
  [
    'armed, of a code',
    { reversal: { ...ASKED, state: 'armed' }, setup: ASKS },
    'armed, a code payment',
  ],
  [
    'armed, of a code, and nobody to ask',
    { reversal: { ...ASKED, state: 'armed' } },
    'armed, no answer known',
  ],
  [
    'armed, of a card, where codes are asked about',
    { reversal: ARMED, setup: ASKS },
    'armed, no answer known',
  ],
  ['asked about', { reversal: ASKED, setup: ASKS }, 'a code payment asked about'],
  [
    'asked about, and nobody to ask',
    { reversal: ASKED },
    'a code payment asked about, and no way to ask any more',
  ],
  ['owed', { reversal: { ...ARMED, state: 'owed' } }, 'owed'],
  ['sent', { reversal: { ...ARMED, state: 'sent' } }, 'sent, its answer lost'],
])('a reversal, %s: %j', (_what, found, name) => {
  expect(nameOf('reversal', found)).toBe(name)
})

test('whatever state a reversal was in, it leaves at the start, once more under its number, and the first page says so', () => {
  for (const state of ['armed', 'owed', 'sent'] as const) {
    const decision = woken({ reversal: { ...ARMED, state, tries: 3, reason: '06' } })
    expect(decision.state.reversal).toMatchObject({ state: 'sent', tries: 4, reason: '06' })
    expect(decision.state.reversal?.query).toBeUndefined()
    expect(decision.state.link).toBe('down')
    expect(decision.effects.map((one) => one.do)).toEqual(['stopTimer', 'sendReversal'])
    expect(decision.state.message).toEqual({
      key: 'host.reversalOwed',
      params: { amount: '12.00', trace: '000077' },
    })
  }
  expect(woken({ reversal: ARMED, step: COMPLETING }).state.reversal?.reason).toBe('96')
})

test('a question whose answer the power took is asked again under a new number; a cancel that was asked for is not forgotten', () => {
  const { effects, state } = woken({ reversal: ASKED, setup: ASKS })
  expect(effects.map((one) => one.do)).toEqual(['stopTimer', 'sendQuery'])
  expect(state.message?.key).toBe('code.asking')
  expect(state.reversal).toMatchObject({
    state: 'asking',
    query: { out: '000003', tries: 3, cancelAsked: false },
  })
  const cancelled = (found: Partial<TerminalState>) =>
    woken({ reversal: ASKED, setup: ASKS, ...found }).state.reversal?.query?.cancelAsked
  expect(cancelled({ step: authorizing(true) })).toBe(true)
  expect(cancelled({ step: authorizing(false) })).toBe(false)
  expect(cancelled({ reversal: { ...ASKED, query: { ...QUERY, cancelAsked: true } } })).toBe(true)
})

test('a cancel that was out leaves again, and no question of before is waited for', () => {
  const { state } = woken({ reversal: { ...ASKED, state: 'sent' }, setup: ASKS })
  expect(state.reversal).toMatchObject({ state: 'sent', query: { out: '' } })
  expect(state.message?.key).toBe('code.cancelOwed')
})

const REFUND = attemptOf('refund', '000066')
const CLOSING_OUT: NonNullable<TerminalState['settlement']> = { ...CLOSING, out: '000088' }

test('a refund in doubt waits for its turn, and is told by number and sum', () => {
  for (const state of ['out', 'waiting', 'sent'] as const) {
    const decision = woken({ advice: { ...newAdvice(REFUND), state } })
    expect(decision.state.advice?.state).toBe('waiting')
    expect(decision.state.message).toEqual({
      key: 'refund.inDoubt',
      params: { trace: '000066', amount: '12.00' },
    })
  }
})

const UPLOAD: SignatureUpload = {
  record: '000001-000044',
  stan: '000044',
  settlementDate: '1121',
  facts:
    BASE.recent[0]?.slip ??
    (() => {
      throw new Error('nothing was sold')
    })(),
  tries: 1,
  pauses: 1,
  notBefore: NOON + 600_000,
  reprints: 0,
}
const TAKES = host({
  signatureUpload: { tries: 3, retryMs: 30_000, accepted: ['00'], ownStan: false },
})
const line = (change: Partial<Upkeep>): Upkeep => ({
  due: [],
  running: null,
  signedOnAt: 0,
  downloaded: [],
  failures: 0,
  ...change,
})

test('a settlement goes on where it was: its message is asked again, whatever became of the answer', () => {
  const { state } = woken({ settlement: CLOSING_OUT })
  expect(state.settlement).toEqual({ ...CLOSING_OUT, out: '' })
  expect(state.message?.key).toBe('settle.interrupted')
  const waits = { ...CLOSING_OUT, phase: 'signatures' as const, out: '' }
  expect(nameOf('settlement', { settlement: waits })).toBe('waiting for its next message')
  const signing = { settlement: waits, uploads: [UPLOAD], setup: TAKES }
  expect(nameOf('settlement', signing)).toBe('waiting for signatures')
  expect(nameOf('signature for the acquirer', signing)).toBe('to be sent: see settlement')
})

test('signatures for the acquirer are due at once; where it takes none any more, a person is asked', () => {
  const running = line({ running: 'signature' })
  const { state } = woken({ uploads: [UPLOAD], upkeep: running, setup: TAKES })
  expect(state.uploads).toEqual([{ ...UPLOAD, notBefore: 0 }])
  expect(state.upkeep?.running).toBeNull()
  const none = woken({ uploads: [UPLOAD, { ...UPLOAD, givenUp: { code: '96' } }], upkeep: running })
  expect(none.state.uploads).toMatchObject([
    { pauses: 2, givenUp: { code: '' } },
    { pauses: 2, givenUp: { code: '96' } },
  ])
  expect(none.state.upkeep?.running).toBeNull()
  const left = { uploads: [{ ...UPLOAD, givenUp: { code: '' } }], upkeep: running }
  expect(woken({ ...left, setup: TAKES }).state.uploads).toEqual(left.uploads)
})

test('what the line was doing is not waited for, and a download that was under way is due before the others', () => {
  const { state } = woken({ upkeep: line({ running: 'caKeys', due: ['aids'] }) })
  expect(state.upkeep).toMatchObject({ running: null, due: ['caKeys', 'aids'] })
  const idle = line({ due: ['aids'] })
  expect(woken({ upkeep: idle }).state.upkeep).toEqual(idle)
  const told = woken({ upkeep: line({ running: 'scriptNotice', due: ['aids'] }) })
  expect(told.state.upkeep).toEqual(idle)
  const signed = woken({ upkeep: line({ running: 'signature', due: ['aids'] }) })
  expect(signed.state.upkeep).toEqual(idle)
})

const orderOf = (kind: TransactionKind): Step => {
  const { order } = attemptOf(kind, '000077')
  return { kind: 'approve', order, typed: '12' }
}
const out = (kind: TransactionKind): Step => ({
  kind: 'authorizing',
  attempt: attemptOf(kind, '000077'),
  cancelAsked: false,
  wait: WAIT,
})

test.each<[Step, string, string | null]>([
  [{ kind: 'amount', typed: '12' }, 'none, or ended', null],
  [orderOf('sale'), 'a confirmed sale: it waits for whoever signs in', 'order.unsent'],
  [orderOf('refund'), 'nothing of it has left, and it is begun anew', 'order.lost.refund'],
  [out('sale'), 'its request is out: see reversal', null],
  [out('refund'), 'its request is out: see refund in doubt', null],
  [out('balance'), 'an inquiry is out', 'balance.timedOut'],
  [COMPLETING, 'being completed or undone: see reversal', null],
])('on the page stood %j: %s', (step, name, said) => {
  expect(nameOf('order on the page', { step, unsent: undefined })).toBe(name)
  expect(woken({ step }).state.message?.key ?? null).toBe(said)
})

test('a sale that nobody signed in after still waits; one that was confirmed since takes its place', () => {
  const { order } = attemptOf('sale', '000077')
  const unsent = { order, typed: '12', since: NOON }
  const quiet = woken({ step: { kind: 'signIn' }, unsent })
  expect([quiet.state.unsent, quiet.state.message?.key]).toEqual([unsent, 'order.unsent'])
  const other = { ...order, id: 10, dueMinor: minor(500) }
  const page = woken({ step: { kind: 'confirmAmount', order: other, typed: '5' }, unsent })
  expect(page.state.unsent?.order.id).toBe(10)
  expect(page.state.message?.params).toEqual({ amount: '5.00' })
})

test('slips: what may be on paper is asked about, what waited is marked as late, and what is done stays', () => {
  const slips = slipStates()
  const states = woken({ slips }).state.slips.map((job) => [job.state, job.slip.mark.kind])
  expect(states).toEqual(
    slips.map(({ slip, state }) => {
      if (state === 'printing') return ['unsure', slip.mark.kind]
      return rowOf(SLIP_ROWS, { record: '', slip, state }).wakes === undefined
        ? [state, slip.mark.kind]
        : ['queued', 'late']
    }),
  )
})

test('every start forgets the line, the devices, the page and who was signed in; page names of before do not come again', () => {
  const { state } = woken({
    page: 7,
    link: 'up',
    tone: 'key',
    power: { percent: 5, onMains: false },
  })
  expect(state).toMatchObject({ at: NOON, page: 7 + 4096 + 1, tone: null, session: null })
  expect(state.power).toBeUndefined()
  expect(state.link).toBe('signingOn')
  const gone = ['cardReader', 'pinPad', 'printer', 'qrScanner'].map((device) => [
    device,
    { device, troubles: ['gone'] },
  ])
  expect(state.devices).toEqual(Object.fromEntries(gone))
})

test('a signature that was being given is owed on paper, and the language is that of the shop again', () => {
  const signing = {
    record: 'r',
    trace: '000009',
    type: 'sale' as const,
    amountMinor: minor(1200),
    code: 'X',
    settlementDate: '1121',
    wait: WAIT,
  }
  const { state } = woken({ signing, locale: { counter: 'en', customer: 'en' } })
  expect(state.signing).toBeUndefined()
  expect(state.unsigned).toMatchObject([{ record: 'r', trace: '000009' }])
  expect(state.locale).toEqual(SETUP.locale)
})

test('people keep PIN and wrong tries, get the role that the configuration gives them now, and strangers may not sign in', () => {
  const known = { number: '01', credential: 'salt:hash', wrongTries: 2, lockedUntil: 9 }
  const operators = [
    { ...known, role: 'cashier' as const },
    { ...known, number: '07', role: 'cashier' as const },
  ]
  const setup: Setup = {
    ...SETUP,
    operators: [
      { number: '01', role: 'supervisor' },
      { number: '02', role: 'cashier' },
    ],
  }
  const { state } = woken({ operators }, setup)
  expect(state.operators).toEqual([
    { ...known, role: 'supervisor' },
    { number: '02', role: 'cashier', credential: null, wrongTries: 0, lockedUntil: 0 },
  ])
  // Whoever has no PIN yet chooses one first, and until then nobody is signed in.
  expect(state.step).toEqual({ kind: 'setPin', operator: '02' })
  expect([BASE.session?.operator, state.session]).toEqual(['01', null])
})

test('without a MAC key the sign-on leaves and the reversal waits; with one the reversal goes first', () => {
  const state = { ...BASE, reversal: ARMED }
  const first = recover(state, { type: 'started', at: NOON, setup: SETUP, keysReady: false })
  expect(first.effects.map((one) => one.do)).toEqual(['stopTimer', 'signOn'])
  expect(first.state).toMatchObject({ keysReady: false, reversal: { state: 'owed' } })
})

test('a terminal that has never run begins at one, with nothing owed and nobody known', () => {
  expect(initialState()).toMatchObject({
    at: 0,
    page: 0,
    step: { kind: 'starting' },
    message: null,
    tone: null,
    locale: { counter: 'zh-CN', customer: 'zh-CN' },
    setup: { terminalNumber: '', operators: [] },
    counters: { stan: 1, batch: 1, order: 1, job: 1, read: 1 },
    link: 'down',
    keysReady: false,
    reversal: null,
    advice: null,
    settlement: null,
    inBatch: 0,
    slips: [],
    recent: [],
    usedCodes: [],
    operators: [],
    session: null,
  })
})

test.each<[string, Partial<TerminalState>, string]>([
  ['download', { upkeep: undefined }, 'none under way'],
  ['download', { upkeep: line({ running: 'signature' }) }, 'none under way'],
  ['download', { upkeep: line({ running: 'caKeys' }) }, 'under way, its end lost'],
  ['script notice', { notices: undefined }, 'none to be told'],
  ['script notice', { notices: [] }, 'none to be told'],
  ['script notice', { notices: everythingFound().lines[4]?.notices }, 'to be told'],
])('of the %s %j is found: %s', (item, found, name) => {
  expect(nameOf(item, found)).toBe(name)
})

test('two rows that answer the same, or none, stop the start before anything leaves', () => {
  const [table] = RECOVERY
  const [row] = table?.rows ?? []
  if (table === undefined || row === undefined) throw new Error('no table')
  const doubled = { ...table, rows: [...table.rows, { ...row, name: 'again' }] }
  expect(() => rowOf(doubled, BASE)).toThrow(/reversal: not exactly one row but none, again/)
  expect(() => rowOf({ ...table, rows: [] }, BASE)).toThrow(/reversal: no row matches/)
})
