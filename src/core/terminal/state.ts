/** Everything the terminal knows. Small on purpose: ended transactions lie in the journal, only the last few are here. */
import type { Advice } from '../advice/advice.ts'
import type { Alarm, Reads } from '../alarm/alarm.ts'
import type { BatchLine, UnsettledBatch } from '../batch/batch.ts'
import type { ExceptionCount } from '../batch/exception-count.ts'
import type { Settlement } from '../batch/settlement.ts'
import type { ShopTotal } from '../batch/shop-total.ts'
import type { Cause } from '../correction/cause.ts'
import type { Elsewhere } from '../correction/elsewhere-slip.ts'
import type { FollowUp } from '../correction/owed-sale.ts'
import type { Untold } from '../correction/untold.ts'
import type { WishField } from '../counter/wish.ts'
import type { Exercise, Score } from '../drill/exercise.ts'
import type { Power } from '../guard/power-rules.ts'
import type { PriceMemory } from '../guard/price-memory.ts'
import type { Refunded } from '../guard/refund-guard.ts'
import type { SalesHistory } from '../guard/sales-history.ts'
import type { Incident, IncidentKind } from '../incident/incident.ts'
import type { LinkState, Upkeep } from '../link/chore.ts'
import type { Message } from '../message.ts'
import type { ScriptNotice } from '../notice/script-notice.ts'
import type { OperatorAccount } from '../operator/account.ts'
import type { Sticker } from '../payee/known-sticker.ts'
import type { DeviceHealth, DeviceName } from '../ports/device.ts'
import type { Paper } from '../receipt/paper-count.ts'
import type { SlipFacts } from '../receipt/slip.ts'
import type { SlipJob } from '../receipt/slip-job.ts'
import type { Reversal } from '../reversal/reversal.ts'
import type { Signing, Unsigned } from '../signature/signature.ts'
import type { SignatureUpload } from '../signature/upload.ts'
import type { ClosedTillOrder } from '../till/wish.ts'
import type { Attempt, Order } from '../transaction/attempt.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import type { TransactionKind } from '../transaction/kinds.ts'
import type { OtherCard } from '../transaction/other-card.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { CodeFacts } from '../transaction/tender.ts'
import type { UnsentSale } from '../transaction/unsent-sale.ts'
import type { Locale, Role, Setup } from './setup.ts'

type Wait = { readonly startedAt: number; readonly deadlineAt: number }

