/** Reads what older versions of this program wrote. A journal of 0.1 knew sales only, and its records say nothing of what came later. */
import { minor } from '../money.ts'
import { countsInBatch, type TransactionRecord } from '../transaction/record.ts'
import { sixDigits } from './counters.ts'
import { initialState } from './recover.ts'
import type { TerminalState } from './state.ts'

type Later = 'kind' | 'hostDate' | 'original' | 'approver' | 'closedBy' | 'refundedMinor'

/** A record as any version wrote it. */
export type SavedRecord = Omit<TransactionRecord, Later> & Partial<Pick<TransactionRecord, Later>>

/** What every version wrote of those things that are read off a saved state. */
type Always = 'counters' | 'operators'

/** A state as any version wrote it: what came later is not there, and neither is what was absent. */
export type SavedState = Omit<Partial<TerminalState>, 'recent' | Always> &
  Pick<TerminalState, Always> & { readonly recent: readonly SavedRecord[] }

export function upgradeState(saved: SavedState): TerminalState {
  const recent = saved.recent.map(upgradeRecord)
  const batch = sixDigits(saved.counters.batch)
  const known = recent.filter((record) => record.batch === batch && countsInBatch(record)).length
  return { ...initialState(), ...saved, recent, inBatch: saved.inBatch ?? known }
}

export function upgradeRecord(saved: SavedRecord): TransactionRecord {
  return {
    ...saved,
    kind: saved.kind ?? 'sale',
    hostDate: saved.hostDate ?? hostDateOf(saved),
    original: saved.original ?? '',
    approver: saved.approver ?? '',
    closedBy: saved.closedBy ?? '',
    refundedMinor: saved.refundedMinor ?? minor(0),
  }
}

/** MMDD out of `YYYY-MM-DD hh:mm:ss` of the slip. */
function hostDateOf({ slip }: SavedRecord): string {
  return slip === null ? '' : `${slip.dateTime.slice(5, 7)}${slip.dateTime.slice(8, 10)}`
}
