/** An order that was confirmed while an older payment has no outcome: what it waits for, and what it finds when the wait is over. */
import { expect, test } from 'vitest'
import type { FollowUp } from '#core/correction/owed-sale.ts'
import { type Message, message } from '#core/message.ts'
import { minor } from '#core/money.ts'
import { afterDebt, askForTender } from '#core/order/ask-for-tender.ts'
import { draftAttempt } from '#core/order/decide-present.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import { backFromTheCut, questionAnswered } from '../code-doubt.ts'
import { CODE_QUERY, type Counter, SETUP, TAPPED_CARD } from '../counter.ts'
import { aSale, choose, openShop, sign } from '../two-people.ts'

/** 20 yuan were paid by code. Of 38 more the answer was lost with the power, and the acquirer is being asked. */
function unheard(): Counter {
  const counter = openShop({ host: { ...SETUP.host, codeQuery: CODE_QUERY } })
  counter.ask(20)
  counter.presentCode('F1')
  counter.reply()
  counter.press('cancel', 'cancel')
  counter.ask(38)
  counter.presentCode('F2')
  backFromTheCut(counter)
  return counter
}

/** The acquirer's word about the 38. */
function word(counter: Counter, code: string): void {
  questionAnswered(counter, code, minor(3800))
}

test.each([
  ['00', 'code.paidLater'],
  ['51', 'code.notPaidLater'],
])(
  'a void by reference, which asks nobody to present, does not sweep away the word %s: %s',
  (code, telling) => {
    const counter = unheard()
    const [paid] = counter.state().recent
    counter.press('menu', '2')
    choose(counter, 'void', paid?.id)
    counter.press('confirm')
    sign(counter, '00')
    expect([counter.step(), counter.said()]).toEqual(['clearingDebt', 'busy.asking'])
    word(counter, code)
    expect([counter.step(), counter.said()]).toEqual(['confirmAmount', telling])
    expect(counter.dos()).not.toContain('sendRequest')
    counter.press('confirm')
    expect(counter.dos()).toContain('sendRequest')
  },
)

/** Home, with the reversal of a card payment owed. */
function owing(): TerminalState {
  const { state } = aSale()
  const order = { id: 8, dueMinor: minor(2000), operator: '01' }
  const tender = { kind: 'card', card: TAPPED_CARD } as const
  const drafted = draftAttempt(state, { order }, tender)
  return { ...drafted.state, reversal: { ...armReversal(drafted.attempt), state: 'owed' } }
}

const SALE: Order = { id: 9, dueMinor: minor(500), operator: '01' }
const confirmed = (order = SALE) => ({ order, typed: '5' })
const waiting = (state: TerminalState, order = SALE): TerminalState =>
  askForTender(state, confirmed(order)).state
const page = ({ message, step, tone }: TerminalState) => [step.kind, message?.key ?? null, tone]
const TELLING = message('code.notPaidLater')

test('an older reversal goes first, and the page says that nothing has begun', () => {
  const from = owing()
  const { effects, state } = askForTender(from, confirmed())
  expect(page(state)).toEqual(['clearingDebt', 'busy.reversing', null])
  expect(state.step).toMatchObject({
    order: SALE,
    typed: '5',
    wait: { startedAt: from.at, deadlineAt: from.at + 30_000 },
  })
  expect(effects.map((one) => one.do)).toEqual(['stopTimer', 'sendReversal'])
})

test('what is in the way is said where the amount was confirmed', () => {
  const { state } = askForTender({ ...owing(), link: 'down' }, confirmed())
  expect(page(state)).toEqual(['amount', 'link.down', 'refused'])
})

test.each<[string, Partial<TerminalState>, boolean, Message | null, readonly unknown[]]>([
  ['is gone', { reversal: null }, true, null, ['present', null, 'confirmed']],
  [
    'is gone, and a word is told',
    { reversal: null },
    true,
    TELLING,
    ['present', TELLING.key, 'refused'],
  ],
  ['is still there', {}, false, null, ['confirmAmount', 'host.reversalOwed', 'refused']],
  [
    'is gone, and the line as well',
    { reversal: null, link: 'down' },
    true,
    null,
    ['confirmAmount', 'link.down', 'refused'],
  ],
  [
    'is gone, the line as well, and a word is told: that first, what is in the way behind the next key',
    { reversal: null, link: 'down' },
    true,
    TELLING,
    ['confirmAmount', TELLING.key, 'refused'],
  ],
])('the older debt %s', (_what, change, cleared, telling, found) => {
  const { state } = afterDebt({ ...waiting(owing()), ...change }, cleared, telling)
  expect(page(state)).toEqual(found)
  expect(state.step).toMatchObject({ order: SALE, typed: '5' })
})

test('the debt behind which it waited was the very sum: it is not asked for again', () => {
  const follows: FollowUp = {
    id: '000001-000002-rest',
    kind: 'sale',
    dueMinor: minor(500),
    why: 'rest',
    after: '000001-000002',
    trace: '000002',
  }
  const state = waiting({ ...owing(), followUps: [follows] }, { ...SALE, follows })
  expect(afterDebt({ ...state, reversal: null }, true).state.step.kind).toBe('present')
  const collected = afterDebt({ ...state, reversal: null, followUps: [] }, true)
  expect(page(collected.state)).toEqual(['amount', 'followUp.collected', null])
})

test('where no order waits, the end of a debt changes no page', () => {
  const state = owing()
  expect(afterDebt(state, true).state).toBe(state)
  expect(afterDebt(state, false).state).toBe(state)
})

test('a void by reference that waited goes on by itself where nothing is to be told', () => {
  const { sale } = aSale()
  const order = { ...SALE, kind: 'void' as const, original: { ...sale, channel: 'wechat' } }
  const from = { ...waiting(owing(), { ...order, approver: '00' }), reversal: null }
  expect(afterDebt(from, true).state.step.kind).toBe('authorizing')
})
