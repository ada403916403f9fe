/**
 * Whether a wrong payment stands anywhere that somebody will look at: the open list, or a mark on a record. Strict: a plain line in the list
 * of records or in a sum does not count, however wrong its amount is, because nothing about it asks to be looked at.
 */
import { openItems } from '#core/counter/open-items.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Disk } from '../simulation/disk.ts'

/** `ids`: of the requests of one order. */
export function isListed(state: TerminalState, disk: Disk, ids: readonly string[]): boolean {
  const onOpenList = openItems(state).some(({ id }) => ids.some((one) => id.startsWith(one)))
  return onOpenList || ids.some((id) => isMarked(disk.records.get(id)))
}

/** Corrected, given back or corrected by something: whoever reads the record reads that it was not a plain payment. */
function isMarked(record: ReturnType<Disk['records']['get']>): boolean {
  if (record?.outcome !== 'approved') return false
  return record.closedBy !== '' || record.refundedMinor > 0 || record.cause !== undefined
}
