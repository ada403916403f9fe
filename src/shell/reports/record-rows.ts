/** Transactions of a day as rows for others: masked facts only, no hash of a card, no slip. */
import type { TransactionRecord } from '#core/transaction/record.ts'
import { plainAmount, timeText } from './tell-day.ts'

/** Names of the columns, the same in every language: programs read them. */
export const RECORD_COLUMNS = [
  'time',
  'batch',
  'trace',
  'kind',
  'outcome',
  'reason',
  'due',
  'paid',
  'refunded',
  'channel',
  'last4',
  'operator',
  'approver',
  'original',
  'cause',
  'closedBy',
  'reference',
  'authCode',
  'tillReference',
  'reprints',
] as const

export type RecordRow = Readonly<Record<(typeof RECORD_COLUMNS)[number], string>>

export function recordRow(record: TransactionRecord): RecordRow {
  return {
    time: timeText(record.at),
    batch: record.batch,
    trace: record.stan,
    kind: record.kind,
    outcome: record.outcome,
    reason: record.reason,
    due: plainAmount(record.dueMinor),
    paid: plainAmount(record.paidMinor),
    refunded: plainAmount(record.refundedMinor),
    channel: record.channel,
    last4: record.last4,
    operator: record.operator,
    approver: record.approver,
    original: record.original,
    cause: record.cause ?? '',
    closedBy: record.closedBy,
    reference: record.reference,
    authCode: record.authCode,
    tillReference: record.tillReference ?? '',
    reprints: String(record.reprints),
  }
}
