/** The one answer of the classifier: may this be charged, and if not, what is it that the customer showed? */
import type { Channel } from './code-table.ts'

/** Where the code came from. Digits typed by hand may be a card number. */
export type CodeSource = 'scanner' | 'keypad'

/** Reasons for `reject` and `confirm`; the class of a link is its reason, so the table may add more. */
export type RejectReason = string

export type CodeVerdict = {
  readonly asCustomerCode: 'accept' | 'confirm' | 'reject'
  readonly rejectReason: RejectReason | null
  /** Finer than the reason: `wechat`, `isbn`, `merchant-bill`, `PAYEE_CODE_ALIPAY` … */
  readonly class: string
  readonly channel: Channel | null
  /** Where the code itself stands in what was read, without prefix, suffix and blanks; null when rejected. */
  readonly range: { readonly start: number; readonly end: number } | null
  /** With `BAD_LENGTH`: the numbers of digits this wallet's codes have. */
  readonly expectedLengths: readonly number[]
  /** With `PAYEE_CODE_EMV` and a right CRC: whose code it is. */
  readonly merchantName: string | null
}

export function rejected(reason: RejectReason, kind: string): CodeVerdict {
  return {
    asCustomerCode: 'reject',
    rejectReason: reason,
    class: kind,
    channel: null,
    range: null,
    expectedLengths: [],
    merchantName: null,
  }
}

export function accepted(channel: Channel, kind: string = channel): CodeVerdict {
  return { ...rejected('', kind), asCustomerCode: 'accept', rejectReason: null, channel }
}

/** It may be charged, but only after the cashier has looked at it. */
export function confirmed(reason: RejectReason, channel: Channel): CodeVerdict {
  return { ...rejected(reason, channel), asCustomerCode: 'confirm', channel }
}
