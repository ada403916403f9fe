/** Chores of the line: which are due, which goes first, and that none starts while somebody pays or anything is owed. */
import { expect, test } from 'vitest'
import { newAdvice } from '#core/advice/queue.ts'
import type { Upkeep } from '#core/link/chore.ts'
import { keepUp } from '#core/link/keep-up.ts'
import { askToSignOff, signOffAfterBatch } from '#core/link/sign-off.ts'
import {
  afterSignOn,
  isQuiet,
  onDownloadEnded,
  onHostAsked,
  pauseAfterFailure,
} from '#core/link/upkeep.ts'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import { refuse, stay } from '#core/terminal/decision.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { CLOSING } from '../batch/settling.ts'
import { ended, NOON, SETUP } from '../counter.ts'
import { attemptOf } from '../recovery/found-states.ts'
import { host, openState, SERVED, WAIT } from './at-rest.ts'

const OPEN: TerminalState = { ...openState(), at: NOON }
const NOTHING: Upkeep = { due: [], running: null, signedOnAt: NOON, downloaded: [], failures: 0 }
const line = (upkeep: Partial<Upkeep>, change: Partial<TerminalState> = {}): TerminalState => ({
  ...OPEN,
  ...change,
  upkeep: { ...NOTHING, ...upkeep },
})
const begun = (state: TerminalState) =>
  keepUp(stay(state)).effects.map((one) => (one.do === 'download' ? one.download : one.do))
const NOTICE = {
  id: '000001-000055',
  batch: '000001',
  stan: '000056',
  processingCode: '000000',
  amountMinor: minor(1200),
  entryMode: '051',
  panSequence: null,
  originalData: '',
  emv: '',
  tries: 0,
}
const CLOSING_OUT: TerminalState['settlement'] = { ...CLOSING, out: '000009' }
const OWED = { ...armReversal(attemptOf('sale', '000077')), state: 'owed' as const }
const REFUND = { ...newAdvice(attemptOf('refund', '000066')), state: 'waiting' as const }

test.each<[string, Partial<Upkeep>, Partial<TerminalState>, readonly string[]]>([
  ['nothing is due', {}, {}, []],
  ['two are due', { due: ['aids', 'caKeys'] }, {}, ['aids']],
  ['a sign-on is due', { due: ['signOn', 'caKeys'] }, {}, ['stopTimer', 'signOn']],
  ['a chip ran scripts', { due: ['aids'] }, { notices: [NOTICE] }, ['sendNotice']],
  ['one is under way', { due: ['aids'], running: 'caKeys' }, {}, []],
  ['somebody pays', { due: ['aids'] }, { step: SERVED }, []],
  ['a reversal is owed', { due: ['aids'] }, { reversal: OWED }, []],
  ['a refund is in doubt', { due: ['aids'] }, { advice: REFUND }, []],
  ['a batch is closed', { due: ['aids'] }, { settlement: CLOSING_OUT }, []],
  ['the line is down', { due: ['aids'] }, { link: 'down' }, []],
])('after an event, %s (%j, %j): it begins %j', (_what, upkeep, change, does) => {
  expect(begun(line(upkeep, change))).toEqual(does)
})

test('what begins is taken off the list and named as under way, behind what the event itself asked for', () => {
  const { effects, state } = keepUp(
    stay(line({ due: ['aids', 'caKeys'] }), [{ do: 'disarmScanner' }]),
  )
  expect(effects).toEqual([
    { do: 'disarmScanner' },
    { do: 'download', download: 'aids', batch: '000001' },
  ])
  expect(state.upkeep).toMatchObject({ due: ['caKeys'], running: 'aids' })
})

test('an event that was refused begins nothing', () => {
  const refused = refuse(line({ due: ['aids'] }), 'lateAnswer')
  expect(keepUp(refused)).toBe(refused)
})

const DAY_MS = 86_400_000

