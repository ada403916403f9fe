/** Other goods for the same payment: the terminal works out what is to be paid or goes back, and links it. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import type { Counter } from './counter.ts'
import { choose, openShop, sign } from './two-people.ts'

/** 38 yuan paid; the customer takes other goods. */
function exchanging(): Counter {
  const counter = openShop()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  choose(counter, 'correct')
  choose(counter, 'exchange')
  return counter
}

test('the same price: no money moves, nothing is sent, and the payment stays', () => {
  const counter = exchanging()
  const before = counter.state()
  const effects = counter.press('3', '8', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['amount', 'correct.exchangeEven'])
  expect(effects.filter((one) => one.do === 'sendRequest' || one.do === 'keepRecord')).toEqual([])
  expect([counter.state().recent, counter.state().counters.stan]).toEqual([
    before.recent,
    before.counters.stan,
  ])
})

test('dearer: the difference is on the open list before the customer is asked, and leaves it when paid', () => {
  const counter = exchanging()
  counter.press('5', '0', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'followUp.exchange'])
  expect(openItems(counter.state()).map(({ message }) => message.key)).toEqual([
    'followUp.exchange',
  ])
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
  const [sold, added] = counter.state().recent
  expect(added).toMatchObject({ paidMinor: 1200, follows: sold?.id })
  expect(added?.slip?.follows).toMatchObject({ why: 'exchange', trace: sold?.stan })
  expect(openItems(counter.state())).toEqual([])
})

test('cheaper: the difference goes back as a part of the payment, with a second person and the cause on the record', () => {
  const counter = exchanging()
  counter.press('3', '0', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'correct.exchangeBack'])
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.reply({ '3': '200000' }, 'good', '0230')
  expect(counter.state().recent.at(-1)).toMatchObject({
    kind: 'refund',
    paidMinor: 800,
    cause: 'exchange',
    approver: '00',
  })
  expect(counter.state().recent[0]).toMatchObject({ refundedMinor: 800, closedBy: '' })
})
