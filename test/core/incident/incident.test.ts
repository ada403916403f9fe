/** What cannot be mended now: recorded, on paper and on the open list until a supervisor closes it; and no money moves by any of it. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import { minor } from '#core/money.ts'
import { exceptionsOf } from '#core/report/exceptions.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Counter, counterFrom, SETUP, withPins } from '../counter.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const
const DAY_MS = 86_400_000

/** What a change of money would need; none of it may ever follow. */
const MOVES: readonly Effect['do'][] = [
  'sendRequest',
  'sendReversal',
  'sendQuery',
  'sendAdvice',
  'keepRecord',
  'readCard',
  'armScanner',
]

function open(from: Partial<TerminalState> = {}): Counter {
  const operators = withPins(PEOPLE)
  const setup = { ...SETUP, operators: PEOPLE, incidents: { dueMs: 3 * DAY_MS } }
  const counter = counterFrom({ ...initialState(), ...from, operators }, setup)
  counter.open()
  return counter
}

/** One sale of 38 yuan paid, its result on the page. */
function paid(): Counter {
  const counter = open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  return counter
}

function choose(counter: Counter, option: string, item = ''): readonly Effect[] {
  return counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item })
}

function signIn(counter: Counter, operator: string): void {
  counter.restart()
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator, correct: true })
  counter.tell({ type: 'signedOn', batch: '000001' })
}

function openList(counter: Counter): void {
  counter.press('menu')
  choose(counter, 'openItems')
}

/** 更正 on the result page, none of the ways can be gone, this happened. */
function recordLast(counter: Counter, what: string): readonly Effect[] {
  choose(counter, 'correct')
  choose(counter, 'cannotMend')
  return choose(counter, what)
}

test('too much was charged and the customer has left: recorded with its amount, a sheet prints, the money stays as it is', () => {
  const counter = paid()
  const before = counter.state().recent
  recordLast(counter, 'tooMuchTaken')
  const effects = counter.press('8', 'confirm')
  expect(counter.said()).toBe('incident.kept.overcharge')
  expect(counter.state().incidents).toMatchObject([
    { kind: 'overcharge', amountMinor: 800, operator: '01', trace: before[0]?.stan },
  ])
  expect(effects.filter((effect) => MOVES.includes(effect.do))).toEqual([])
  expect(effects).toContainEqual(expect.objectContaining({ do: 'keepIncident' }))
  expect(counter.state().recent).toBe(before)
  expect(counter.state().slips.at(-1)?.slip.facts).toMatchObject({
    type: 'incident',
    amountMinor: 800,
    original: { trace: before[0]?.stan },
  })
})

test('no more can have been too much than was paid and is left', () => {
  const counter = paid()
  recordLast(counter, 'tooMuchTaken')
  counter.press('3', '9', 'confirm')
  expect([counter.said(), counter.state().incidents]).toEqual(['incident.tooMuch', undefined])
})

test('somebody else was charged and nothing can be taken back now: the whole of it, once and not twice', () => {
  const counter = paid()
  recordLast(counter, 'wrongPersonPaid')
  expect(counter.state().incidents).toMatchObject([{ kind: 'wrongPayer', amountMinor: 3800 }])
  counter.press('menu')
  choose(counter, 'records')
  choose(counter, 'correct', counter.state().recent[0]?.id)
  choose(counter, 'cannotMend')
  choose(counter, 'wrongPersonPaid')
  expect([counter.said(), counter.state().incidents?.length]).toEqual(['incident.known', 1])
})

test('too little was charged and the customer has left: one line on the open list, and whoever comes back can still pay', () => {
  const counter = paid()
  choose(counter, 'correct')
  choose(counter, 'wrongAmount')
  counter.press('4', '0', 'confirm', 'cancel')
  const [owed] = counter.state().followUps ?? []
  openList(counter)
  choose(counter, 'customerLeft', owed?.id)
  const [incident] = counter.state().incidents ?? []
  expect(incident).toMatchObject({ kind: 'shortfall', amountMinor: 200, followUp: owed?.id })
  expect(openItems(counter.state()).map(({ id }) => id)).toEqual([incident?.id])
  openList(counter)
  choose(counter, 'collect', incident?.id)
  counter.press('confirm')
  counter.presentCard()
  counter.reply()
  expect(counter.state().recent.at(-1)).toMatchObject({ paidMinor: 200, follows: owed?.after })
  expect(openItems(counter.state()).map(({ message }) => message.key)).toContain(
    'incident.paidSince',
  )
})

