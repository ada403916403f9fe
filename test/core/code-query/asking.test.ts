/** The debt of a code payment without an outcome: when it is asked about, when it is cancelled, and what each answer does to it. */
import { expect, test } from 'vitest'
import type { CodeQuery } from '#core/code-query/code-query.ts'
import {
  cancelQuery,
  onQueryReplied,
  onQueryTimer,
  onQueryUnanswered,
} from '#core/code-query/decide.ts'
import {
  askLater,
  askNow,
  mayBeAsked,
  pursue,
  queryFor,
  questionAbout,
  startAsking,
} from '#core/code-query/queue.ts'
import { minor } from '#core/money.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import { CODE_QUERY, SETUP, TAPPED_CARD } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state } = aSale()
const ASKING = { ...state.setup, host: { ...state.setup.host, codeQuery: CODE_QUERY } }
const SHOP: TerminalState = { ...state, setup: ASKING, slips: [] }
const ATTEMPT: Attempt = {
  order: { id: 9, dueMinor: minor(3800), operator: '01' },
  tender: {
    kind: 'code',
    code: { handle: 'code-1', channel: 'wechat', masked: '**************6741', fingerprint: 'F1' },
  },
  amountMinor: minor(3800),
  stan: '000009',
  batch: '000001',
  withPin: false,
  sentAt: 0,
}
const QUERY: CodeQuery = {
  attempt: ATTEMPT,
  out: '',
  tries: 1,
  waitedMs: 5_000,
  cancelAsked: false,
  cancelsBeforeHelp: 3,
}
const wait = { startedAt: 0, deadlineAt: 0 }
const PAGE: Step = { kind: 'querying', attempt: ATTEMPT, isPaying: false, wait }

function debt(query: Partial<CodeQuery> = {}, change: Partial<Reversal> = {}): Reversal {
  return { ...armReversal(ATTEMPT), state: 'asking', query: { ...QUERY, ...query }, ...change }
}
const asked = (query: Partial<CodeQuery> = {}, step: Step = PAGE): TerminalState => ({
  ...SHOP,
  step,
  reversal: debt(query),
})
const FIELDS = {
  '4': '000000003800',
  '11': '000012',
  '37': '112112000077',
  '38': 'A12345',
  '39': '00',
  '41': SETUP.terminalNumber,
  '42': SETUP.merchantNumber,
}
type Mac = 'good' | 'bad' | 'absent'
const answered = (from: TerminalState, code: string, mac: Mac = 'good'): Decision =>
  onQueryReplied(from, {
    type: 'queryReplied',
    at: 0,
    stan: '000012',
    reply: { mti: '0210', mac, fields: { ...FIELDS, '39': code } },
  })
const unanswered = (from: TerminalState): Decision =>
  onQueryUnanswered(from, { type: 'queryUnanswered', at: 0, stan: '000012' })
const dos = ({ effects }: Decision) => effects.map((one) => one.do)
const said = ({ state: { message } }: Decision) => message?.key ?? null

/** With the question out. */
const out = (query: Partial<CodeQuery> = {}, step: Step = PAGE): TerminalState =>
  asked({ out: '000012', ...query }, step)
/** The last question of all is out. */
const LAST = { tries: CODE_QUERY.tries, waitedMs: CODE_QUERY.cancelAfterMs }

test('only a code payment where the acquirer can be asked has a question armed beside its reversal', () => {
  expect(queryFor(ASKING, ATTEMPT)).toEqual({ ...QUERY, tries: 0, waitedMs: 0 })
  expect(queryFor(SETUP, ATTEMPT)).toBeNull()
  expect(queryFor(ASKING, { ...ATTEMPT, tender: { kind: 'card', card: TAPPED_CARD } })).toBeNull()
  const undone = { ...ATTEMPT.order, kind: 'void' as const, original: sale }
  expect(queryFor(ASKING, { ...ATTEMPT, order: undone })).toBeNull()
})

test('a lost answer: the code is forgotten, its page counts the time of all questions, and the first follows a pause', () => {
  const armed = { ...SHOP, reversal: debt({}, { state: 'armed' }) }
  const { effects, state: after } = startAsking(armed, ATTEMPT, false)
  expect(after.reversal).toEqual(debt())
  expect(after.step).toEqual({
    ...PAGE,
    wait: { startedAt: SHOP.at, deadlineAt: SHOP.at + 6 * 5_000 },
  })
  expect([after.message?.key, after.tone]).toEqual(['code.unknown', 'unknown'])
  expect(effects).toEqual([
    { do: 'forgetTender', handle: 'code-1' },
    { do: 'startTimer', timer: 'query', ms: 5_000 },
  ])
  expect(startAsking(armed, ATTEMPT, true).state.message?.key).toBe('code.paying')
})

