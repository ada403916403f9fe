/** Each event reaches whoever waits for it; nothing that is told while it is asked for is lost. */
import { expect, test } from 'vitest'
import { decide } from '#core/terminal/decide.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { NOON, withPins } from '../counter.ts'
import { attemptOf, everythingFound, openTerminal } from '../recovery/found-states.ts'

const PEOPLE = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const
const OPEN: TerminalState = { ...openTerminal(), operators: withPins(PEOPLE) }
const STAN = '000077'
const SALE = attemptOf('sale', STAN)
const { order } = SALE
const wait = { startedAt: NOON, deadlineAt: NOON }
const on = { order, typed: '12' }
const CODE = { handle: 'c', channel: 'wechat', masked: '6741', fingerprint: 'F1' } as const
const PRESENT: Step = { kind: 'present', ...on, read: 1, reading: true, wait }
const OUT: Step = { kind: 'authorizing', attempt: SALE, cancelAsked: false, wait }
const FIND: Step = { kind: 'findOriginal', purpose: 'void', typed: '000002' }
const { lines, reversals } = everythingFound()
const armed = reversals.find((one) => one?.state === 'armed') ?? null
const told = lines.find(({ upkeep }) => upkeep.running === 'scriptNotice')
const signing = lines.find(({ takes, upkeep }) => takes && upkeep.running === 'signature')
const [record] = OPEN.recent
if (told === undefined || signing === undefined || record === undefined) throw new Error('nothing')

type Row = readonly [what: string, found: Partial<TerminalState>, event: EventBody, leads: string]

const page = '' // That of the state it is told to.

test.each<Row>([
  [
    'a card could not be read',
    { step: PRESENT },
    { type: 'cardReadEnded', read: 1, why: 'unreadable' },
    'present: card.unreadable',
  ],
  ['a code was read', { step: PRESENT }, { type: 'codeAccepted', code: CODE }, 'authorizing'],
  [
    'a code may be something else',
    { step: PRESENT },
    { type: 'codeDoubted', code: CODE, why: 'PAN_LOOKALIKE' },
    'confirmCode: confirmCode.PAN_LOOKALIKE',
  ],
  [
    'what was read is no code',
    { step: PRESENT },
    { type: 'codeRefused', why: 'TOO_LONG', digits: 9 },
    'present: code.TOO_LONG',
  ],
  [
    'the PIN is there',
    { step: { kind: 'pin', ...on, attempt: SALE, wait } },
    { type: 'pinEntered', stan: STAN },
    'authorizing',
  ],
  [
    'no answer came',
    { step: OUT, reversal: armed },
    { type: 'hostSilent', stan: STAN },
    'reversing: host.timedOut',
  ],
  [
    'nothing left',
    { step: OUT, reversal: armed },
    { type: 'hostUnreachable', stan: STAN },
    'result: host.unreachable',
  ],
  [
    'the journal knows the number',
    { step: FIND },
    { type: 'recordFound', page, record },
    'confirmAmount: void.confirm',
  ],
  [
    'the sign-on was refused',
    { link: 'signingOn' },
    { type: 'signOnFailed', why: 'refused', code: '96' },
    'amount: link.signOnRefused',
  ],
  [
    'the sign-off was refused',
    { link: 'signedOff' },
    { type: 'signOffEnded', outcome: 'refused', code: '96' },
    'amount: signOff.unconfirmed',
  ],
  ['the line is gone', {}, { type: 'linkProbed', alive: false }, 'amount'],
  ['a drill is over', {}, { type: 'drillEnded', why: 'ended', tries: [] }, 'amount: drill.ended'],
  [
    'a till asks',
    {},
    {
      type: 'tillOrdered',
      wish: { kind: 'sale', reference: 'T-1', of: '', amountMinor: SALE.amountMinor, lines: [] },
      known: [],
      originals: [],
    },
    'confirmAmount: till.sale',
  ],
  [
    'somebody takes over',
    { step: { kind: 'handOver', ...on } },
    { type: 'operatorChecked', page, operator: '00', correct: true },
    'confirmAmount',
  ],
  [
    'a drill is allowed',
    { step: { kind: 'approveDrill' } },
    { type: 'operatorChecked', page, operator: '00', correct: true },
    'signIn: drill.beginning',
  ],
  [
    'an order is allowed',
    { step: { kind: 'approve', ...on } },
    { type: 'operatorChecked', page, operator: '00', correct: true },
    'present',
  ],
  [
    'a settlement is allowed',
    { step: { kind: 'approveBatch', lines: [] } },
    { type: 'operatorChecked', page, operator: '00', correct: true },
    'settling',
  ],
])('%s', (_what, found, event, leads) => {
  const before = { ...OPEN, ...found }
  const asked = 'page' in event ? { ...event, page: pageName(before) } : event
  const { refused, state } = decide(before, { ...asked, at: NOON })
  const said = state.message === null ? '' : `: ${state.message.key}`
  expect([refused, `${state.step.kind}${said}`]).toEqual([null, leads])
})

test('a line that is gone is down, whoever found it out', () => {
  expect(decide(OPEN, { type: 'linkProbed', alive: false, at: NOON }).state.link).toBe('down')
  const failed = { type: 'signOnFailed', why: 'silent', code: '', at: NOON } as const
  expect(decide({ ...OPEN, link: 'signingOn' }, failed).state.link).toBe('down')
})

test('a notice that was answered is gone; a signature without an answer waits', () => {
  const { notices, uploads } = told
  const notice = notices?.[0]?.id ?? ''
  const ended = decide(
    { ...OPEN, notices, upkeep: told.upkeep },
    { type: 'noticeEnded', notice, outcome: 'answered', at: NOON },
  )
  expect(ended.state.notices).toEqual([])
  const record = uploads?.[0]?.record ?? ''
  const silent = decide(
    { ...OPEN, uploads: signing.uploads, upkeep: signing.upkeep },
    { type: 'signatureUnanswered', record, sent: false, at: NOON },
  )
  expect([silent.refused, silent.state.upkeep?.running]).toEqual([null, null])
})
