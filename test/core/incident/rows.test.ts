/** Incidents, rule by rule: what may be said of which payment, how much of it, who closes it, and what stands on its sheet. */
import { expect, test } from 'vitest'
import { hostDateTime } from '#core/calendar.ts'
import { askForWord, closingOptions, onClosingKey, onClosingOption } from '#core/incident/close.ts'
import { INCIDENTS_LIMIT, type Incident, USUAL_DUE_MS } from '#core/incident/incident.ts'
import { incidentItems, incidentParams, isInIncident } from '#core/incident/items.ts'
import {
  askForLoss,
  askWhichIncident,
  customerLeft,
  incidentOptions,
  onIncidentKey,
  onIncidentOption,
} from '#core/incident/record.ts'
import { printSheet, printSheetAgain } from '#core/incident/sheet.ts'
import { minor } from '#core/money.ts'
import type { SlipJobState } from '#core/receipt/slip-job.ts'
import type { Decision } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import { SLIPS_LIMIT, type Step, type TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from '../counter.ts'
import { aSale } from '../two-people.ts'

const { sale, state: counter } = aSale()
const SHOP: TerminalState = { ...counter, at: NOON, slips: [] }
const SUPERVISED: TerminalState = { ...SHOP, session: { operator: '00', role: 'supervisor' } }
type IncidentStep = Extract<Step, { kind: 'incident' }>
type CloseStep = Extract<Step, { kind: 'closeIncident' }>
type Owed = NonNullable<TerminalState['followUps']>[number]

const OWED: Owed = {
  id: `${sale.id}-topUp`,
  kind: 'sale',
  dueMinor: minor(200),
  why: 'topUp',
  after: sale.id,
  trace: sale.stan,
}
const KEPT: Incident = {
  id: `wrongPayer-${sale.id}`,
  kind: 'wrongPayer',
  at: NOON,
  dueAt: NOON + USUAL_DUE_MS,
  amountMinor: minor(3800),
  operator: '01',
  record: sale.id,
  trace: sale.stan,
  channel: 'card',
  last4: '0012',
  reprints: 0,
}
const SHORT: Incident = {
  ...KEPT,
  id: `shortfall-${OWED.id}`,
  kind: 'shortfall',
  followUp: OWED.id,
}

const asking = (change: Partial<TransactionRecord> = {}): IncidentStep => ({
  kind: 'incident',
  of: null,
  original: { ...sale, ...change },
  typed: '',
})
const typing = (typed: string, of: IncidentStep['of'] = 'overcharge'): IncidentStep => ({
  ...asking({ refundedMinor: minor(800) }),
  of,
  typed,
  ...(of === 'strangerSticker' ? { original: null } : {}),
})
const page = ({ state: { message, step, tone } }: Decision) => [step.kind, message?.key, tone]
const kept = ({ effects }: Decision) =>
  effects.flatMap((one) => (one.do === 'keepIncident' ? [one.incident] : []))
const at = (step: Step, from = SHOP): TerminalState => ({ ...from, step, message: null })

test.each<[string, Partial<TransactionRecord>, readonly string[]]>([
  ['a sale', {}, ['tooMuchTaken', 'wrongPersonPaid', 'customerDisputes']],
  ['a completion', { kind: 'completion' }, ['tooMuchTaken', 'wrongPersonPaid', 'customerDisputes']],
  ['a hold', { kind: 'preAuth' }, ['wrongPersonPaid', 'customerDisputes']],
  ['a refund', { kind: 'refund' }, ['wrongPersonPaid', 'customerDisputes']],
  [
    'a sale that went back in part',
    { refundedMinor: minor(3799) },
    ['tooMuchTaken', 'wrongPersonPaid', 'customerDisputes'],
  ],
  ['a sale of which nothing is left', { refundedMinor: minor(3800) }, ['customerDisputes']],
  ['a sale that was voided', { closedBy: 'x' }, ['customerDisputes']],
])('of %s can be said: %j', (_what, change, ids) => {
  expect(incidentOptions(asking(change)).map(({ id }) => id)).toEqual(ids)
})

test('the page asks what happened to which payment, and an amount is asked for where nobody knows it', () => {
  const asked = askWhichIncident(SHOP, sale)
  expect(page(asked)).toEqual(['incident', 'incident.which', 'key'])
  expect(asked.state.step).toEqual(asking())
  expect(asked.state.message?.params).toEqual({ trace: sale.stan })
  const howMuch = onIncidentOption(SHOP, asking(), 'tooMuchTaken')
  expect(page(howMuch)).toEqual(['incident', 'incident.howMuch.overcharge', 'key'])
  expect(howMuch.state.step).toEqual({ ...asking(), of: 'overcharge' })
  expect(incidentOptions({ ...asking(), of: 'overcharge' })).toEqual([])
  const wrong = { ...SHOP, sticker: { checkedAt: 0, wrongSince: 7 } }
  expect(page(askForLoss(wrong))).toEqual(['incident', 'incident.howMuch.strangerSticker', 'key'])
  expect(askForLoss(wrong).state.step).toMatchObject({ of: 'strangerSticker', original: null })
  expect(askForLoss(SHOP).refused).toBe('optionNotOffered')
})

test.each<[string, string, number]>([
  ['wrongPersonPaid', 'wrongPayer', 3000],
  ['customerDisputes', 'disputed', 3800],
])(
  '%s is about what is left of it, a quarrel about all of it: %s, %i',
  (option, kind, amountMinor) => {
    const decision = onIncidentOption(SHOP, asking({ refundedMinor: minor(800) }), option)
    const incident = {
      ...KEPT,
      id: `${kind}-${sale.id}`,
      kind,
      amountMinor,
      channel: sale.channel,
      last4: sale.last4,
    }
    expect(kept(decision)).toEqual([incident])
    expect(decision.state.incidents).toEqual([incident])
    expect(page(decision).slice(0, 2)).toEqual(['amount', `incident.kept.${kind}`])
  },
)

test.each<[string, Key, string | undefined]>([
  ['the first thing', '1', 'incident.howMuch.overcharge'],
  ['the second', '2', 'incident.kept.wrongPayer'],
  ['the third', '3', 'incident.kept.disputed'],
  ['none of them', '4', undefined],
])('a key says %s', (_what, key, said) => {
  const decision = onIncidentKey(at(asking()), asking(), key)
  expect(decision.state.message?.key).toBe(said)
  expect(decision.refused).toBe(said === undefined ? 'keyHasNoMeaningHere' : null)
})

test('what is not offered is not recorded, and whoever goes back has recorded nothing', () => {
  const held = asking({ kind: 'preAuth' })
  expect(onIncidentOption(SHOP, held, 'tooMuchTaken').refused).toBe('optionNotOffered')
  expect(onIncidentKey(SHOP, held, '1').refused).toBe('keyHasNoMeaningHere')
  expect(onIncidentOption(SHOP, typing(''), 'wrongPersonPaid').refused).toBe('optionNotOffered')
  for (const home of [
    onIncidentOption(at(asking()), asking(), 'back'),
    onIncidentKey(at(asking()), asking(), 'cancel'),
    onIncidentKey(at(typing('5')), typing('5'), 'cancel'),
  ]) {
    expect([home.state.step.kind, home.state.incidents]).toEqual(['amount', undefined])
    expect(kept(home)).toEqual([])
  }
})

test.each<[string, IncidentStep, string, number | null]>([
  ['nothing', typing(''), 'amount.zero', null],
  ['no fen', typing('0'), 'amount.zero', null],
  ['a fen more than is left', typing('30.01'), 'incident.tooMuch', null],
  ['all that is left', typing('30'), 'incident.kept.overcharge', 3000],
  [
    'as much as may be taken at once',
    typing('50000', 'strangerSticker'),
    'incident.kept.strangerSticker',
    5_000_000,
  ],
  ['a fen more', typing('50000.01', 'strangerSticker'), 'incident.tooMuch', null],
])('too much, or into a stranger’s code, was paid: %s', (_what, step, said, amountMinor) => {
  const decision = onIncidentKey(at(step), step, 'confirm')
  expect(decision.state.message?.key).toBe(said)
  expect(kept(decision).map((one) => one.amountMinor)).toEqual(
    amountMinor === null ? [] : [amountMinor],
  )
  expect(decision.state.tone === 'refused').toBe(amountMinor === null)
})

test('the amount is keyed as any other; what is too much is told', () => {
  const { state } = onIncidentKey(at(typing('3')), typing('3'), '8')
  expect([state.step, state.tone]).toEqual([typing('38'), 'key'])
  expect(onIncidentKey(at(typing('3')), typing('3'), 'menu').refused).toBe('keyHasNoMeaningHere')
  const step = typing('31')
  expect(onIncidentKey(at(step), step, 'confirm').state.message?.params).toEqual({ max: '30.00' })
})

test('paid into a stranger’s code: it is none of our payments', () => {
  const step = typing('5', 'strangerSticker')
  expect(kept(onIncidentKey(at(step), step, 'confirm'))).toEqual([
    {
      ...KEPT,
      id: `strangerSticker-${NOON}`,
      kind: 'strangerSticker',
      amountMinor: 500,
      record: '',
      trace: '',
      channel: '',
      last4: '',
    },
  ])
})

test('it is due when the shop says, or in a week; and it is of whoever is signed in', () => {
  const setup = { ...SHOP.setup, incidents: { dueMs: 5 } }
  const soon = onIncidentOption({ ...SHOP, setup }, asking(), 'wrongPersonPaid')
  expect(kept(soon)[0]?.dueAt).toBe(NOON + 5)
  const nobody = onIncidentOption({ ...SHOP, session: null }, asking(), 'wrongPersonPaid')
  expect(kept(nobody)[0]).toMatchObject({ operator: '', dueAt: NOON + 7 * 86_400_000 })
})

test('one of a kind for each payment, and no more than the list has room for', () => {
  const again = onIncidentOption({ ...SHOP, incidents: [KEPT] }, asking(), 'wrongPersonPaid')
  expect([page(again)[1], kept(again)]).toEqual(['incident.known', []])
  expect(again.state.tone).toBe('refused')
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...KEPT, id: `other-${index}` }))
  const said = (count: number) =>
    page(onIncidentOption({ ...SHOP, incidents: many(count) }, asking(), 'wrongPersonPaid'))[1]
  expect([said(INCIDENTS_LIMIT - 1), said(INCIDENTS_LIMIT)]).toEqual([
    'incident.kept.wrongPayer',
    'incident.tooMany',
  ])
})