test('cancel was pressed before the answer was lost: it is remembered', () => {
  const armed = { ...SHOP, reversal: debt({}, { state: 'armed' }) }
  const pressed = (cancelAsked: boolean) =>
    startAsking(
      { ...armed, step: { kind: 'authorizing', attempt: ATTEMPT, cancelAsked, wait } },
      ATTEMPT,
      false,
    )
  expect(pressed(true).state.reversal?.query?.cancelAsked).toBe(true)
  expect(said(pressed(true))).toBe('cancel.willReverse')
  expect(pressed(false).state.reversal?.query?.cancelAsked).toBe(false)
})

test('what has no question armed, or nobody to ask, is not asked about', () => {
  const { query: _query, ...plain } = debt({}, { state: 'armed' })
  expect(startAsking({ ...SHOP, reversal: plain }, ATTEMPT, false).refused).toBe('nothingOwed')
  expect(startAsking({ ...SHOP, reversal: null }, ATTEMPT, false).refused).toBe('nothingOwed')
  const unasked = { ...asked(), setup: SETUP }
  expect(startAsking(unasked, ATTEMPT, false).refused).toBe('nothingOwed')
  expect(onQueryTimer(unasked).refused).toBe('timerNotRunning')
  expect(askLater(unasked).effects).toEqual([])
  expect(askLater(SHOP).effects).toEqual([])
})

test('a question has a number of its own, names the payment, and takes the timer with it', () => {
  const { effects, state: after } = askNow(asked())
  const stan = '000003'
  expect(effects).toEqual([
    { do: 'stopTimer', timer: 'query' },
    {
      do: 'sendQuery',
      question: {
        stan,
        batch: '000001',
        original: { batch: '000001', stan: '000009', amountMinor: 3800 },
      },
    },
  ])
  expect(after.reversal?.query).toMatchObject({ out: stan, tries: 2 })
  expect(askNow(after).effects).toEqual([])
})

test.each<[string, Partial<TerminalState>]>([
  ['without keys', { keysReady: false }],
  ['of nothing', { reversal: null }],
  [
    'of a card',
    {
      reversal: {
        ...armReversal({ ...ATTEMPT, tender: { kind: 'card', card: TAPPED_CARD } }),
        state: 'owed',
      },
    },
  ],
  ['while its cancel is out', { reversal: debt({}, { state: 'sent' }) }],
  ['before its request was answered', { reversal: debt({}, { state: 'armed' }) }],
])('no question %s', (_what, change) => {
  expect(askNow({ ...asked(), ...change }).effects).toEqual([])
})

test('between two cancels it may be asked about; whatever can leave for a debt leaves', () => {
  expect(mayBeAsked(debt({}, { state: 'owed' }))).toBe(true)
  expect(mayBeAsked(debt({ out: '000012' }, { state: 'owed' }))).toBe(false)
  expect(dos(pursue(asked()))).toEqual(['stopTimer', 'sendQuery'])
  expect(dos(pursue({ ...SHOP, reversal: debt({}, { state: 'owed' }) }))).toEqual([
    'stopTimer',
    'sendReversal',
  ])
  const original = { batch: '000001', stan: '000009', amountMinor: minor(3800), id: 'x' }
  expect(questionAbout(SHOP, '000012', original).original).not.toHaveProperty('id')
})

test.each<[string, Partial<CodeQuery>, readonly string[]]>([
  ['it is asked once more', {}, ['stopTimer', 'sendQuery']],
  [
    'cancel was pressed, and it is too early',
    { cancelAsked: true, waitedMs: 9_999 },
    ['stopTimer', 'sendQuery'],
  ],
  [
    'cancel was pressed, and 15 seconds have gone by',
    { cancelAsked: true, waitedMs: 10_000 },
    ['forgetTender', 'stopTimer', 'sendReversal'],
  ],
  [
    'nobody wants it cancelled, however long it takes',
    { waitedMs: 60_000 },
    ['stopTimer', 'sendQuery'],
  ],
])('a pause has ended: %s', (_what, query, effects) => {
  const decision = onQueryTimer(asked(query))
  expect(dos(decision)).toEqual(effects)
  expect(decision.state.reversal?.query?.waitedMs).toBe((query.waitedMs ?? 5_000) + 5_000)
})

