/** The menu, row by row: what each sheet offers to whom, where each entry leads, and that only what is printed there can be chosen. */
import { expect, test } from 'vitest'
import { menuSheet, onHomeOption, onMenuKey, onMenuOption } from '#core/counter/menu-page.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { FACTS, inTrouble, jobOf, OPEN, queueOf, SALE } from '../receipt/queues.ts'

type Menu = Extract<Step, { kind: 'menu' }>
const sheet = (number: 0 | 1 | 2): Menu => ({ kind: 'menu', sheet: number })
const shop = (change: Partial<Setup> = {}, state: Partial<TerminalState> = {}): TerminalState => ({
  ...OPEN,
  message: null,
  tone: null,
  ...state,
  setup: { ...OPEN.setup, ...change },
})
const ids = (state: TerminalState, number: 0 | 1 | 2) =>
  menuSheet(state, sheet(number)).map(({ id }) => id)
const chosen = (state: TerminalState, number: 0 | 1 | 2, option: string) =>
  onMenuOption({ ...state, step: sheet(number) }, sheet(number), option)

test.each<[string, Partial<Setup>, boolean]>([
  ['gives its people cards', { badge: 'optional' }, true],
  ['has no staff cards', {}, false],
  ['drills', { badge: 'optional', drill: true }, false],
])('a shop that %s: staff cards are given there %o', (_what, change, isThere) => {
  expect(ids(shop(change), 2)).toEqual(
    isThere ? ['parameters', 'badge', 'next'] : ['parameters', 'next'],
  )
})

test('a drill ends where the real terminal begins one, and has situations in the place of the sticker, under the same keys', () => {
  const real = menuSheet(shop(), sheet(1))
  const drill = menuSheet(shop({ drill: true }), sheet(1))
  expect(drill.map(({ key }) => key)).toEqual(real.map(({ key }) => key))
  expect(drill.filter(({ id }) => !real.some((one) => one.id === id))).toEqual([
    { id: 'endDrill', key: '7' },
    { id: 'exercises', key: '8' },
  ])
  expect(chosen(shop({ drill: true }), 1, 'endDrill').effects).toEqual([{ do: 'endDrill' }])
  for (const id of ['endDrill', 'exercises'])
    expect(chosen(shop(), 1, id).refused).toBe('optionNotOffered')
  expect(chosen(shop({ drill: true }), 1, 'drill').refused).toBe('optionNotOffered')
})

test.each<[0 | 1 | 2, string]>([
  [0, 'preAuth'],
  [0, 'parameters'],
  [1, 'settle'],
  [2, 'signOut'],
  [0, 'nonsense'],
])('what is not printed on sheet %i cannot be chosen there: %s', (number, option) => {
  expect(chosen(shop(), number, option)).toMatchObject({
    refused: 'optionNotOffered',
    effects: [],
  })
})

const SUPERVISOR = { session: { operator: '00', role: 'supervisor' as const } }

test.each<[string, 0 | 1 | 2, Partial<TerminalState>, Step['kind'], string | null, string | null]>([
  ['next', 0, {}, 'menu', null, 'key'],
  ['records', 0, {}, 'records', null, 'key'],
  ['openItems', 0, {}, 'openItems', null, 'key'],
  ['correct', 1, {}, 'records', 'correct.pick', 'key'],
  ['language', 0, {}, 'menu', null, null],
  ['signOn', 0, {}, 'amount', 'link.signingOn', null],
  ['signOff', 1, {}, 'menu', 'signOff.batchOpen', 'refused'],
  ['reprintLast', 0, { recent: [] }, 'menu', 'slip.none', 'refused'],
  ['reprintSettlement', 1, {}, 'menu', 'settle.noSlip', 'refused'],
  ['parameters', 2, SUPERVISOR, 'parameters', null, 'key'],
  ['parameters', 2, {}, 'menu', 'parameters.notAllowed', 'refused'],
  ['parameters', 2, { session: null }, 'menu', 'parameters.notAllowed', 'refused'],
])('%s of sheet %i', (option, number, change, kind, said, tone) => {
  const { refused, state } = chosen(shop({}, change), number, option)
  expect([refused, state.step.kind, state.message?.key ?? null, state.tone]).toEqual([
    null,
    kind,
    said,
    tone,
  ])
})

test('a key is the entry printed on it; cancel and menu lead home, and a key without an entry does nothing', () => {
  const state = shop({}, { step: sheet(2) })
  expect(onMenuKey(state, sheet(2), '9').state.step).toEqual(sheet(0))
  for (const key of ['cancel', 'menu'] as const)
    expect(onMenuKey(state, sheet(2), key).state.step).toEqual({ kind: 'amount', typed: '' })
  for (const key of ['2', 'confirm', '.'] as const)
    expect(onMenuKey(state, sheet(2), key).refused).toBe('keyHasNoMeaningHere')
})

test('the language of the counter goes to the other one and back; the customer keeps theirs', () => {
  const english = chosen(shop(), 0, 'language').state
  expect(english.locale).toEqual({ counter: 'en', customer: 'zh-CN' })
  expect(chosen(english, 0, 'language').state.locale).toEqual({
    counter: 'zh-CN',
    customer: 'zh-CN',
  })
})

test('the last slip again is that of the last transaction that has one; which one is said', () => {
  const declined = { ...SALE, id: 'x', stan: '000099', slip: null }
  const state = shop({}, { recent: [SALE, declined] })
  const said = { key: 'slip.reprinting', params: { trace: SALE.stan } }
  const there = chosen(state, 0, 'reprintLast')
  expect([there.state.message, there.state.step.kind]).toEqual([said, 'amount'])
  expect(there.effects).toContainEqual(expect.objectContaining({ do: 'print' }))
  const home = onHomeOption({ ...state, step: { kind: 'amount', typed: '12' } }, 'reprintLast')
  expect([home.state.message, home.state.tone]).toEqual([said, 'key'])
  expect(home.state.step).toEqual({ kind: 'amount', typed: '12' })
  expect(onHomeOption(state, 'void').refused).toBe('optionNotOffered')
})

test('the slip of the last batch that was closed comes again, counted on its face, and its batch is said', () => {
  const lastZ = { facts: { ...FACTS, batch: '000007' }, reprints: 1 }
  const { effects, state } = chosen(shop({}, { lastZ }), 1, 'reprintSettlement')
  expect(state.message).toEqual({ key: 'settle.slipAgain', params: { batch: '000007' } })
  expect(effects).toMatchObject([
    { do: 'print', slip: { facts: lastZ.facts, mark: { kind: 'reprint', number: 2 } } },
  ])
})

test.each(['signOut', 'signOff'])(
  '%s: slips that are owed are shown first, with their number',
  (option) => {
    const owing = { ...queueOf(jobOf('a', 'owed'), jobOf('b', 'unsure')), message: null }
    const number = option === 'signOut' ? 0 : 1
    const { state } = chosen(owing, number, option)
    expect(state).toMatchObject({
      step: { kind: 'openItems', leaving: true },
      message: { key: 'slip.beforeSignOut', params: { count: '2' } },
      tone: 'unknown',
      session: owing.session,
    })
    const free = chosen(queueOf(jobOf('a', 'queued')), number, option).state
    expect(free.step.kind).not.toBe('openItems')
    const stuck = inTrouble(queueOf(jobOf('a', 'queued')), 'paperOut')
    expect(chosen(stuck, number, option).state.step.kind).toBe('openItems')
  },
)
