import { expect, test } from 'vitest'
import type { BatchLine } from '#core/batch/batch.ts'
import { totalsField } from '#core/batch/batch.ts'
import {
  closeShopTotal,
  explainTotal,
  totalItems,
  totalWhy,
} from '#core/batch/decide-shop-total.ts'
import { SHOP_TOTALS_LIMIT } from '#core/batch/shop-total.ts'
import { openItems } from '#core/counter/open-items.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { counterFrom, SETUP, withPins } from '../counter.ts'

const OPERATORS: Setup['operators'] = [
  { number: '01', role: 'cashier' },
  { number: '90', role: 'supervisor' },
]
const COUNTS: Setup = {
  ...SETUP,
  operators: OPERATORS,
  report: { shopTotal: true, exceptionsOnSlip: false },
}

const line = (amountMinor: number, kind: BatchLine['kind'] = 'sale'): BatchLine => ({
  stan: '000002',
  kind,
  amountMinor: minor(amountMinor),
  channel: 'card',
  isForeign: false,
})

/** A settlement asked for by this person, in a batch that holds these lines. */
function settling(operator: string, lines: readonly BatchLine[], setup = COUNTS) {
  const counter = counterFrom({ ...initialState(), operators: withPins(OPERATORS) }, setup)
  counter.open()
  if (operator !== '01') signIn(operator)
  function signIn(number: string): void {
    counter.press('menu', '6')
    const page = pageName(counter.state())
    counter.tell({ type: 'operatorChecked', page, operator: number, correct: true })
  }
  const ask = (): void => {
    counter.press('menu', '0')
    const page = pageName(counter.state())
    const batch = String(counter.state().counters.batch).padStart(6, '0')
    counter.tell({ type: 'batchGathered', page, batch, lines })
  }
  const agree = (): void => {
    for (const mti of ['0510', '0330'] as const) {
      const { settlement } = counter.state()
      const own = totalsField(settlement?.lines ?? [])
      const fields = {
        '11': settlement?.out ?? '',
        '39': '00',
        '41': SETUP.terminalNumber,
        '48': `${own.slice(0, 30)}1${own.slice(31, 61)}1`,
      }
      const reply = { mti, mac: 'absent', fields } as const
      counter.tell({ type: 'batchReplied', stan: settlement?.out ?? '', reply })
    }
  }
  const choose = (option: string, item: string): void => {
    counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item })
  }
  ask()
  return { counter, agree, ask, choose, signIn }
}

function keys(text: string): Key[] {
  const all = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.'] as const
  return text.split('').flatMap((one) => all.find((key) => key === one) ?? [])
}

const totalOn = (slips: readonly { slip: { facts: { totals?: { shop?: unknown } } } }[]): unknown =>
  slips.at(-1)?.slip.facts.totals?.shop

test('a supervisor keys the total before the terminal shows its own; equal totals settle and leave nothing behind', () => {
  const { agree, counter } = settling('90', [line(3800), line(1200, 'refund')])
  expect(counter.said()).toBe('total.key')
  counter.press(...keys('26'), 'confirm')
  expect(counter.said()).toBe('total.agrees')
  counter.press('confirm')
  agree()
  const state = counter.state()
  expect(state).toMatchObject({ settlement: null, shopTotals: [], counters: { batch: 2 } })
  expect(totalOn(state.slips)).toEqual({ totalMinor: 2600, differenceMinor: 0, operator: '90' })
})

test('swapped digits: the difference is told, stands on the slip of the batch and on the open list', () => {
  const { agree, counter } = settling('90', [line(8300)])
  counter.press(...keys('38'), 'confirm')
  expect(counter.said()).toBe('total.differs')
  expect(counter.state().message?.params).toMatchObject({
    shops: '38.00',
    ours: '83.00',
    difference: '45.00',
  })
  counter.press('confirm')
  agree()
  const state = counter.state()
  expect(totalOn(state.slips)).toMatchObject({ totalMinor: 3800, differenceMinor: 4500 })
  expect(openItems(state).map(({ id }) => id)).toEqual(['total-000001'])
})

test('a difference stays until a supervisor has said what it was; a cashier cannot take it off', () => {
  const { agree, choose, counter, signIn } = settling('90', [line(8300)])
  counter.press(...keys('38'), 'confirm', 'confirm')
  agree()
  signIn('01')
  counter.press('menu', '3')
  choose('totalNotFound', 'total-000001')
  expect(counter.said()).toBe('total.askSupervisor')
  expect(openItems(counter.state())).toHaveLength(1)
  counter.press('cancel')
  signIn('90')
  counter.press('menu', '3')
  choose('totalNotFound', 'total-000001')
  expect(counter.said()).toBe('total.explained')
  expect(openItems(counter.state())).toEqual([])
})

