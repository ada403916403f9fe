/** One true order as it was served, for the books of the night. */
import type { Planned } from './day-script.ts'

export type ServedOrder = {
  readonly planned: Planned
  /** When the register rang it up, by the wall clock. */
  readonly rungAt: number
  /** The cashier believes that it is paid, or given back. */
  done: boolean
  /** Highest level that the terminal asked for. */
  readonly level: number
  /** Its effect was wrong when the customer was served. */
  escaped: boolean
}
