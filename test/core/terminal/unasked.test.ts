/** A terminal at rest is moved by nothing that it has not asked for: each such event has a named refusal, and changes nothing that is kept. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { decide } from '#core/terminal/decide.ts'
import { pageName, type Refusal } from '#core/terminal/decision.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { counterFrom, ended, NOON, TAPPED_CARD } from '../counter.ts'
import { attemptOf, openTerminal } from '../recovery/found-states.ts'

const OPEN = openTerminal()
const STAN = '000077'
const REPLY = { mti: '0210', mac: 'good', fields: {} } as const
const CODE = { handle: 'c', channel: 'wechat', masked: '6741', fingerprint: 'F1' } as const
const SUBJECT = {
  id: 'x',
  batch: '000001',
  processingCode: '000000',
  amountMinor: minor(1200),
  entryMode: '051',
  panSequence: null,
  originalData: '',
  emv: '',
}
const page = pageName(OPEN)

test.each<[EventBody, Refusal]>([
  [{ type: 'cardPresented', read: 1, card: TAPPED_CARD }, 'notAskedFor'],
  [{ type: 'cardReadEnded', read: 1, why: 'unreadable' }, 'notAskedFor'],
  [{ type: 'cardRemoved' }, 'notAskedFor'],
  [{ type: 'cardCompleted', stan: STAN, approved: true, chip: [] }, 'notAskedFor'],
  [{ type: 'cardCompletionFailed', stan: STAN, why: 'cardRemoved' }, 'notAskedFor'],
  [{ type: 'scriptsRan', subject: SUBJECT, emv: '' }, 'notSupported'],
  [{ type: 'noticeEnded', notice: 'x', outcome: 'answered' }, 'notAskedFor'],
  [{ type: 'codeAccepted', code: CODE }, 'notAskedFor'],
  [{ type: 'codeDoubted', code: CODE, why: 'PAN_LOOKALIKE' }, 'notAskedFor'],
  [{ type: 'pinEntered', stan: STAN }, 'notAskedFor'],
  [{ type: 'pinEnded', stan: STAN, why: 'bypassed', trouble: null }, 'notAskedFor'],
  [{ type: 'operatorPinRefused', page }, 'notAskedFor'],
  [{ type: 'operatorPinChosen', page, operator: '01', credential: 'x' }, 'notAskedFor'],
  [{ type: 'operatorChecked', page, operator: '01', correct: true }, 'notAskedFor'],
  [
    { type: 'printEnded', job: 'X', outcome: { kind: 'printed', proof: 'processId' } },
    'unknownJob',
  ],
  [{ type: 'hostReplied', stan: STAN, reply: REPLY }, 'lateAnswer'],
  [{ type: 'hostSilent', stan: STAN }, 'notAskedFor'],
  [{ type: 'hostUnreachable', stan: STAN }, 'notAskedFor'],
  [{ type: 'reversalReplied', reversal: 'x', reply: REPLY }, 'lateAnswer'],
  [{ type: 'reversalUnanswered', reversal: 'x', sent: true }, 'notAskedFor'],
  [{ type: 'queryReplied', stan: STAN, reply: REPLY }, 'lateAnswer'],
  [{ type: 'queryUnanswered', stan: STAN }, 'notAskedFor'],
  [{ type: 'strayAnswerCame', mti: '0210', stan: STAN, code: '00', mac: 'good' }, 'lateAnswer'],
  [{ type: 'adviceReplied', advice: 'x', reply: REPLY }, 'lateAnswer'],
  [{ type: 'adviceUnanswered', advice: 'x' }, 'notAskedFor'],
  [{ type: 'batchGathered', page, batch: '000001', lines: [] }, 'notAskedFor'],
  [{ type: 'batchReplied', stan: STAN, reply: REPLY }, 'lateAnswer'],
  [{ type: 'batchUnanswered', stan: STAN }, 'notAskedFor'],
  [{ type: 'recordFound', page, record: null }, 'notAskedFor'],
  [{ type: 'recordsFound', page, records: [] }, 'notAskedFor'],
  [{ type: 'hostAsked', request: 6 }, 'notSupported'],
  [ended('aids'), 'notAskedFor'],
  [{ type: 'tillWithdrew', reference: 'T-1' }, 'tillMustWait'],
  [{ type: 'powerChanged', percent: 50, onMains: true }, 'notAskedFor'],
  [{ type: 'signatureGiven', record: 'x', ink: '' }, 'notAskedFor'],
  [{ type: 'signatureReplied', record: 'x', reply: REPLY }, 'lateAnswer'],
  [{ type: 'signatureUnanswered', record: 'x', sent: true }, 'notAskedFor'],
  [{ type: 'signOffEnded', outcome: 'accepted', code: '' }, 'notAskedFor'],
  [{ type: 'technicianChecked', operator: '99', correct: true }, 'unknownOperator'],
  [{ type: 'timerFired', timer: 'reversal' }, 'nothingOwed'],
  [{ type: 'keyPressed', page, key: 'backspace' }, 'keyHasNoMeaningHere'],
  [{ type: 'optionChosen', page, option: 'nothing', item: '' }, 'optionNotOffered'],
])('%j: %s', (event, why) => {
  const decision = decide(OPEN, { ...event, at: NOON })
  expect(decision.refused).toBe(why)
  const { at: _at, message: _message, tone: _tone, ...kept } = decision.state
  expect(OPEN).toMatchObject(kept)
})

test.each<EventBody>([
  { type: 'keyPressed', page: 'amount#0', key: '1' },
  { type: 'optionChosen', page: 'amount#0', option: 'reprintLast', item: '' },
  { type: 'operatorChecked', page: 'signIn#0', operator: '01', correct: true },
  { type: 'operatorPinChosen', page: 'setPin#0', operator: '01', credential: 'x' },
  { type: 'operatorPinRefused', page: 'setPin#0' },
  { type: 'batchGathered', page: 'totals#0', batch: '000001', lines: [] },
  { type: 'recordFound', page: 'findOriginal#0', record: null },
  { type: 'recordsFound', page: 'records#0', records: [] },
])('what was meant for a page that is gone is not taken for this one: %j', (event) => {
  expect(decide(OPEN, { ...event, at: NOON }).refused).toBe('stalePage')
})

test('what a technician does while the terminal is off is kept, and asks for nothing', () => {
  const due: TerminalState = {
    ...OPEN,
    upkeep: { due: ['aids'], running: null, signedOnAt: 0, downloaded: [], failures: 0 },
  }
  const event = { type: 'serviced', what: 'keysLoaded', by: ['01'], facts: [], at: NOON } as const
  expect(decide(due, event)).toMatchObject({ effects: [], refused: null })
  expect(
    decide(due, { type: 'localeChosen', screen: 'counter', locale: 'en', at: NOON }),
  ).toMatchObject({
    effects: [{ do: 'download' }],
  })
})

test('the language, a printer, files and what is no code are told at any time', () => {
  const told = (event: EventBody, state: TerminalState = OPEN) =>
    decide(state, { ...event, at: NOON })
  expect(told({ type: 'localeChosen', screen: 'counter', locale: 'en' }).state.locale.counter).toBe(
    'en',
  )
  const health = { device: 'printer', troubles: ['paperOut'] } as const
  expect(told({ type: 'deviceHealthChanged', health }).state.devices.printer.troubles).toEqual([
    'paperOut',
  ])
  expect(told({ type: 'slipsExported', jobs: [] }).refused).toBeNull()
  expect(told({ type: 'codeRefused', why: 'TOO_LONG', digits: 9 }).effects).toEqual([])
})

const WAIT = { startedAt: NOON, deadlineAt: NOON }
const typing = (kind: 'sale' | 'void', by: 'chip' | 'contactless'): Step => {
  const attempt = attemptOf(kind, STAN)
  return {
    kind: 'pin',
    order: attempt.order,
    typed: '12',
    attempt: { ...attempt, tender: { kind: 'card', card: { ...TAPPED_CARD, interface: by } } },
    wait: WAIT,
  }
}

test('a chip that is taken away while the PIN is asked for ends the payment; a card that was only tapped may go, and so may one that gave its number alone', () => {
  const removed = (step: Step) => decide({ ...OPEN, step }, { type: 'cardRemoved', at: NOON })
  expect(removed(typing('sale', 'chip')).state.message?.key).toBe('card.removed')
  expect(removed(typing('sale', 'contactless')).refused).toBe('notAskedFor')
  expect(removed(typing('void', 'chip')).refused).toBe('notAskedFor')
})

test('whoever signs in first at a terminal that was signed off signs it on; at any other nobody does', () => {
  const off = counterFrom({ ...OPEN, step: { kind: 'signIn' }, session: null, link: 'signedOff' })
  const signIn = (correct: boolean) =>
    off.tell({ type: 'operatorChecked', page: pageName(off.state()), operator: '01', correct })
  expect(signIn(false).map((one) => one.do)).not.toContain('signOn')
  expect(signIn(true).map((one) => one.do)).toContain('signOn')
  const up = counterFrom({ ...OPEN, step: { kind: 'signIn' }, session: null })
  up.tell({ type: 'operatorChecked', page: pageName(up.state()), operator: '01', correct: true })
  expect(up.dos()).not.toContain('signOn')
})