test('who should pay the rest has left: what is owed, of which payment, and how that was paid if it is known still', () => {
  const owing = {
    ...SHOP,
    followUps: [OWED],
    recent: [{ ...sale, id: 'x', channel: 'wechat' }, sale],
  }
  const found = { ...SHORT, amountMinor: minor(200), channel: sale.channel, last4: sale.last4 }
  expect(kept(customerLeft(owing, OWED.id))).toEqual([found])
  const old = customerLeft({ ...owing, recent: [] }, OWED.id)
  expect(kept(old)).toEqual([{ ...found, channel: '', last4: '' }])
  expect(customerLeft(owing, 'x').refused).toBe('nothingOwed')
  expect(customerLeft(SHOP, OWED.id).refused).toBe('nothingOwed')
})

test.each<[string, Partial<TerminalState>, Incident, string, readonly string[]]>([
  ['before its day', {}, KEPT, 'incident.open.wrongPayer', ['printSheet', 'closeIncident']],
  [
    'on its day',
    { at: KEPT.dueAt },
    KEPT,
    'incident.open.wrongPayer',
    ['printSheet', 'closeIncident'],
  ],
  [
    'after it',
    { at: KEPT.dueAt + 1 },
    KEPT,
    'incident.late.wrongPayer',
    ['printSheet', 'closeIncident'],
  ],
  [
    'still to be collected',
    { followUps: [OWED] },
    SHORT,
    'incident.open.shortfall',
    ['collect', 'printSheet', 'closeIncident'],
  ],
  [
    'collected since',
    { followUps: [{ ...OWED, id: 'other' }] },
    SHORT,
    'incident.paidSince',
    ['printSheet', 'closeIncident'],
  ],
])('on the open list, %s', (_what, change, incident, said, options) => {
  const state = { ...SHOP, ...change, incidents: [incident] }
  expect(incidentItems(state)).toEqual([
    { id: incident.id, message: { key: said, params: incidentParams(incident) }, options },
  ])
})