test('a pause that nobody takes ends nothing', () => {
  expect(onQueryTimer(SHOP).refused).toBe('timerNotRunning')
  expect(onQueryTimer(out()).refused).toBe('timerNotRunning')
  const owed = { ...SHOP, reversal: debt({}, { state: 'owed' }) }
  expect(onQueryTimer(owed).refused).toBe('timerNotRunning')
})

const LATER = ['startTimer']
const CANCEL = ['forgetTender', 'stopTimer', 'sendReversal']

test.each<[string, Partial<CodeQuery>, string, readonly string[], string | undefined]>([
  ['no result yet', {}, '25', LATER, undefined],
  ['no result at the last question', LAST, '25', CANCEL, '98'],
  [
    'no result at the last question, before 15 seconds',
    { ...LAST, waitedMs: 14_999 },
    '25',
    LATER,
    undefined,
  ],
  ['no result at the last question but one', { ...LAST, tries: 5 }, '25', LATER, undefined],
  [
    'no result, and cancel was pressed',
    { ...LAST, tries: 1, cancelAsked: true },
    '25',
    CANCEL,
    '06',
  ],
  ['still paying at the last question', LAST, '09', CANCEL, '98'],
  ['paid, and cancel was pressed', { ...LAST, tries: 1, cancelAsked: true }, '00', CANCEL, '06'],
  ['paid, and cancel was pressed too early', { cancelAsked: true }, '00', LATER, undefined],
])('answered: %s', (_what, query, code, effects, reason) => {
  const decision = answered(out(query), code)
  expect(dos(decision)).toEqual(effects)
  expect(decision.state.reversal).toMatchObject(
    reason === undefined ? { state: 'asking', query: { out: '' } } : { state: 'sent', reason },
  )
  expect(said(decision)).toBe(reason === undefined ? null : 'code.cancelling')
})

test('"paid" for what is being cancelled: the cancel knows the authorization code, and no sale comes of it', () => {
  const decision = answered(out({ cancelAsked: true }), '00')
  expect(decision.state.reversal?.authCode).toBe('A12345')
  expect(decision.state.recent).toEqual(SHOP.recent)
  const blank = onQueryReplied(out({ cancelAsked: true }), {
    type: 'queryReplied',
    at: 0,
    stan: '000012',
    reply: { mti: '0210', mac: 'good', fields: { ...FIELDS, '38': '      ' } },
  })
  expect(blank.state.reversal).not.toHaveProperty('authCode')
})

test('new keys may heal it: every other such answer fetches some, and the question waits', () => {
  const signsOn = (tries: number) => dos(answered(out({ tries }), '00', 'bad'))
  expect(signsOn(1)).toEqual(['startTimer', 'stopTimer', 'signOn'])
  expect(signsOn(2)).toEqual(['startTimer'])
  expect(dos(answered(out({ tries: 1 }), '25'))).toEqual(['startTimer'])
})

test('the page says that the customer is paying from the first answer that says so, and nothing anew each time', () => {
  const paying = answered(out(), '09')
  expect([said(paying), paying.state.tone]).toEqual(['code.paying', 'unknown'])
  expect(paying.state.step).toMatchObject({ isPaying: true })
  const again = answered(out({}, { ...PAGE, kind: 'querying', isPaying: true }), '09')
  expect([said(again), dos(again)]).toEqual([null, LATER])
  expect(answered(out(), '25').state.step).toEqual(PAGE)
  const cancelled = answered(out({ cancelAsked: true }), '09')
  expect([said(cancelled), dos(cancelled)]).toEqual([null, LATER])
  expect(cancelled.state.step).toMatchObject({ isPaying: true })
})

test('a question without an answer counts like one that says nothing', () => {
  expect(dos(unanswered(out()))).toEqual(LATER)
  expect(dos(unanswered(out(LAST)))).toEqual(CANCEL)
  expect(unanswered(out()).state.step).toEqual(PAGE)
})

test.each<[string, TerminalState]>([
  ['another question', out({ out: '000011' })],
  ['none that is out', asked()],
  ['nothing at all', SHOP],
  [
    'a payment that was not asked about',
    { ...SHOP, reversal: { ...armReversal(ATTEMPT), state: 'owed' } },
  ],
])('an answer to %s is nobody’s', (_what, from) => {
  expect([answered(from, '00').refused, answered(from, '00').state]).toEqual(['lateAnswer', from])
  expect(unanswered(from).refused).toBe('notAskedFor')
})

