/** Code payments whose outcome is not known: asked, cancelled, and never guessed at. */
import { expect, test } from 'vitest'
import type { Question } from '#core/code-query/code-query.ts'
import { openItems } from '#core/counter/open-items.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from './counter.ts'

const RULES = {
  everyMs: 5000,
  tries: 3,
  cancelAfterMs: 15_000,
  cancelsBeforeHelp: 2,
  paying: ['09'],
  open: ['96'],
  notPaid: ['51', '22'],
}
const ASKING: Setup = { ...SETUP, host: { ...SETUP.host, codeQuery: RULES } }

function openCounter(): Counter {
  const counter = counterFrom()
  counter.open()
  counter.tell({ type: 'started', setup: ASKING, keysReady: true })
  for (const device of ['printer', 'cardReader', 'qrScanner'] as const)
    counter.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  counter.tell({
    type: 'operatorChecked',
    page: pageName(counter.state()),
    operator: '01',
    correct: true,
  })
  counter.tell({ type: 'signedOn', batch: '000001' })
  return counter
}

/** A sale by code whose answer is lost. */
function lostAnswer(): Counter {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode()
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  return counter
}

function stanOf(counter: Counter): string {
  const { step } = counter.state()
  return 'attempt' in step ? step.attempt.stan : ''
}

function pause(counter: Counter): Question {
  const asked = questionIn(counter.tell({ type: 'timerFired', timer: 'query' }))
  if (asked === null) throw new Error('nothing was asked')
  return asked
}

function questionIn(effects: readonly Effect[]): Question | null {
  const found = effects.find((effect) => effect.do === 'sendQuery')
  return found?.do === 'sendQuery' ? found.question : null
}

type Word = { readonly code: string; readonly mac?: 'good' | 'bad' | 'absent' }

function say(counter: Counter, question: Question, { code, mac = 'good' }: Word) {
  return counter.tell({
    type: 'queryReplied',
    stan: question.stan,
    reply: {
      mti: '0210',
      mac,
      fields: {
        '4': '000000003800',
        '11': question.stan,
        '13': '1121',
        '37': '112112000077',
        '38': 'A12345',
        '39': code,
        '41': SETUP.terminalNumber,
        '42': SETUP.merchantNumber,
      },
    },
  })
}

test('the answer is lost: nothing is reversed yet, the acquirer is asked under a number of its own', () => {
  const counter = lostAnswer()
  const original = counter.state().reversal
  expect(counter.step()).toBe('querying')
  expect(counter.said()).toBe('code.unknown')
  expect(counter.dos()).toEqual(['forgetTender', 'startTimer'])
  const question = pause(counter)
  expect(question.stan).not.toBe(original?.stan)
  expect(question.original).toMatchObject({ stan: original?.stan, amountMinor: 3800 })
})

test('the acquirer says paid: the sale is approved with its own reference, the slip prints, nothing is owed', () => {
  const counter = lostAnswer()
  say(counter, pause(counter), { code: '00' })
  expect(counter.state()).toMatchObject({
    reversal: null,
    step: { kind: 'result', outcome: 'approved', channel: 'wechat' },
  })
  expect(counter.state().recent.at(-1)).toMatchObject({
    outcome: 'approved',
    reference: '112112000077',
  })
  expect(counter.dos()).toContain('print')
})

test('the acquirer says refused: not paid, and the order may be tried again', () => {
  const counter = lostAnswer()
  say(counter, pause(counter), { code: '51' })
  expect(counter.state()).toMatchObject({
    reversal: null,
    step: { kind: 'result', outcome: 'notPaid', mayTryAgain: true },
  })
})

test('the customer is entering a password: both screens say so, and it is asked again', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode()
  counter.reply({ '39': '09' }, 'absent')
  expect(counter.state().step).toMatchObject({ kind: 'querying', isPaying: true })
  expect(counter.said()).toBe('code.paying')
  say(counter, pause(counter), { code: '09' })
  expect(counter.dos()).toEqual(['startTimer'])
  say(counter, pause(counter), { code: '00' })
  expect(counter.state().step).toMatchObject({ kind: 'result', outcome: 'approved' })
})

test('the wallet has a system error: that is no refusal, the acquirer is asked', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode()
  counter.reply({ '39': '96' })
  expect(counter.step()).toBe('querying')
})

