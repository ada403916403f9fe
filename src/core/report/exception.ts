/** One line of the day's list of exceptions: something that somebody should look at, and why, as keys for `config/locales/report.*`. */
import type { Message } from '../message.ts'
import type { MinorUnits } from '../money.ts'

export type Exception = {
  readonly at: number
  /** Voucher number; empty where there is none. */
  readonly trace: string
  readonly operator: string
  /** Null where no amount belongs to it. */
  readonly amountMinor: MinorUnits | null
  /** A kind of transaction, or `code`, `keying`, `total`: locale key `what.<what>`. */
  readonly what: string
  /** Ids of the records that it is about; empty: none. */
  readonly about: readonly string[]
  /** At least one; locale keys `why.<key>`. */
  readonly why: readonly Message[]
}
