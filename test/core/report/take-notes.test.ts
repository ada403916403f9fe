/** What one event adds to the notes of the day, and what is none of them. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { SlipJob } from '#core/receipt/slip-job.ts'
import { exceptionsOf } from '#core/report/exceptions.ts'
import { NO_NOTES, NOTES_LIMIT, type Note, type Notes, type ProofKind } from '#core/report/note.ts'
import { takeNotes } from '#core/report/take-notes.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { ATTEMPT } from '../attempts.ts'
import { NOON } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state: SHOP } = aSale()
type Change = Partial<TerminalState>

/** One event between two states; the page turns where `after` says so. */
function noted(before: Change, event: EventBody, after: Change = {}, from: Notes = NO_NOTES) {
  const start = { ...SHOP, ...before }
  return takeNotes(from, {
    before: start,
    event: { ...event, at: NOON },
    after: { ...start, ...after },
  })
}
const names = ({ list }: Notes) => list.map(({ note }) => note)

const CONFIRM: Step = { kind: 'confirmAmount', order: ATTEMPT.order, typed: '38' }
const FIND: Step = { kind: 'findOriginal', purpose: 'refund', typed: '' }
const STICKER: Step = { kind: 'checkSticker', found: 'nothing' }
const APPROVE: Step = { kind: 'approve', order: ATTEMPT.order, typed: '' }
const TURNED = { page: SHOP.page + 1 }
const SLIP = { batch: '000001', trace: '000002', check: '1234' }
const key = (pressed: 'confirm' | 'cancel', page = `${SHOP.page}`): EventBody => ({
  type: 'keyPressed',
  page,
  key: pressed,
})

test.each([
  ['half a second after its page came up', 500, true],
  ['longer than any shop calls blind', 2_000, false],
])('an amount is confirmed %s', (_what, ms, is) => {
  const notes = { ...NO_NOTES, page: SHOP.page, since: NOON - ms }
  const { list } = noted({ step: CONFIRM }, key('confirm'), TURNED, notes)
  expect(list).toEqual(
    is ? [{ note: 'blindConfirm', order: 7, afterMs: 500, at: NOON, operator: '01' }] : [],
  )
})

test.each<[string, Change, EventBody, Change, number]>([
  ['another key', { step: CONFIRM }, key('cancel'), TURNED, SHOP.page],
  ['what did not count', { step: CONFIRM }, key('confirm'), {}, SHOP.page],
  ['another page', { step: FIND }, key('confirm'), TURNED, SHOP.page],
  ['a page of which nobody knows since when', { step: CONFIRM }, key('confirm'), TURNED, 0],
])('not confirmed blind: %s', (_what, before, event, after, page) => {
  expect(noted(before, event, after, { ...NO_NOTES, page, since: NOON }).list).toEqual([])
})

test('another amount than was asked for once more is noted, the same one is not, and neither is a page that stays', () => {
  const before: Change = { step: { ...CONFIRM, kind: 'rekeyAmount', again: '39' } }
  const differs = { message: { key: 'amount.differs', params: {} } }
  const of = (from: Change, after: Change) => noted(from, key('confirm'), after).list
  expect(of(before, { ...TURNED, ...differs })).toMatchObject([
    { note: 'keyedDifferently', amountMinor: 3800 },
  ])
  expect(of(before, TURNED)).toEqual([])
  expect(of(before, differs)).toEqual([])
  expect(of({ step: CONFIRM }, { ...TURNED, ...differs })).toEqual([])
})

type Scan = Partial<Extract<EventBody, { type: 'codeRefused' }>>

test.each<[string, Step, Scan, boolean]>([
  ['a customer shows goods', CONFIRM, {}, true],
  ['a slip of this terminal', FIND, { record: sale }, false],
  ['a slip of which nothing is known', FIND, { record: null }, true],
  ['a slip of another terminal of the shop', FIND, { slip: SLIP }, false],
  ['the shop’s own sticker, which is looked at', STICKER, { payee: 'own' }, false],
  ['a stranger’s sticker over it', STICKER, { payee: 'foreign' }, true],
  ['the shop’s own sticker in the place of a phone', CONFIRM, { payee: 'own' }, true],
  ['a card of the staff', APPROVE, {}, false],
])('%s is a code that was refused: %s', (_what, step, change, is) => {
  const badge = { ...SHOP.setup, badge: 'optional' as const }
  const event = { type: 'codeRefused', why: 'GOODS', digits: 13, ...change } as const
  const { list } = noted({ step, setup: badge }, event, TURNED)
  expect(list).toEqual(is ? [{ note: 'codeRefused', why: 'GOODS', at: NOON, operator: '01' }] : [])
})

