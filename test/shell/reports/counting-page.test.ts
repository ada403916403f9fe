import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { projectView } from '#shell/api/project-view.ts'
import { notedCounter } from '../../core/report/noted-counter.ts'

test("while the shop's own total is keyed the screens show nothing of the terminal's, so that nobody copies it", () => {
  const { counter, press, tell } = notedCounter({
    report: { shopTotal: true, exceptionsOnSlip: false },
  })
  const page = () => pageName(counter.state())
  press('menu', '6')
  tell({ type: 'operatorChecked', page: page(), operator: '90', correct: true })
  press('menu', '0')
  const sold = { kind: 'sale', channel: 'card', isForeign: false, stan: '000002' } as const
  const lines = [
    { ...sold, amountMinor: minor(9317) },
    { ...sold, kind: 'refund', stan: '000003', amountMinor: minor(1000) } as const,
  ]
  tell({ type: 'batchGathered', page: page(), batch: '000001', lines })
  press('3', '8')
  const shown = () => projectView(counter.state(), { revision: 1, now: 0 })
  expect(shown().counter).toMatchObject({ kind: 'amount', typed: '38' })
  expect(shown().message?.key).toBe('total.key')
  expect(JSON.stringify(shown())).not.toContain('83.17')
  press('confirm')
  // What went back never looks like what came in.
  expect(shown().counter).toMatchObject({
    kind: 'totals',
    rows: [
      { work: 'sale', isNegative: false },
      { work: 'refund', isNegative: true },
    ],
    net: { minor: 8317 },
  })
  expect(shown().message).toMatchObject({ key: 'total.differs', params: { difference: '45.17' } })
})
