/**
 * The paper for a customer whose code payment was in doubt and came to nothing: the phone may have shown a deduction,
 * or the customer has left with the question. It is no receipt and says so; a card has its own slip or none.
 */
import { hostDateTime } from '../calendar.ts'
import { type Decision, stay } from '../terminal/decision.ts'
import { SLIPS_LIMIT, type TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { openSlips, pumpSlips, queueSlip } from './decide.ts'
import type { SlipFacts } from './slip.ts'

/** Only where customers get papers at all, and never at the cost of a slip that a payment needs. */
export function printNotPaid(state: TerminalState, record: TransactionRecord): Decision {
  const { slips } = state.setup
  const wanted = record.kind === 'sale' && record.channel !== 'card' && record.outcome === 'notPaid'
  if (!wanted || !slips.copies.includes('cardholder')) return stay(state)
  if (openSlips(state).length >= SLIPS_LIMIT) return stay(state)
  const slip = {
    facts: factsOf(state, record),
    copy: 'cardholder' as const,
    mark: { kind: 'original' as const },
  }
  return pumpSlips(queueSlip(state, record.id, slip, 'queued'))
}

function factsOf({ setup }: TerminalState, record: TransactionRecord): SlipFacts {
  return {
    type: 'notPaid',
    notPaid: { last4: record.last4 },
    merchantName: setup.merchantName,
    merchantNumber: setup.merchantNumber,
    terminalNumber: setup.terminalNumber,
    operator: record.operator,
    acquirerName: setup.acquirerName,
    issuer: '',
    account: '',
    entry: 'code',
    channel: record.channel,
    scheme: '',
    batch: record.batch,
    trace: record.stan,
    authCode: '',
    reference: '',
    dateTime: hostDateTime(record.at, '', ''),
    currency: setup.currency,
    amountMinor: record.dueMinor,
    verification: 'codePayment',
    verificationLimitMinor: null,
    chip: [],
    remarks: [],
    hotline: setup.hotline,
  }
}
