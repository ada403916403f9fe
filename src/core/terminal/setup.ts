/** What the configuration says, frozen at start and written into the journal, so that a replay needs no file. */

import type { AlarmRules } from '../alarm/alarm.ts'
import type { SettlementRules } from '../batch/settlement-rules.ts'
import type { CodeQueryRules } from '../code-query/rules.ts'
import type { Situation } from '../drill/exercise.ts'
import type { AmountGuard } from '../guard/amount-check.ts'
import type { ContactlessRules } from '../guard/contactless-rules.ts'
import type { PowerRules } from '../guard/power-rules.ts'
import type { RefundGuard } from '../guard/refund-guard.ts'
import type { DownloadName, HostRequests } from '../link/chore.ts'
import type { MinorUnits } from '../money.ts'
import type { BadgeRule } from '../operator/badge-rule.ts'
import type { SlipCopy } from '../receipt/slip.ts'
import type { SignatureRules } from '../signature/signature.ts'
import type { UploadRules } from '../signature/upload.ts'
import type { TransactionKind } from '../transaction/kinds.ts'

export type Role = 'cashier' | 'supervisor' | 'administrator'
export type Locale = 'zh-CN' | 'en'

export type Setup = {
  readonly merchantName: { readonly 'zh-CN': string; readonly en: string }
  /** DE 42. */
  readonly merchantNumber: string
  /** DE 41. */
  readonly terminalNumber: string
  readonly acquirerName: string
  readonly currency: string
  readonly hotline: string
  readonly drill: boolean
  readonly locale: { readonly counter: Locale; readonly customer: Locale }
  readonly operators: readonly { readonly number: string; readonly role: Role }[]
  readonly limits: {
    readonly maxAmountMinor: MinorUnits
    /** Contactless sales up to this ask for no PIN (小额双免); a parameter because acquirers differ. */
    readonly contactlessNoPinMinor: MinorUnits
    readonly presentTimeoutMs: number
    readonly pinTimeoutMs: number
  }
  /** What the acquirer sent of taps without PIN and signature; absent: nothing. */
  readonly contactless?: ContactlessRules
  readonly refundGuard?: RefundGuard
  /** What a supervisor is told while it happens; absent: nothing. */
  readonly alarms?: AlarmRules
  /** How long a page that is not the sale may stay untouched, and how long home may before it is locked. Absent: for ever. */
  readonly idle?: { readonly pageMs: number; readonly lockMs: number }
  /** False: a chip card is never taken by its stripe, however often its chip fails. Absent: the issuer decides. */
  readonly chipFallback?: boolean
  /** Rules for codes at the counter; absent: the first one that is read is charged. */
  readonly codes?: {
    /** A code waits so long for another one before it is charged; 0: not at all. */
    readonly mergeMs: number
    /** The scanner looks on so long after the request has left; 0: not at all. */
    readonly secondPhoneMs: number
    /** Unreadable codes in a row after which the window is to be cleaned; 0: never. */
    readonly unreadableTries: number
    /** Above this, who was read is looked at before it is charged; absent: never. */
    readonly confirmAboveMinor?: number
    /** Up to this the digits of a code may be keyed in where no scanner reads it; absent: never. */
    readonly typedMostMinor?: number
  }
  /** Absent: every amount is confirmed, and nothing more is asked of any. */
  readonly amountGuard?: AmountGuard
  /** Kinds for which the customer may be asked for a PIN; absent: `PIN_FOR`. Whether it is asked is the rule of card and amount. */
  readonly pinFor?: readonly TransactionKind[]
  /** Absent: customers sign on paper. */
  readonly signature?: SignatureRules
  /** Absent: no till, or its lines on the slip. */
  readonly till?: { readonly linesOnSlip: boolean }
  /** Absent: the machine has no battery that anybody looks at. */
  readonly power?: PowerRules
  /** Whether a staff card names the second person, with their PIN; absent: number and PIN alone. */
  readonly badge?: BadgeRule
  /** The shop has a receive code on a sticker; `daily`: it is looked at on the first sign-in of a day. Absent: it has none. */
  readonly payee?: { readonly daily: boolean }
  /** The shop's own total is keyed before a batch is closed; the exceptions stand in short on its slip. Absent: neither. */
  readonly report?: {
    readonly shopTotal: boolean
    readonly exceptionsOnSlip: boolean
    /** A supervisor looks at each refund and void of a batch before it is closed; absent: nobody has to. */
    readonly reviewRefunds?: boolean
    /** One payer twice within this time is an exception; absent: as the report has it. */
    readonly samePayerWithinMs?: number
  }
  /** Of a drill: what is set as exercises. */
  readonly situations?: readonly Situation[]
  /** How long an incident may stand before it is called late; absent: a week. */
  readonly incidents?: { readonly dueMs: number }
  /** False: the shop never holds money, and its menu offers no hold. Absent: it may. */
  readonly holds?: boolean
  readonly slips: {
    readonly copies: readonly SlipCopy[]
    readonly tearTimeoutMs: number
    /** Model and paper of the printer, to see when another one is set up; absent: not said. */
    readonly printer?: string
    readonly rollLines?: number
    /** While slips are owed it is said so often; absent: it is not. */
    readonly remindEveryMs?: number
    /** When money that goes back arrives, in the shop's words, on a note for the customer; absent: no note. */
    readonly moneyBack?: { readonly 'zh-CN': string; readonly en: string }
  }
  readonly host: {
    readonly replyTimeoutMs: number
    /** DE 39 values that approve, and those of a reversal that end it (a parameter: hosts differ on 12 and 25). */
    readonly approvals: readonly string[]
    /** 60.6 says 1: the host may approve a part of a sale (DE 39 = 10). Absent: a part is reversed. */
    readonly partialApproval?: boolean
    readonly reversalDone: readonly string[]
    /** DE 39 values that are no end: the host is still at it (a customer enters a password). Absent: none. */
    readonly unfinished?: readonly string[]
    /** DE 39 values to a repeated refund that leave open what became of the first message. Absent: the usual ones. */
    readonly refundUndecided?: readonly string[]
    /** DE 39 values that a payment code is refused with when a fresh one may go through. Absent: none is known. */
    readonly codeExpired?: readonly string[]
    /** DE 39 values after which keys must be fetched anew (99, A0, 77). */
    readonly signOnAgain: readonly string[]
    /** Wrong MACs in a row that raise an alarm and fetch new keys; absent: 3. */
    readonly macFailuresMost?: number
    readonly reversalRetryMs: number
    readonly linkRetryMs: number
    /** The greatest pause that doubling leads to; absent: no doubling. */
    readonly linkRetryMostMs?: number
    /** An idle line is probed so often; absent or 0: never. */
    readonly echoEveryMs?: number
    /** A sign-on older than this is made anew when nobody pays; absent or 0: never. */
    readonly signOnEveryMs?: number
    /** The closed batch signs the terminal off when nobody is being served; absent: only a person does. */
    readonly signOffAfterSettlement?: boolean
    /** DE 3 of a payment by code; absent: that of any sale. */
    readonly codeProcessingCode?: string
    /** What a settlement is like at this acquirer; absent: voided sales count on both sides, and lines go up where sums differ. */
    readonly settlement?: SettlementRules
    /** Absent: the acquirer cannot be asked, so a code payment without an answer is reversed at once. */
    readonly codeQuery?: CodeQueryRules
    /** A script notice leaves so often before it is given up; absent or 0: the acquirer has no such message. */
    readonly scriptNoticeTries?: number
    /** Absent: the acquirer takes no signatures. */
    readonly signatureUpload?: UploadRules
    /** Fetched after a sign-on when they were never fetched. */
    readonly downloads?: readonly DownloadName[]
    /** What the host means by its requests; absent: the usual ones. */
    readonly requests?: HostRequests
  }
}