test('what stands there as an incident stands there once', () => {
  const state = { ...SHOP, incidents: [KEPT, SHORT] }
  expect([isInIncident(state, OWED.id), isInIncident(state, 'x')]).toEqual([true, false])
  expect(isInIncident(SHOP, OWED.id)).toBe(false)
  expect(incidentItems(SHOP)).toEqual([])
  expect(incidentParams(KEPT)).toEqual({ amount: '38.00', trace: sale.stan, due: '2026-11-28' })
})

const CLOSE: CloseStep = { kind: 'closeIncident', id: KEPT.id }
const closing = { ...SUPERVISED, incidents: [KEPT] }

test('a supervisor is asked for the word; a cashier, and whoever is signed out, is not', () => {
  const asked = askForWord(closing, KEPT.id)
  expect(page(asked)).toEqual(['closeIncident', 'incident.word', 'key'])
  expect(asked.state.step).toEqual(CLOSE)
  expect(asked.state.message?.params).toEqual(incidentParams(KEPT))
  for (const session of [null, { operator: '01', role: 'cashier' as const }]) {
    const state = { ...closing, session }
    expect(page(askForWord(state, KEPT.id)).slice(1)).toEqual(['incident.askSupervisor', 'refused'])
    expect(onClosingOption(state, CLOSE, 'wordReturned').refused).toBe('unknownOperator')
  }
  expect(askForWord(closing, 'x').refused).toBe('nothingOwed')
})

