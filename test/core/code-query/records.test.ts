/** "Ask the bank" about a payment of the records: who may be asked about, and what is told of the answer. */
import { expect, test } from 'vitest'
import { askAboutRecord, onRecordWord } from '#core/code-query/ask-about-record.ts'
import { onQueryReplied, onQueryUnanswered } from '#core/code-query/decide.ts'
import { minor } from '#core/money.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { CODE_QUERY, SETUP } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state } = aSale()
const setup: Setup = { ...state.setup, host: { ...state.setup.host, codeQuery: CODE_QUERY } }
const PAID: TransactionRecord = { ...sale, channel: 'wechat' }
const LIST = { kind: 'records' as const }
const SHOP: TerminalState = { ...state, setup, recent: [PAID], step: LIST }

test('one question at a time, about the batch and the sum of the payment; the list stays', () => {
  const { effects, state: asking } = askAboutRecord(SHOP, LIST, PAID)
  const stan = '000003'
  expect(effects).toEqual([
    {
      do: 'sendQuery',
      question: {
        stan,
        batch: '000001',
        original: { batch: '000001', stan: sale.stan, amountMinor: 3800 },
      },
    },
  ])
  expect([asking.message?.key, asking.tone]).toEqual(['query.asking', 'key'])
  if (asking.step.kind !== 'records') throw new Error(asking.step.kind)
  const again = askAboutRecord(asking, asking.step, PAID)
  expect([again.effects, again.state.message?.key, again.state.tone]).toEqual([
    [],
    'query.asking',
    'refused',
  ])
})

test.each<[string, Partial<TransactionRecord>, Partial<TerminalState>, string]>([
  ['a card payment', { channel: 'card' }, {}, 'query.onlyCodes'],
  ['a refund', { kind: 'refund' }, {}, 'query.onlyCodes'],
  ['where nobody can be asked', {}, { setup: SETUP }, 'query.notOffered'],
  ['while the line is down', {}, { link: 'down' }, 'link.down'],
])('%s: nothing is asked', (_what, record, change, said) => {
  const { effects, state: after } = askAboutRecord({ ...SHOP, ...change }, LIST, {
    ...PAID,
    ...record,
  })
  expect([effects, after.message?.key, after.tone]).toEqual([[], said, 'refused'])
})

const FIELDS = {
  '4': '000000003800',
  '11': '000012',
  '37': '112112000077',
  '41': SETUP.terminalNumber,
  '42': SETUP.merchantNumber,
}
const asked = (record: TransactionRecord): TerminalState => ({
  ...SHOP,
  recent: [record],
  step: { ...LIST, asked: { stan: '000012', record: PAID } },
})
const answered = (from: TerminalState, code: string) =>
  onQueryReplied(from, {
    type: 'queryReplied',
    at: 0,
    stan: '000012',
    reply: { mti: '0210', mac: 'good', fields: { ...FIELDS, '39': code } },
  })

test.each<[string, string, Partial<TransactionRecord>, string]>([
  ['paid', '00', {}, 'query.paid'],
  ['paid', '00', { refundedMinor: minor(3799) }, 'query.paid'],
  [
    'paid, and nothing of it here',
    '00',
    { outcome: 'notPaid', paidMinor: minor(0) },
    'query.paidNotHere',
  ],
  ['paid, and voided here', '00', { closedBy: '000001-000009' }, 'query.paidNotHere'],
  ['paid, and given back here', '00', { refundedMinor: minor(3800) }, 'query.paidNotHere'],
  ['not paid, and paid here', '51', {}, 'query.notPaidButHere'],
  [
    'not paid, and a part given back here',
    '51',
    { refundedMinor: minor(3799) },
    'query.notPaidButHere',
  ],
  ['not paid here either', '51', { outcome: 'notPaid', paidMinor: minor(0) }, 'query.notPaid'],
  ['not paid, because it was voided', '51', { closedBy: '000001-000009' }, 'query.notPaid'],
  ['not paid, because it was given back', '51', { refundedMinor: minor(3800) }, 'query.notPaid'],
  ['that the customer is busy', '09', {}, 'query.noWord'],
  ['nothing that is known', '25', {}, 'query.noWord'],
])('the acquirer says %s: %s, %j', (_what, code, change, said) => {
  const record = { ...PAID, ...change }
  const { state: told } = answered(asked(record), code)
  expect(told.message).toEqual({ key: said, params: { amount: '38.00', trace: sale.stan } })
  expect([told.step, told.tone, told.recent]).toEqual([LIST, 'key', [record]])
})

test('no answer is told as none, and the next question can be asked', () => {
  const event = { type: 'queryUnanswered', at: 0, stan: '000012' } as const
  const { state: told } = onQueryUnanswered(asked(PAID), event)
  expect([told.message?.key, told.step]).toEqual(['query.noWord', LIST])
})

test('by the time of the answer the payment has left the last twenty: it is told all the same', () => {
  const { state: told } = answered({ ...asked(PAID), recent: [] }, '00')
  expect([told.message?.key, told.step]).toEqual(['query.paid', LIST])
})

test.each<[string, TerminalState]>([
  ['the page was left', { ...SHOP, step: { kind: 'menu', sheet: 0 } }],
  [
    'it is the answer to another',
    { ...SHOP, step: { ...LIST, asked: { stan: '000011', record: PAID } } },
  ],
  ['nothing was asked', SHOP],
])('%s: the word is not for this page', (_what, from) => {
  expect(onRecordWord(from, { type: 'queryUnanswered', at: 0, stan: '000012' })).toBeNull()
  expect(answered(from, '00').refused).toBe('lateAnswer')
})