test.each([
  [DAY_MS, NOON - DAY_MS, true],
  [DAY_MS, NOON - DAY_MS + 1, false],
  // The clock was put back since.
  [DAY_MS, NOON + DAY_MS, true],
  [DAY_MS, 0, false],
  [0, NOON - DAY_MS, false],
  [undefined, NOON - DAY_MS, false],
])('keys are fetched anew every %s ms; last at %i: %s', (signOnEveryMs, signedOnAt, is) => {
  const setup = signOnEveryMs === undefined ? SETUP : host({ signOnEveryMs })
  const state = line({ signedOnAt, due: ['aids'] }, { setup })
  expect(begun(state)).toEqual(is ? ['stopTimer', 'signOn'] : ['aids'])
})

test('what was due before a sign-on is due after it', () => {
  const setup = host({ signOnEveryMs: DAY_MS })
  const state = line({ signedOnAt: NOON - DAY_MS, due: ['aids'] }, { setup })
  expect(keepUp(stay(state)).state.upkeep?.due).toEqual(['aids'])
})

const hostAsks = (state: TerminalState, request: number) =>
  onHostAsked(state, { type: 'hostAsked', at: NOON, request })

test.each<[number, Partial<Setup['host']>, Partial<Upkeep>, readonly string[]]>([
  [1, {}, {}, ['parameters']],
  [1, { downloads: ['contactless'] }, {}, ['parameters', 'contactless']],
  [5, { downloads: ['contactless'] }, {}, ['aids']],
  [5, {}, { due: ['caKeys'] }, ['caKeys', 'aids']],
  [5, {}, { due: ['aids'] }, ['aids']],
  [3, {}, { due: ['aids'] }, ['signOn', 'aids']],
  [5, {}, { running: 'aids' }, []],
  [1, { downloads: ['contactless'] }, { running: 'parameters' }, ['contactless']],
  // Else a host that never takes its wish back would be answered for ever.
  [1, { downloads: ['contactless'] }, { running: 'contactless' }, []],
  [3, { downloads: ['contactless'] }, { running: 'contactless' }, ['signOn']],
])('the host asks by %i (%j) when there is %j: due are %j', (request, rules, upkeep, due) => {
  const { state } = hostAsks(line(upkeep, { setup: host(rules) }), request)
  expect(state.upkeep?.due).toEqual(due)
})

test('what the host asks for and nobody offers is refused', () => {
  expect(hostAsks(OPEN, 6).refused).toBe('notSupported')
})

test.each<[string, Partial<Upkeep>, Partial<Setup['host']>, readonly string[]]>([
  ['nothing is wanted', {}, {}, []],
  ['one was never fetched', {}, { downloads: ['aids'] }, ['aids']],
  ['it lies there', { downloaded: ['aids'] }, { downloads: ['aids'] }, []],
  ['one came to nothing', { failed: ['caKeys'], downloaded: ['caKeys'] }, {}, ['caKeys']],
  ['a sign-on was due', { due: ['signOn', 'aids'] }, {}, ['aids']],
  ['it is due already', { due: ['aids'] }, { downloads: ['aids'] }, ['aids']],
])('after a sign-on, %s (%j): due are %j', (_what, upkeep, rules, due) => {
  const { upkeep: known } = afterSignOn(
    line({ failures: 3, signedOnAt: 0, ...upkeep }, { setup: host(rules) }),
  )
  expect(known).toMatchObject({ due, failures: 0, signedOnAt: NOON })
})

const endedOf = (state: TerminalState, change: Partial<ReturnType<typeof ended>> = {}) =>
  onDownloadEnded(state, { ...ended('aids'), ...change, at: NOON })

test('the end of a download that is not under way is not asked for', () => {
  expect(endedOf(line({ running: 'caKeys' })).refused).toBe('notAskedFor')
  expect(endedOf(line({})).refused).toBe('notAskedFor')
})

