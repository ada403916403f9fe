/**
 * What the classifier knows of codes that change with time: prefixes, lengths and hosts. It is data with a version, read from
 * `config/code-classes.yaml`, because acquirers and wallets add codes without asking.
 */

export type Channel = 'wechat' | 'alipay' | 'unionpay' | 'ecny'

/** A code of digits that a customer shows: the first two digits name the wallet. */
export type PaymentCodeRule = {
  readonly channel: Channel
  /** Two digits each. */
  readonly prefixes: readonly string[]
  /** Accepted numbers of digits. */
  readonly lengths: readonly number[]
  /** Six-digit card numbers' beginnings that stand on cards of the same length: the cashier is asked. */
  readonly cardPrefixes: readonly string[]
  /** False when a code of this kind typed by hand may be a card number. */
  readonly keypad: boolean
}

/** A number on a bill: it finds a payment again and never makes one. */
export type BillRule = {
  readonly class: string
  readonly minLength: number
  readonly maxLength: number
  /** What stands in front; empty when only the date counts. */
  readonly prefix: string
  /** True when the first eight digits are a date `YYYYMMDD`. */
  readonly dated: boolean
  /** What stands directly behind the date; empty when anything may. */
  readonly afterDate: string
}

/** The first rule that fits names the link. Scheme and host are compared in lower case and as a whole, never as beginnings. */
export type LinkRule = {
  /** Without `://`; `web` stands for http and https. */
  readonly scheme: string
  /** Null: any host of this scheme. */
  readonly host: string | null
  /** Beginning of the path, in lower case; `/` for any. */
  readonly path: string
  readonly class: string
}

/** Names the scheme of an EMVCo code for people; decides nothing. The first rule that fits counts. */
export type SchemeRule = {
  readonly name: string
  /** Ids of account objects it stands in; empty for any. */
  readonly accounts: readonly string[]
  /** What the globally unique id of an account template, or the AID of a card code, contains; empty for anything. */
  readonly mark: string
}

export type CodeTable = {
  readonly version: string
  readonly paymentCodes: readonly PaymentCodeRule[]
  readonly bills: readonly BillRule[]
  readonly links: readonly LinkRule[]
  readonly schemes: readonly SchemeRule[]
  /** Application identifiers of consumer-presented codes that this terminal can pay with, upper-case hex, in order of preference. */
  readonly cpmApplications: readonly { readonly aid: string; readonly channel: Channel }[]
}
