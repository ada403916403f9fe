/** 更正: somebody says what was wrong, and the terminal picks the means, links the two and forgets nothing in between. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, SETUP } from './counter.ts'
import { choose, openShop, sign } from './two-people.ts'

/** Open, with one sale of 38 yuan paid and its result on the page. */
function paid(change: Partial<Setup> = {}): Counter {
  const counter = openShop(change)
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  return counter
}

/** The way from the confirm page of a void to its approval. */
function giveBack(counter: Counter, processingCode = '200000'): void {
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.reply({ '3': processingCode })
}

/** Off the result page, whatever copy still waits for the tear. */
function correctLast(counter: Counter, cause: string): void {
  choose(counter, 'correct')
  choose(counter, cause)
}

test('too much was charged in the open batch: void first, then the right amount, linked on record and slip', () => {
  const counter = paid()
  correctLast(counter, 'wrongAmount')
  counter.press('3', '5', 'confirm')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'correct.voidThenCollect'])
  giveBack(counter)
  expect(counter.state().followUps).toMatchObject([{ why: 'redo', dueMinor: 3500 }])
  choose(counter, 'collect')
  expect([counter.step(), counter.said()]).toEqual(['confirmAmount', 'followUp.redo'])
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
  const [sale, undone, again] = counter.state().recent
  expect(sale?.closedBy).toBe(undone?.id)
  expect(undone).toMatchObject({ kind: 'void', cause: 'wrongAmount' })
  expect(again).toMatchObject({ kind: 'sale', paidMinor: 3500, follows: undone?.id })
  expect(again?.slip?.follows).toEqual({ why: 'redo', trace: undone?.stan })
  expect(counter.state().followUps).toEqual([])
})

test('too little was charged: the difference is on the open list before the customer is asked, and leaves it when paid', () => {
  const counter = paid()
  correctLast(counter, 'wrongAmount')
  counter.press('4', '0', 'confirm')
  expect(counter.said()).toBe('followUp.topUp')
  counter.restart()
  expect(openItems(counter.state()).map(({ message }) => message.key)).toContain('followUp.topUp')
  const [item] = counter.state().followUps ?? []
  sign(counter, '01')
  counter.tell({ type: 'signedOn', batch: '000001' })
  // The sale that was waiting comes back first; whoever leaves it finds it on the open list.
  expect(counter.step()).toBe('confirmAmount')
  counter.press('cancel', 'menu')
  choose(counter, 'openItems')
  choose(counter, 'collect', item?.id)
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
  expect(counter.state().recent.at(-1)).toMatchObject({ paidMinor: 200, follows: item?.after })
  expect(counter.state().followUps).toEqual([])
})

/** A sale of 38 yuan that should have been 40, and the 2 are collected. */
function toppedUp(): { readonly counter: Counter; readonly first: string } {
  const counter = paid()
  const first = counter.state().recent[0]?.id ?? ''
  correctLast(counter, 'wrongAmount')
  counter.press('4', '0', 'confirm')
  choose(counter, 'collect')
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
  return { counter, first }
}

/** The first payment once more, by its voucher number. */
function mendAgain(counter: Counter, first: string, cause: string): void {
  const record = counter.state().recent.find(({ id }) => id === first)
  counter.press('cancel', 'menu')
  choose(counter, 'records')
  choose(counter, 'correct', first)
  if (record === undefined) throw new Error('the first payment is among the last')
  choose(counter, cause)
}

test.each([
  [['4', '0'], 'correct.same', []],
  [['4', '5'], 'followUp.topUp', [{ why: 'topUp', dueMinor: 500 }]],
] as const)(
  'the difference was collected, and somebody mends the same payment again to %j: only what is missing is asked for',
  (right, said, owed) => {
    const { counter, first } = toppedUp()
    mendAgain(counter, first, 'wrongAmount')
    counter.press(...right, 'confirm')
    expect(counter.said()).toBe(said)
    expect(counter.state().followUps ?? []).toMatchObject(owed)
  },
)

test('the difference was collected, and 39 were right: one goes back, and nothing is voided', () => {
  const { counter, first } = toppedUp()
  mendAgain(counter, first, 'wrongAmount')
  counter.press('3', '9', 'confirm')
  expect(counter.state().step).toMatchObject({ order: { kind: 'refund', dueMinor: 100 } })
})

