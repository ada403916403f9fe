/** Nobody presses anything: which pages fall back to the sale, which are locked, and which wait as long as it takes. */
import { expect, test } from 'vitest'
import { onIdle, watchIdle } from '#core/counter/idle.ts'
import { message } from '#core/message.ts'
import { refuse, stay } from '#core/terminal/decision.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON, SETUP } from '../counter.ts'
import { openState, SERVED } from '../link/at-rest.ts'
import { attemptOf } from '../recovery/found-states.ts'

const PAGE_MS = 30_000
const LOCK_MS = 900_000
const SHOP: Setup = { ...SETUP, idle: { pageMs: PAGE_MS, lockMs: LOCK_MS } }
const OPEN: TerminalState = { ...openState(), setup: SHOP, message: null }
const orderPage = (kind: 'confirmAmount' | 'approve', what: 'sale' | 'refund'): Step => ({
  kind,
  order: attemptOf(what, '000077').order,
  typed: '12',
})
type Page = Step | { readonly kind: Step['kind'] }
type Row = readonly [page: Page, then: 'home' | 'locked' | 'stays']

const at = (step: Page, setup = SHOP): TerminalState => Object.assign({ ...OPEN, setup }, { step })
const SALE: Step = { kind: 'amount', typed: '' }
const KEY: TerminalEvent = { type: 'keyPressed', at: NOON, page: '', key: '1' }
const OPTION: TerminalEvent = { type: 'optionChosen', at: NOON, page: '', option: 'x', item: '' }
const TIMER: TerminalEvent = { type: 'timerFired', at: NOON, timer: 'link' }
const timer = (ms: number) => ({ do: 'startTimer', timer: 'idle', ms })
const STOP = { do: 'stopTimer', timer: 'idle' }

const FALLS_BACK: readonly Step['kind'][] = [
  'menu',
  'findOriginal',
  'enterAmount',
  'whatWasWrong',
  'records',
  'searchRecords',
  'proveReprint',
  'badge',
  'openItems',
  'incident',
  'closeIncident',
  'judgeCode',
  'totals',
  'approveBatch',
  'reviewRefunds',
  'approveDrill',
  'parameters',
]
const STAYS: readonly Step['kind'][] = [
  'starting',
  'setPin',
  'handOver',
  'lookAtAmount',
  'rekeyAmount',
  'clearingDebt',
  'present',
  'confirmCode',
  'pin',
  'authorizing',
  'completing',
  'querying',
  'reversing',
  'settling',
]

const WAITS = { stays: [], home: [timer(PAGE_MS)], locked: [timer(LOCK_MS)] }
const LEADS = {
  home: { step: SALE, session: OPEN.session, message: message('idle.backToSale') },
  locked: { step: { kind: 'signIn' }, session: null, message: message('idle.locked') },
}

const ROWS: readonly Row[] = [
  ...FALLS_BACK.map((kind): Row => [{ kind }, 'home']),
  ...STAYS.map((kind): Row => [{ kind }, 'stays']),
  [SALE, 'locked'],
  [{ kind: 'result' }, 'locked'],
  [{ kind: 'signIn' }, 'stays'],
  [orderPage('confirmAmount', 'sale'), 'stays'],
  [orderPage('approve', 'sale'), 'stays'],
  [orderPage('confirmAmount', 'refund'), 'home'],
  [orderPage('approve', 'refund'), 'home'],
  [{ kind: 'checkSticker', found: 'nothing' }, 'home'],
  // What hangs there takes the shop's money.
  [{ kind: 'checkSticker', found: 'foreign' }, 'stays'],
]

test.each(ROWS)('%j: %s', (step, then) => {
  const { refused, state } = onIdle(at(step))
  expect(refused).toBe(then === 'stays' ? 'timerNotRunning' : null)
  expect(watchIdle(at(step), KEY, stay(at(step))).effects).toEqual(WAITS[then])
  expect(state).toMatchObject(then === 'stays' ? { step } : LEADS[then])
})

test('a drill that was left at home, at a result or at its sign-in ends; anywhere else it goes home first', () => {
  const drill: Setup = { ...SHOP, drill: true }
  for (const step of [SALE, { kind: 'signIn' }, { kind: 'result' }] as const) {
    expect(onIdle(at(step, drill)).effects).toEqual([{ do: 'endDrill' }])
    expect(watchIdle(at(step, drill), KEY, stay(at(step, drill))).effects).toEqual([timer(LOCK_MS)])
  }
  expect(onIdle(at({ kind: 'menu' }, drill)).state.step).toEqual(SALE)
})

test('the wait begins anew with each touch and each new page, and with nothing else', () => {
  const home = at(SALE)
  const turned = { ...home, page: home.page + 1 }
  expect(watchIdle(home, OPTION, stay(home)).effects).toEqual([timer(LOCK_MS)])
  expect(watchIdle(home, TIMER, stay(turned, [{ do: 'cancelPin' }])).effects).toEqual([
    { do: 'cancelPin' },
    timer(LOCK_MS),
  ])
  for (const same of [stay(home), refuse(turned, 'lateAnswer')])
    expect(watchIdle(home, TIMER, same)).toBe(same)
  const refused = refuse(home, 'keyHasNoMeaningHere')
  expect(watchIdle(home, KEY, refused)).toBe(refused)
})

test('where it may stay the wait ends, and where none was there is none to end', () => {
  const home = at(SALE)
  const served = { ...at(SERVED), page: home.page + 1 }
  expect(watchIdle(home, KEY, stay(served)).effects).toEqual([STOP])
  const next = stay({ ...served, page: served.page + 1 })
  expect(watchIdle(served, KEY, next)).toBe(next)
  expect(watchIdle(served, KEY, stay({ ...home, page: 99 })).effects).toEqual([timer(LOCK_MS)])
})

test('without the rule nobody is ever sent home', () => {
  const home = at(SALE, SETUP)
  expect(onIdle(home).refused).toBe('timerNotRunning')
  expect(watchIdle(home, KEY, stay({ ...home, page: 99 })).effects).toEqual([])
})