test('found before settling and keyed again: the newer count is the one that stands', () => {
  const { ask, counter } = settling('90', [line(8300)])
  counter.press(...keys('38'), 'confirm', 'cancel')
  expect(openItems(counter.state())).toHaveLength(1)
  ask()
  expect(counter.said()).toBe('total.key')
  counter.press(...keys('83'), 'confirm')
  expect(openItems(counter.state())).toEqual([])
})

test.each([
  ['agreed', '83', 0],
  ['did not agree', '38', 1],
])(
  'a total that %s is keyed, more is sold, and a cashier settles: the slip has no total of the shop, and no difference is made up',
  (_how, total, open) => {
    const { agree, counter, signIn } = settling('90', [line(8300)])
    counter.press(...keys(total), 'confirm', 'cancel')
    signIn('01')
    counter.press('menu', '0')
    const page = pageName(counter.state())
    counter.tell({ type: 'batchGathered', page, batch: '000001', lines: [line(8300), line(700)] })
    counter.press('confirm')
    agree()
    expect(counter.state().settlement).toBeNull()
    expect(totalOn(counter.state().slips)).toBeUndefined()
    expect(openItems(counter.state()).map(({ message }) => message.params?.['difference'])).toEqual(
      open === 0 ? [] : ['45.00'],
    )
  },
)

test('nobody has to count: with nothing keyed nothing is compared, and the slip says nothing of it', () => {
  const { agree, counter } = settling('90', [line(8300)])
  counter.press('confirm')
  expect(counter.said()).toBe('total.notKeyed')
  counter.press('confirm')
  agree()
  expect(totalOn(counter.state().slips)).toBeUndefined()
})

test('a cashier is not asked for the total and may settle', () => {
  const { counter } = settling('01', [line(8300)])
  expect(counter.said()).toBe('total.supervisorKeys')
  counter.press('confirm')
  expect(counter.step()).toBe('settling')
})

test('a shop that does not count is not asked, and an X report never is', () => {
  expect(settling('90', [line(100)], { ...COUNTS, report: SILENT }).counter.said()).toBeNull()
  const { counter } = settling('90', [line(100)])
  counter.press('cancel', 'menu', '9', '5')
  expect(counter.said()).toBeNull()
})

const SILENT = { shopTotal: false, exceptionsOnSlip: false }

test('more went back than came in: the digits alone are keyed', () => {
  const { counter } = settling('90', [line(5000, 'refund')])
  counter.press(...keys('50'), 'confirm')
  expect(counter.said()).toBe('total.agrees')
})

test('power lost while the batch is being closed: the total that was keyed is on the slip all the same', () => {
  const { agree, counter } = settling('90', [line(8300)])
  counter.press(...keys('38'), 'confirm', 'confirm')
  counter.restart()
  counter.tell({ type: 'signedOn', batch: '000001' })
  agree()
  expect(totalOn(counter.state().slips)).toMatchObject({ differenceMinor: 4500 })
})

test('the total is keyed as an amount is, and until the sums are there it is compared with nothing', () => {
  const { ask, counter } = settling('90', [line(3850)])
  counter.press('cancel', 'menu', '0')
  counter.press(...keys('38.5'))
  counter.press('confirm')
  expect(counter.state().step).toMatchObject({ kind: 'totals', counting: '38.5' })
  expect(counter.state().shopTotals).toBeUndefined()
  counter.press('cancel')
  ask()
  counter.press('backspace')
  expect(counter.state().tone).toBe('refused')
  counter.press(...keys('38.5'))
  expect([counter.state().tone, counter.state().step]).toMatchObject(['key', { counting: '38.5' }])
  counter.press('confirm')
  expect([counter.said(), counter.state().tone]).toEqual(['total.agrees', 'confirmed'])
})

test('it is kept with the batch, the time and whoever keyed it, a difference being told in red', () => {
  const { counter } = settling('90', [line(8300), line(300, 'void')])
  counter.press(...keys('38'), 'confirm')
  expect(counter.state()).toMatchObject({
    tone: 'refused',
    shopTotals: [
      { batch: '000001', at: counter.state().at, operator: '90', oursMinor: 8000, shopMinor: 3800 },
    ],
    message: {
      params: { batch: '000001', ours: '80.00', shops: '38.00', difference: '42.00' },
    },
  })
})