test('goods that cost 45 in exchange, behind a difference that was collected: 5 more, not 7', () => {
  const { counter, first } = toppedUp()
  mendAgain(counter, first, 'exchange')
  counter.press('4', '5', 'confirm')
  expect(counter.state().followUps).toMatchObject([{ why: 'exchange', dueMinor: 500 }])
})

test('the sale in the place of the undone one is declined: the page says undone and nothing collected, and it stays open', () => {
  const counter = paid()
  correctLast(counter, 'wrongPayer')
  giveBack(counter)
  choose(counter, 'collect')
  counter.press('confirm')
  counter.presentCard()
  counter.reply({ '39': '51' })
  expect(counter.said()).toBe('followUp.redoNotCollected')
  expect(counter.state().followUps).toHaveLength(1)
})

test('after settlement too much goes back as a part of the original, by refund', () => {
  const counter = paid()
  counter.tell({ type: 'signedOn', batch: '000002' })
  correctLast(counter, 'wrongAmount')
  counter.press('3', '5', 'confirm')
  expect(counter.said()).toBe('correct.refundPart')
  expect(counter.state().step).toMatchObject({ order: { kind: 'refund', dueMinor: 300 } })
})

test.each([
  ['paidTwice', 'correct.void'],
  ['customerWish', 'correct.void'],
  ['holdMeant', 'correct.voidThenCollect'],
] as const)('%s within the batch is a void, and the page says why', (cause, said) => {
  const counter = paid()
  correctLast(counter, cause)
  expect(counter.said()).toBe(said)
  expect(counter.state().step).toMatchObject({ order: { kind: 'void', cause } })
})

test('money is written off by a supervisor, never by a cashier', () => {
  const counter = paid()
  correctLast(counter, 'wrongAmount')
  counter.press('4', '0', 'confirm', 'cancel')
  const [item] = counter.state().followUps ?? []
  counter.press('menu')
  choose(counter, 'openItems')
  choose(counter, 'writeOff', item?.id)
  expect(counter.said()).toBe('followUp.askSupervisor')
  expect(counter.state().followUps).toHaveLength(1)
  counter.restart()
  sign(counter, '00')
  counter.press('menu')
  choose(counter, 'openItems')
  choose(counter, 'writeOff', item?.id)
  expect([counter.said(), counter.state().followUps]).toEqual(['followUp.writtenOff', []])
})

test('the host approves a part where that is agreed: due, paid and rest stand apart, and the rest is collected next', () => {
  const counter = openShop({ host: { ...SETUP.host, partialApproval: true } })
  counter.ask(38)
  counter.presentCard()
  counter.reply({ '39': '10', '4': '000000003000' })
  expect(counter.said()).toBe('host.partlyApproved')
  expect(counter.state().recent.at(-1)).toMatchObject({
    dueMinor: 3800,
    paidMinor: 3000,
    slip: { amountMinor: 3000, dueMinor: 3800 },
  })
  choose(counter, 'collect')
  expect(counter.state().step).toMatchObject({ order: { dueMinor: 800, follows: { why: 'rest' } } })
})

test.each([
  [false, '000000003000'],
  [true, '000000003800'],
  [true, '000000003900'],
  [true, '000000000000'],
])(
  'a part nobody agreed to, or that is none, is taken back: agreed %s, amount %s',
  (agreed, amount) => {
    const counter = openShop({ host: { ...SETUP.host, partialApproval: agreed } })
    counter.ask(38)
    counter.presentCard()
    counter.reply({ '39': '10', '4': amount })
    expect(counter.step()).toBe('reversing')
  },
)

test('where the shop says when money comes back, the slip of a correction carries it with the cause; that of the new sale does not', () => {
  const moneyBack = { 'zh-CN': '三个工作日', en: 'Three working days' }
  const counter = paid({
    slips: { copies: ['merchant', 'cardholder'], tearTimeoutMs: 15_000, moneyBack },
  })
  correctLast(counter, 'wrongAmount')
  counter.press('3', '5', 'confirm')
  giveBack(counter)
  const [sale, undone] = counter.state().recent
  expect(undone?.slip?.note).toEqual({ cause: 'wrongAmount', arrives: moneyBack })
  expect(sale?.slip).not.toHaveProperty('note')
})
