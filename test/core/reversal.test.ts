/** The reversal: what it carries of the request that it undoes, what ends it, and that nothing else does. */
import { expect, test } from 'vitest'
import type { CodeQuery } from '#core/code-query/code-query.ts'
import { minor } from '#core/money.ts'
import {
  armReversal,
  disarm,
  judgeReversalReply,
  keepOwing,
  owe,
  owedMessage,
  sendOwed,
} from '#core/reversal/decide.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { counterFrom, SETUP, TAPPED_CARD } from './counter.ts'
import { aSale } from './two-people.ts'

const SALE: Attempt = {
  order: { id: 7, dueMinor: minor(3800), operator: '01' },
  tender: { kind: 'card', card: { ...TAPPED_CARD, reversalEmv: '9505' } },
  amountMinor: minor(3800),
  stan: '000002',
  batch: '000001',
  withPin: false,
  sentAt: 0,
}
const CODE = {
  kind: 'code',
  code: { handle: 'code-1', channel: 'wechat', masked: '**************6741', fingerprint: 'F1' },
} as const
const STRIPE = { ...TAPPED_CARD, interface: 'stripe', serviceCode: '220' } as const

function queryOf(attempt: Attempt): CodeQuery {
  return { attempt, out: '', tries: 0, waitedMs: 0, cancelAsked: false, cancelsBeforeHelp: 2 }
}

test('it carries the number, sum and channel of its request, and of a card what may be kept', () => {
  expect(armReversal(SALE)).toEqual({
    id: '000001-000002',
    orderId: 7,
    kind: 'sale',
    stan: '000002',
    batch: '000001',
    amountMinor: 3800,
    processingCode: '000000',
    entryMode: '072',
    conditionCode: '00',
    panSequence: '001',
    emv: '9505',
    channel: 'card',
    last4: '0012',
    hasPan: true,
    fingerprint: 'C1',
    operator: '01',
    state: 'armed',
    reason: '98',
    tries: 0,
  })
})

test('of a payment by code it has no card number, and says what is asked first', () => {
  const query = queryOf({ ...SALE, tender: CODE })
  expect(armReversal({ ...SALE, tender: CODE }, query)).toMatchObject({
    channel: 'wechat',
    last4: '6741',
    hasPan: false,
    panSequence: null,
    emv: '',
    fingerprint: 'F1',
    query,
  })
})

test('a void names its original in DE 61, and has no chip data where the chip took no part', () => {
  const { sale } = aSale()
  const order = { ...SALE.order, kind: 'void' as const, original: sale }
  expect(armReversal({ ...SALE, order })).toMatchObject({
    kind: 'void',
    processingCode: '200000',
    original: sale.id,
    originalData: `${sale.batch}${sale.stan}`,
    emv: '',
  })
})

test('that a chip had failed, and who ordered at the till, is said only where it is so', () => {
  const swiped = armReversal({ ...SALE, tender: { kind: 'card', card: STRIPE } })
  expect(swiped.isFallback).toBe(true)
  const till = { reference: 'T-1', lines: [] }
  expect(armReversal({ ...SALE, order: { ...SALE.order, till } }).tillReference).toBe('T-1')
  const plain = armReversal(SALE)
  for (const member of ['isFallback', 'tillReference', 'originalData', 'original', 'query'])
    expect(plain).not.toHaveProperty(member)
})

const OWED: Reversal = { ...armReversal(SALE), state: 'sent', tries: 1 }
const FIELDS = { '11': '000002', '39': '00', '41': SETUP.terminalNumber }

const { '39': _word, ...WORDLESS } = FIELDS

test.each([
  ['00', FIELDS, 'good', 'done'],
  ['12, the host holds no such original', { ...FIELDS, '39': '12' }, 'good', 'done'],
  ['00 without a MAC', FIELDS, 'absent', 'signOnFirst'],
  ['00 with a wrong MAC', FIELDS, 'bad', 'signOnFirst'],
  ['a word that ends nothing', { ...FIELDS, '39': '96' }, 'good', 'notDone'],
  ['a word that ends nothing, with a wrong MAC', { ...FIELDS, '39': '96' }, 'bad', 'signOnFirst'],
  ['no word at all', WORDLESS, 'good', 'notDone'],
  ['"sign on again", without a MAC', { ...FIELDS, '39': '99' }, 'absent', 'signOnFirst'],
  ['the number of another', { ...FIELDS, '11': '000003' }, 'good', 'notDone'],
  ['the number of another terminal', { ...FIELDS, '41': '99999999' }, 'good', 'notDone'],
  ['the number of another, and a wrong MAC', { ...FIELDS, '11': '000003' }, 'bad', 'notDone'],
] as const)('a 0410 with %s', (_what, fields, mac, verdict) => {
  expect(judgeReversalReply(SETUP, OWED, { mti: '0410', mac, fields })).toBe(verdict)
})

