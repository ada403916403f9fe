/** What is kept of a transaction that ended: the record, and for an approval the facts of its slip. */

import { hostDateTime } from '../calendar.ts'
import { isElsewhere } from '../correction/elsewhere-id.ts'
import { noSignatureLimit } from '../guard/contactless-rules.ts'
import { fromDe4, type MinorUnits, minor } from '../money.ts'
import type {
  SlipEntry,
  SlipFacts,
  SlipOriginal,
  SlipType,
  SlipVerification,
} from '../receipt/slip.ts'
import type { TerminalState } from '../terminal/state.ts'
import { type Attempt, idOf, kindOf } from './attempt.ts'
import type { HostReply } from './host-reply.ts'
import type { TransactionKind } from './kinds.ts'
import type { TransactionRecord } from './record.ts'
import { type ChipFact, channelOf, lastFour } from './tender.ts'

export function approvedRecord(
  state: TerminalState,
  attempt: Attempt,
  reply: HostReply,
  lastChip: readonly ChipFact[],
): TransactionRecord {
  const paidMinor = fromDe4(reply.fields['4'] ?? '') ?? attempt.amountMinor
  return {
    ...common(state, attempt),
    outcome: 'approved',
    reason: reply.fields['39'] ?? '',
    paidMinor,
    authCode: (reply.fields['38'] ?? '').trim(),
    reference: (reply.fields['37'] ?? '').trim(),
    hostDate: reply.fields['13'] ?? '',
    slip: slipFacts(state, attempt, { reply, lastChip, paidMinor }),
    ...besides(attempt),
    ...(reply.payer === undefined || attempt.tender.kind === 'card' ? {} : { payer: reply.payer }),
  }
}

export function notPaidRecord(
  state: TerminalState,
  attempt: Attempt,
  reason: string,
): TransactionRecord {
  return {
    ...common(state, attempt),
    outcome: 'notPaid',
    reason,
    paidMinor: minor(0),
    authCode: '',
    reference: '',
    hostDate: '',
    slip: null,
    ...besides(attempt),
  }
}

function common(state: TerminalState, attempt: Attempt) {
  const { tender } = attempt
  return {
    id: idOf(attempt),
    kind: kindOf(attempt.order),
    orderId: attempt.order.id,
    at: state.at,
    dueMinor: attempt.order.dueMinor,
    channel: channelOf(tender),
    last4: lastFour(tender),
    fingerprint: tender.kind === 'card' ? tender.card.fingerprint : tender.code.fingerprint,
    operator: attempt.order.operator,
    stan: attempt.stan,
    batch: attempt.batch,
    original: attempt.order.original?.id ?? '',
    approver: attempt.order.approver ?? '',
    closedBy: '',
    refundedMinor: minor(0),
    reprints: 0,
  }
}

/** What few records have; it stands behind what all have, so that most are of one shape. */
function besides({ order }: Attempt) {
  return {
    ...(order.till === undefined ? {} : { tillReference: order.till.reference }),
    ...(order.check === undefined ? {} : { check: order.check }),
    ...(order.cause === undefined ? {} : { cause: order.cause }),
    ...(order.otherCard === undefined ? {} : { otherCard: order.otherCard.why }),
    ...(order.follows === undefined ? {} : { follows: order.follows.after }),
  }
}

/** A hold that is given up was never charged. */
const GIVES_BACK: readonly TransactionKind[] = ['void', 'refund', 'completionVoid']

/** Under whatever gives money back: what a customer wants to know then (ideas S0-10, S3-5). */
function noteOnSlip({ setup }: TerminalState, { order }: Attempt): Pick<SlipFacts, 'note'> {
  const arrives = setup.slips.moneyBack
  if (arrives === undefined || !GIVES_BACK.includes(kindOf(order))) return {}
  return { note: { arrives, ...(order.cause === undefined ? {} : { cause: order.cause }) } }
}

