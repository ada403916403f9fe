/** Why nothing may be asked of the acquirer for an order now. */
import { BATCH_LIMIT } from '../batch/batch.ts'
import { objection } from '../correction/judge-original.ts'
import { type Message, message } from '../message.ts'
import type { TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'

/** Null when it may be asked. */
export function objectionToOrder(state: TerminalState, order: Order): Message | null {
  if (state.link !== 'up')
    return message(state.link === 'signingOn' ? 'link.signingOn' : 'link.down')
  if (state.settlement !== null) return message('settle.unfinished')
  if (state.inBatch >= BATCH_LIMIT) return message('batch.full')
  if (kindOf(order) === 'refund' && state.advice !== null) return message('refund.openAlready')
  return order.original === undefined ? null : objection(state, kindOf(order), order.original)
}
