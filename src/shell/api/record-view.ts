/** A past transaction as people see it: on lists, under a question, and beside what is to be done with it. */
import { hostDateTime } from '#core/calendar.ts'
import { isElsewhere, UNKNOWN_NUMBER } from '#core/correction/elsewhere-id.ts'
import { newest } from '#core/correction/mark-original.ts'
import { unsigned } from '#core/signature/decide.ts'
import { uploads } from '#core/signature/upload-queue.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { kindOf, type Order } from '#core/transaction/attempt.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import { remainingMinor, type TransactionRecord } from '#core/transaction/record.ts'
import { money } from './money-view.ts'
import { slipView } from './project-slips.ts'
import type { OriginalView, RecordView } from './view.ts'

/** `yyyy-mm-dd`. */
const DAY_LENGTH = 10

/** Nothing for an order that is about no earlier payment. A hold that is released was never the shop's: nothing is left of it either way. */
export function originalView(
  state: TerminalState,
  order: Order,
): { readonly original?: OriginalView } {
  if (order.original === undefined) return {}
  const record = newest(state, order.original)
  const kind = kindOf(order)
  const goesBack = ruleOf(kind).direction === 'out' && kind !== 'preAuthVoid'
  const left = Math.max(0, remainingMinor(record) - order.dueMinor)
  const seen = recordView(state, record)
  const isTyped = isElsewhere(record)
  return {
    original: {
      record: isTyped ? asTyped(seen) : seen,
      givenBack: money(record.refundedMinor),
      ...(goesBack && !isTyped ? { left: money(left) } : {}),
    },
  }
}

/** What was typed from a slip: its day and no hour, and no voucher number unless the bar code named one. */
function asTyped(record: RecordView): RecordView {
  const { at, trace } = record
  return { ...record, at: at.slice(0, DAY_LENGTH), trace: trace === UNKNOWN_NUMBER ? '' : trace }
}

/** A past transaction as lists and questions show it; masked. */
export function recordView(state: TerminalState, record: TransactionRecord): RecordView {
  return {
    id: record.id,
    trace: record.stan,
    at: record.slip?.dateTime ?? hostDateTime(record.at, '', ''),
    amount: money(record.outcome === 'approved' ? record.paidMinor : record.dueMinor),
    channel: record.channel,
    last4: record.last4,
    outcome: record.outcome,
    ...(record.kind === 'sale' ? {} : { work: record.kind }),
    ...standingOf(record),
    ...signatureOf(state, record),
    slips: state.slips.filter((job) => job.record === record.id).map((job) => slipView(state, job)),
  }
}

/** What is asked for on paper, is still to be sent, or has ended somewhere: the open list names the same. */
function signatureOf(
  state: TerminalState,
  { id, signatureKept }: TransactionRecord,
): Pick<RecordView, 'signature'> {
  if (signatureKept !== undefined) return { signature: signatureKept }
  if (unsigned(state).some(({ record }) => record === id)) return { signature: 'onPaper' }
  const upload = uploads(state).find(({ record }) => record === id)
  if (upload === undefined) return {}
  if (upload.givenUp !== undefined) return { signature: 'givenUp' }
  return { signature: upload.pauses > 0 ? 'notConfirmed' : 'underWay' }
}

/** What became of a record since. */
function standingOf(record: TransactionRecord): Pick<RecordView, 'standing'> {
  if (record.closedBy !== '')
    return { standing: record.kind === 'preAuth' ? 'completed' : 'voided' }
  if (record.refundedMinor === 0) return {}
  return { standing: remainingMinor(record) === 0 ? 'refunded' : 'partlyRefunded' }
}
