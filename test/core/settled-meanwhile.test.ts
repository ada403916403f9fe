/** An answer that comes late may settle what somebody is about to do again: nothing is collected twice, and nothing goes back twice. */
import { expect, test } from 'vitest'
import { minor, toDe4 } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { CODE_QUERY, type Counter, counterFrom, SETUP } from './counter.ts'
import { choose, openShop, refundAnswered, sign } from './two-people.ts'

const HOST = { ...SETUP.host, codeQuery: CODE_QUERY }

const open = (): Counter => openShop({ host: HOST })

/** 38 yuan were paid and 40 were due; the 2 were paid by code, the answer was lost, and the power went. */
function restUnheard(): Counter {
  const counter = open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  choose(counter, 'correct')
  choose(counter, 'wrongAmount')
  counter.press('4', '0', 'confirm', 'confirm')
  counter.presentCode()
  counter.tell({ type: 'hostSilent', stan: counter.state().reversal?.stan ?? '' })
  expect(counter.step()).toBe('querying')
  counter.restart()
  for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const)
    counter.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  counter.tell({ type: 'signedOn', batch: '000001' })
  sign(counter, '01')
  counter.press('menu', '3')
  choose(counter, 'collect', counter.state().followUps?.[0]?.id)
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 200 } })
  return counter
}

/** The acquirer's word: the 2 yuan were paid. */
function paidAfterAll(counter: Counter): void {
  if (counter.state().reversal?.query?.out === '')
    counter.tell({ type: 'timerFired', timer: 'query' })
  const stan = counter.state().reversal?.query?.out ?? ''
  const fields = {
    '4': toDe4(minor(200)),
    '11': stan,
    '37': '112112000009',
    '39': '00',
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
  counter.tell({ type: 'queryReplied', stan, reply: { mti: '0210', mac: 'good', fields } })
  expect(counter.state().reversal).toBeNull()
}

test('the difference turns out to be paid while the sale behind it waits: the customer is not asked to pay it again', () => {
  const counter = restUnheard()
  counter.press('confirm')
  expect(counter.step()).toBe('clearingDebt')
  paidAfterAll(counter)
  expect([counter.step(), counter.said()]).toEqual(['amount', 'followUp.collected'])
  expect(counter.dos()).not.toContain('readCard')
  expect(counter.state().followUps).toEqual([])
})

test('the difference turns out to be paid while its amount is being confirmed: confirming it asks nobody for anything', () => {
  const counter = restUnheard()
  paidAfterAll(counter)
  counter.press('confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'followUp.collected'])
  expect(counter.dos()).not.toContain('readCard')
})

/** An old sale of 5 yuan that was searched for, and a refund of 3 of them whose answer did not come. */
function oldSaleInDoubt(): { readonly counter: Counter; readonly sale: TransactionRecord } {
  const counter = open()
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  const sale = counter.state().recent[0]
  if (sale === undefined) throw new Error('there is no sale')
  counter.press('cancel', 'cancel')
  counter.press('menu')
  choose(counter, 'records')
  choose(counter, 'refund', sale.id)
  counter.press('clear', '3', 'confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  counter.press('cancel')
  // Twenty payments later it is no longer among the last ones.
  const later = counterFrom(
    { ...counter.state(), recent: [], counters: { ...counter.state().counters, batch: 2 } },
    counter.state().setup,
  )
  later.press('menu', '2')
  choose(later, 'search')
  choose(later, 'byTrace')
  later.press('1', 'confirm')
  const page = pageName(later.state())
  later.tell({ type: 'recordsFound', page, records: [sale] })
  return { counter: later, sale }
}

test('a refund of an old sale is answered on the page "what was wrong": only what is left goes back', () => {
  const { counter, sale } = oldSaleInDoubt()
  choose(counter, 'correct', sale.id)
  refundAnswered(counter, minor(300))
  choose(counter, 'customerWish')
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 200 } })
})

test('a refund of an old sale is answered while the right amount is keyed: it is reckoned from what is left', () => {
  const { counter, sale } = oldSaleInDoubt()
  choose(counter, 'correct', sale.id)
  counter.tell({ type: 'recordsFound', page: pageName(counter.state()), records: [] })
  choose(counter, 'wrongAmount')
  refundAnswered(counter, minor(300))
  counter.press('1', 'confirm')
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 100 } })
})

test('a refund of an old sale is answered while its copy is proven: the copy does not bring the old sum back', () => {
  const { counter, sale } = oldSaleInDoubt()
  choose(counter, 'reprint', sale.id)
  expect(counter.step()).toBe('proveReprint')
  refundAnswered(counter, minor(300))
  const effects = counter.press('5', 'confirm')
  const kept = effects.find((effect) => effect.do === 'keepRecord')
  expect(kept).toMatchObject({ record: { id: sale.id, refundedMinor: 300, reprints: 1 } })
})

test('whoever has allowed a refund takes the counter over: somebody else has to allow it', () => {
  const { counter, sale } = oldSaleInDoubt()
  refundAnswered(counter, minor(300))
  const order = { id: 99, kind: 'refund' as const, dueMinor: minor(100), operator: '01' }
  const original = { ...sale, refundedMinor: minor(300) }
  const step = {
    kind: 'confirmAmount' as const,
    order: { ...order, original, approver: '00' },
    typed: '',
  }
  const waiting = counterFrom({ ...counter.state(), step }, counter.state().setup)
  waiting.press('menu')
  sign(waiting, '00')
  expect(waiting.state().step).toMatchObject({ kind: 'confirmAmount', order: { operator: '00' } })
  waiting.press('confirm')
  expect(waiting.step()).toBe('approve')
})