test('a slip of another terminal that opens nothing was refused', () => {
  const event = { type: 'codeRefused', why: 'GOODS', digits: 13, slip: SLIP } as const
  expect(names(noted({ step: FIND }, event))).toEqual(['codeRefused'])
})

const REVERSAL = armReversal(ATTEMPT, undefined)
const TICK: EventBody = { type: 'timerFired', timer: 'reversal' }
const REFUND: Attempt = { ...ATTEMPT, order: { ...ATTEMPT.order, kind: 'refund', original: sale } }
const ADVICE = { id: '000001-000002', attempt: REFUND, hasPan: true, tries: 0 } as const

test.each<[string, Change, Change, TransactionKind | null]>([
  ['armed', { reversal: null }, { reversal: { ...REVERSAL, state: 'armed' } }, null],
  ['to be sent', { reversal: null }, { reversal: { ...REVERSAL, state: 'owed' } }, 'sale'],
  ['asked about', { reversal: null }, { reversal: { ...REVERSAL, state: 'asking' } }, 'sale'],
  [
    'a void that was armed, to be sent',
    { reversal: { ...REVERSAL, kind: 'void', state: 'armed' } },
    { reversal: { ...REVERSAL, kind: 'void', state: 'owed' } },
    'void',
  ],
  [
    'to be sent, and known before',
    { reversal: { ...REVERSAL, state: 'asking' } },
    { reversal: { ...REVERSAL, state: 'owed' } },
    null,
  ],
  [
    'another one than before',
    { reversal: { ...REVERSAL, state: 'owed' } },
    { reversal: { ...REVERSAL, id: '000001-000099', state: 'owed' } },
    'sale',
  ],
  ['a refund on its way', { advice: null }, { advice: { ...ADVICE, state: 'out' } }, null],
  [
    'a refund that waits',
    { advice: { ...ADVICE, state: 'out' } },
    { advice: { ...ADVICE, state: 'waiting' } },
    'refund',
  ],
  [
    'a refund that goes out again',
    { advice: { ...ADVICE, state: 'waiting' } },
    { advice: { ...ADVICE, state: 'sent' } },
    null,
  ],
  [
    'another refund than before',
    { advice: { ...ADVICE, id: '000001-000099', state: 'waiting' } },
    { advice: { ...ADVICE, state: 'waiting' } },
    'refund',
  ],
])('nobody knows what became of it: %s', (_what, before, after, kind) => {
  const { list } = noted(before, TICK, after)
  expect(list.map((one) => (one.note === 'unknown' ? one.kind : one.note))).toEqual(
    kind === null ? [] : [kind],
  )
})

test('what is not known at the end of the day stands there as what it is', () => {
  const after: Change = { advice: { ...ADVICE, state: 'waiting' } }
  const notes: readonly Note[] = noted({}, TICK, after).list
  const state = { ...SHOP, ...after }
  const lines = exceptionsOf({ records: [], earlierHolds: [], notes, state })
  expect(lines).toMatchObject([
    {
      what: 'refund',
      trace: '000002',
      amountMinor: 3800,
      about: [ADVICE.id],
      why: [{ key: 'unknownStill' }],
    },
  ])
})

const RECORDS: Step = { kind: 'records' }
const RESULT: Step = {
  kind: 'result',
  outcome: 'approved',
  order: ATTEMPT.order,
  record: sale.id,
  trace: sale.stan,
  channel: 'card',
  last4: '0012',
  mayTryAgain: false,
}
const CHOSEN: EventBody = { type: 'optionChosen', page: '', option: 'void', item: sale.id }
const HERE: EventBody = { type: 'recordFound', page: '', record: sale }
const THERE: EventBody = { type: 'recordsFound', page: '', records: [] }
const scan = (record?: typeof sale | null): EventBody => ({
  type: 'codeRefused',
  why: 'SLIP',
  digits: 17,
  ...(record === undefined ? {} : { record }),
})
const FOUND = { message: { key: 'proof.found', params: {} } }

