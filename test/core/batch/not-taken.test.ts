/** A host that answers and does not take it, time and again: the shop sells on, and the batch waits for its next settlement. */
import { expect, test } from 'vitest'
import { reopened } from '#core/batch/unsettled.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { aSale } from '../two-people.ts'
import { CLOSING, line, type Settling, settling } from './settling.ts'

/** Time for the next try. */
function again({ counter, note }: Settling): void {
  note(counter.tell({ type: 'timerFired', timer: 'batch' }))
}

function refuse(on: Settling, code: string, times: number): void {
  for (let count = 1; count <= times; count++) {
    if (count > 1) again(on)
    on.answer(code)
  }
}

const said = ({ counter }: Settling) => [counter.said(), counter.state().settlement?.phase ?? null]

test.each([
  ['its lines', '2', 'upload'],
  ['its end', '1', 'end'],
])(
  'a host that refuses %s five times: the batch stays open, and selling goes on',
  (_what, verdict, phase) => {
    const on = settling(1)
    on.answer(verdict)
    refuse(on, '96', 4)
    expect(said(on)).toEqual(['settle.interrupted', phase])
    again(on)
    on.answer('96')
    expect(said(on)).toEqual(['settle.refused', null])
    expect(on.counter.state().counters.batch).toBe(1)
    on.counter.ask(5)
    expect(on.counter.step()).toBe('present')
  },
)

test('what was taken in between begins the count anew', () => {
  const on = settling(9)
  on.answer('2')
  for (const phase of ['upload', 'upload', 'end']) {
    refuse(on, '96', 4)
    expect(said(on)).toEqual(['settle.interrupted', phase])
    again(on)
    on.answer('00')
  }
  expect(on.counter.state()).toMatchObject({ settlement: null, counters: { batch: 2 } })
})

test('silence is no refusal: until there is an answer nobody knows what the host has closed', () => {
  const on = settling(1)
  on.answer('1')
  for (let count = 0; count < 9; count++) {
    on.counter.tell({ type: 'batchUnanswered', stan: on.counter.state().settlement?.out ?? '' })
    again(on)
  }
  expect(said(on)).toEqual(['settle.interrupted', 'end'])
})

test('a host that asks for new keys each time is signed on to once more, and is no longer waited for', () => {
  const on = settling(1)
  on.answer('1')
  for (let count = 0; count < 5; count++) {
    on.answer('77')
    expect(on.counter.dos()).toContain('signOn')
    on.note(on.counter.tell({ type: 'signedOn', batch: '000001' }))
  }
  expect(on.counter.state().settlement).toBeNull()
})

test('all of it goes up once more when it is settled again', () => {
  const on = settling(9)
  on.answer('2')
  on.answer('00')
  refuse(on, '96', 5)
  const { counter } = on
  counter.press('menu', '0')
  const lines = Array.from({ length: 9 }, (_, index) => line({ stan: `00001${index}` }))
  const page = pageName(counter.state())
  counter.tell({ type: 'batchGathered', page, batch: '000001', lines })
  on.note(counter.press('confirm'))
  on.answer('2')
  expect(on.sent().totals.slice(0, 2)).toBe('08')
})

const TOTAL = { at: 0, operator: '00', oursMinor: 3800, shopMinor: 3700 }

test.each([
  ['as it was', 1, '000001'],
  ['under the number that the host has named since', 2, '000002'],
])('what the shop has counted goes on %s', (_what, batch, kept) => {
  const { state } = aSale()
  const open = reopened({
    ...state,
    counters: { ...state.counters, batch },
    settlement: { ...CLOSING, lines: [line({ amountMinor: minor(3800) })] },
    shopTotals: [{ ...TOTAL, batch: '000001' }],
  })
  expect(open.settlement).toBeNull()
  expect(open.shopTotals).toEqual([{ ...TOTAL, batch: kept }])
  expect(reopened(open)).toEqual(open)
})
