/** A plain sale of the day, to be made into something else. */
import { minor } from '#core/money.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from '../counter.ts'

const MINUTE = 60_000

/** 38.00 by card, one minute after noon for each voucher number. */
export function recordOf(change: Partial<TransactionRecord> & { stan: string }): TransactionRecord {
  return {
    id: `000001-${change.stan}`,
    kind: 'sale',
    orderId: Number(change.stan),
    at: NOON + Number(change.stan) * MINUTE,
    outcome: 'approved',
    reason: '00',
    dueMinor: minor(3800),
    paidMinor: minor(3800),
    channel: 'card',
    last4: '0012',
    fingerprint: `card-${change.stan}`,
    operator: '01',
    batch: '000001',
    authCode: '',
    reference: '',
    hostDate: '1121',
    original: '',
    approver: '',
    closedBy: '',
    refundedMinor: minor(0),
    slip: null,
    reprints: 0,
    ...change,
  }
}
