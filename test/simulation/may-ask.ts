/**
 * What a terminal must not even ask an acquirer for, whatever the acquirer would say to it. Written from the rules of the trade and not from
 * the terminal's own judgement; the acquirer of the simulation refuses the same, so without this a careless terminal would go unnoticed.
 */
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { breach } from './interruptions.ts'
import { SUPERVISORS } from './shop.ts'

const COMPLETION_PERCENT = 115
const VOIDS = ['void', 'preAuthVoid', 'completionVoid']

/** I4, before a request leaves. `records`: as they are on disk. */
export function checkMayAsk(
  attempt: Attempt,
  records: ReadonlyMap<string, TransactionRecord>,
): void {
  const { order, stan } = attempt
  const kind = order.kind ?? 'sale'
  if (order.original === undefined) return
  const original = records.get(order.original.id)
  if (original?.outcome !== 'approved')
    breach(`I4: ${kind} ${stan} is about ${order.original.id}, which was not paid`)
  if (original.closedBy !== '')
    breach(`I4: ${kind} ${stan} is about ${original.id}, used up before`)
  const most = mostOf(kind, original)
  if (attempt.amountMinor > most)
    breach(`I4: ${kind} ${stan} asks for ${attempt.amountMinor}, at most ${most} may be asked for`)
  const movesMoney = kind === 'void' || kind === 'completionVoid'
  if (movesMoney && original.batch !== attempt.batch)
    breach(`I4: ${kind} ${stan} is about ${original.id} of a batch that is closed`)
  if (VOIDS.includes(kind) && original.refundedMinor > 0)
    breach(`I4: ${kind} ${stan} is about ${original.id}, of which something went back`)
  if (kind !== 'completion') checkApprover(attempt)
}

function mostOf(kind: string, original: TransactionRecord): number {
  if (kind === 'completion') return Math.floor((original.paidMinor * COMPLETION_PERCENT) / 100)
  return original.paidMinor - original.refundedMinor
}

/** Money that goes back takes two people, and the second is a supervisor. */
function checkApprover({ order, stan }: Attempt): void {
  const { approver, operator } = order
  if (approver === operator) breach(`${stan} was allowed by ${approver}, who had asked for it`)
  if (!SUPERVISORS.some((number) => number === approver))
    breach(`${stan} was allowed by ${approver ?? 'nobody'}, who is no supervisor`)
}