test.each([
  ['1', 'wordCollected', 'collected'],
  ['2', 'wordReturned', 'returned'],
  ['3', 'wordAcquirer', 'withAcquirer'],
  ['4', 'wordPolice', 'withPolice'],
  ['5', 'wordWrittenOff', 'writtenOff'],
  ['6', 'wordExplained', 'explained'],
] as const)('key %s, %s: %s', (key, id, word) => {
  const decision = onClosingKey(closing, CLOSE, key)
  expect(kept(decision)).toEqual([{ ...KEPT, closed: { at: NOON, by: '00', word } }])
  expect(page(decision).slice(0, 2)).toEqual(['amount', 'incident.closed'])
  expect(decision.state.incidents).toEqual([])
  expect(closingOptions()).toContainEqual({ id, key })
  expect(kept(onClosingOption(closing, CLOSE, id))).toEqual(kept(decision))
})

test('another key, another word and an incident that is gone close nothing', () => {
  expect(onClosingKey(closing, CLOSE, '7').refused).toBe('keyHasNoMeaningHere')
  expect(onClosingOption(closing, CLOSE, 'x').refused).toBe('optionNotOffered')
  expect(onClosingOption(SUPERVISED, CLOSE, 'wordReturned').refused).toBe('optionNotOffered')
  for (const home of [
    onClosingKey(at(CLOSE, closing), CLOSE, 'cancel'),
    onClosingOption(at(CLOSE, closing), CLOSE, 'back'),
  ])
    expect([home.state.step.kind, home.state.incidents]).toEqual(['amount', [KEPT]])
})

