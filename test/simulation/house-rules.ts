/**
 * What this shop asks of people beyond the rules of the trade, drawn from the number of the seed, and whether the terminal held to it. Written
 * from what the shop was promised and not from the terminal's own judgement.
 */
import type { BatchMessage } from '#core/batch/settlement.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { breach } from './interruptions.ts'
import { SUPERVISORS } from './shop.ts'

export type House = {
  /** The acquirer wants to hear of issuers' scripts. */
  readonly hasScripts: boolean
  /** A supervisor looks at each refund and void before a batch is closed. */
  readonly reviewsRefunds: boolean
  /** Last four digits or amount prove a voucher number that was typed. */
  readonly provesTyped: boolean
  /** Customers sign on their screen, and the acquirer takes it. */
  readonly signsOnScreen: boolean
  /** No hold is offered. */
  readonly neverHolds: boolean
}

export type HouseRules = {
  /** The screen has changed: it shows what is typed as proof of which payment, or the payment that was just made and is corrected. */
  readonly shown: (state: TerminalState) => void
  /** Somebody ticked this voucher on the page of the review. */
  readonly looked: (operator: string, stan: string) => void
  readonly requestLeaves: (attempt: Attempt) => void
  /** `records`: as they are on disk. */
  readonly batchLeaves: (
    message: BatchMessage,
    records: ReadonlyMap<string, TransactionRecord>,
  ) => void
}

const GIVES_BACK = ['void', 'refund', 'preAuthVoid', 'completionVoid']
const BACK_IN_BATCH = ['void', 'refund', 'completionVoid']

/** By number, so that the stream of chance is the same in every house and kept seeds tell the same story. */
export function houseOf(seed: number): House {
  return {
    hasScripts: seed % 4 === 0,
    reviewsRefunds: seed % 3 === 1,
    provesTyped: seed % 5 === 2,
    signsOnScreen: seed % 5 === 4,
    neverHolds: seed % 7 === 3,
  }
}

export function createHouseRules({ reviewsRefunds, provesTyped, neverHolds }: House): HouseRules {
  const proven = new Set<string>()
  const seen = new Set<string>()
  return {
    shown: ({ step }) => {
      if (step.kind === 'whatWasWrong') proven.add(step.original.id)
      if (step.kind !== 'findOriginal' || step.found === undefined) return
      const { found, typed } = step
      if (typed === found.last4 || fenOf(typed) === found.paidMinor) proven.add(found.id)
    },
    looked: (operator, stan) => {
      if (SUPERVISORS.some((number) => number === operator)) seen.add(stan)
    },
    requestLeaves: ({ order, stan }) => {
      const { kind = 'sale', original } = order
      if (neverHolds && kind === 'preAuth') breach(`hold ${stan} left and the shop makes none`)
      if (provesTyped && GIVES_BACK.includes(kind) && !proven.has(original?.id ?? ''))
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

/** 38.5 → 3850; an empty or unreadable entry is no amount. */
function fenOf(typed: string): number {
  return typed === '' ? Number.NaN : Math.round(Number(typed) * 100)
}