test.each<[string, Change, EventBody, ProofKind | null]>([
  ['its number was typed', { step: FIND }, HERE, 'typed'],
  ['its number was typed from another terminal’s slip', { step: FIND }, THERE, 'typed'],
  [
    'another terminal’s slip was scanned',
    { step: { ...FIND, elsewhere: { slip: SLIP } } as Step },
    THERE,
    'slip',
  ],
  ['its slip was scanned', { step: FIND }, scan(sale), 'slip'],
  ['a slip was scanned of which nothing is known', { step: FIND }, scan(null), null],
  ['a slip was scanned on another page', { step: CONFIRM }, scan(sale), null],
  ['it stood on the page', { step: RESULT }, CHOSEN, 'atOnce'],
  ['it stood on the list', { step: RECORDS }, CHOSEN, 'list'],
  ['it stood on the list because of its slip', { step: RECORDS, ...FOUND }, CHOSEN, 'slip'],
  ['something else was chosen', { step: STICKER }, CHOSEN, null],
  ['nothing was chosen', { step: RECORDS }, key('confirm'), null],
])('how the payment was found: %s', (_what, before, event, proof) => {
  const away: Change = { step: STICKER }
  const none = { ...NO_NOTES, page: SHOP.page }
  expect(noted(before, event, away, none).proof).toBe(proof)
  const known = { ...NO_NOTES, proof: 'typed' as const }
  expect(noted(before, event, away, known).proof).toBe(proof ?? 'typed')
  const home: Change = { step: { kind: 'amount', typed: '' } }
  expect(noted(before, event, home, known).proof).toBeNull()
})

const NEW = { ...ATTEMPT.order, id: SHOP.counters.order }
const BACK = { ...NEW, original: sale }

test.each<[string, Attempt['order'], Change, boolean]>([
  ['a new order about a payment', BACK, {}, true],
  ['one that stood there before', { ...BACK, id: NEW.id - 1 }, {}, false],
  ['the same one on its next page', BACK, { step: { ...CONFIRM, order: BACK } }, false],
  ['an order about none', NEW, {}, false],
])('how it was found is noted with the order: %s', (_what, order, before, is) => {
  const known = { ...NO_NOTES, proof: 'list' as const }
  const { list } = noted(before, TICK, { step: { ...CONFIRM, order } }, known)
  const proof = { note: 'proof', order: NEW.id, proof: 'list', at: NOON, operator: '01' }
  expect(list).toEqual(is ? [proof] : [])
  expect(noted(before, TICK, { step: { ...CONFIRM, order } }).list).toEqual([])
})

const [JOB] = SHOP.slips
const slips = (...states: readonly SlipJob['state'][]): Change => ({
  slips: JOB === undefined ? [] : states.map((state) => ({ ...JOB, state })),
})

test.each<[string, Change, Change, readonly string[]]>([
  ['to be printed still', slips('printing'), slips('owed'), ['owed']],
  ['nobody knows whether it printed', slips('printing'), slips('unsure'), ['unsure']],
  ['said to be there', slips('unsure'), slips('waived'), ['saidThere']],
  ['printing', slips('queued'), slips('printing'), []],
  ['as it was', slips('owed'), slips('owed'), []],
  ['new, and to be printed still', slips(), slips('owed'), ['owed']],
])('a slip that is %s', (_what, before, after, became) => {
  const { list } = noted(before, TICK, after)
  const about = { note: 'slip', record: sale.id, trace: sale.stan, at: NOON, operator: '01' }
  expect(list).toEqual(became.map((one) => ({ ...about, became: one })))
})

