/** A sale that somebody still owes the shop; what it is made of, for state and orders. */
import type { MinorUnits } from '../money.ts'

export type FollowUp = {
  /** `<record>-<why>`. */
  readonly id: string
  readonly kind: 'sale' | 'preAuth'
  readonly dueMinor: MinorUnits
  /**
   * `rest`: the host approved less. `topUp`: too little was charged. `redo`: the first one was undone. `giveBack`: money went back
   * that should not have. `exchange`: other goods cost more.
   */
  readonly why: 'rest' | 'topUp' | 'redo' | 'giveBack' | 'exchange'
  /** Record that it follows, and the voucher number on its slip. */
  readonly after: string
  readonly trace: string
  /** The till's reference of the order that it belongs to; absent: none. */
  readonly tillReference?: string
}
