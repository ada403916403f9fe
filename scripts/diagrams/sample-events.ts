/** For one state, at least one event of every type that fits it, and strays that do not: what a walk over the decisions tries at each step. */
import { batchLines, totalsField } from '#core/batch/batch.ts'
import { minor, toDe4 } from '#core/money.ts'
import type { ScriptSubject } from '#core/notice/script-notice.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody, Key, TimerName } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Attempt, kindOf } from '#core/transaction/attempt.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import type { CardFacts, CodeFacts } from '#core/transaction/tender.ts'

/** A shop with a cashier and a supervisor; figures are those of the demo. */
export const SETUP: Setup = {
  merchantName: { 'zh-CN': '示范店', en: 'Demo Shop' },
  merchantNumber: '898100012345678',
  terminalNumber: '10000001',
  acquirerName: 'CUP',
  currency: '156',
  hotline: '',
  drill: false,
  locale: { counter: 'zh-CN', customer: 'zh-CN' },
  operators: [
    { number: '01', role: 'cashier' },
    { number: '00', role: 'supervisor' },
  ],
  limits: {
    maxAmountMinor: minor(5_000_000),
    contactlessNoPinMinor: minor(100_000),
    presentTimeoutMs: 90_000,
    pinTimeoutMs: 60_000,
  },
  // One past sale makes its like an amount to look at and all others unusual, so that every page of the check is walked.
  amountGuard: {
    enoughSales: 1,
    unusualBelow: 5,
    unusualAbove: 10,
    edgeBelow: 1001,
    edgeAbove: 30,
    unknownBelow: 5,
    secondPersonAboveMinor: null,
    lookMs: 800,
    pageFor: 'unusual',
  },
  idle: { pageMs: 30_000, lockMs: 900_000 },
  codes: { mergeMs: 300, secondPhoneMs: 1000, unreadableTries: 3 },
  signature: { timeoutMs: 60_000 },
  slips: { copies: ['merchant', 'cardholder'], tearTimeoutMs: 15_000 },
  host: {
    replyTimeoutMs: 30_000,
    approvals: ['00'],
    reversalDone: ['00'],
    signOnAgain: ['A0'],
    reversalRetryMs: 10_000,
    linkRetryMs: 10_000,
    codeQuery: {
      everyMs: 5000,
      tries: 2,
      cancelAfterMs: 5000,
      cancelsBeforeHelp: 1,
      paying: ['09'],
      open: ['96'],
      notPaid: ['51'],
    },
  },
}

const KEYS: readonly Key[] = ['5', '9', '.', 'backspace', 'clear', 'confirm', 'cancel', 'menu']
const OPTIONS = [
  'drill',
  'parameters',
  'search',
  'byAmount',
  'retry records openItems void refund complete preAuth balance settle xReport next signOn',
  'language signOut reprintLast reprint paperComplete printMissing retryReversal retryRefund query back',
  'signOnPaper signedOnPaper sendSignature printSigned signatureFiled correct collect writeOff wrongAmount wrongPayer paidTwice holdMeant saleMeant customerWish',
]
  .join(' ')
  .split(' ')
const TIMERS: readonly TimerName[] = [
  'idle',
  'look',
  'present',
  'codes',
  'tear',
  'remind',
  'signature',
  'reversal',
  'query',
  'advice',
  'signatureUpload',
  'batch',
  'link',
]

const CARD: CardFacts = {
  handle: 'card',
  interface: 'contactless',
  masked: '622202*********0012',
  fingerprint: 'C1',
  serviceCode: '220',
  panSequence: '001',
  emv: '',
  reversalEmv: '',
  chip: [],
  verification: 'none',
  label: '',
  aid: '',
}

const SCRIPTED: ScriptSubject = {
  id: '000001-000001',
  batch: '000001',
  processingCode: '000000',
  amountMinor: minor(100),
  entryMode: '052',
  panSequence: '001',
  originalData: '0000010000011121',
  emv: '',
}

export function sampleEvents(state: TerminalState): readonly EventBody[] {
  return [
    ...fromPeople(state),
    ...fromCustomer(state),
    ...fromDevices(state),
    ...fromHost(state),
    ...TIMERS.map((timer): EventBody => ({ type: 'timerFired', timer })),
    ...fromTill(state),
    { type: 'started', setup: SETUP, keysReady: true },
  ]
}

