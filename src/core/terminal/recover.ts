/**
 * What the terminal knows it owes when it wakes up. Whatever stood open when the power went is read off the state on disk, by the tables of
 * `recovery/`: one row for each item, above what is owed first.
 */
import { cutOff } from '../link/upkeep.ts'
import { minor } from '../money.ts'
import { askForPeople } from '../operator/decide.ts'
import { keptSale } from '../order/waiting-sale.ts'
import { withTestSlip } from '../receipt/test-slip.ts'
import { withoutSigning } from '../signature/decide.ts'
import { andThen, type Decision } from './decision.ts'
import type { TerminalEvent } from './event.ts'
import { BATCH_ROWS } from './recovery/batch-rows.ts'
import { DOWNLOAD_ROWS, LINE_ROWS } from './recovery/line-rows.ts'
import { NOTICE_ROWS } from './recovery/notice-rows.ts'
import { ORDER_ROWS } from './recovery/order-rows.ts'
import { REFUND_ROWS } from './recovery/refund-rows.ts'
import { REVERSAL_ROWS } from './recovery/reversal-rows.ts'
import { rowOf, type StateTable } from './recovery/row.ts'
import { SIGNATURE_ROWS } from './recovery/signature-rows.ts'
import { SLIP_ROWS } from './recovery/slip-rows.ts'
import type { Setup } from './setup.ts'
import type { TerminalState } from './state.ts'

/** In the order in which their debts leave; the first that has something to say says it. */
export const RECOVERY: readonly StateTable[] = [
  REVERSAL_ROWS,
  REFUND_ROWS,
  ORDER_ROWS,
  BATCH_ROWS,
  NOTICE_ROWS,
  DOWNLOAD_ROWS,
  SIGNATURE_ROWS,
  LINE_ROWS,
]

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
    unsettled: undefined,
    notices: undefined,
    upkeep: undefined,
    unsent: undefined,
    signing: undefined,
    unsigned: undefined,
    uploads: undefined,
    followUps: undefined,
    exceptions: undefined,
    shopTotals: undefined,
    exercise: undefined,
    scores: undefined,
    incidents: undefined,
    refunded: undefined,
    tillClosed: undefined,
    alarms: undefined,
    reads: undefined,
    untold: undefined,
    sticker: undefined,
    power: undefined,
    paper: undefined,
    lastZ: undefined,
    history: undefined,
    prices: undefined,
  }
}

/**
 * Pages turned since the last write are forgotten with the power, and their names must not come again: a tap meant for a page of before
 * would be taken for a page of now. At most 256 events wait for a write (shell/runner), and none turns more than a few pages.
 */
const FORGOTTEN_PAGES_LIMIT = 4096

/** `state`: as it lay on disk, with the time of its last event. Never sends money: what leaves at the start takes back or signs on. Everything else is owed and leaves in its turn. */
export function recover(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'started' }>,
): Decision {
  const found: TerminalState = { ...state, keysReady: event.keysReady, setup: event.setup }
  const rows = RECOVERY.map((table) => rowOf(table, found))
  const woken = rows.reduce((next, row) => row.wakes?.(next, found) ?? next, begun(found, event.at))
  const slips = woken.slips.map((job) => rowOf(SLIP_ROWS, job).wakes?.(job, job) ?? job)
  const telling = rows.map((row) => row.tells?.(found) ?? null).find((said) => said !== null)
  const tried = withTestSlip({ ...woken, slips }, state.setup)
  const people = askForPeople(tried, telling ?? null)
  return rows.reduce(
    (decision, { leaves }) => (leaves === undefined ? decision : andThen(decision, leaves)),
    people,
  )
}

/**
 * What every start does, whatever it finds: nothing is known of the line and the devices, what was under way there is over, no page of before
 * is meant any more, and nobody stands at the customer's screen.
 */
function begun(found: TerminalState, at: number): TerminalState {
  return {
    ...cutOff(withoutSigning(found)),
    at,
    page: found.page + FORGOTTEN_PAGES_LIMIT,
    locale: found.setup.locale,
    link: 'down',
    devices: initialState().devices,
    power: undefined,
    operators: keepAccounts(found, found.setup),
    ...keptSale(found),
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
