/** What should have happened to everybody's money, and what the acquirer holds: the measure of every mistake. Knows nothing of guards. */
import type { Attempt } from '#core/transaction/attempt.ts'
import type { Host } from '../simulation/host.ts'
import { KINDS } from '../simulation/ledger.ts'
import type { TrueOrder } from './day-script.ts'

export type Books = {
  /** A request for money leaves while this order is being served or mended. */
  readonly requestLeaves: (attempt: Attempt, order: number) => void
  /** Payer → what the acquirer took (+) or gave back (−) for this order, and `hold:` payer → what it blocks. Zeros are left out. */
  readonly effectOf: (order: number) => ReadonlyMap<string, number>
  /** Ids of this order's requests. */
  readonly idsOf: (order: number) => readonly string[]
  /** Standing sales of this order that follow no other one. */
  readonly chargesOf: (order: number) => number
}

/** Payer of a card or code: the part of its fingerprint behind the first hyphen. */
export function payerOf(fingerprint: string): string {
  return fingerprint.split('-')[1] ?? fingerprint
}

export function createBooks(host: () => Host): Books {
  const requests = new Map<number, { id: string; payer: string; follows: boolean }[]>()
  const of = (order: number) => requests.get(order) ?? []
  return {
    requestLeaves: (attempt, order) => {
      const { tender } = attempt
      // What was held out, or stands in the reference: never what the terminal believes about the original.
      const { fingerprint } = tender.kind === 'card' ? tender.card : tender.code
      const follows = attempt.order.follows !== undefined
      const id = `${attempt.batch}-${attempt.stan}`
      requests.set(order, [...of(order), { id, payer: payerOf(fingerprint), follows }])
    },
    effectOf: (order) => {
      const effect = new Map<string, number>()
      for (const { id, payer } of of(order)) {
        const held = host().ledger.get(id)
        if (held?.status !== 'approved') continue
        const isHold = held.kind === 'preAuth'
        if (isHold && held.closedBy !== null) continue
        const account = isHold ? `hold:${payer}` : payer
        const sum =
          (effect.get(account) ?? 0) + (isHold ? 1 : KINDS[held.kind].sign) * held.amountMinor
        if (sum === 0) effect.delete(account)
        else effect.set(account, sum)
      }
      return effect
    },
    idsOf: (order) => of(order).map(({ id }) => id),
    chargesOf: (order) =>
      of(order).filter(({ id, follows }) => {
        const held = host().ledger.get(id)
        return (
          !follows && held?.kind === 'sale' && held.status === 'approved' && held.closedBy === null
        )
      }).length,
  }
}

/** What this order should do, once it is done. */
export function wantedOf(order: TrueOrder): ReadonlyMap<string, number> {
  const { kind, payer, amountMinor } = order
  if (kind === 'preAuth') return new Map([[`hold:${payer}`, amountMinor]])
  return new Map([[payer, kind === 'sale' ? amountMinor : -amountMinor]])
}

export function isSame(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): boolean {
  return one.size === other.size && [...one].every(([payer, sum]) => other.get(payer) === sum)
}
