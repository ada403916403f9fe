/**
 * What the terminal knows it owes when it wakes up. Whatever stood open when the power went is read off the state on disk: an
 * armed reversal means that a request may have left; a slip at the printer may be on paper.
 */

import { signOn } from '../link/decide.ts'
import { message } from '../message.ts'
import { minor } from '../money.ts'
import { askForPeople } from '../operator/decide.ts'
import { markLate, pumpSlips } from '../receipt/decide.ts'
import type { SlipJob } from '../receipt/slip-job.ts'
import { owedMessage, sendOwed } from '../reversal/decide.ts'
import type { Reversal } from '../reversal/reversal.ts'
import { andThen, type Decision, stay } from './decision.ts'
import type { TerminalEvent } from './event.ts'
import type { Setup } from './setup.ts'
import type { TerminalState } from './state.ts'

/** The state of a terminal that has never run. The batch starts at 1 until the host names another. */
export function initialState(): TerminalState {
  const gone = (device: 'cardReader' | 'pinPad' | 'printer' | 'qrScanner') => ({
    device,
    troubles: ['gone' as const],
  })
  return {
    setup: EMPTY_SETUP,
    at: 0,
    page: 0,
    step: { kind: 'starting' },
    message: null,
    tone: null,
    locale: { counter: 'zh-CN', customer: 'zh-CN' },
    operators: [],
    session: null,
    counters: { stan: 1, batch: 1, order: 1, job: 1, read: 1 },
    link: 'down',
    keysReady: false,
    devices: {
      cardReader: gone('cardReader'),
      pinPad: gone('pinPad'),
      printer: gone('printer'),
      qrScanner: gone('qrScanner'),
    },
    reversal: null,
    advice: null,
    settlement: null,
    inBatch: 0,
    slips: [],
    recent: [],
    usedCodes: [],
  }
}

/**
 * Pages turned since the last write are forgotten with the power, and their names must not come again: a tap meant for a page of before
 * would be taken for a page of now. At most 256 events wait for a write (shell/runner), and none turns more than a few pages.
 */
const FORGOTTEN_PAGES_LIMIT = 4096

export function recover(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'started' }>,
): Decision {
  const { devices } = initialState()
  const woken: TerminalState = {
    ...state,
    page: state.page + FORGOTTEN_PAGES_LIMIT,
    setup: event.setup,
    keysReady: event.keysReady,
    locale: event.setup.locale,
    link: 'down',
    devices,
    operators: keepAccounts(state, event.setup),
    reversal: state.reversal === null ? null : recoverReversal(state, state.reversal),
    // The answer of a refund that was out is lost: it is asked again, behind the reversal.
    advice: state.advice === null ? null : { ...state.advice, state: 'waiting' },
    settlement: state.settlement === null ? null : { ...state.settlement, out: '' },
    slips: state.slips.map(recoverSlip),
    message: null,
  }
  const owed = woken.reversal
  const telling = owed === null ? unfinishedOrder(state) : owedMessage(owed)
  const people = askForPeople({ ...woken, step: { kind: 'starting' } }, telling)
  // The reversal leaves before anything else; only without a MAC key must the sign-on come first.
  const first = owed !== null && woken.keysReady ? sendOwed : signOn
  return andThen(andThen(people, first), (next) => andThen(stay(next), pumpSlips))
}

/** Armed or under way when the power went: the answer is lost, so the outcome is unknown and the reversal is owed. */
function recoverReversal(state: TerminalState, reversal: Reversal): Reversal {
  const answered = state.step.kind === 'completing'
  const reason = reversal.state === 'armed' && answered ? '96' : reversal.reason
  return { ...reversal, state: 'owed', reason }
}

function recoverSlip(job: SlipJob): SlipJob {
  switch (job.state) {
    case 'printing':
      return { ...job, state: 'unsure' }
    case 'awaitingTear':
      return { ...markLate(job), state: 'queued' }
    case 'queued':
    case 'owed':
      return { ...markLate(job), state: 'queued' }
    case 'unsure':
    case 'printed':
    case 'waived':
      return job
  }
}

/** An order that was never sent is gone with the power, and nothing was charged: the cashier types it again, knowing that. */
function unfinishedOrder(state: TerminalState): TerminalState['message'] {
  switch (state.step.kind) {
    case 'confirmAmount':
    case 'approve':
    case 'present':
    case 'confirmCode':
    case 'pin':
    case 'clearingDebt':
      return message('order.lost')
    case 'starting':
    case 'setPin':
    case 'signIn':
    case 'amount':
    case 'authorizing':
    case 'completing':
    case 'reversing':
    case 'result':
    case 'menu':
    case 'findOriginal':
    case 'totals':
    case 'approveBatch':
    case 'settling':
    case 'enterAmount':
    case 'records':
    case 'openItems':
      return null
  }
}

/** People keep their PINs across restarts; a number no longer in the configuration may not sign in any more. */
function keepAccounts(state: TerminalState, setup: Setup): TerminalState['operators'] {
  return setup.operators.map(({ number, role }) => {
    const known = state.operators.find((account) => account.number === number)
    return known === undefined
      ? { number, role, credential: null, wrongTries: 0, lockedUntil: 0 }
      : { ...known, role }
  })
}

const EMPTY_SETUP: Setup = {
  merchantName: { 'zh-CN': '', en: '' },
  merchantNumber: '',
  terminalNumber: '',
  acquirerName: '',
  currency: '156',
  hotline: '',
  drill: false,
  locale: { counter: 'zh-CN', customer: 'zh-CN' },
  operators: [],
  limits: {
    maxAmountMinor: minor(0),
    contactlessNoPinMinor: minor(0),
    presentTimeoutMs: 0,
    pinTimeoutMs: 0,
  },
  slips: { copies: [], tearTimeoutMs: 0 },
  host: {
    replyTimeoutMs: 0,
    approvals: [],
    reversalDone: [],
    signOnAgain: [],
    reversalRetryMs: 0,
    linkRetryMs: 0,
  },
}