/** What the counter is asking for right now. */
export type Step =
  | { readonly kind: 'starting' }
  | { readonly kind: 'setPin'; readonly operator: string }
  | { readonly kind: 'signIn' }
  | { readonly kind: 'amount'; readonly typed: string }
  | { readonly kind: 'confirmAmount'; readonly order: Order; readonly typed: string }
  /** Somebody else takes the counter over, with the sale that waits. */
  | { readonly kind: 'handOver'; readonly order: Order; readonly typed: string }
  /** A moment to look at an amount that is a little unusual; it passes by itself. */
  | {
      readonly kind: 'lookAtAmount'
      readonly order: Order
      readonly typed: string
      readonly wait: Wait
    }
  /** An unusual amount is keyed once more. */
  | {
      readonly kind: 'rekeyAmount'
      readonly order: Order
      readonly typed: string
      readonly again: string
    }
  /** An older reversal goes first; then this order may be presented. */
  | {
      readonly kind: 'clearingDebt'
      readonly order: Order
      readonly typed: string
      readonly wait: Wait
    }
  | {
      readonly kind: 'present'
      readonly order: Order
      readonly typed: string
      readonly read: number
      /** A card that is not the one of the original was shown last: a second person may allow it. */
      readonly other?: Pick<OtherCard, 'fingerprint' | 'last4'>
      /** False after the reader failed: when it is back, it is lit again. */
      readonly reading: boolean
      /** A code that waits whether another comes; `doubt`: what else it looks like. */
      readonly held?: { readonly code: CodeFacts; readonly doubt: string | null }
      /** Codes in a row that could not be read. */
      readonly unreadable?: number
      readonly wait: Wait
    }
  | {
      readonly kind: 'confirmCode'
      readonly order: Order
      readonly typed: string
      readonly code: CodeFacts
      readonly why: string
    }
  | {
      readonly kind: 'pin'
      readonly order: Order
      readonly typed: string
      readonly attempt: Attempt
      readonly wait: Wait
    }
  | {
      readonly kind: 'authorizing'
      readonly attempt: Attempt
      readonly cancelAsked: boolean
      readonly wait: Wait
    }
  /** The host approved; the chip has the last word. */
  | {
      readonly kind: 'completing'
      readonly attempt: Attempt
      readonly reply: HostReply
      readonly wait: Wait
    }
  /** A code payment whose outcome is not known yet: the acquirer is asked. */
  | {
      readonly kind: 'querying'
      readonly attempt: Attempt
      /** The customer is entering a password on the phone. */
      readonly isPaying: boolean
      readonly wait: Wait
    }
  /** The outcome is unknown or must be undone. */
  | {
      readonly kind: 'reversing'
      readonly attempt: Attempt
      readonly why: Message
      readonly wait: Wait
    }
  | {
      readonly kind: 'result'
      readonly outcome: 'approved' | 'notPaid' | 'unknown'
      readonly order: Order
      readonly record: string
      readonly trace: string
      readonly channel: string
      readonly last4: string
      readonly mayTryAgain: boolean
    }
  | { readonly kind: 'menu'; readonly sheet: 0 | 1 | 2 }
  /** The voucher number of what is to be voided, refunded or completed. */
  | {
      readonly kind: 'findOriginal'
      readonly purpose: 'void' | 'refund' | 'completion'
      readonly typed: string
      /** By its typed number; last four digits or amount off the same slip are asked for. Absent: the number is. */
      readonly found?: TransactionRecord
      /** The original is on a slip of another terminal, and this much of it is known. */
      readonly elsewhere?: Elsewhere
    }
  /** The amount of a hold, or of a refund or completion of `original`. */
  | {
      readonly kind: 'enterAmount'
      readonly transaction: TransactionKind
      readonly original: TransactionRecord | null
      readonly typed: string
      /** What should have been charged is asked for, to mend `original`. */
      readonly correcting?: true
      /** With `correcting`: what the journal told of payments that were collected after `original`. */
      readonly collected?: readonly TransactionRecord[]
      /** With `correcting`: what the goods cost that the customer takes in the place of those that came back. */
      readonly exchange?: true
      /** Why it goes back, where that was asked before the amount. */
      readonly cause?: Cause
    }
  /** Sums of the open batch; `lines` null until the journal has told them. */
  | {
      readonly kind: 'totals'
      readonly purpose: 'xReport' | 'settle'
      readonly batch: string
      readonly lines: readonly BatchLine[] | null
      /** The shop's own total as far as it is keyed; absent: nobody is asked for it. */
      readonly counting?: string
    }
  /** A supervisor looks at what went back before the batch is closed; `seen`: voucher numbers that were looked at. */
  | {
      readonly kind: 'reviewRefunds'
      readonly lines: readonly BatchLine[]
      readonly seen: readonly string[]
    }
  /** Slips are open: a second person allows the settlement all the same. */
  | {
      readonly kind: 'approveBatch'
      readonly lines: readonly BatchLine[]
      readonly badge?: string
    }
  /** A cashier wants to drill: a second person allows it. */
  | { readonly kind: 'approveDrill' }
  /** A supervisor reads what this terminal is set to. */
  | { readonly kind: 'parameters' }
  | { readonly kind: 'settling'; readonly wait: Wait }
  /** A second person is asked. */
  | {
      readonly kind: 'approve'
      readonly order: Order
      readonly typed: string
      /** Whose staff card was shown. */
      readonly badge?: string
    }
  /** A staff card is given to somebody: whose it is (null: that is being asked), then the card itself. */
  | { readonly kind: 'badge'; readonly operator: string | null; readonly typed: string }
  /** A payment that was a mistake: what was wrong with it? */
  | {
      readonly kind: 'whatWasWrong'
      readonly original: TransactionRecord
      /** A refund was asked for by its original: the amount comes next, whatever was wrong. */
      readonly refund?: true
      /** What the journal told of payments that were collected after it. */
      readonly collected?: readonly TransactionRecord[]
    }
  /** `asked`: of which record the acquirer is being asked, and under which number. `found`: these alone are shown. */
  | {
      readonly kind: 'records'
      readonly found?: readonly TransactionRecord[]
      /** Whoever asked knew last four digits or amount, or had the slip. */
      readonly proven?: true
      readonly asked?: { readonly stan: string; readonly record: TransactionRecord }
    }
  /** By what a payment is looked for; null: that is being asked. */
  | { readonly kind: 'searchRecords'; readonly by: WishField | null; readonly typed: string }
  /** Last four digits or amount, before an old slip is printed again. */
  | { readonly kind: 'proveReprint'; readonly record: TransactionRecord; readonly typed: string }
  /** `leaving`: somebody wanted to sign out while slips were owed. */
  | { readonly kind: 'openItems'; readonly leaving?: true }
  /** What cannot be mended now: what happened (null: that is being asked), to which payment, how much of it. */
  | {
      readonly kind: 'incident'
      readonly of: IncidentKind | null
      readonly original: TransactionRecord | null
      readonly typed: string
    }
  /** Of a drill: may the code that is described be charged? */
  | { readonly kind: 'judgeCode' }
  /** A supervisor says what became of it. */
  | { readonly kind: 'closeIncident'; readonly id: string }
  /** The shop's own receive code is held under the scanner; `foreign`: what hangs there is not ours. */
  | { readonly kind: 'checkSticker'; readonly found: 'nothing' | 'foreign' }

export type Tone = 'key' | 'refused' | 'confirmed' | 'read' | 'success' | 'fail' | 'unknown'