test('an answer of another kind ends nothing', () => {
  const reply: HostReply = { mti: '0210', mac: 'good', fields: FIELDS }
  expect(judgeReversalReply(SETUP, OWED, reply)).toBe('notDone')
})

test('every other try fetches keys first, not every one', () => {
  const refused: HostReply = { mti: '0410', mac: 'good', fields: { ...FIELDS, '39': 'A0' } }
  const unproven: HostReply = { mti: '0410', mac: 'absent', fields: FIELDS }
  for (const reply of [refused, unproven]) {
    const verdicts = [1, 2, 3].map((tries) => judgeReversalReply(SETUP, { ...OWED, tries }, reply))
    expect(verdicts).toEqual(['signOnFirst', 'notDone', 'signOnFirst'])
  }
})

const shop = { ...initialState(), setup: SETUP, keysReady: true }

test('it leaves once, counts its tries, and waits for its pause after an answer that ends nothing', () => {
  const owed = owe({ ...shop, reversal: armReversal(SALE) }, '96')
  expect(owed.state.reversal).toMatchObject({ state: 'sent', reason: '96', tries: 1 })
  expect(owed.effects).toEqual([
    { do: 'stopTimer', timer: 'reversal' },
    { do: 'sendReversal', reversal: owed.state.reversal },
  ])
  expect(sendOwed(owed.state).effects).toEqual([])
  const kept = keepOwing(owed.state)
  expect(kept.state.reversal).toMatchObject({ state: 'owed', tries: 1 })
  expect(kept.effects).toEqual([{ do: 'startTimer', timer: 'reversal', ms: 10_000 }])
  expect(sendOwed({ ...kept.state, keysReady: false }).effects).toEqual([])
  expect(sendOwed(kept.state).state.reversal?.tries).toBe(2)
})

test('where none is owed, none is sent and none is kept', () => {
  expect(owe(shop, '98').refused).toBe('nothingOwed')
  expect(keepOwing(shop).refused).toBe('nothingOwed')
  expect(disarm(shop)).toMatchObject({ state: shop, effects: [], refused: null })
})

test('with it goes the sealed card number, where there is one', () => {
  const reversal = armReversal(SALE)
  const dropped = [{ do: 'dropSealedPan', reversal: '000001-000002' }]
  expect(disarm({ ...shop, reversal })).toMatchObject({ state: { reversal: null } })
  expect(disarm({ ...shop, reversal }).effects).toEqual(dropped)
  expect(disarm({ ...shop, reversal: { ...reversal, hasPan: false } }).effects).toEqual([])
})

test('the cashier is told its sum and number, and of a code what is being done about it', () => {
  const facts = { amount: '38.00', trace: '000002' }
  const query = queryOf(SALE)
  const key = (change: Partial<Reversal>): string => {
    const told = owedMessage({ ...OWED, ...change })
    expect(told.params).toEqual(facts)
    return told.key
  }
  expect(key({})).toBe('host.reversalOwed')
  expect(key({ kind: 'void' })).toBe('void.reversalOwed')
  expect(key({ query, state: 'asking' })).toBe('code.asking')
  expect(key({ query, tries: 1 })).toBe('code.cancelOwed')
  expect(key({ query, tries: 2 })).toBe('code.cancelHelp')
})

test('an approval that comes after the cashier pressed cancel: its reversal knows the authorization code', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.press('cancel')
  counter.reply()
  expect(counter.state().reversal).toMatchObject({ state: 'sent', authCode: 'A12345' })
})

test('an answer that proves nothing leaves no authorization code behind', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply({}, 'bad')
  expect(counter.state().reversal?.authCode).toBeUndefined()
})
