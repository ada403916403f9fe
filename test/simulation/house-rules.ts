/** Whether the terminal held to what its house asks of people. Written from what the shop was promised and not from the terminal's own judgement. */
import type { BatchMessage } from '#core/batch/settlement.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt, Order } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { House } from './house.ts'
import { breach } from './interruptions.ts'
import { SECOND_PERSON_ABOVE_MINOR, SUPERVISORS, TYPED_MOST_MINOR } from './shop.ts'
import { fenOf } from './typing.ts'

export type HouseRules = {
  /** The screen has changed: it shows what is typed as proof of which payment, or the payment that was just made and is corrected. */
  readonly shown: (state: TerminalState) => void
  /** Somebody ticked this voucher on the page of the review. */
  readonly looked: (operator: string, stan: string) => void
  /** Digits of this code were keyed in. */
  readonly typed: (handle: string) => void
  readonly requestLeaves: (attempt: Attempt) => void
  /** `records`: as they are on disk. */
  readonly batchLeaves: (
    message: BatchMessage,
    records: ReadonlyMap<string, TransactionRecord>,
  ) => void
}

const GIVES_BACK = ['void', 'refund', 'preAuthVoid', 'completionVoid']
const BACK_IN_BATCH = ['void', 'refund', 'completionVoid']

export function createHouseRules(house: House): HouseRules {
  const { guardsAmounts, neverHolds, provesTyped, reviewsRefunds } = house
  const proven = new Set<string>()
  const seen = new Set<string>()
  const typed = new Set<string>()
  const lookedAt = new Set<string>()
  return {
    shown: ({ step }) => {
      if (step.kind === 'confirmCode') lookedAt.add(step.code.handle)
      if (step.kind === 'whatWasWrong') proven.add(step.original.id)
      if (step.kind !== 'findOriginal' || step.found === undefined) return
      const { found } = step
      if (step.typed === found.last4 || fenOf(step.typed) === found.paidMinor) proven.add(found.id)
    },
    looked: (operator, stan) => {
      if (SUPERVISORS.some((number) => number === operator)) seen.add(stan)
    },
    typed: (handle) => void typed.add(handle),
    requestLeaves: ({ amountMinor, order, stan, tender }) => {
      if (tender.kind === 'code' && typed.has(tender.code.handle)) {
        if (!lookedAt.has(tender.code.handle))
          breach(`the code of ${stan} was keyed in and nobody looked at it`)
        if (amountMinor > TYPED_MOST_MINOR) breach(`the code of ${stan} was keyed in for too much`)
      }
      const { kind = 'sale', original } = order
      if (neverHolds && kind === 'preAuth') breach(`hold ${stan} left and the shop makes none`)
      const isLarge = guardsAmounts && amountMinor > SECOND_PERSON_ABOVE_MINOR
      if (isLarge && kind === 'sale') checkAllowed(order, stan)
      const isTyped = provesTyped && order.till === undefined
      if (isTyped && GIVES_BACK.includes(kind) && !proven.has(original?.id ?? ''))
        breach(`${kind} ${stan} left and nobody has proven that ${original?.id} was meant`)
    },
    batchLeaves: ({ batch, mti }, records) => {
      if (!reviewsRefunds || mti !== '0500') return
      for (const { batch: of, kind, outcome, stan } of records.values())
        if (of === batch && outcome === 'approved' && BACK_IN_BATCH.includes(kind))
          if (!seen.has(stan))
            breach(`batch ${batch} is closed and nobody looked at ${kind} ${stan}`)
    },
  }
}

/** A sale above the shop's limit takes two people, and the second is a supervisor. */
function checkAllowed({ approver, follows, operator, till }: Order, stan: string): void {
  if (till !== undefined || follows !== undefined) return
  const isSupervisor = SUPERVISORS.some((number) => number === approver)
  if (!isSupervisor || approver === operator)
    breach(`large sale ${stan} of ${operator} was allowed by ${approver ?? 'nobody'}`)
}