test.each([
  ['paid, without a MAC', { code: '00', mac: 'absent' }],
  ['paid, with a wrong MAC', { code: '00', mac: 'bad' }],
  ['refused, without a MAC', { code: '51', mac: 'absent' }],
  ['never heard of it', { code: '25' }],
  ['a code that nobody knows', { code: 'ZZ' }],
] as const)('an answer that says %s decides nothing', (_what, word) => {
  const counter = lostAnswer()
  say(counter, pause(counter), word)
  expect(counter.step()).toBe('querying')
  expect(counter.state().reversal?.state).toBe('asking')
})

test('after the last question the cancel leaves without a gap, and its answer says not received', () => {
  const counter = lostAnswer()
  for (let turn = 1; turn < RULES.tries; turn++) say(counter, pause(counter), { code: '09' })
  const last = pause(counter)
  say(counter, last, { code: '09' })
  expect(counter.dos()).toContain('sendReversal')
  expect(counter.said()).toBe('code.cancelling')
  counter.replyToReversal('00')
  expect(counter.state()).toMatchObject({
    reversal: null,
    step: { kind: 'result', outcome: 'notPaid' },
  })
})

test('the cashier presses cancel at once: the cancel waits until 15 seconds after the request', () => {
  const counter = lostAnswer()
  counter.press('cancel')
  expect(counter.said()).toBe('cancel.willReverse')
  expect(counter.dos()).toEqual([])
  for (const _pause of [1, 2]) say(counter, pause(counter), { code: '00' })
  expect(counter.step()).toBe('querying')
  counter.tell({ type: 'timerFired', timer: 'query' })
  expect(counter.dos()).toContain('sendReversal')
})

function cancelled(): Counter {
  const counter = lostAnswer()
  for (let turn = 1; turn <= RULES.tries; turn++) {
    const { stan } = pause(counter)
    counter.tell({ type: 'queryUnanswered', stan })
  }
  return counter
}

test('the cancel is not answered: it stays on the open list, may be asked about, and is repeated under the same number', () => {
  const counter = cancelled()
  const id = counter.state().reversal?.id ?? ''
  counter.tell({ type: 'reversalUnanswered', reversal: id, sent: true })
  expect(counter.state().step).toMatchObject({
    kind: 'result',
    outcome: 'unknown',
    mayTryAgain: false,
  })
  expect(openItems(counter.state())).toMatchObject([
    { message: { key: 'code.cancelOwed' }, options: ['query', 'retryReversal'] },
  ])
  const again = counter.tell({ type: 'timerFired', timer: 'reversal' })
  expect(again).toContainEqual(expect.objectContaining({ do: 'sendReversal' }))
  counter.tell({ type: 'reversalUnanswered', reversal: id, sent: true })
  expect(openItems(counter.state())).toMatchObject([{ message: { key: 'code.cancelHelp' } }])
})

function askFromOpenList(counter: Counter): Question {
  counter.press('confirm', 'menu', '3')
  const effects = counter.tell({
    type: 'optionChosen',
    page: pageName(counter.state()),
    option: 'query',
    item: counter.state().reversal?.id ?? '',
  })
  const asked = questionIn(effects)
  if (asked === null) throw new Error('nothing was asked')
  return asked
}

test('asked by hand after the cancel began, "paid" makes no sale of it: the cancel goes on', () => {
  const counter = cancelled()
  const id = counter.state().reversal?.id ?? ''
  counter.tell({ type: 'reversalUnanswered', reversal: id, sent: true })
  say(counter, askFromOpenList(counter), { code: '00' })
  expect(counter.said()).toBe('code.stillPaid')
  expect(counter.dos()).toContain('sendReversal')
  expect(counter.state().recent).toEqual([])
})

test('asked by hand after the cancel began, "taken back" closes it', () => {
  const counter = cancelled()
  const id = counter.state().reversal?.id ?? ''
  counter.tell({ type: 'reversalUnanswered', reversal: id, sent: true })
  say(counter, askFromOpenList(counter), { code: '22' })
  expect(counter.state().reversal).toBeNull()
  expect(counter.state().recent.at(-1)).toMatchObject({ outcome: 'notPaid' })
})