/** A sale, and a refund of the last sale; both taken back again. */
function fromTill({ recent }: TerminalState): readonly EventBody[] {
  const wish = {
    reference: 'A-1',
    kind: 'sale',
    of: '',
    lines: [],
    amountMinor: minor(500),
  } as const
  const known = recent.filter(({ tillReference }) => tillReference === 'A-1')
  const refund = { ...wish, reference: 'A-2', kind: 'refund', of: 'A-1' } as const
  return [
    { type: 'tillOrdered', wish, known, originals: [] },
    { type: 'tillOrdered', wish: refund, known: [], originals: known },
    { type: 'tillWithdrew', reference: 'A-1' },
    { type: 'tillWithdrew', reference: 'A-2' },
  ]
}

function fromPeople(state: TerminalState): readonly EventBody[] {
  const page = pageName(state)
  const { step } = state
  const items = [state.recent.at(-1)?.id ?? '', state.slips.at(-1)?.slip.job ?? '']
  const newcomer = step.kind === 'setPin' ? step.operator : '01'
  return [
    ...KEYS.map((key): EventBody => ({ type: 'keyPressed', page, key })),
    { type: 'keyPressed', page: 'amount#0', key: 'confirm' },
    ...OPTIONS.flatMap((option) =>
      items.map((item): EventBody => ({ type: 'optionChosen', page, option, item })),
    ),
    ...['01', '00'].flatMap((operator) =>
      [true, false].map(
        (correct): EventBody => ({ type: 'operatorChecked', page, operator, correct }),
      ),
    ),
    { type: 'operatorPinChosen', page, operator: newcomer, credential: 'salt:hash' },
    { type: 'operatorPinRefused', page },
    { type: 'localeChosen', screen: 'counter', locale: 'en' },
    ...['', 'some ink'].map(
      (ink): EventBody => ({ type: 'signatureGiven', record: state.signing?.record ?? '', ink }),
    ),
    { type: 'recordFound', page, record: state.recent.at(-1) ?? null },
    { type: 'recordFound', page, record: null },
    { type: 'recordsFound', page, records: state.recent.slice(-1) },
    {
      type: 'batchGathered',
      page,
      batch: step.kind === 'totals' ? step.batch : '000001',
      lines: batchLines(state.recent),
    },
  ]
}

function fromCustomer(state: TerminalState): readonly EventBody[] {
  const read = state.step.kind === 'present' ? state.step.read : 0
  const stan = 'attempt' in state.step ? state.step.attempt.stan : '000000'
  const code = (fingerprint: string): CodeFacts => ({
    handle: 'code',
    channel: 'wechat',
    masked: '**************6741',
    fingerprint,
  })
  return [
    ...(['contactless', 'chip', 'stripe'] as const).map(
      (by): EventBody => ({ type: 'cardPresented', read, card: { ...CARD, interface: by } }),
    ),
    { type: 'cardPresented', read, card: { ...CARD, fingerprint: 'C2' } },
    ...(['unreadable', 'timedOut', 'deviceFailed'] as const).map(
      (why): EventBody => ({ type: 'cardReadEnded', read, why }),
    ),
    { type: 'cardRemoved' },
    ...[true, false].map(
      (approved): EventBody => ({ type: 'cardCompleted', stan, approved, chip: [] }),
    ),
    { type: 'cardCompletionFailed', stan, why: 'cardRemoved' },
    { type: 'codeAccepted', code: code(`F${state.counters.order}`) },
    { type: 'codeAccepted', code: code(`G${state.counters.order}`) },
    { type: 'codeDoubted', code: code(`F${state.counters.order}`), why: 'PAN_LOOKALIKE' },
    { type: 'codeRefused', why: 'EMPTY', digits: 0 },
    { type: 'pinEntered', stan },
    ...(['bypassed', 'cancelled'] as const).map(
      (why): EventBody => ({ type: 'pinEnded', stan, why, trouble: null }),
    ),
  ]
}

function fromDevices(state: TerminalState): readonly EventBody[] {
  const job = state.slips.find((one) => one.state === 'printing')?.slip.job ?? ''
  return [
    ...(['printer', 'cardReader', 'pinPad', 'qrScanner'] as const).map(
      (device): EventBody => ({ type: 'deviceHealthChanged', health: { device, troubles: [] } }),
    ),
    { type: 'deviceHealthChanged', health: { device: 'printer', troubles: ['paperOut'] } },
    { type: 'printEnded', job, outcome: { kind: 'printed', proof: 'processId' } },
    { type: 'printEnded', job, outcome: { kind: 'unsure' } },
    { type: 'printEnded', job, outcome: { kind: 'interrupted', trouble: 'paperOut' } },
  ]
}

