import { expect, test } from 'vitest'
import { type BatchLine, totalsField } from '#core/batch/batch.ts'
import type { ExceptionCount } from '#core/batch/exception-count.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { counterFrom, SETUP } from '../counter.ts'
import { answerTotals } from './answer-totals.ts'

const LINES: readonly BatchLine[] = [
  { stan: '000002', kind: 'sale', amountMinor: minor(3800), channel: 'card', isForeign: false },
]

/** What stands on the slip of a batch that the host agrees with. */
function exceptionsOnSlip(counted: readonly ExceptionCount[] | null): unknown {
  const counter = counterFrom()
  counter.open()
  counter.press('menu', '0')
  const gathered = {
    type: 'batchGathered',
    page: pageName(counter.state()),
    batch: '000001',
    lines: LINES,
  } as const
  counter.tell(gathered)
  if (counted !== null) counter.tell({ ...gathered, exceptions: counted })
  counter.press('confirm')
  for (const mti of ['0510', '0330'] as const) {
    const stan = counter.state().settlement?.out ?? ''
    const own = totalsField(LINES)
    const fields = {
      '11': stan,
      '39': '00',
      '41': SETUP.terminalNumber,
      '48': `${own.slice(0, 30)}1${own.slice(31, 61)}1`,
    }
    counter.tell({ type: 'batchReplied', stan, reply: { mti, mac: 'absent', fields } })
  }
  return counter.state().slips.at(-1)?.slip.facts.totals?.exceptions
}

test('what was counted before the batch was closed stands on its slip', () => {
  const counts = [{ group: 'takenBack', count: 2 }] as const
  expect(exceptionsOnSlip(counts)).toEqual(counts)
  expect(exceptionsOnSlip([])).toEqual([])
})

test('nobody counted: the slip says nothing, rather than that there was nothing', () => {
  expect(exceptionsOnSlip(null)).toBeUndefined()
})

test('what an earlier look at the sums had counted is not told of a batch that has grown since', () => {
  const counter = counterFrom()
  counter.open()
  const look = (counted: readonly ExceptionCount[] | null): void => {
    counter.press('menu', '9', '5')
    const page = pageName(counter.state())
    const gathered = { type: 'batchGathered', page, batch: '000001', lines: LINES } as const
    counter.tell(gathered)
    if (counted !== null) counter.tell({ ...gathered, exceptions: counted })
    counter.press('cancel')
  }
  look([{ group: 'takenBack', count: 2 }])
  expect(counter.state().exceptions?.batch).toBe('000001')
  look(null)
  expect(counter.state().exceptions).toBeUndefined()
})

test('what was counted of a batch whose number has changed since is not told of the new one', () => {
  const counter = counterFrom()
  counter.open()
  counter.press('menu', '0')
  const page = pageName(counter.state())
  const exceptions = [{ group: 'takenBack', count: 2 }] as const
  counter.tell({ type: 'batchGathered', page, batch: '000001', lines: LINES, exceptions })
  counter.tell({ type: 'signedOn', batch: '000002' })
  counter.press('confirm')
  answerTotals(counter)
  expect(counter.state().lastZ?.facts).toMatchObject({ batch: '000002' })
  expect(counter.state().lastZ?.facts.totals?.exceptions).toBeUndefined()
})
