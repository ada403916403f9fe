/** When something of the day is unusual enough to be read about in the evening. The shop may set it; these are the values without a word from it. */

export type ReportRules = {
  /** One payer twice within this time: the second payment may have been meant for somebody else. */
  readonly samePayerWithinMs: number
  /** A void or refund so soon after its sale is looked at. */
  readonly soonAfterMs: number
  /** A confirm sooner after its page came up than this was not read. Screens take no key in the first 300 ms. */
  readonly blindBelowMs: number
  /** So many refunds onto one card or payer in a day. */
  readonly sameCardRefunds: number
}

export const REPORT_RULES: ReportRules = {
  samePayerWithinMs: 600_000,
  soonAfterMs: 300_000,
  blindBelowMs: 600,
  sameCardRefunds: 2,
}
