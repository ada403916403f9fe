/** A payment of another terminal is known by what was typed from its slip: pages, open list and sheet call it by that. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import { digitKey } from '../counter.ts'
import { choose, openShop } from '../two-people.ts'

test('paid at another terminal: pages and sheet name the number that was typed from its slip, and no voucher 000000', () => {
  const counter = openShop({
    refundGuard: { coolOffMs: 0, otherTerminals: ['10000002'], askCause: true },
  })
  counter.press('menu', '8', 'menu', '1')
  for (const typed of ['112012000077', '1120', '0012', '38'])
    counter.press(...typed.split('').map(digitKey), 'confirm')
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records: [] })
  expect(counter.state().message).toMatchObject({ params: { trace: '112012000077' } })
  choose(counter, 'cannotMend')
  choose(counter, 'customerDisputes')
  const { incidents, slips } = counter.state()
  expect(incidents).toMatchObject([{ kind: 'disputed', trace: '112012000077', amountMinor: 3800 }])
  expect(slips.at(-1)?.slip.facts).toMatchObject({
    batch: '',
    original: { trace: '', reference: '112012000077', authCode: '', date: '' },
  })
})
