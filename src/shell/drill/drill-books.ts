/** What the built-in host of a drill holds: each movement by batch and STAN, with what was taken back of it. Lives as long as the drill. */
import { type BatchLine, totalsField } from '#core/batch/batch.ts'
import { type Attempt, idOf, kindOf } from '#core/transaction/attempt.ts'
import { isVoid, type TransactionKind } from '#core/transaction/kinds.ts'

type Entry = {
  readonly kind: TransactionKind
  readonly amountMinor: Attempt['amountMinor']
  readonly stan: string
  readonly channel: string
  readonly original: string
  refundedMinor: number
  isClosed: boolean
}

export type DrillBooks = {
  /** DE 39: 00 when it is held now; booking the same again changes nothing. 25: no such original; 12: it cannot be had any more; 61: more than is left. */
  readonly book: (attempt: Attempt) => string
  /** As if it had never been. */
  readonly takeBack: (id: string) => void
  readonly holds: (id: string) => boolean
  /** DE 48 of a 0510: the totals of the books, with 1 (the same) or 2 (different) behind each side. A batch that was compared is forgotten with the next. */
  readonly compare: (totals: string) => string
}

/** A drill of one day; the batch limit of the core stops long before. */
const ENTRIES_LIMIT = 2000
const SIDE_DIGITS = 30

export function createDrillBooks(): DrillBooks {
  const entries = new Map<string, Entry>()
  let batch = ''

  const effectOn = (attempt: Attempt, original: Entry): string => {
    const kind = kindOf(attempt.order)
    if (original.isClosed) return '12'
    if (kind === 'refund') {
      const left = original.amountMinor - original.refundedMinor
      if (attempt.amountMinor > left) return '61'
      original.refundedMinor += attempt.amountMinor
      return '00'
    }
    if (original.refundedMinor > 0) return '12'
    original.isClosed = isVoid(kind) || kind === 'completion'
    return '00'
  }

  return {
    book: (attempt) => {
      const id = idOf(attempt)
      if (entries.has(id)) return '00'
      if (entries.size >= ENTRIES_LIMIT) return '96'
      const original = attempt.order.original?.id ?? ''
      if (original !== '') {
        const found = entries.get(original)
        if (found === undefined) return '25'
        const code = effectOn(attempt, found)
        if (code !== '00') return code
      }
      batch = attempt.batch
      entries.set(id, {
        kind: kindOf(attempt.order),
        amountMinor: attempt.amountMinor,
        stan: attempt.stan,
        channel: attempt.tender.kind,
        original,
        refundedMinor: 0,
        isClosed: false,
      })
      return '00'
    },
    takeBack: (id) => {
      const undone = entries.get(id)
      if (undone === undefined) return
      entries.delete(id)
      const original = entries.get(undone.original)
      if (original === undefined) return
      if (undone.kind === 'refund') original.refundedMinor -= undone.amountMinor
      else original.isClosed = false
    },
    holds: (id) => entries.has(id),
    compare: (totals) => {
      const own = totalsField(linesOf(entries, batch))
      const side = (start: number): string => {
        const ours = own.slice(start, start + SIDE_DIGITS)
        return `${ours}${totals.slice(start, start + SIDE_DIGITS) === ours ? '1' : '2'}`
      }
      return `${side(0)}${side(SIDE_DIGITS + 1)}`
    },
  }
}

const NO_MONEY: readonly TransactionKind[] = ['preAuth', 'preAuthVoid', 'balance']

function linesOf(entries: ReadonlyMap<string, Entry>, batch: string): readonly BatchLine[] {
  return [...entries].flatMap(([id, { amountMinor, channel, kind, stan }]) =>
    id.startsWith(`${batch}-`) && !NO_MONEY.includes(kind)
      ? [{ stan, kind, amountMinor, channel, isForeign: false }]
      : [],
  )
}
