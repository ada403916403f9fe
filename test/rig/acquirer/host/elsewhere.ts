/** What another terminal of the same shop took before the rig began: it stands in the books, and no journal of the terminal under test knows of it. */
import type { Entry } from '../ledger/entry.ts'

export type PaidElsewhere = {
  readonly kind: 'sale' | 'codeSale' | 'preAuth'
  /** Another terminal than those that speak to this host. */
  readonly tid: string
  readonly batch: string
  readonly stan: string
  readonly rrn: string
  readonly authCode: string
  readonly accountId: string
  readonly amountMinor: number
}

/** The entry that the host made then. */
export function bookedElsewhere(
  paid: PaidElsewhere,
  { at, mid }: { readonly at: number; readonly mid: string },
): Omit<Entry, 'id' | 'reversedBy'> {
  return {
    ...paid,
    at,
    mid,
    processingCode: paid.kind === 'preAuth' ? '030000' : '000000',
    outcome: 'approved',
    responseCode: '00',
    originalId: null,
  }
}
