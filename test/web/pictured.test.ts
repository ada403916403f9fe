/** Nothing that a screen can show goes unpictured: the gallery and every test of fit and contrast walk these states. */
import { expect, test } from 'vitest'
import type { Step } from '#core/terminal/state.ts'
import type {
  CodeHint,
  CounterPage,
  CustomerPage,
  Direction,
  Means,
  View,
} from '#shell/api/view.ts'
import { FIXTURES } from './fixtures.ts'
import { PLAYED } from './played/played.ts'

type Of<Kind extends CounterPage['kind']> = Extract<CounterPage, { kind: Kind }>
type About = NonNullable<Of<'menu'>['about']>
type By = NonNullable<Of<'findOriginal'>['by']>
type Every<Name extends string> = Readonly<Record<Name, true>>
const yes = true

// The compiler keeps these whole: a name that is new in the union is missing here, and one that is gone is too many.
const STEPS: Every<Step['kind']> = {
  amount: yes,
  approve: yes,
  approveBatch: yes,
  approveDrill: yes,
  authorizing: yes,
  checkSticker: yes,
  clearingDebt: yes,
  closeIncident: yes,
  completing: yes,
  confirmAmount: yes,
  confirmCode: yes,
  enterAmount: yes,
  findOriginal: yes,
  handOver: yes,
  incident: yes,
  judgeCode: yes,
  lookAtAmount: yes,
  menu: yes,
  openItems: yes,
  parameters: yes,
  pin: yes,
  present: yes,
  proveReprint: yes,
  badge: yes,
  querying: yes,
  records: yes,
  rekeyAmount: yes,
  result: yes,
  reversing: yes,
  reviewRefunds: yes,
  searchRecords: yes,
  setPin: yes,
  settling: yes,
  signIn: yes,
  starting: yes,
  totals: yes,
  whatWasWrong: yes,
}
const COUNTER: Every<CounterPage['kind']> = {
  amount: yes,
  approve: yes,
  checkSticker: yes,
  confirmAmount: yes,
  confirmCode: yes,
  findOriginal: yes,
  handOver: yes,
  lookAtAmount: yes,
  menu: yes,
  openItems: yes,
  outOfService: yes,
  parameters: yes,
  pin: yes,
  present: yes,
  records: yes,
  rekeyAmount: yes,
  result: yes,
  setPin: yes,
  signIn: yes,
  starting: yes,
  totals: yes,
  whatWasWrong: yes,
  working: yes,
}
const CUSTOMER: Every<CustomerPage['kind']> = {
  amount: yes,
  closed: yes,
  pin: yes,
  present: yes,
  result: yes,
  sign: yes,
  wait: yes,
  walletPassword: yes,
  welcome: yes,
}
const DOING: Every<Of<'working'>['doing']> = {
  authorizing: yes,
  completingCard: yes,
  querying: yes,
  reversing: yes,
  settling: yes,
  signingOn: yes,
}
const ABOUT: Every<About> = {
  closing: yes,
  elsewhere: yes,
  incident: yes,
  judge: yes,
  search: yes,
}
const BY: Every<By> = {
  amount: yes,
  authCode: yes,
  badge: yes,
  date: yes,
  last4: yes,
  operator: yes,
  proof: yes,
  reference: yes,
  time: yes,
  trace: yes,
}
const PURPOSE: Every<Of<'findOriginal'>['purpose']> = {
  completion: yes,
  records: yes,
  refund: yes,
  void: yes,
}
const TOTALS: Every<Of<'totals'>['purpose']> = { settle: yes, xReport: yes }
const FOUND: Every<Of<'checkSticker'>['found']> = { foreign: yes, nothing: yes }
const HINTS: Every<CodeHint> = { again: yes, notPayCode: yes, onePhone: yes, refresh: yes }
const MEANS: Every<Means> = { code: yes, insert: yes, swipe: yes, tap: yes }
const DIRECTIONS: Every<Direction> = { hold: yes, in: yes, none: yes, out: yes }
const LINKS: Every<View['strip']['link']> = { down: yes, signedOff: yes, signingOn: yes, up: yes }
const PAPERS: Every<View['strip']['paper']> = { nearEnd: yes, ok: yes, out: yes, unknown: yes }
const SLIPS: Every<Of<'result'>['slips'][number]['state']> = {
  awaitingTear: yes,
  owed: yes,
  printed: yes,
  printing: yes,
  queued: yes,
  unsure: yes,
  waived: yes,
}
/** Of a sale, of what goes back and of what is held, each in every way in which it can end. */
const ENDS: Every<`${Exclude<Direction, 'none'>} ${Of<'result'>['outcome']}`> = {
  'hold approved': yes,
  'hold notPaid': yes,
  'hold unknown': yes,
  'in approved': yes,
  'in notPaid': yes,
  'in unknown': yes,
  'out approved': yes,
  'out notPaid': yes,
  'out unknown': yes,
}