/**
 * Every key is always there; one that is absent is `undefined`, which text leaves out. All states have one shape that way, and a copy with one
 * thing changed costs a thirtieth of what it costs between many shapes: a decision is made of little else.
 */
export type TerminalState = {
  readonly setup: Setup
  /** Wall time of the last event, in milliseconds. */
  readonly at: number
  /** Counts page instances; actions for an older page are dropped. */
  readonly page: number
  readonly step: Step
  readonly message: Message | null
  readonly tone: Tone | null
  readonly locale: { readonly counter: Locale; readonly customer: Locale }
  readonly operators: readonly OperatorAccount[]
  readonly session: { readonly operator: string; readonly role: Role } | null
  /** Each is the next to be used; none ever goes back (invariant I6). */
  readonly counters: {
    readonly stan: number
    readonly batch: number
    readonly order: number
    readonly job: number
    readonly read: number
  }
  /** `signedOff`: the day is over at the acquirer, and nothing is tried until somebody signs in. */
  readonly link: LinkState
  /** Absent: none. */
  readonly notices: readonly ScriptNotice[] | undefined
  /** Absent: nothing was due or known yet. */
  readonly upkeep: Upkeep | undefined
  /** Working keys are there: a request with MAC can be made. */
  readonly keysReady: boolean
  readonly devices: Readonly<Record<DeviceName, DeviceHealth>>
  readonly reversal: Reversal | null
  /** The refund whose answer is not known, or is awaited. */
  readonly advice: Advice | null
  /** A batch that is being closed. Nothing is sold until it is. */
  readonly settlement: Settlement | null
  /** Approved movements of money in the open batch. */
  readonly inBatch: number
  /** Those among them that lie in batches which the acquirer has ended itself, oldest first; absent: none. */
  readonly unsettled: readonly UnsettledBatch[] | undefined
  readonly slips: readonly SlipJob[]
  /** A confirmed sale of before a power cut, until somebody signs in; absent: none. */
  readonly unsent: UnsentSale | undefined
  /** A signature is asked for on the customer's screen; absent: none. */
  readonly signing: Signing | undefined
  /** Papers that somebody still has to see signed, oldest first; absent: none. */
  readonly unsigned: readonly Unsigned[] | undefined
  /** Signatures that the acquirer does not have yet, oldest first; absent: none. */
  readonly uploads: readonly SignatureUpload[] | undefined
  /** Newest last. */
  readonly recent: readonly TransactionRecord[]
  /** Fingerprints of payment codes taken lately, newest last. */
  readonly usedCodes: readonly string[]
  /** Money still to be collected, oldest first; absent: none. */
  readonly followUps: readonly FollowUp[] | undefined
  /** Exceptions of the batch that is about to be closed, for its slip; absent: none were counted. */
  readonly exceptions:
    | { readonly batch: string; readonly counts: readonly ExceptionCount[] }
    | undefined
  /** The shop's own totals: of the open batch, and of closed ones where nobody has said yet why they differ; absent: none. */
  readonly shopTotals: readonly ShopTotal[] | undefined
  /** Of a drill: the situation that is on; absent: none was begun. */
  readonly exercise: Exercise | undefined
  /** How people did in drills, newest last; absent: nobody has. */
  readonly scores: readonly Score[] | undefined
  /** What could not be mended and is not closed yet, oldest first; absent: nothing. */
  readonly incidents: readonly Incident[] | undefined
  /** What went back today; absent: nothing yet. */
  readonly refunded: Refunded | undefined
  /** Orders of a till that ended without a record, newest last; absent: none. */
  readonly tillClosed: readonly ClosedTillOrder[] | undefined
  /** What a supervisor has not looked at yet, one of each kind; absent: nothing. */
  readonly alarms: readonly Alarm[] | undefined
  /** How the scanner did lately; absent: nothing was read. */
  readonly reads: Reads | undefined
  /** Large amounts that went back, and nobody has said yet that the customer was told; oldest first. Absent: none. */
  readonly untold: readonly Untold[] | undefined
  /** Absent: it was never looked at. */
  readonly sticker: Sticker | undefined
  /** Absent: no battery has told anything since the start. */
  readonly power: Power | undefined
  /** Absent: nothing was printed yet. */
  readonly paper: Paper | undefined
  /** The slip of the last batch that was closed, and how often it was asked for again; absent: none was closed. */
  readonly lastZ: { readonly facts: SlipFacts; readonly reprints: number } | undefined
  /** What the shop usually takes; absent: nothing was sold yet. */
  readonly history: SalesHistory | undefined
  /** Which amounts it takes; absent: nothing was sold yet. */
  readonly prices: PriceMemory | undefined
}

/** How many ended transactions stay at hand for the record page; older ones are in the journal. */
export const RECENT_LIMIT = 20
/** A payment code lives about a minute; a few hundred covers any shop's rush. */
export const USED_CODES_LIMIT = 300
/** More open slips than this and the terminal asks for the printer first. */
export const SLIPS_LIMIT = 200

export const NO_AMOUNT_TYPED = ''