test('a customer paid into a stranger’s code: only while the alarm stands, with what the bill says', () => {
  const calm = open()
  openList(calm)
  choose(calm, 'moneyWent', 'sticker')
  expect(calm.step()).toBe('openItems')
  const counter = open({ sticker: { checkedAt: 0, wrongSince: 1 } })
  openList(counter)
  choose(counter, 'moneyWent', 'sticker')
  counter.press('5', '2', 'confirm')
  expect(counter.said()).toBe('incident.kept.strangerSticker')
  expect(counter.state().incidents).toMatchObject([{ record: '', amountMinor: 5200 }])
})

test('a cashier cannot close it; a supervisor closes it with a word, and the journal keeps who and which', () => {
  const counter = paid()
  recordLast(counter, 'wrongPersonPaid')
  const [incident] = counter.state().incidents ?? []
  openList(counter)
  choose(counter, 'closeIncident', incident?.id)
  expect([counter.said(), counter.step()]).toEqual(['incident.askSupervisor', 'openItems'])
  signIn(counter, '00')
  openList(counter)
  choose(counter, 'closeIncident', incident?.id)
  const effects = counter.press('3')
  expect(counter.state().incidents).toEqual([])
  expect(effects).toContainEqual({
    do: 'keepIncident',
    incident: expect.objectContaining({
      id: incident?.id,
      closed: { at: counter.state().at, by: '00', word: 'withAcquirer' },
    }),
  })
  expect(effects.filter((effect) => MOVES.includes(effect.do))).toEqual([])
})

test('closing what is still to be collected writes that off with it', () => {
  const counter = paid()
  choose(counter, 'correct')
  choose(counter, 'wrongAmount')
  counter.press('4', '0', 'confirm', 'cancel')
  openList(counter)
  choose(counter, 'customerLeft', counter.state().followUps?.[0]?.id)
  signIn(counter, '00')
  openList(counter)
  choose(counter, 'closeIncident', counter.state().incidents?.[0]?.id)
  choose(counter, 'wordWrittenOff')
  expect([counter.state().incidents, counter.state().followUps]).toEqual([[], []])
})

test('it outlives a power cut, and is called late after its date', () => {
  const counter = paid()
  recordLast(counter, 'wrongPersonPaid')
  counter.restart()
  const keyAt = (days: number): string | undefined =>
    openItems({ ...counter.state(), at: counter.state().at + days * DAY_MS })
      .map(({ message }) => message.key)
      .find((key) => key.startsWith('incident'))
  expect([keyAt(2), keyAt(4)]).toEqual(['incident.open.wrongPayer', 'incident.late.wrongPayer'])
})

test('one more sheet says that it is one more', () => {
  const counter = paid()
  recordLast(counter, 'wrongPersonPaid')
  openList(counter)
  choose(counter, 'printSheet', counter.state().incidents?.[0]?.id)
  expect(counter.state().slips.at(-1)?.slip.mark).toEqual({ kind: 'reprint', number: 1 })
})

test('fifty open ones are enough: then some are closed first', () => {
  const counter = paid()
  const [one] = paidIncident()
  const many = Array.from({ length: 50 }, (_, at) => ({ ...one, id: `other-${at}` }))
  const full = counterFrom({ ...counter.state(), incidents: many }, counter.state().setup)
  recordLast(full, 'wrongPersonPaid')
  expect([full.said(), full.state().incidents?.length]).toEqual(['incident.tooMany', 50])
})

function paidIncident() {
  const about = { record: '000001-000002', trace: '000002', channel: 'card', last4: '0012' }
  const amountMinor = minor(100)
  const kept = {
    id: 'x',
    kind: 'overcharge',
    at: 0,
    dueAt: 1,
    operator: '01',
    reprints: 0,
  } as const
  return [{ ...kept, ...about, amountMinor }] as const
}

test('a customer does not agree with a payment: noted from its record, on paper and on the list until it was explained, and no money moves', () => {
  const counter = paid()
  const before = counter.state().recent
  const effects = recordLast(counter, 'customerDisputes')
  expect(counter.said()).toBe('incident.kept.disputed')
  expect(counter.state().incidents).toMatchObject([
    { kind: 'disputed', record: before[0]?.id, amountMinor: 3800, operator: '01' },
  ])
  expect(effects.filter((effect) => MOVES.includes(effect.do))).toEqual([])
  expect(counter.state().recent).toEqual(before)
  const facts = { records: [], earlierHolds: [], notes: [], state: counter.state() }
  expect(exceptionsOf(facts).map(({ why }) => why[0]?.key)).toEqual(['incident.disputed'])
  signIn(counter, '00')
  openList(counter)
  choose(counter, 'closeIncident', counter.state().incidents?.[0]?.id)
  counter.press('6')
  expect(counter.said()).toBe('incident.closed')
  expect(counter.state().incidents).toEqual([])
})
