/** One line of the host's books. Sums, holds and balances are derived from the lines, so that they cannot disagree with them. */

export type EntryKind =
  | 'sale'
  | 'codeSale'
  | 'void'
  | 'refund'
  | 'preAuth'
  | 'preAuthVoid'
  | 'completion'
  | 'completionVoid'
  | 'offlineSale'

export type Entry = {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: EntryKind
  readonly tid: string
  readonly mid: string
  readonly stan: string
  readonly batch: string
  readonly processingCode: string
  /** As asked for, in fen, never negative. */
  readonly amountMinor: number
  readonly accountId: string | null
  readonly rrn: string
  readonly authCode: string
  readonly outcome: 'approved' | 'declined'
  /** DE 39 as answered. */
  readonly responseCode: string
  /** The entry that this one voids, refunds or completes. */
  readonly originalId: number | null
  reversedBy: { readonly at: number; readonly reason: string } | null
}

/** Approved and not reversed: it counts. */
export function stands(entry: Entry): boolean {
  return entry.outcome === 'approved' && entry.reversedBy === null
}

/** What a standing entry adds to the money that the host owes the shop, in fen. */
function owedByKind(kind: EntryKind, amountMinor: number): number {
  switch (kind) {
    case 'sale':
    case 'codeSale':
    case 'completion':
    case 'offlineSale':
      return amountMinor
    case 'void':
    case 'refund':
    case 'completionVoid':
      return -amountMinor
    case 'preAuth':
    case 'preAuthVoid':
      return 0
  }
}

/** What the entry adds now: nothing unless it stands. */
export function owedMinor(entry: Entry): number {
  return stands(entry) ? owedByKind(entry.kind, entry.amountMinor) : 0
}
