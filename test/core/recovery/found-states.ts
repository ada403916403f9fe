/** Every combination that a start may find: the pages with each kind of transaction, times every state of every debt. */

import type { Advice } from '#core/advice/advice.ts'
import type { Settlement } from '#core/batch/settlement.ts'
import type { CodeQuery } from '#core/code-query/code-query.ts'
import type { Upkeep } from '#core/link/chore.ts'
import { minor } from '#core/money.ts'
import type { ScriptNotice } from '#core/notice/script-notice.ts'
import type { SlipFacts } from '#core/receipt/slip.ts'
import type { SlipJob, SlipJobState } from '#core/receipt/slip-job.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Attempt, Order } from '#core/transaction/attempt.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import { counterFrom, NOON, TAPPED_CARD } from '../counter.ts'

const WAIT = { startedAt: NOON, deadlineAt: NOON + 30_000 }
const CODE = { handle: 'code-1', channel: 'wechat' as const, masked: '**6741', fingerprint: 'F1' }
export const KINDS: readonly TransactionKind[] = [
  'sale',
  'void',
  'refund',
  'preAuth',
  'preAuthVoid',
  'completion',
  'completionVoid',
  'balance',
]

/** A terminal in its normal day, with a sale on its records and its slips on paper. */
export function openTerminal(): TerminalState {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  for (const job of counter.state().slips) {
    counter.tell({ type: 'timerFired', timer: 'tear' })
    counter.tell({
      type: 'printEnded',
      job: job.slip.job,
      outcome: { kind: 'printed', proof: 'processId' },
    })
  }
  counter.press('cancel')
  return counter.state()
}

type Line = Pick<TerminalState, 'notices' | 'uploads'> & {
  readonly upkeep: Upkeep
  /** The acquirer is set up to take signatures. */
  readonly takes: boolean
}

export type Found = {
  readonly pages: readonly Step[]
  readonly reversals: readonly TerminalState['reversal'][]
  readonly refunds: readonly TerminalState['advice'][]
  readonly settlements: readonly TerminalState['settlement'][]
  readonly slips: readonly (readonly SlipJob[])[]
  /** What the line was doing, and what is told when nobody pays. */
  readonly lines: readonly Line[]
}

export function everythingFound(): Found {
  const sale = attemptOf('sale', '000077')
  const armed = armReversal(sale)
  const code = { ...attemptOf('sale', '000077'), tender: { kind: 'code' as const, code: CODE } }
  const asked = armReversal(code, queryOf(code))
  return {
    pages: [...QUIET, ...KINDS.flatMap(pagesOf)],
    reversals: [
      null,
      ...(['armed', 'owed', 'sent'] as const).map((state) => ({ ...armed, state })),
      ...(['armed', 'asking', 'owed', 'sent'] as const).map((state) => ({ ...asked, state })),
      { ...asked, state: 'asking', query: { ...queryOf(code), tries: ASKED_NO_MORE } },
    ],
    refunds: [null, ...(['out', 'waiting', 'sent'] as const).map(adviceIn)],
    settlements: [
      null,
      settlementIn('signatures', ''),
      ...(['totals', 'upload', 'end'] as const).flatMap((phase) =>
        ['', '000088'].map((out) => settlementIn(phase, out)),
      ),
    ],
    slips: [[], ...slipStates().map((job) => [job])],
    lines: [
      { ...NOTHING_TOLD, upkeep: upkeep({}) },
      { ...NOTHING_TOLD, upkeep: upkeep({ due: ['caKeys'] }) },
      {
        ...NOTHING_TOLD,
        upkeep: upkeep({ running: 'parameters', downloaded: ['parameters'] }),
      },
      {
        ...NOTHING_TOLD,
        upkeep: upkeep({ running: 'parameters', due: ['signOn', 'parameters'] }),
      },
      { ...TOLD, upkeep: upkeep({}) },
      { ...TOLD, upkeep: upkeep({ due: ['caKeys'] }) },
      { ...TOLD, upkeep: upkeep({ running: 'parameters', due: ['signOn'] }) },
      { ...TOLD, upkeep: upkeep({ running: 'scriptNotice' }) },
      { ...TOLD, upkeep: upkeep({ running: 'signature' }) },
      { ...TOLD, takes: false, upkeep: upkeep({ running: 'signature' }) },
    ],
  }
}

/** Which row answers depends on nothing else of a state. */
export function combinations(found: Found, base: TerminalState): readonly TerminalState[] {
  const { lines, pages, refunds, reversals, settlements } = found
  return pages.flatMap((step) =>
    reversals.flatMap((reversal) =>
      refunds.flatMap((advice) =>
        settlements.flatMap((settlement) =>
          lines.flatMap(({ takes, ...line }) =>
            [true, false].map((keysReady): TerminalState => {
              const owed = { reversal, advice, settlement, ...line }
              const setup = setupFor(reversal, takes, base)
              return { ...base, step, ...owed, setup, keysReady }
            }),
          ),
        ),
      ),
    ),
  )
}

const NOTICE: ScriptNotice = {
  id: '000001-000055',
  stan: '000056',
  batch: '000001',
  processingCode: '000000',
  amountMinor: minor(1200),
  entryMode: '051',
  panSequence: '001',
  originalData: '0000010000551121',
  emv: 'DF31052000000001',
  tries: 0,
}

const UPLOAD: SignatureUpload = {
  record: '000001-000044',
  stan: '000044',
  settlementDate: '1121',
  facts: slipOf(openTerminal()),
  tries: 1,
  pauses: 1,
  notBefore: NOON + 600_000,
  reprints: 0,
}

