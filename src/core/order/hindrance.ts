/** Why nothing may be asked of the acquirer for an order now. */
import { BATCH_LIMIT } from '../batch/batch.ts'
import { alreadyCollected } from '../correction/follow-up.ts'
import { ceilingMinor, objection, tooMuch } from '../correction/judge-original.ts'
import { powerHindrance } from '../guard/power.ts'
import { refundTooMuch } from '../guard/refund-guard.ts'
import { linkHindrance } from '../link/hindrance.ts'
import { type Message, message } from '../message.ts'
import type { TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'
import { isVoid } from '../transaction/kinds.ts'
import type { TransactionRecord } from '../transaction/record.ts'

/** Null when it may be asked. */
export function objectionToOrder(state: TerminalState, order: Order): Message | null {
  const offline = linkHindrance(state)
  if (offline !== null) return offline
  const dark = powerHindrance(state)
  if (dark !== null) return dark
  if (state.settlement !== null) return message('settle.unfinished')
  if (state.inBatch >= BATCH_LIMIT) return message('batch.full')
  if (kindOf(order) === 'refund' && state.advice !== null) return message('refund.openAlready')
  const collected = alreadyCollected(state, order)
  if (collected !== null) return collected
  return order.original === undefined ? null : objectionToOriginal(state, order, order.original)
}

/** Judged as it stands now: since it was chosen, a refund in doubt may have taken a part of it. */
function objectionToOriginal(
  state: TerminalState,
  order: Order,
  original: TransactionRecord,
): Message | null {
  const kind = kindOf(order)
  const why = objection(state, kind, original)
  if (why !== null || isVoid(kind)) return why
  const ceiling = ceilingMinor(state, kind, original)
  if (order.dueMinor > ceiling) return tooMuch(kind, ceiling)
  if (kind !== 'refund') return null
  // A refund in doubt that went through since has used a part of the day's allowance.
  const { at, refunded, setup } = state
  return refundTooMuch(setup.refundGuard, { amountMinor: order.dueMinor, at, refunded })
}
