/** What acquirers are known to differ in when a batch is closed; the defaults stand in the configuration. */

export type SettlementRules = {
  /** A voided sale is a debit and its void a credit of its own; or neither of them is in the totals. */
  readonly voided: 'counted' | 'leftOut'
  /** Lines go up (0320) where the sums differ; or the acquirer settles by its own books, and the answer to the totals closes the batch. */
  readonly upload: 'whereDifferent' | 'never'
}