test.each([
  ['came to nothing', [line(100), line(100, 'void')], '5', 500],
  ['gave back more than it took', [line(100, 'refund')], '5', -500],
])('the shop counts 5.00 in a batch that %s: %o', (_what, lines, typed, shopMinor) => {
  const { counter } = settling('90', lines)
  counter.press(...keys(typed), 'confirm')
  expect(counter.state().shopTotals).toMatchObject([{ shopMinor }])
})

test('leaving the page without a total compares nothing and settles nothing', () => {
  const { counter } = settling('90', [line(100)])
  counter.press('5', 'cancel')
  expect([counter.step(), counter.state().shopTotals]).toEqual(['amount', undefined])
})

const STOOD = { at: 0, operator: '90', oursMinor: 1, shopMinor: 2 }
const differences = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...STOOD,
    batch: String(index + 100).padStart(6, '0'),
  }))

test('a month of differences but one still lets the batch be settled, and totals that agree are no difference', () => {
  const { counter } = settling('90', [])
  counter.press('cancel')
  const agreed = { ...STOOD, shopMinor: 1, batch: '000099' }
  const shopTotals = [agreed, ...differences(SHOP_TOTALS_LIMIT - 1)]
  const most = counterFrom({ ...counter.state(), shopTotals }, COUNTS)
  most.press('menu', '0')
  expect(most.said()).toBe('total.key')
  const one = counterFrom({ ...counter.state(), shopTotals: differences(31) }, COUNTS)
  one.press('menu', '0')
  expect(one.state().message).toEqual({ key: 'total.explainFirst', params: { count: '31' } })
  one.press('9', '5')
  expect(one.step()).toBe('totals')
})

test('a closed batch leaves differences of earlier ones where they stood, and nothing of what agreed', () => {
  const { counter } = settling('90', [line(8300)])
  counter.press(...keys('83'), 'confirm')
  const [earlier] = differences(1)
  const agreed = { ...STOOD, shopMinor: 1, batch: '000099' }
  const shopTotals = [earlier, agreed, ...(counter.state().shopTotals ?? [])].flatMap(
    (one) => one ?? [],
  )
  const settlement = { batch: '000001', lines: [line(8300)] }
  const closed = closeShopTotal({ ...counter.state(), shopTotals }, settlement)
  expect(closed.state.shopTotals).toEqual([earlier])
  expect(closed.total).toMatchObject({ batch: '000001', shopMinor: 8300 })
})

test.each([
  ['the batch is none that differs', 'totalFound', 'total-000009'],
  ['the batch agreed', 'totalFound', 'total-000099'],
  ['no such word is offered', 'constructor', 'total-000100'],
])('nothing is explained where %s', (_what, option, item) => {
  const { counter } = settling('90', [])
  const agreed = { ...STOOD, shopMinor: 1, batch: '000099' }
  const shopTotals = [agreed, ...differences(2)]
  const decision = explainTotal({ ...counter.state(), shopTotals }, option, item)
  expect([decision.refused, decision.state.shopTotals]).toEqual(['optionNotOffered', shopTotals])
})

test.each(['totalCorrected', 'totalFound', 'totalShopWrong', 'totalNotFound'])(
  'one difference is explained by %s, and no other',
  (option) => {
    const { counter } = settling('90', [])
    const shopTotals = differences(3)
    const state = { ...counter.state(), shopTotals }
    const { state: next } = explainTotal(state, option, 'total-000101')
    expect(next.shopTotals).toEqual([shopTotals[0], shopTotals[2]])
    expect(next).toMatchObject({
      tone: 'confirmed',
      message: { key: 'total.explained', params: { batch: '000101' } },
    })
    expect(totalItems(state)[0]?.message).toMatchObject({ key: 'total.open' })
    expect(totalItems(state).map(({ id, options }) => [id, options.includes(option)])).toEqual([
      ['total-000100', true],
      ['total-000101', true],
      ['total-000102', true],
    ])
  },
)

test('nobody who is signed out says what a difference was', () => {
  const { counter } = settling('90', [])
  const state = { ...counter.state(), session: null, shopTotals: differences(1) }
  const { state: next } = explainTotal(state, 'totalFound', 'total-000100')
  expect(next).toMatchObject({
    shopTotals: differences(1),
    message: { key: 'total.askSupervisor' },
  })
})

test('an option of the open list says why a total differs, or nothing of it', () => {
  const whys = ['totalCorrected', 'totalFound', 'totalShopWrong', 'totalNotFound'].map(totalWhy)
  expect(whys).toEqual(['corrected', 'found', 'shopWrong', 'notFound'])
  expect(['writeOff', 'constructor'].map(totalWhy)).toEqual([null, null])
})
