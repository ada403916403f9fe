/**
 * Money that customers still owe the shop: the rest of a part that was approved, what a correction leaves to be collected. Collected once and
 * never twice, and not forgotten. Written from what was promised to the shop, and held against what leaves and what the disk lists.
 */
import type { FollowUp } from '#core/correction/owed-sale.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Disk } from './disk.ts'
import { breach } from './interruptions.ts'

export type Owed = {
  /** The screen has changed. */
  readonly shown: (state: TerminalState) => void
  readonly requestLeaves: (attempt: Attempt) => void
  readonly recordKept: (record: TransactionRecord) => void
  /** A supervisor writes this one off. */
  readonly writtenOff: (id: string) => void
  readonly atRest: (state: TerminalState) => void
}

/** Why somebody may owe more after the same payment once more: the correction of it is begun anew. */
const AGAIN: readonly FollowUp['why'][] = ['topUp', 'giveBack', 'exchange']

const DIFFERENCES: readonly FollowUp['why'][] = ['topUp', 'exchange']
/** What is owed besides a payment, by whoever has not got everything back. */
const BESIDES: readonly FollowUp['why'][] = [...DIFFERENCES, 'rest']

export function createOwed(disk: () => Disk): Owed {
  /** What is owed, by the id that the shop's list has for it. */
  const due = new Map<string, number>()
  const settled = new Set<string>()
  const writtenOff = new Set<string>()
  /** Besides payments that went back whole. */
  const gone = new Set<string>()
  /** Sales of which a part was approved: their records are kept anew when something goes back of them. */
  const parts = new Set<string>()
  /** Requests that left: what an approval of each settles, or leaves to be collected. */
  const collects = new Map<string, string>()
  const leaves = new Map<string, number>()

  const owe = (id: string, amountMinor: number): void => {
    if (!settled.has(id)) due.set(id, amountMinor)
  }

  /** Of one payment one difference is open: the next is reckoned from what was paid, and takes its place. */
  const oweInstead = ({ after, dueMinor, id, why }: FollowUp): void => {
    if (DIFFERENCES.includes(why))
      for (const other of BESIDES) if (other !== why) due.delete(`${after}-${other}`)
    owe(id, dueMinor)
  }

  return {
    shown: ({ step }) => {
      if (step.kind === 'confirmAmount' && step.order.follows !== undefined)
        oweInstead(step.order.follows)
      const begunAnew =
        step.kind === 'whatWasWrong' || (step.kind === 'enterAmount' && step.correcting === true)
      if (!begunAnew || step.original === null) return
      for (const why of AGAIN) {
        const id = `${step.original.id}-${why}`
        gone.delete(id)
        if (settled.delete(id)) due.delete(id)
      }
    },
    requestLeaves: ({ amountMinor, batch, order, stan }) => {
      const { afterwards, follows } = order
      if (afterwards !== undefined) leaves.set(`${batch}-${stan}`, afterwards.dueMinor)
      if (follows === undefined) return
      const { id } = follows
      collects.set(`${batch}-${stan}`, id)
      if (settled.has(id)) breach(`${stan} collects ${id}, which was collected before`)
      if (gone.has(id)) breach(`${stan} collects ${id}, and all of that payment went back`)
      const listed = (disk().state()?.followUps ?? []).find((one) => one.id === id)
      if (listed?.dueMinor !== amountMinor)
        breach(`${stan} collects ${amountMinor} of ${id}, the list says ${listed?.dueMinor}`)
      const promised = due.get(id)
      if (promised !== undefined && promised !== amountMinor)
        breach(`${stan} collects ${amountMinor} of ${id}, and ${promised} is owed`)
    },
    recordKept: ({ closedBy, dueMinor, id, kind, outcome, paidMinor, refundedMinor }) => {
      if (outcome !== 'approved') return
      if (closedBy !== '' || (refundedMinor > 0 && refundedMinor >= paidMinor)) {
        for (const why of BESIDES) {
          due.delete(`${id}-${why}`)
          gone.add(`${id}-${why}`)
        }
        return
      }
      const collected = collects.get(id)
      if (collected !== undefined) settled.add(collected)
      const afterwards = leaves.get(id)
      if (afterwards !== undefined) owe(`${id}-redo`, afterwards)
      if (kind === 'sale' && paidMinor > dueMinor) breach(`${id} took more than was due`)
      if (kind !== 'sale' || paidMinor >= dueMinor || parts.has(id)) return
      parts.add(id)
      owe(`${id}-rest`, dueMinor - paidMinor)
    },
    writtenOff: (id) => void writtenOff.add(id),
    atRest: ({ followUps = [] }) => {
      const listed = new Map(followUps.map(({ dueMinor, id }) => [id, dueMinor]))
      for (const [id, amountMinor] of due) {
        if (settled.has(id)) {
          if (listed.has(id)) breach(`${id} was collected and is still on the list`)
        } else if (!writtenOff.has(id) && listed.get(id) !== amountMinor)
          breach(
            `${amountMinor} of ${id} is still to be collected and the list has ${listed.get(id)}`,
          )
      }
    },
  }
}