test('the answer to no question is none to the next', () => {
  const reply = { mti: '0210', mac: 'good' as const, fields: { ...FIELDS, '11': '' } }
  const late = onQueryReplied(asked(), { type: 'queryReplied', at: 0, stan: '', reply })
  expect(late.refused).toBe('lateAnswer')
})

test('cancel is pressed once: at once where it may leave, else it is remembered, and a question that is out comes first', () => {
  const early = cancelQuery(asked())
  expect([said(early), early.state.tone, dos(early)]).toEqual(['cancel.willReverse', 'key', []])
  expect(early.state.reversal?.query?.cancelAsked).toBe(true)
  expect(dos(cancelQuery(asked({ waitedMs: 15_000 })))).toEqual(CANCEL)
  expect(dos(cancelQuery(asked({ waitedMs: 14_999 })))).toEqual([])
  expect(dos(cancelQuery(out({ waitedMs: 15_000 })))).toEqual([])
  for (const from of [
    asked({ cancelAsked: true }),
    SHOP,
    { ...SHOP, reversal: debt({}, { state: 'owed' }) },
  ])
    expect(cancelQuery(from).refused).toBe('keyHasNoMeaningHere')
})

/** The cancel has left before. */
const cancelling = (change: Partial<TerminalState> = {}): TerminalState => ({
  ...SHOP,
  reversal: debt({ out: '000012' }, { state: 'owed' }),
  ...change,
})

test('once the cancel has left, "not paid" ends it, and every other word is told and leaves it owed', () => {
  const params = { amount: '38.00', trace: '000009' }
  const over = answered(cancelling(), '51')
  expect(over.state.reversal).toBeNull()
  expect(over.state.recent.at(-1)).toMatchObject({ outcome: 'notPaid', stan: '000009' })
  const still = answered(cancelling(), '00')
  expect(still.state.message).toEqual({ key: 'code.stillPaid', params })
  expect([still.state.tone, dos(still)]).toEqual(['unknown', ['stopTimer', 'sendReversal']])
  expect(answered(cancelling(), '25').state.message).toEqual({ key: 'code.noWord', params })
  const lost = unanswered(cancelling())
  expect([lost.state.message, lost.state.tone]).toEqual([{ key: 'code.noWord', params }, 'unknown'])
  expect([lost.effects, lost.state.reversal?.query?.out]).toEqual([[], ''])
})

test('off its page the cancel leaves all the same, and says nothing there', () => {
  const decision = answered(out(LAST, { kind: 'amount', typed: '3' }), '25')
  expect(dos(decision)).toEqual(['stopTimer', 'sendReversal'])
  expect([said(decision), decision.state.step.kind]).toEqual([null, 'amount'])
  expect(decision.state.reversal?.reason).toBe('98')
})

test.each<[string, string, readonly string[]]>([
  ['paid', '00', ['keepRecord', 'forgetTender', 'print']],
  ['not paid', '51', ['keepRecord', 'forgetTender', 'print']],
])('on its page, %s: the payment ends there, with its paper', (_what, code, effects) => {
  const decision = answered(out(), code)
  expect(decision.state.reversal).toBeNull()
  expect(decision.state.step).toMatchObject({
    kind: 'result',
    outcome: code === '00' ? 'approved' : 'notPaid',
  })
  expect(dos(decision)).toEqual(effects)
})

const AMOUNT: Step = { kind: 'amount', typed: '' }

test.each<[string, string, 'success' | 'fail']>([
  ['code.paidLater', '00', 'success'],
  ['code.notPaidLater', '51', 'fail'],
])('off its page, %s: kept, on paper, and told', (telling, code, tone) => {
  const decision = answered(out({}, AMOUNT), code)
  expect(decision.state.message).toEqual({
    key: telling,
    params: { amount: '38.00', trace: '000009' },
  })
  expect(decision.state.tone).toBe(tone)
  expect(decision.state.reversal).toBeNull()
  expect(dos(decision)).toEqual(['keepRecord', 'print'])
  expect(decision.state.recent.at(-1)).toMatchObject({ stan: '000009' })
})

test('what waited behind it leaves: a terminal that woke up owing signs on', () => {
  const woken = { ...out({}, AMOUNT), link: 'down' as const }
  expect(dos(answered(woken, '00'))).toContain('signOn')
  expect(dos(answered(woken, '51'))).toContain('signOn')
  expect(dos(answered(out({}, AMOUNT), '00'))).not.toContain('signOn')
})

