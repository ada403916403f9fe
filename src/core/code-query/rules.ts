/** How the outcome of a code payment is asked for when its answer is lost; figures of WeChat Pay and Alipay, to be agreed with the acquirer. */
export type CodeQueryRules = {
  /** Pause before each question (WeChat Pay: 5 s; Alipay: 3 to 5 s). */
  readonly everyMs: number
  /** Questions before it is cancelled (about 30 s altogether). */
  readonly tries: number
  /** A cancel never leaves earlier than this after the request (WeChat Pay: 15 s). */
  readonly cancelAfterMs: number
  /** Cancels without an answer before a person is told to call (Alipay: 3). It is never given up. */
  readonly cancelsBeforeHelp: number
  /** DE 39: the customer is entering the password on the phone. */
  readonly paying: readonly string[]
  /** DE 39 of a sale that leave its outcome open (a wallet's SYSTEMERROR). */
  readonly open: readonly string[]
  /** DE 39 of a question that say for good: this one was not paid, or has been paid back. */
  readonly notPaid: readonly string[]
}
