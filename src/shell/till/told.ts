/**
 * What a till is told. Every answer says whether money moved, and whether the customer may be charged elsewhere; a till that
 * understands nothing else can still act on these two.
 */
import type { TillRefusal } from '#core/till/judge.ts'
import type { TillStanding } from '#core/till/standing.ts'

export type ToldOrder = {
  readonly reference: string
  readonly state: TillStanding['state']
  readonly money: TillStanding['money']
  /** False as long as anything was paid, may have been paid, or is still to be collected here. */
  readonly mayChargeElsewhere: boolean
  readonly dueMinor: number
  readonly paidMinor: number
  readonly givenBackMinor: number
  readonly attempts: number
  /** Who ended an order that was never paid: `till`, `terminal`, `restart`; null: it has not ended so. */
  readonly closedBy: TillStanding['closedBy']
  /** Of the newest attempt that ended, an approved one before any other; null when none did. */
  readonly record: ToldRecord | null
}

type ToldRecord = {
  readonly batch: string
  readonly trace: string
  readonly outcome: 'approved' | 'notPaid'
  /** DE 39, or a word for why there was none. */
  readonly reason: string
  readonly authCode: string
  readonly hostReference: string
  readonly channel: string
  readonly last4: string
  /** `YYYY-MM-DD hh:mm:ss` as on the slip; empty when there was none. */
  readonly dateTime: string
  readonly operator: string
}

export type ToldError = {
  readonly error: TillError
  readonly what: string
  readonly money: string
  readonly now: string
  /** What is true of the reference, where the error is about one. */
  readonly order?: ToldOrder
}

export type TillError =
  | TillRefusal
  | 'outOfService'
  | 'tooLateToWithdraw'
  | 'noSuchPath'
  | 'notAllowed'
  | 'wrongSecret'
  | 'tooFast'
  | 'tooLarge'
  | 'notJson'
  /** On a serial line alone. */
  | 'garbled'

export function toldOrder(standing: TillStanding): ToldOrder {
  const { record } = standing
  return {
    reference: standing.reference,
    state: standing.state,
    money: standing.money,
    mayChargeElsewhere: standing.mayChargeElsewhere,
    dueMinor: standing.dueMinor,
    paidMinor: standing.paidMinor,
    givenBackMinor: standing.givenBackMinor,
    attempts: standing.attempts,
    closedBy: standing.closedBy,
    record:
      record === null
        ? null
        : {
            batch: record.batch,
            trace: record.stan,
            outcome: record.outcome,
            reason: record.reason,
            authCode: record.authCode,
            hostReference: record.reference,
            channel: record.channel,
            last4: record.last4,
            dateTime: record.slip?.dateTime ?? '',
            operator: record.operator,
          },
  }
}

/** `detail`: a place in the message, for `unusable`. */
export function toldError(error: TillError, order?: ToldOrder, detail = ''): ToldError {
  const [what, now] = WORDS[error]
  const text = detail === '' ? what : `${what} (${detail})`
  return {
    error,
    what: text,
    money: order === undefined ? (UNTOUCHED[error] ?? NOTHING_BY_THIS) : moneyOf(order),
    now,
    ...(order === undefined ? {} : { order }),
  }
}

const NOTHING_BY_THIS = 'Nothing was charged or refunded by this message.'

/** The only one that cannot say what became of the order. */
const UNTOUCHED: Partial<Record<TillError, string>> = {
  outOfService: 'Whether this order was paid is not known at this moment.',
}

function moneyOf({ money }: ToldOrder): string {
  if (money === 'unknown') return 'Whether money moved under this reference is not known yet.'
  return money === 'moved'
    ? 'Money has moved under this reference; this message moved none.'
    : 'No money has moved under this reference.'
}

const WORDS: Readonly<Record<TillError, readonly [what: string, now: string]>> = {
  unusable: ['The order cannot be read.', 'Correct it and send it again.'],
  linesDoNotAddUp: [
    'The lines do not add up to the amount.',
    'Correct the bill and send it again.',
  ],
  amountZero: ['The amount is zero.', 'Send the amount that is due.'],
  amountTooLarge: ['The amount is above the limit of this terminal.', 'Split it or pay otherwise.'],
  referenceTaken: [
    'This reference is under way or has been paid here.',
    'Read its state; do not charge it elsewhere unless mayChargeElsewhere is true.',
  ],
  nobodySignedIn: ['Nobody is signed in at the terminal.', 'Sign in there, then send it again.'],
  busy: ['The terminal is busy.', 'Wait until it is free, then send it again.'],
  printerFirst: ['Too many slips are waiting for the printer.', 'See to the printer first.'],
  signaturesFirst: [
    'Too many slips are still to be signed on paper.',
    'See to the open list of the terminal first.',
  ],
  originalUnknown: [
    'No payment is known here under the reference that is to be refunded.',
    'Refund it at the terminal that was paid at, or from the slip.',
  ],
  refundNotAllowed: [
    'This refund is not possible: too much, too late, or another one is open.',
    'Refund at the terminal, where the reason is shown.',
  ],
  outOfService: [
    'The terminal is out of service, or a drill has the counter.',
    'Do not charge elsewhere; ask again when it is back.',
  ],
  tooLateToWithdraw: [
    'The order is not at the counter any more, or the bank has been asked.',
    'Read its state; the outcome decides.',
  ],
  noSuchPath: ['There is no such address here.', 'See docs/till.md.'],
  notAllowed: ['This door is for the program at the till only.', 'No browser may use it.'],
  wrongSecret: ['The secret is missing or wrong.', 'Use the one of the configuration.'],
  tooFast: ['Too many messages in a short time.', 'Wait a second, then ask again.'],
  tooLarge: ['The message is too large.', 'Send fewer or shorter lines.'],
  garbled: ['The line was garbled on its way.', 'Send it again.'],
  notJson: ['The message is not JSON.', 'Send application/json.'],
}
