/** One slip as facts, ready to be laid out; what a slip carries: China POS practice (JR/T 0001 chapter 8 and shipped terminals). */
import type { ExceptionCount } from '../batch/exception-count.ts'
import type { Cause } from '../correction/cause.ts'
import type { IncidentKind } from '../incident/incident.ts'
import type { MinorUnits } from '../money.ts'
import type { TillOrder } from '../till/wish.ts'

export type SlipCopy = 'merchant' | 'cardholder'

/** 补打 is the first real copy, late; 重打印 is one more copy. The words differ so that a copy cannot pass as the original. */
export type SlipMark =
  | { readonly kind: 'original' }
  | { readonly kind: 'late' }
  | { readonly kind: 'reprint'; readonly number: number }

/** How the money was presented; the letter stands behind the account number. */
export type SlipEntry = 'swipe' | 'insert' | 'contactless' | 'manual' | 'code'

/** Which sentence stands in place of the signature line (China: 小额双免). */
export type SlipVerification =
  | 'pinAndSignature'
  | 'signature'
  | 'noPin'
  | 'noSignature'
  | 'noPinNoSignature'
  | 'deviceVerified'
  | 'codePayment'

export type SlipType =
  | 'sale'
  | 'void'
  | 'refund'
  | 'preAuth'
  | 'preAuthVoid'
  | 'completion'
  | 'completionVoid'
  | 'settlement'
  /** The sheet of something that cannot be mended now: no receipt. */
  | 'incident'
  /** A code payment was in doubt and came to nothing: no receipt. */
  | 'notPaid'
  /** The first paper after what is printed was changed: no receipt. */
  | 'test'

/** What a void, refund or completion is about, as its slip quotes it. */
export type SlipOriginal = {
  readonly trace: string
  readonly reference: string
  readonly authCode: string
  /** `YYYY-MM-DD`. */
  readonly date: string
}

/** What the slip of a closed batch says instead of a card. */
export type SlipTotals = {
  /** More was given back than taken. */
  readonly isNegative: boolean
  readonly rows: readonly {
    readonly type: SlipType
    readonly count: number
    readonly amountMinor: MinorUnits
  }[]
  /** How many lines of the list of exceptions have which reasons; absent: not wanted, or not known. */
  readonly exceptions?: readonly ExceptionCount[]
  /** The shop's own total and what the terminal holds beyond it, both in fen and below zero where less; absent: nobody keyed it. */
  readonly shop?: {
    readonly totalMinor: number
    readonly differenceMinor: number
    readonly operator: string
  }
  /** What of the sums lies in batches that the acquirer has ended itself, in fen and below zero where more went back; absent: nothing. */
  readonly earlier?: readonly {
    readonly batch: string
    readonly count: number
    readonly netMinor: number
  }[]
  readonly verdict: 'balanced' | 'different'
  /** Figures that the host names otherwise; amounts in fen. */
  readonly differences: readonly {
    readonly what: 'debitAmount' | 'debitCount' | 'creditAmount' | 'creditCount'
    readonly side: 'domestic' | 'foreign'
    readonly ours: number
    readonly hosts: number
  }[]
  /** Every transaction, where something differs. */
  readonly lines: readonly {
    readonly type: SlipType
    readonly trace: string
    readonly amountMinor: MinorUnits
  }[]
}

/** What the sheet of an incident says beside the payment that it is about. */
export type SlipIncident = {
  readonly kind: IncidentKind
  /** `YYYY-MM-DD`. */
  readonly due: string
  /** Of the payment; empty: none of ours. */
  readonly channel: string
  readonly last4: string
}

type BothLanguages = { readonly 'zh-CN': string; readonly en: string }

export type SlipFacts = {
  readonly type: SlipType
  /** Absent for what stands alone. */
  readonly original?: SlipOriginal
  /** What was collected after another payment, and the voucher number of that. */
  readonly follows?: {
    readonly why: 'rest' | 'topUp' | 'redo' | 'giveBack' | 'exchange'
    readonly trace: string
  }
  /** For the customer: why it goes back, and the shop's words on when the money comes. Absent: the shop prints none, or nothing goes back. */
  readonly note?: { readonly cause?: Cause; readonly arrives: BothLanguages }
  /** The till's order; absent: the amount was typed here. */
  readonly till?: TillOrder
  /** What was due, where less was paid. */
  readonly dueMinor?: MinorUnits
  /** Of an incident sheet only. */
  readonly incident?: SlipIncident
  /** Of what came to nothing only. */
  readonly notPaid?: { readonly last4: string }
  /** Of a test only: the copies that every payment prints from now on, and on what. */
  readonly test?: { readonly copies: readonly SlipCopy[]; readonly printer: string }
  /** Of a closed batch only. */
  readonly totals?: SlipTotals
  readonly merchantName: { readonly 'zh-CN': string; readonly en: string }
  readonly merchantNumber: string
  readonly terminalNumber: string
  readonly operator: string
  readonly acquirerName: string
  /** Eleven-digit institution number of DE 44, or empty. */
  readonly issuer: string
  /** First 6 + last 4 of the card, or the masked payment code; already masked. */
  readonly account: string
  readonly entry: SlipEntry
  /** WeChat, Alipay … as locale key `channels.<channel>`; `card` for cards. */
  readonly channel: string
  readonly scheme: string
  readonly batch: string
  readonly trace: string
  readonly authCode: string
  readonly reference: string
  /** Host date and time, `YYYY-MM-DD hh:mm:ss`. */
  readonly dateTime: string
  readonly currency: string
  readonly amountMinor: MinorUnits
  readonly verification: SlipVerification
  /** Limit named by the no-PIN or no-signature sentence; null when none is named. */
  readonly verificationLimitMinor: MinorUnits | null
  /** Chip facts as printed, in order: `AID`, `LABEL`, `TC`/`ARQC`, `TVR`, `TSI`, `ATC`, `CSN`. */
  readonly chip: readonly { readonly name: string; readonly value: string }[]
  /** Host notes (DE 63.2). May be Chinese. */
  readonly remarks: readonly string[]
  readonly hotline: string
  /** Signed on the screen; the lines (`shell/api/ink.ts`) are with the merchant's copy alone. Absent: on paper, or not at all. */
  readonly signature?: { readonly code: string; readonly ink?: string }
}

export type Slip = {
  readonly facts: SlipFacts
  readonly copy: SlipCopy
  readonly mark: SlipMark
  /** A part of it may hang above this paper; absent: nothing of it was begun. */
  readonly afterPart?: true
  /** Number of the print job, at the foot: two papers with one number are one job printed twice. */
  readonly job: string
  readonly drill: boolean
}