function fromHost(state: TerminalState): readonly EventBody[] {
  const { advice, reversal, settlement, step } = state
  const attempt = 'attempt' in step ? step.attempt : null
  const stan = attempt?.stan ?? '000000'
  const own = { '41': SETUP.terminalNumber }
  const totals = totalsField(settlement?.lines ?? [])
  const out = settlement?.out ?? ''
  const asked = questionOut(state)
  return [
    ...(['00', '51', 'A0'] as const).map(
      (code): EventBody => ({ type: 'hostReplied', stan, reply: answerTo(attempt, code) }),
    ),
    { type: 'hostReplied', stan, reply: { ...answerTo(attempt, '00'), mac: 'bad' } },
    { type: 'hostSilent', stan },
    { type: 'hostUnreachable', stan },
    ...['00', '96'].map(
      (code): EventBody => ({
        type: 'reversalReplied',
        reversal: reversal?.id ?? '',
        reply: {
          mti: '0410',
          mac: 'good',
          fields: { ...own, '11': reversal?.stan ?? '', '39': code },
        },
      }),
    ),
    { type: 'reversalUnanswered', reversal: reversal?.id ?? '', sent: true },
    ...['00', '09', '51', '25', 'A0'].map(
      (code): EventBody => ({
        type: 'queryReplied',
        stan: asked,
        reply: answerToQuestion(state, asked, code),
      }),
    ),
    { type: 'queryUnanswered', stan: asked },
    ...['00', '25', '94'].map(
      (code): EventBody => ({
        type: 'adviceReplied',
        advice: advice?.id ?? '',
        reply: answerTo(advice?.attempt ?? null, code),
      }),
    ),
    { type: 'adviceUnanswered', advice: advice?.id ?? '' },
    ...['1', '2', '3'].map((digit): EventBody => {
      const field48 = `${totals.slice(0, 30)}${digit}${totals.slice(31, 61)}1`
      const fields = { ...own, '11': out, '48': field48 }
      return { type: 'batchReplied', stan: out, reply: { mti: '0510', mac: 'absent', fields } }
    }),
    {
      type: 'batchReplied',
      stan: out,
      reply: { mti: '0330', mac: 'absent', fields: { ...own, '11': out, '39': '00' } },
    },
    { type: 'batchUnanswered', stan: out },
    { type: 'strayAnswerCame', mti: '0210', stan, code: '00', mac: 'good' },
    { type: 'hostAsked', request: 3 },
    {
      type: 'downloadEnded',
      download: 'parameters',
      outcome: 'silent',
      code: '',
      entries: 0,
      digest: '',
      replyTimeoutMs: null,
    },
    { type: 'scriptsRan', subject: SCRIPTED, emv: 'DF31052000000001' },
    { type: 'noticeEnded', notice: SCRIPTED.id, outcome: 'answered' },
    { type: 'noticeEnded', notice: SCRIPTED.id, outcome: 'unreachable' },
    {
      type: 'signatureReplied',
      record: SCRIPTED.id,
      reply: { mti: '0830', mac: 'absent', fields: {} },
    },
    { type: 'signatureUnanswered', record: SCRIPTED.id, sent: true },
    { type: 'signedOn', batch: '000001' },
    { type: 'signOnFailed', why: 'silent', code: '' },
    { type: 'signOffEnded', outcome: 'accepted', code: '' },
    { type: 'signOffEnded', outcome: 'unanswered', code: '' },
    { type: 'linkProbed', alive: true },
    { type: 'linkProbed', alive: false },
  ]
}

function answerTo(attempt: Attempt | null, code: string) {
  const rule = ruleOf(attempt === null ? 'sale' : kindOf(attempt.order))
  return {
    mti: String(Number(rule.mti) + 10).padStart(4, '0'),
    mac: 'good' as const,
    fields: {
      '3': rule.processingCode,
      '4': toDe4(attempt?.amountMinor ?? minor(0)),
      '11': attempt?.stan ?? '',
      '37': '112112000001',
      '39': code,
      '41': SETUP.terminalNumber,
      '42': SETUP.merchantNumber,
    },
  }
}

/** STAN of the question that is out: about the debt, or about a record on the page. */
function questionOut({ reversal, step }: TerminalState): string {
  if (step.kind === 'records' && step.asked !== undefined) return step.asked.stan
  return reversal?.query?.out ?? ''
}

function answerToQuestion({ reversal, step }: TerminalState, stan: string, code: string) {
  const about = step.kind === 'records' ? step.asked?.record : null
  const amountMinor = about?.dueMinor ?? reversal?.amountMinor ?? minor(0)
  const { fields, mac } = answerTo(null, code)
  return { mti: '0210', mac, fields: { ...fields, '4': toDe4(amountMinor), '11': stan } }
}
