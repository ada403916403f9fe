/** From the request that left to its known outcome: which answer is heard, what goes back, and what the cashier is told of the money. */
import { expect, test } from 'vitest'
import type { Effect } from '#core/terminal/effect.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { RECENT_LIMIT, USED_CODES_LIMIT } from '#core/terminal/state.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'
import { choose, openShop, sell, sign, toSale, voidLast } from '../two-people.ts'

const host = (change: Partial<Setup['host']>): Partial<Setup> => ({
  host: { ...SETUP.host, ...change },
})

/** A request of 38 yuan is out. */
function asked(by: 'tap' | 'chip' | 'code' = 'tap', change: Partial<Setup> = {}): Counter {
  const counter = openShop(change)
  counter.ask(38)
  if (by === 'tap') counter.presentCard()
  if (by === 'code') counter.presentCode()
  if (by === 'chip') withChip(counter)
  expect(counter.step()).toBe('authorizing')
  return counter
}

function withChip(counter: Counter): void {
  counter.presentCard({ interface: 'chip' })
  const { step } = counter.state()
  counter.tell({ type: 'pinEntered', stan: step.kind === 'pin' ? step.attempt.stan : '' })
}

function balanceAsked(by: 'tap' | 'chip' = 'tap'): Counter {
  const counter = openShop()
  counter.press('menu', '9')
  choose(counter, 'balance')
  if (by === 'tap') counter.presentCard()
  else withChip(counter)
  if (counter.step() === 'pin') {
    const { step } = counter.state()
    counter.tell({ type: 'pinEntered', stan: step.kind === 'pin' ? step.attempt.stan : '' })
  }
  expect(counter.step()).toBe('authorizing')
  return counter
}

const stanOf = (counter: Counter): string => {
  const { step } = counter.state()
  return 'attempt' in step ? step.attempt.stan : ''
}
const chipTold = (effects: readonly Effect[]) =>
  effects.flatMap((one) => (one.do === 'completeCard' ? [one.reply === null ? 'no' : 'yes'] : []))

test('what is told of another request changes nothing, and neither does a word that nobody waits for', () => {
  const counter = asked()
  const { step } = counter.state()
  const reply = { mti: '0210', mac: 'good', fields: {} } as const
  const stan = '999999'
  const chip: readonly [] = []
  for (const event of [
    { type: 'hostReplied', stan, reply },
    { type: 'hostSilent', stan },
    { type: 'hostUnreachable', stan },
    { type: 'cardCompleted', stan: stanOf(counter), approved: true, chip },
    { type: 'cardCompletionFailed', stan: stanOf(counter), why: 'cardRemoved' },
    { type: 'reversalReplied', reversal: counter.state().reversal?.id ?? '', reply },
    { type: 'reversalUnanswered', reversal: counter.state().reversal?.id ?? '', sent: true },
  ] as const) {
    expect(counter.tell(event)).toEqual([])
    expect(counter.state().step).toBe(step)
  }
})

test('nothing had left: nothing is owed, the line is tried again, the chip let go, and the order may be tried again', () => {
  const counter = asked('chip')
  const told = counter.tell({ type: 'hostUnreachable', stan: stanOf(counter) })
  expect(counter.said()).toBe('host.unreachable')
  expect(counter.state()).toMatchObject({
    link: 'down',
    reversal: null,
    recent: [],
    step: { outcome: 'notPaid', mayTryAgain: true, trace: '', record: '000001-000002' },
  })
  expect(chipTold(told)).toEqual(['no'])
  expect(told).toContainEqual({ do: 'startTimer', timer: 'link', ms: 10_000 })
  expect(told).toContainEqual({ do: 'forgetTender', handle: 'card-1' })
})

test('a code of which nothing had left may be shown again; one that was asked about is used up', () => {
  const unsent = asked('code')
  unsent.tell({ type: 'hostUnreachable', stan: stanOf(unsent) })
  expect(unsent.state().usedCodes).toEqual([])
  const refused = asked('code')
  refused.reply({ '39': '51' })
  expect(refused.state().usedCodes).toEqual(['F1'])
})

test('the list of used codes keeps the newest, as many as a rush brings, and takes none off but the one that never left', () => {
  const many = Array.from({ length: USED_CODES_LIMIT }, (_, index) => `old-${index}`)
  const open = openShop()
  const counter = counterFrom({ ...open.state(), usedCodes: many }, open.state().setup)
  counter.ask(38)
  counter.presentCode('new')
  expect(counter.state().usedCodes).toEqual([...many.slice(1), 'new'])
  counter.tell({ type: 'hostUnreachable', stan: stanOf(counter) })
  expect(counter.state().usedCodes).toEqual(many.slice(1))
})