test('what came to nothing is named once, until it comes', () => {
  const running = line({ running: 'aids', failed: ['aids', 'caKeys'], downloaded: ['aids'] })
  const again = endedOf(running, { outcome: 'silent' }).state.upkeep
  expect(again).toMatchObject({ running: null, failed: ['caKeys', 'aids'], downloaded: ['aids'] })
  const first = endedOf(line({ running: 'aids' }), { outcome: 'silent' }).state.upkeep
  expect(first).toMatchObject({ failed: ['aids'], downloaded: [] })
  const kept = endedOf(running).state.upkeep
  expect(kept).toMatchObject({ running: null, failed: ['caKeys'], downloaded: ['aids'] })
  const second = endedOf(line({ running: 'aids', downloaded: ['caKeys'] })).state.upkeep
  expect(second?.downloaded).toEqual(['caKeys', 'aids'])
})

test('what a download says counts at once, and only what it says', () => {
  const contactless = { noPinMinor: minor(30_000), noSignatureMinor: null }
  const running = line({ running: 'aids' })
  const told = endedOf(running, { contactless, replyTimeoutMs: 45_000 }).state.setup
  expect(told).toMatchObject({ contactless, host: { replyTimeoutMs: 45_000 } })
  expect(endedOf(running).state.setup).toBe(running.setup)
})

test.each([
  [0, undefined, 10_000],
  [3, undefined, 10_000],
  [0, 60_000, 10_000],
  [2, 60_000, 40_000],
  [3, 60_000, 60_000],
])('after %i failures, at most %s ms: the pause is %i ms', (failures, linkRetryMostMs, ms) => {
  const setup = linkRetryMostMs === undefined ? SETUP : host({ linkRetryMostMs })
  const paused = pauseAfterFailure(line({ failures }, { setup }))
  expect(paused.ms).toBe(ms)
  expect(paused.state.upkeep?.failures).toBe(failures + 1)
})

test('failures are counted until counting them would say no more', () => {
  expect(pauseAfterFailure(line({ failures: 19 })).state.upkeep?.failures).toBe(20)
  expect(pauseAfterFailure(line({ failures: 20 })).state.upkeep?.failures).toBe(20)
})

test.each<[Step, boolean]>([
  [{ kind: 'setPin', operator: '01' }, true],
  [{ kind: 'signIn' }, true],
  [{ kind: 'amount', typed: '3' }, true],
  [{ kind: 'menu', sheet: 0 }, true],
  [{ kind: 'records' }, true],
  [{ kind: 'openItems' }, true],
  [{ kind: 'confirmAmount', order: SERVED.order, typed: '12' }, false],
  [{ kind: 'clearingDebt', order: SERVED.order, typed: '12', wait: WAIT }, false],
  [SERVED, false],
  [{ kind: 'settling', wait: WAIT }, false],
])('on this page nobody has begun to pay: %j: %s', (step, quiet) => {
  expect(isQuiet({ ...OPEN, step })).toBe(quiet)
})

test.each<[string, Partial<TerminalState>, string]>([
  ['a reversal is owed', { reversal: OWED }, 'signOff.owed'],
  ['a refund is in doubt', { advice: REFUND }, 'signOff.owed'],
  ['a batch is being closed', { settlement: CLOSING_OUT }, 'signOff.owed'],
  ['the line is down', { link: 'down' }, 'link.down'],
  ['the batch holds something', { inBatch: 1 }, 'signOff.batchOpen'],
])('nobody signs off while %s, by hand or by itself', (_what, change, why) => {
  const state = line({}, { setup: host({ signOffAfterSettlement: true }), ...change })
  const byHand = askToSignOff(state)
  expect([byHand.state.message?.key, byHand.state.tone, byHand.effects]).toEqual([
    why,
    'refused',
    [],
  ])
  expect(signOffAfterBatch(state)).toEqual(stay(state))
})

test('the end of the day by itself is only where the acquirer wants it, and takes nobody from a customer', () => {
  expect(signOffAfterBatch(OPEN)).toEqual(stay(OPEN))
  const wanted = { ...OPEN, setup: host({ signOffAfterSettlement: true }) }
  expect(signOffAfterBatch({ ...wanted, step: SERVED }).effects).toEqual([])
  expect(signOffAfterBatch(wanted).state.link).toBe('signedOff')
  expect(signOffAfterBatch({ ...wanted, session: null }).effects).toContainEqual({
    do: 'signOff',
    stan: '000002',
    batch: '000001',
    operator: '01',
  })
})