test('power lost while the answer is awaited: after the start the acquirer is asked, and a paid sale is told and printed', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode()
  const effects = counter.tell({ type: 'started', setup: ASKING, keysReady: true })
  expect(counter.said()).toBe('code.asking')
  expect(counter.dos()).not.toContain('sendReversal')
  const asked = questionIn(effects)
  if (asked === null) throw new Error('nothing was asked')
  say(counter, asked, { code: '00' })
  expect(counter.said()).toBe('code.paidLater')
  expect(counter.dos()).toEqual(expect.arrayContaining(['keepRecord', 'signOn']))
  expect(counter.state().slips.map((job) => job.state)).toEqual(['queued', 'awaitingTear'])
})

test('power lost while a question is out: it is asked again under another number, and its late answer is nobody’s', () => {
  const counter = lostAnswer()
  const first = pause(counter)
  const second = questionIn(counter.tell({ type: 'started', setup: ASKING, keysReady: true }))
  expect(second?.stan).not.toBe(first.stan)
  say(counter, first, { code: '00' })
  expect(counter.state().recent).toEqual([])
})

test('while it is being asked for, another order waits behind it and settlement refuses', () => {
  const counter = lostAnswer()
  counter.tell({ type: 'started', setup: ASKING, keysReady: false })
  for (const device of ['printer', 'cardReader', 'qrScanner'] as const)
    counter.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  counter.tell({
    type: 'operatorChecked',
    page: pageName(counter.state()),
    operator: '01',
    correct: true,
  })
  const asked = questionIn(counter.tell({ type: 'signedOn', batch: '000001' }))
  if (asked === null) throw new Error('nothing was asked')
  counter.press('menu', '0')
  expect(counter.said()).toBe('settle.codeOpen')
  counter.press('cancel')
  counter.ask(5)
  expect(counter.step()).toBe('clearingDebt')
  expect(counter.said()).toBe('busy.asking')
  say(counter, asked, { code: '00' })
  expect(counter.step()).toBe('confirmAmount')
  expect(counter.said()).toBe('code.paidWaiting')
  counter.press('confirm')
  expect(counter.step()).toBe('present')
})

test('an acquirer that cannot be asked: the code payment is reversed at once, as before', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCode()
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(counter.step()).toBe('reversing')
  expect(counter.dos()).toContain('sendReversal')
})

test('a card sale is reversed as ever: only codes are asked about', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: stanOf(counter) })
  expect(counter.step()).toBe('reversing')
})

/** The records page with one paid code sale, and the question about it. */
function asksAboutRecord(): { readonly counter: Counter; readonly question: Question } {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode()
  counter.reply()
  counter.press('cancel', 'menu', '2')
  const effects = counter.tell({
    type: 'optionChosen',
    page: pageName(counter.state()),
    option: 'query',
    item: counter.state().recent.at(-1)?.id ?? '',
  })
  const question = questionIn(effects)
  if (question === null) throw new Error('nothing was asked')
  return { counter, question }
}

test.each([
  ['00', 'query.paid'],
  ['22', 'query.notPaidButHere'],
  ['25', 'query.noWord'],
] as const)(
  'the cashier asks about a paid record and the acquirer answers %s: %s',
  (code, telling) => {
    const { counter, question } = asksAboutRecord()
    const before = counter.state().recent
    say(counter, question, { code })
    expect(counter.said()).toBe(telling)
    expect(counter.state().recent).toEqual(before)
  },
)

test('a payment that was paid back whole is rightly "not paid" to the acquirer, and nobody is told that the books disagree', () => {
  const { counter, question } = asksAboutRecord()
  const back = { refundedMinor: minor(3800) }
  const recent = counter.state().recent.map((record) => ({ ...record, ...back }))
  const after = counterFrom({ ...counter.state(), recent })
  say(after, question, { code: '22' })
  expect(after.said()).toBe('query.notPaid')
})

test('a card payment cannot be asked about, and the page says why', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel', 'menu', '2')
  counter.tell({
    type: 'optionChosen',
    page: pageName(counter.state()),
    option: 'query',
    item: counter.state().recent.at(-1)?.id ?? '',
  })
  expect(counter.said()).toBe('query.onlyCodes')
})

test('still in progress, and nobody may ask for the outcome: it is taken back, never called refused', () => {
  const counter = counterFrom(undefined, {
    ...SETUP,
    host: { ...SETUP.host, unfinished: ['09'] },
  })
  counter.open()
  counter.ask(38)
  counter.presentCode()
  counter.reply({ '39': '09' })
  expect([counter.step(), counter.state().reversal?.state]).toEqual(['reversing', 'sent'])
})