function slipFacts(
  state: TerminalState,
  attempt: Attempt,
  {
    reply,
    lastChip,
    paidMinor,
  }: {
    readonly reply: HostReply
    readonly lastChip: readonly ChipFact[]
    readonly paidMinor: MinorUnits
  },
): SlipFacts {
  const { setup } = state
  const { tender } = attempt
  const { '44': banks = '', '63': words = '' } = reply.fields
  const field = (number: string) => (reply.fields[number] ?? '').trim()
  const remark = words.slice(3).trim()
  const limit = noSignatureLimit(setup)
  const { follows } = attempt.order
  const verification = verificationOf(attempt, limit)
  return {
    type: slipType(kindOf(attempt.order)),
    merchantName: setup.merchantName,
    merchantNumber: setup.merchantNumber,
    terminalNumber: setup.terminalNumber,
    operator: attempt.order.operator,
    acquirerName: setup.acquirerName,
    issuer: banks.slice(0, 11).trim(),
    account: tender.kind === 'card' ? tender.card.masked : tender.code.masked,
    entry: entryOf(attempt),
    channel: channelOf(tender),
    scheme: tender.kind === 'card' ? words.slice(0, 3).trim() || 'CUP' : '',
    batch: attempt.batch,
    trace: attempt.stan,
    authCode: field('38'),
    reference: field('37'),
    dateTime: hostDateTime(state.at, field('13'), field('12')),
    currency: setup.currency,
    verification,
    verificationLimitMinor: verification === 'noPinNoSignature' ? limit : null,
    chip: tender.kind === 'card' ? mergeChip(tender.card.chip, lastChip) : [],
    remarks: remark === '' ? [] : [remark],
    hotline: setup.hotline,
    amountMinor: paidMinor,
    ...(paidMinor < attempt.order.dueMinor && kindOf(attempt.order) === 'sale'
      ? { dueMinor: attempt.order.dueMinor }
      : {}),
    ...(attempt.order.original === undefined
      ? {}
      : { original: originalOnSlip(attempt.order.original) }),
    ...(follows === undefined ? {} : { follows: { why: follows.why, trace: follows.trace } }),
    ...noteOnSlip(state, attempt),
    ...tillOnSlip(state, attempt),
  }
}

/** The till's order, with its lines unless the shop wants none on paper. */
function tillOnSlip({ setup }: TerminalState, { order }: Attempt): Pick<SlipFacts, 'till'> {
  if (order.till === undefined) return {}
  const { lines, reference } = order.till
  return { till: { reference, lines: setup.till?.linesOnSlip === false ? [] : lines } }
}

/** A balance has no slip; the type of one would be a sale's. */
function slipType(kind: TransactionKind): SlipType {
  return kind === 'balance' ? 'sale' : kind
}

function originalOnSlip(original: TransactionRecord): SlipOriginal {
  const { at, authCode, reference, slip, stan } = original
  const isTyped = isElsewhere(original)
  const trace = isTyped && Number(stan) === 0 ? '' : stan
  const dateTime = slip?.dateTime ?? (isTyped ? hostDateTime(at, '', '') : '')
  return { trace, reference, authCode, date: dateTime.slice(0, 10) }
}

function entryOf(attempt: Attempt): SlipEntry {
  if (attempt.tender.kind === 'code') return 'code'
  const entries = { chip: 'insert', contactless: 'contactless', stripe: 'swipe' } as const
  return entries[attempt.tender.card.interface]
}

/** The sentence in place of the signature line (UnionPay's 小额免密免签): the double exemption is for taps within the limit only. */
function verificationOf(attempt: Attempt, limitMinor: number): SlipVerification {
  const { tender } = attempt
  if (tender.kind === 'code') return 'codePayment'
  if (kindOf(attempt.order) !== 'sale') return attempt.withPin ? 'pinAndSignature' : 'signature'
  if (tender.card.verification === 'deviceVerified' && !attempt.withPin) return 'deviceVerified'
  if (attempt.withPin) return 'pinAndSignature'
  if (tender.card.interface !== 'contactless') return 'signature'
  return attempt.amountMinor <= limitMinor ? 'noPinNoSignature' : 'signature'
}

/** The chip's last words replace its first ones (TC instead of ARQC). */
function mergeChip(first: readonly ChipFact[], last: readonly ChipFact[]): readonly ChipFact[] {
  const replaced = new Set(last.map((fact) => fact.name))
  if (replaced.has('TC')) replaced.add('ARQC')
  return [...first.filter((fact) => !replaced.has(fact.name)), ...last]
}