test('each slip is compared with itself', () => {
  const [job] = SHOP.slips
  if (job === undefined) throw new Error('there is no slip')
  const [one, two] = ['1', '2'].map((id) => ({ ...job, slip: { ...job.slip, job: id } }))
  if (one === undefined || two === undefined) throw new Error('there are no two')
  const before: Change = {
    slips: [
      { ...one, state: 'owed' },
      { ...two, state: 'printing' },
    ],
  }
  const after: Change = {
    slips: [
      { ...one, state: 'owed' },
      { ...two, state: 'owed' },
    ],
  }
  expect(names(noted(before, TICK, after))).toEqual(['slip'])
})

const OWED: NonNullable<TerminalState['followUps']>[number] = {
  id: 'x',
  kind: 'sale',
  dueMinor: minor(200),
  why: 'topUp',
  after: sale.id,
  trace: sale.stan,
}

test('what leaves the open list by being written off is noted; what was collected is not', () => {
  const other = { ...OWED, id: 'y', dueMinor: minor(900) }
  const before: Change = { followUps: [OWED, other] }
  const off = (event: EventBody) => noted(before, event, { followUps: [other] }).list
  expect(off({ ...CHOSEN, option: 'writeOff' } as EventBody)).toEqual([
    {
      note: 'writtenOff',
      record: sale.id,
      trace: sale.stan,
      amountMinor: 200,
      at: NOON,
      operator: '01',
    },
  ])
  expect([off(CHOSEN), off(TICK)]).toEqual([[], []])
})

const TOTAL = { batch: '000001', at: 1, operator: '00', oursMinor: 3800, shopMinor: 3700 }

test('a total of the shop is noted when it is keyed, and when somebody says why it differs', () => {
  const keyed = (before: Change, after: Change) => names(noted(before, TICK, after))
  expect(keyed({}, { shopTotals: [TOTAL] })).toEqual(['shopTotal'])
  expect(keyed({ shopTotals: [TOTAL] }, { shopTotals: [TOTAL] })).toEqual([])
  expect(keyed({ shopTotals: [TOTAL] }, { shopTotals: [{ ...TOTAL, at: 2 }] })).toEqual([
    'shopTotal',
  ])
  expect(keyed({ shopTotals: [TOTAL] }, { shopTotals: [{ ...TOTAL, batch: '000002' }] })).toEqual([
    'shopTotal',
  ])
  const both: Change = { shopTotals: [TOTAL, { ...TOTAL, batch: '000002' }] }
  const left: Change = { shopTotals: [{ ...TOTAL, batch: '000002' }] }
  const said = (option: string) => noted(both, { ...CHOSEN, option } as EventBody, left).list
  expect(said('totalFound')).toMatchObject([
    { note: 'totalExplained', batch: '000001', why: 'found' },
  ])
  expect([said('back'), noted(both, TICK, left).list]).toEqual([[], []])
})

test('the page is remembered with the time it came up, and a note is of whoever was signed in', () => {
  const turned = noted({}, TICK, TURNED, { ...NO_NOTES, page: SHOP.page, since: 5 })
  expect(turned).toMatchObject({ page: SHOP.page + 1, since: NOON, list: [] })
  const known = { ...NO_NOTES, page: SHOP.page, since: 5 }
  expect(noted({}, TICK, {}, known)).toBe(known)
  const found = noted({}, scan(), { session: null }, known)
  expect([found.since, found.list[0]?.operator]).toEqual([5, '01'])
  expect(noted({ session: null }, scan()).list[0]?.operator).toBe('')
  const later: Change = { session: { operator: '00', role: 'supervisor' } }
  expect(noted({}, scan(), later).list[0]?.operator).toBe('00')
})

test('what finds no room is counted', () => {
  const list = Array.from(
    { length: NOTES_LIMIT - 1 },
    (): Note => ({
      note: 'codeRefused',
      why: 'EMPTY',
      at: 0,
      operator: '',
    }),
  )
  const once = noted({}, scan(), {}, { ...NO_NOTES, list, leftOut: 2 })
  const twice = noted({}, scan(), {}, once)
  expect([once, twice].map((one) => [one.list.length, one.leftOut])).toEqual([
    [NOTES_LIMIT, 2],
    [NOTES_LIMIT, 3],
  ])
})