test('money that goes back by code holds no code up: none is used, none is sealed', () => {
  const counter = openShop()
  counter.ask(38)
  counter.presentCode()
  expect(counter.dos()).not.toContain('sealPan')
  counter.reply()
  toSale(counter)
  counter.press('menu', '2')
  choose(counter, 'void', counter.state().recent.at(-1)?.id ?? '')
  counter.press('confirm')
  sign(counter, '00')
  expect(counter.step()).toBe('authorizing')
  counter.tell({ type: 'hostUnreachable', stan: stanOf(counter) })
  expect(counter.state().usedCodes).toEqual(['F1'])
})

test.each([
  ['cardRemoved', 'host.cardRemovedAfterApproval'],
  ['deviceFailed', 'host.readerGoneAfterApproval'],
] as const)(
  'the bank approved and then %s: it is taken back, and nobody is told that nothing was charged',
  (why, said) => {
    const counter = asked('chip')
    expect(chipTold(counter.reply())).toEqual(['yes'])
    const told = counter.tell({ type: 'cardCompletionFailed', stan: stanOf(counter), why })
    expect([counter.step(), counter.said()]).toEqual(['reversing', said])
    expect(counter.state().reversal).toMatchObject({
      state: 'sent',
      reason: '96',
      authCode: 'A12345',
    })
    expect(chipTold(told)).toEqual([])
  },
)

test("the chip refuses what the host approved: its reversal carries the chip's last words", () => {
  const words = { type: 'cardCompleted', approved: false, chip: [] } as const
  const counter = asked('chip')
  counter.reply()
  counter.tell({ ...words, stan: stanOf(counter), reversalEmv: '9505AA' })
  expect(counter.said()).toBe('host.cardRefusedAfterApproval')
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: '96', emv: '9505AA' })
  const old = asked('chip')
  old.reply()
  old.tell({ ...words, stan: stanOf(old) })
  expect(old.state().reversal).toMatchObject({ state: 'sent', emv: '' })
})

test('what is told of another card than the one that is asked for its last word changes nothing', () => {
  const counter = asked('chip')
  counter.reply()
  const { step } = counter.state()
  const stan = '999999'
  counter.tell({ type: 'cardCompleted', stan, approved: true, chip: [] })
  counter.tell({ type: 'cardCompletionFailed', stan, why: 'cardRemoved' })
  expect(counter.state().step).toBe(step)
})

test('an answer that may not be believed lets go of the chip, and its reversal says why', () => {
  const counter = asked('chip')
  const told = counter.reply({}, 'bad')
  expect(chipTold(told)).toEqual(['no'])
  expect([counter.said(), counter.state().reversal?.reason]).toEqual(['host.invalidAnswer', 'A0'])
  const silent = asked()
  silent.tell({ type: 'hostSilent', stan: stanOf(silent) })
  expect(silent.state().reversal?.reason).toBe('98')
})

test('what is "not done yet" is taken back, and not called a refusal', () => {
  const counter = asked('tap', host({ unfinished: ['09'] }))
  counter.reply({ '39': '09' })
  expect([counter.step(), counter.said()]).toEqual(['reversing', 'host.invalidAnswer'])
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: '06' })
})

test('cancel is remembered once, told, and undoes the approval; a refusal needs no undoing', () => {
  const counter = asked()
  counter.press('cancel')
  expect(counter.said()).toBe('cancel.willReverse')
  counter.press('cancel')
  expect(counter.dos()).toEqual([])
  counter.reply()
  expect([counter.step(), counter.said()]).toEqual(['reversing', 'cancel.willReverse'])
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: '06' })
  const refused = asked()
  refused.press('cancel')
  refused.reply({ '39': '51' })
  expect(refused.said()).toBe('host.declined.51')
})

test('a balance has nothing to take back: cancel means nothing there', () => {
  const counter = balanceAsked()
  counter.press('cancel')
  expect(counter.said()).not.toBe('cancel.willReverse')
  expect(counter.state().reversal).toBeNull()
  expect(counter.dos()).toEqual([])
})