const NOTHING_TOLD = { notices: undefined, uploads: undefined, takes: false }
const TOLD = { notices: [NOTICE], uploads: [UPLOAD], takes: true }

function slipOf({ recent }: TerminalState): SlipFacts {
  const slip = recent.at(-1)?.slip
  if (slip === undefined || slip === null) throw new Error('nothing was sold')
  return slip
}

export function attemptOf(kind: TransactionKind, stan: string): Attempt {
  return {
    order: orderOf(kind),
    tender: { kind: 'card', card: TAPPED_CARD },
    amountMinor: minor(1200),
    stan,
    batch: '000001',
    withPin: false,
    sentAt: NOON,
  }
}

/** After so many questions the configuration of these tests no longer names a way to ask. */
const ASKED_NO_MORE = 3

/** An acquirer that can be asked, for what is being asked about. */
function setupFor(reversal: TerminalState['reversal'], takes: boolean, base: TerminalState): Setup {
  const setup = takes ? takingSignatures(base.setup) : base.setup

  const query = reversal?.query
  if (query === undefined || query.tries === ASKED_NO_MORE) return setup
  const lists = { paying: ['09'], open: [], notPaid: ['51'] }
  const times = { everyMs: 5000, tries: 6, cancelAfterMs: 15_000, cancelsBeforeHelp: 3 }
  return { ...setup, host: { ...setup.host, codeQuery: { ...times, ...lists } } }
}

function takingSignatures(setup: Setup): Setup {
  const signatureUpload = { tries: 3, retryMs: 30_000, accepted: ['00', '94'], ownStan: false }
  return { ...setup, host: { ...setup.host, signatureUpload } }
}

function queryOf(attempt: Attempt): CodeQuery {
  const asked = { out: '000078', tries: 2, waitedMs: 10_000, cancelAsked: false }
  return { attempt, ...asked, cancelsBeforeHelp: 3 }
}

function orderOf(kind: TransactionKind): Order {
  return { id: 9, kind, dueMinor: minor(1200), operator: '01' }
}

const QUIET: readonly Step[] = [
  { kind: 'starting' },
  { kind: 'setPin', operator: '01' },
  { kind: 'signIn' },
  { kind: 'amount', typed: '12' },
  { kind: 'menu', sheet: 0 },
  { kind: 'findOriginal', purpose: 'void', typed: '' },
  { kind: 'enterAmount', transaction: 'preAuth', original: null, typed: '' },
  { kind: 'totals', purpose: 'settle', batch: '000001', lines: null },
  { kind: 'approveBatch', lines: [] },
  { kind: 'settling', wait: WAIT },
  { kind: 'records' },
  { kind: 'searchRecords', by: 'amount', typed: '12' },
  { kind: 'openItems' },
]

function pagesOf(kind: TransactionKind): readonly Step[] {
  const order = orderOf(kind)
  const attempt = attemptOf(kind, '000077')
  const reply = { mti: '0210', mac: 'good' as const, fields: {} }
  const why = { key: 'host.timedOut', params: {} }
  return [
    { kind: 'confirmAmount', order, typed: '12' },
    { kind: 'approve', order, typed: '12' },
    { kind: 'clearingDebt', order, typed: '12', wait: WAIT },
    { kind: 'present', order, typed: '12', read: 1, reading: true, wait: WAIT },
    { kind: 'confirmCode', order, typed: '12', code: CODE, why: 'PAN_LOOKALIKE' },
    { kind: 'pin', order, typed: '12', attempt, wait: WAIT },
    { kind: 'authorizing', attempt, cancelAsked: false, wait: WAIT },
    { kind: 'querying', attempt, isPaying: true, wait: WAIT },
    { kind: 'completing', attempt, reply, wait: WAIT },
    { kind: 'reversing', attempt, why, wait: WAIT },
    ...(['approved', 'notPaid', 'unknown'] as const).map((outcome): Step => {
      const shown = { trace: '000077', channel: 'card', last4: '0012', mayTryAgain: false }
      return { kind: 'result', outcome, order, record: '000001-000077', ...shown }
    }),
  ]
}

function adviceIn(state: Advice['state']): Advice {
  const attempt = attemptOf('refund', '000066')
  return { id: '000001-000066', attempt, hasPan: true, state, tries: 1 }
}

function settlementIn(phase: Settlement['phase'], out: string): Settlement {
  const verdict = { domestic: 'balanced' as const, foreign: 'different' as const }
  return {
    batch: '000001',
    phase,
    lines: [
      { stan: '000001', kind: 'sale', amountMinor: minor(3800), channel: 'card', isForeign: false },
    ],
    uploaded: 0,
    verdict: phase === 'totals' || phase === 'signatures' ? null : verdict,
    hostTotals: '',
    out,
    operator: '01',
    approver: '',
  }
}

export const JOB_STATES: readonly SlipJobState[] = [
  'queued',
  'printing',
  'awaitingTear',
  'owed',
  'unsure',
  'printed',
  'waived',
]

/** One slip of the terminal in each state that a job can have. */
export function slipStates(): readonly SlipJob[] {
  const [job] = openTerminal().slips
  return job === undefined ? [] : JOB_STATES.map((state) => ({ ...job, state }))
}

function upkeep(change: Partial<Upkeep>): Upkeep {
  return { due: [], running: null, signedOnAt: 0, downloaded: [], failures: 0, ...change }
}