const views = FIXTURES.map(({ view }) => view)

/** What of the views, wherever it stands, there is no picture of. */
function unpictured(
  all: Every<string>,
  seen: (view: View) => string | undefined | readonly string[],
): readonly string[] {
  const found = new Set(views.flatMap((view) => seen(view) ?? []))
  return Object.keys(all).filter((name) => !found.has(name))
}

function on<Kind extends CounterPage['kind']>(kind: Kind, { counter }: View): Of<Kind> | null {
  const isOf = (page: CounterPage): page is Of<Kind> => page.kind === kind
  return isOf(counter) ? counter : null
}

test('every step of the terminal is pictured as it comes about at the counter', () => {
  const played = new Set(PLAYED.map(({ step }) => step))
  expect(Object.keys(STEPS).filter((step) => ![...played].some((one) => one === step))).toEqual([])
})

test('every page of the counter is pictured, with each thing that it can be about', () => {
  expect({
    pages: unpictured(COUNTER, ({ counter }) => counter.kind),
    doing: unpictured(DOING, (view) => on('working', view)?.doing),
    about: unpictured(ABOUT, (view) => on('menu', view)?.about),
    by: unpictured(BY, (view) => on('findOriginal', view)?.by),
    purpose: unpictured(PURPOSE, (view) => on('findOriginal', view)?.purpose),
    totals: unpictured(TOTALS, (view) => on('totals', view)?.purpose),
    found: unpictured(FOUND, (view) => on('checkSticker', view)?.found),
    slips: unpictured(SLIPS, (view) =>
      [on('result', view), ...(on('records', view)?.records ?? [])].flatMap(
        (one) => one?.slips.map(({ state }) => state) ?? [],
      ),
    ),
    directions: unpictured(DIRECTIONS, ({ direction }) => direction),
    links: unpictured(LINKS, ({ strip }) => strip.link),
    papers: unpictured(PAPERS, ({ strip }) => strip.paper),
    ends: unpictured(ENDS, (view) => {
      const outcome = on('result', view)?.outcome
      return outcome === undefined ? [] : `${view.direction} ${outcome}`
    }),
  }).toEqual({
    pages: [],
    doing: [],
    about: [],
    by: [],
    purpose: [],
    totals: [],
    found: [],
    slips: [],
    directions: [],
    links: [],
    papers: [],
    ends: [],
  })
})

test('every page of the customer is pictured, with each means of paying and each hint', () => {
  expect({
    pages: unpictured(CUSTOMER, ({ customer }) => customer.kind),
    hints: unpictured(HINTS, ({ customer }) =>
      customer.kind === 'present' ? customer.hint : undefined,
    ),
    means: unpictured(MEANS, ({ customer }) =>
      customer.kind === 'present' ? customer.means : undefined,
    ),
  }).toEqual({ pages: [], hints: [], means: [] })
})

test('no two states have one name, and the pictures of one are not those of another', () => {
  const names = FIXTURES.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('a page made by hand offers nothing that the played counter never offers on it', () => {
  const offered = new Map<string, Set<string>>()
  for (const { view } of PLAYED) {
    if (!('options' in view.counter)) continue
    const ids = offered.get(view.counter.kind) ?? new Set()
    for (const { id } of view.counter.options ?? []) ids.add(id)
    offered.set(view.counter.kind, ids)
  }
  const strange = FIXTURES.flatMap(({ name, view: { counter } }) =>
    ('options' in counter ? (counter.options ?? []) : [])
      .filter(({ id }) => offered.get(counter.kind)?.has(id) !== true)
      .map(({ id }) => `${name}: ${id}`),
  )
  expect(strange).toEqual([])
})