test.each([
  ['0201156C000000012345', '123.45'],
  ['0201156D000000012345', '0.00'],
  ['0201156C00000001234', '0.00'],
  ['201156C000000012345', '0.00'],
  ['90201156C000000012345', '0.00'],
  ['', '0.00'],
])('a balance of "%s" is told as %s', (held, amount) => {
  const counter = balanceAsked()
  counter.reply({ '3': '310000', '54': held })
  expect(counter.state().message).toEqual({ key: 'balance.approved', params: { amount } })
  expect(counter.state()).toMatchObject({ recent: [], slips: [], step: { trace: '', record: '' } })
  expect(counter.dos()).toEqual(['forgetTender'])
})

test('an inquiry that gets no or another answer leaves nothing behind, and the chip hears of it', () => {
  const paid = balanceAsked('chip')
  expect(chipTold(paid.reply({ '3': '310000' }))).toEqual(['yes'])
  const silent = balanceAsked('chip')
  expect(chipTold(silent.tell({ type: 'hostSilent', stan: stanOf(silent) }))).toEqual(['no'])
  expect(silent.said()).toBe('balance.timedOut')
  expect(silent.state()).toMatchObject({ reversal: null, advice: null, recent: [] })
  const refused = balanceAsked()
  refused.reply({ '3': '310000', '39': '51' })
  expect(refused.dos()).not.toContain('keepRecord')
  expect(refused.state().recent).toEqual([])
})

test('a refusal tells the chip, is kept, and asks for keys only where the code says so', () => {
  const counter = asked('chip')
  expect(chipTold(counter.reply({ '39': '51' }))).toEqual(['yes'])
  expect(counter.dos()).toContain('keepRecord')
  expect(counter.dos()).not.toContain('signOn')
  const forgotten = asked()
  forgotten.reply({ '39': '77' })
  expect(forgotten.dos()).toContain('signOn')
})

test('a code that was too old is told so, where the acquirer names the refusal; of a void by code and a card it says nothing', () => {
  const rules = host({ codeExpired: ['51'] })
  const code = asked('code', rules)
  code.reply({ '39': '51' })
  expect(code.state().message).toEqual({ key: 'code.expired', params: { code: '51' } })
  const card = asked('tap', rules)
  card.reply({ '39': '51' })
  expect(card.said()).toBe('host.declined.51')
  const other = asked('code', rules)
  other.reply({ '39': '05' })
  expect(other.said()).toBe('host.declined.05')
  const paid = asked('code', rules)
  paid.reply()
  toSale(paid)
  paid.press('menu', '2')
  choose(paid, 'void', paid.state().recent.at(-1)?.id ?? '')
  paid.press('confirm')
  sign(paid, '00')
  paid.reply({ '3': '200000', '39': '51' })
  expect(paid.said()).toBe('void.declined')
})

test('the last twenty are at hand, the newest last', () => {
  const counter = openShop()
  for (let yuan = 1; yuan <= RECENT_LIMIT + 1; yuan += 1) sell(counter, yuan)
  const paid = counter.state().recent.map(({ paidMinor }) => paidMinor)
  expect(paid).toEqual(Array.from({ length: RECENT_LIMIT }, (_, index) => 100 * (index + 2)))
})

test('of the day the refunds are added up that were approved, and no void or sale', () => {
  const counter = openShop()
  sell(counter, 38)
  voidLast(counter)
  toSale(counter)
  expect(counter.state().refunded).toBeUndefined()
  sell(counter, 38)
  const refund = (code: string): void => {
    counter.press('menu', '2')
    choose(counter, 'refund', counter.state().recent.findLast(({ kind }) => kind === 'sale')?.id)
    counter.press('clear', '8', 'confirm', 'confirm')
    sign(counter, '00')
    counter.presentCard()
    counter.reply({ '3': '200000', '39': code }, 'good', '0230')
    toSale(counter)
  }
  refund('51')
  expect(counter.state().refunded).toBeUndefined()
  refund('00')
  expect(counter.state().refunded).toMatchObject({ minor: 800 })
})

/** The answer to a request of 38 yuan is lost; its reversal is out. */
function lost(order: (counter: Counter) => void = () => undefined): Counter {
  const counter = asked()
  order(counter)
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(counter.step()).toBe('reversing')
  return counter
}

const unanswered = (counter: Counter): void =>
  void counter.tell({
    type: 'reversalUnanswered',
    reversal: counter.state().reversal?.id ?? '',
    sent: true,
  })