test('with it goes what was to be collected because of it, and nothing else', () => {
  const other = { ...OWED, id: 'other' }
  const both = { ...SUPERVISED, incidents: [SHORT, KEPT], followUps: [OWED, other] }
  const closed = (id: string) => onClosingOption(both, { ...CLOSE, id }, 'wordWrittenOff').state
  expect(closed(SHORT.id)).toMatchObject({ incidents: [KEPT], followUps: [other] })
  expect(closed(KEPT.id)).toMatchObject({ incidents: [SHORT], followUps: [OWED, other] })
})

const facts = (state: TerminalState, incident: Incident) =>
  printSheet(state, incident).state.slips[0]?.slip.facts

test('the sheet names shop, payment, sum and day; it is no receipt, and nothing of a card is on it but four digits', () => {
  const { slips } = printSheet(SHOP, KEPT).state
  expect(slips.map(({ record, slip: { copy, mark } }) => [record, copy, mark])).toEqual([
    [KEPT.id, 'merchant', { kind: 'original' }],
  ])
  const { acquirerName, currency, hotline, merchantName, merchantNumber, terminalNumber } =
    SHOP.setup
  const shop = { acquirerName, currency, hotline, merchantName, merchantNumber, terminalNumber }
  const { authCode, reference, stan: trace } = sale
  const none = {
    issuer: '',
    account: '',
    channel: '',
    scheme: '',
    trace: '',
    authCode: '',
    reference: '',
  }
  expect(facts(SHOP, KEPT)).toEqual({
    type: 'incident',
    incident: { kind: 'wrongPayer', due: '2026-11-28', channel: 'card', last4: '0012' },
    original: { trace, reference, authCode, date: '2026-11-21' },
    ...shop,
    ...none,
    operator: '01',
    entry: 'code',
    batch: '000001',
    dateTime: hostDateTime(NOON, '', ''),
    amountMinor: 3800,
    verification: 'codePayment',
    verificationLimitMinor: null,
    chip: [],
    remarks: [],
  })
})

test.each<[string, string, string, object]>([
  [
    'of a hold elsewhere',
    'elsewhere-1120-123456',
    '123456',
    { trace: '', reference: '', authCode: '123456', date: '' },
  ],
  [
    'of a payment elsewhere with its slip',
    'elsewhere-1120-112012000077',
    '000042',
    { trace: '000042', reference: '112012000077', authCode: '', date: '' },
  ],
  [
    'too long ago to be known still',
    '000001-000042',
    '000042',
    { trace: '000042', reference: '', authCode: '', date: '' },
  ],
])('the payment on the sheet, %s', (_what, record, trace, original) => {
  expect(facts(SHOP, { ...KEPT, record, trace })).toMatchObject({ original })
})

test('a sheet about no payment of ours names none', () => {
  expect(facts(SHOP, { ...KEPT, record: '', trace: '' })).not.toHaveProperty('original')
})

test('one more is counted on its face; behind a full printer queue none is', () => {
  const state = { ...SHOP, incidents: [KEPT, SHORT] }
  const again = printSheetAgain(state, KEPT.id)
  expect(again.state.incidents).toEqual([{ ...KEPT, reprints: 1 }, SHORT])
  expect(kept(again)).toEqual([{ ...KEPT, reprints: 1 }])
  expect(again.state.slips[0]?.slip.mark).toEqual({ kind: 'reprint', number: 1 })
  expect(printSheetAgain(state, 'x').refused).toBe('nothingOwed')
  const [job] = again.state.slips
  const full = (count: number, jobState: SlipJobState = 'queued') => {
    const one = job === undefined ? [] : [{ ...job, state: jobState }]
    const slips = Array.from({ length: count }, () => one).flat()
    return page(printSheetAgain({ ...state, slips, message: null }, KEPT.id)).slice(1)
  }
  expect(full(SLIPS_LIMIT)).toEqual(['present.printerFirst', 'refused'])
  expect(full(SLIPS_LIMIT - 1)[0]).toBeUndefined()
  expect(full(SLIPS_LIMIT, 'printed')[0]).toBeUndefined()
})
