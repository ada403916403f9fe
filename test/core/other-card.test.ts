/** A refund to another card than the one that paid: only by name, only by a second person, only to that very card. */
import { expect, test } from 'vitest'
import { otherCardOptions } from '#core/order/other-card.ts'
import type { Counter } from './counter.ts'
import { choose, openShop, sign } from './two-people.ts'

const NEW_CARD = { fingerprint: 'C2', masked: '622202*********0099', handle: 'card-2' }

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '02', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

/** 38 yuan were paid, and `kind` of it stands before the reader. */
function asking(kind: 'refund' | 'void'): Counter {
  const counter = openShop({ operators: PEOPLE })
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'menu', '2')
  choose(counter, kind, counter.state().recent.at(-1)?.id)
  if (kind === 'refund') counter.press('confirm')
  counter.press('confirm')
  sign(counter, '00')
  return counter
}

function offered(counter: Counter): readonly string[] {
  const { step } = counter.state()
  return step.kind === 'present' ? otherCardOptions(step).map(({ id }) => id) : []
}

test('nothing is offered until another card was shown, and a void never offers it', () => {
  const refund = asking('refund')
  expect(offered(refund)).toEqual([])
  choose(refund, 'cardReplaced')
  expect(refund.step()).toBe('present')
  refund.presentCard(NEW_CARD)
  expect([refund.said(), offered(refund)]).toEqual([
    'card.notOriginal',
    ['cardReplaced', 'phoneCard'],
  ])
  const takenBack = asking('void')
  takenBack.presentCard(NEW_CARD)
  expect([takenBack.said(), offered(takenBack)]).toEqual(['card.notOriginal', []])
})

test('the reader lets go while the second person reads which card it is; starter and cashiers cannot allow it', () => {
  const counter = asking('refund')
  counter.presentCard(NEW_CARD)
  choose(counter, 'cardReplaced')
  expect(counter.dos()).toContain('cancelCardRead')
  expect(counter.state().message).toEqual({
    key: 'approve.cardReplaced',
    params: { amount: '38.00', last4: '0099', paid: '0012' },
  })
  sign(counter, '01')
  expect(counter.said()).toBe('approve.samePerson')
  sign(counter, '02')
  expect([counter.step(), counter.said()]).toEqual(['approve', 'approve.notAllowed'])
})

test('only the card that was allowed gets the money: neither a third one nor the one that paid', () => {
  const counter = asking('refund')
  counter.presentCard(NEW_CARD)
  choose(counter, 'phoneCard')
  sign(counter, '00')
  for (const fingerprint of ['C3', 'C1']) {
    counter.presentCard({ fingerprint })
    expect([counter.step(), counter.said()]).toEqual(['present', 'card.notOriginal'])
    expect(counter.dos()).not.toContain('sendRequest')
  }
  counter.presentCard(NEW_CARD)
  expect(counter.dos()).toContain('sendRequest')
  counter.reply({ '3': '200000' }, 'good', '0230')
  expect(counter.state().recent.at(-1)).toMatchObject({
    kind: 'refund',
    otherCard: 'phoneCard',
    approver: '00',
    last4: '0099',
  })
  expect(counter.state().recent[0]).toMatchObject({ refundedMinor: 3800 })
})