test('what was taken back is kept as not paid, with everything that a search asks for', () => {
  const counter = lost()
  const kept = counter.replyToReversal('00').find((one) => one.do === 'keepRecord')
  expect(kept?.record).toEqual({
    id: '000001-000002',
    kind: 'sale',
    orderId: 1,
    at: counter.state().at,
    outcome: 'notPaid',
    reason: 'reversed',
    dueMinor: 3800,
    paidMinor: 0,
    channel: 'card',
    last4: '0012',
    fingerprint: 'C1',
    operator: '01',
    stan: '000002',
    batch: '000001',
    authCode: '',
    reference: '',
    hostDate: '',
    original: '',
    approver: '',
    closedBy: '',
    refundedMinor: 0,
    slip: null,
    reprints: 0,
  })
  expect(counter.state().recent).toEqual([kept?.record])
  expect(counter.state().step).toMatchObject({ outcome: 'notPaid', mayTryAgain: true })
})

test('a reversal without an answer leaves the result unknown, with its number and sum, until one comes', () => {
  const counter = lost()
  unanswered(counter)
  expect(counter.state().message).toEqual({
    key: 'host.reversalOwed',
    params: { amount: '38.00', trace: '000002' },
  })
  expect(counter.state().step).toMatchObject({ outcome: 'unknown', mayTryAgain: false })
  counter.tell({ type: 'timerFired', timer: 'reversal' })
  counter.replyToReversal('00')
  expect(counter.said()).toBe('host.reversed')
  expect(counter.state().step).toMatchObject({ outcome: 'notPaid', mayTryAgain: true })
})

test('an answer to a reversal that is not out, or to another, is none', () => {
  const counter = lost()
  const reply = { mti: '0410', mac: 'good', fields: {} } as const
  expect(counter.tell({ type: 'reversalReplied', reversal: 'other', reply })).toEqual([])
  expect(counter.tell({ type: 'reversalUnanswered', reversal: 'other', sent: true })).toEqual([])
  unanswered(counter)
  counter.replyToReversal('00')
  expect(counter.state().reversal?.state).toBe('owed')
  expect(counter.dos()).toEqual([])
})

test('a reversal that is through while the next customer is served, or another result stands, changes no page', () => {
  const counter = lost()
  unanswered(counter)
  toSale(counter)
  counter.press('4')
  counter.tell({ type: 'timerFired', timer: 'reversal' })
  counter.replyToReversal('00')
  expect(counter.step()).toBe('amount')
  expect(counter.state().message).toEqual({
    key: 'host.reversedOnStart',
    params: { amount: '38.00', trace: '000002' },
  })
  const elsewhere = lost()
  unanswered(elsewhere)
  toSale(elsewhere)
  elsewhere.press('menu')
  elsewhere.tell({ type: 'timerFired', timer: 'reversal' })
  elsewhere.replyToReversal('00')
  expect([elsewhere.step(), elsewhere.said()]).toEqual(['menu', null])
})

test('a sale that waits behind the reversal goes on when it is through, and is told when it is not', () => {
  const waiting = (): Counter => {
    const counter = lost()
    unanswered(counter)
    toSale(counter)
    counter.ask(20)
    expect(counter.step()).toBe('clearingDebt')
    return counter
  }
  const through = waiting()
  through.replyToReversal('00')
  expect(through.step()).toBe('present')
  const owed = waiting()
  unanswered(owed)
  expect([owed.step(), owed.said()]).toEqual(['confirmAmount', 'host.reversalOwed'])
})

test('behind a reversal that is through a terminal without a line signs on', () => {
  const counter = lost()
  expect(counter.replyToReversal('00').map((one) => one.do)).not.toContain('signOn')
  const woken = lost()
  woken.restart()
  expect(woken.replyToReversal('00').map((one) => one.do)).toContain('signOn')
})

test('what is still to be collected and was taken back stays on the open list, and the page says so', () => {
  const collecting = (): Counter => {
    const counter = asked('tap', host({ partialApproval: true }))
    counter.reply({ '39': '10', '4': '000000003000' })
    counter.press('confirm', 'confirm')
    counter.presentCard()
    counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
    return counter
  }
  const soon = collecting()
  soon.replyToReversal('00')
  expect(soon.said()).toBe('followUp.restNotCollected')
  const late = collecting()
  unanswered(late)
  late.tell({ type: 'timerFired', timer: 'reversal' })
  late.replyToReversal('00')
  expect(late.said()).toBe('followUp.restNotCollected')
  expect(late.state().followUps).toMatchObject([{ why: 'rest', dueMinor: 800 }])
})