test.each<[Step, boolean]>([
  [{ kind: 'signIn' }, true],
  [{ kind: 'checkSticker', found: 'nothing' }, true],
  [{ kind: 'badge', operator: null, typed: '' }, true],
  [{ kind: 'incident', of: null, original: null, typed: '' }, true],
  [{ kind: 'openItems' }, true],
  [
    {
      kind: 'approve',
      order: { ...ATTEMPT.order, kind: 'refund', original: sale },
      typed: '',
    },
    false,
  ],
])('told on %j: %s, because what an order asks is not written over', (step, told) => {
  const decision = answered(out({}, step), '00')
  expect(said(decision)).toBe(told ? 'code.paidLater' : null)
  expect(decision.state.step).toEqual(step)
  // The list is another one by now: a tap that was meant for the debt on it means nothing.
  expect(decision.state.page - SHOP.page).toBe(step.kind === 'openItems' ? 1 : 0)
})

const SECOND = { id: 10, dueMinor: minor(3800), operator: '01' }
const CONFIRM: Step = { kind: 'confirmAmount', order: SECOND, typed: '38' }
const BEHIND: Step = { kind: 'clearingDebt', order: SECOND, typed: '38', wait }

test.each<[string, Step]>([
  ['stands to be confirmed', CONFIRM],
  ['is looked at', { kind: 'lookAtAmount', order: SECOND, typed: '38', wait }],
  ['waits behind the question', BEHIND],
])(
  'paid, and a sale %s: it is confirmed anew, and the page says of which one that is',
  (_where, step) => {
    const decision = answered(out({}, step), '00')
    expect(decision.state.step).toEqual(CONFIRM)
    expect(decision.state.message).toEqual({
      key: 'code.paidWaiting',
      params: { amount: '38.00', trace: '000009' },
    })
    expect([decision.state.tone, decision.state.page]).toEqual(['refused', SHOP.page + 1])
    const stops = decision.effects.filter((one) => one.do === 'stopTimer')
    expect(stops).toEqual(step.kind === 'lookAtAmount' ? [{ do: 'stopTimer', timer: 'look' }] : [])
  },
)

test('paid, and what waits would collect the same once more: it is not asked to be confirmed', () => {
  const follows = {
    id: 'x',
    kind: 'sale',
    dueMinor: minor(3800),
    why: 'redo',
    after: 'x',
    trace: '',
  } as const
  const order = { ...SECOND, follows }
  const paid = (step: Step) => answered(out({}, step), '00').state
  const confirming: Step = { ...CONFIRM, order }
  expect(paid(confirming).step).toEqual(confirming)
  const behind = paid({ ...BEHIND, order })
  expect([behind.step.kind, behind.message?.key]).toEqual(['amount', 'followUp.collected'])
})

test('not paid, and a sale waits behind the question: it goes to the customer, and the page says why', () => {
  const decision = answered(out({}, BEHIND), '51')
  expect([decision.state.step.kind, said(decision)]).toEqual(['present', 'code.notPaidLater'])
  const confirming = answered(out({}, CONFIRM), '51')
  expect([confirming.state.step, said(confirming)]).toEqual([CONFIRM, null])
})

test('paid, and what waits is no sale, or the very sum that was paid: nobody has to confirm it anew', () => {
  const refund = { ...SECOND, kind: 'refund' as const, original: sale, approver: '00' }
  const behind: Step = { kind: 'clearingDebt', order: refund, typed: '38', wait }
  const decision = answered(out({}, behind), '00')
  expect([decision.state.step.kind, said(decision)]).toEqual(['present', 'code.paidLater'])
  const follows = {
    id: 'x-rest',
    kind: 'sale' as const,
    dueMinor: minor(3800),
    why: 'rest' as const,
    after: 'x',
    trace: '000001',
  }
  const again: Step = {
    ...CONFIRM,
    kind: 'confirmAmount',
    order: { ...SECOND, follows },
    typed: '38',
  }
  expect(answered(out({}, again), '00').state.step).toEqual(again)
})

test('what the customer is doing is shown on the page of the payment alone', () => {
  const decision = answered(out({}, AMOUNT), '09')
  expect([decision.state.step, said(decision), dos(decision)]).toEqual([AMOUNT, null, LATER])
})

test('a cancel that somebody asked for says so to the acquirer, whenever it leaves', () => {
  const late = { cancelAsked: true, waitedMs: 15_000 }
  expect(onQueryTimer(asked(late)).state.reversal?.reason).toBe('06')
  expect(cancelQuery(asked({ waitedMs: 15_000 })).state.reversal?.reason).toBe('06')
})
