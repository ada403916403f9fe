/** Why a record stands on the list of exceptions; the facts of the whole day decide with it. */
import { elsewhereNumber } from '../correction/elsewhere-id.ts'
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { unsigned } from '../signature/decide.ts'
import type { TerminalState } from '../terminal/state.ts'
import { ruleOf } from '../transaction/kinds.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { Note, ProofKind } from './note.ts'
import type { ReportRules } from './rules.ts'
import { payerOf, queuedBefore, samePayers } from './same-payer.ts'

export type ReasonsOptions = {
  readonly records: readonly TransactionRecord[]
  readonly notes: readonly Note[]
  readonly state: TerminalState | null
  readonly rules: ReportRules
}

/** A function that gives the reasons of a record; none: nothing is unusual about it. */
export function recordReasons(
  options: ReasonsOptions,
): (record: TransactionRecord) => readonly Message[] {
  const { notes, records, rules, state } = options
  const byId = new Map(records.map((record) => [record.id, record]))
  const twins = samePayers(records, rules.samePayerWithinMs)
  const queued = queuedBefore(records, twins, rules.samePayerWithinMs)
  const index = indexNotes(notes, rules)
  const refunds = countRefunds(records)
  const unsignedIds = new Set(state === null ? [] : unsigned(state).map(({ record }) => record))

  return (record) => {
    const isApproved = record.outcome === 'approved'
    const isBack = ruleOf(record.kind).needsApproval
    const original = byId.get(record.original)
    return [
      ...unknownReason(record, index.unknown),
      ...(isApproved ? amountReasons(record) : []),
      ...(isApproved ? blindReason(index.blind.get(record.orderId)) : []),
      ...(isApproved && isBack ? backReasons(record, original, rules) : []),
      ...(isApproved && isBack ? proofReason(index.proof.get(record.orderId)) : []),
      ...(isApproved ? sameCardReason(refunds.get(payerOf(record)) ?? 0, record, rules) : []),
      ...(record.cause === undefined ? [] : [message(`cause.${record.cause}`)]),
      ...(record.otherCard === undefined ? [] : [message(`otherCard.${record.otherCard}`)]),
      ...(isApproved && record.approver !== ''
        ? [message('allowedBy', { operator: record.approver })]
        : []),
      ...(record.follows === undefined
        ? []
        : [message('collectedAfter', { trace: record.follows.slice(-6) })]),
      ...(isOpenHold(record) ? [message('openHold')] : []),
      ...twinReasons(twins.get(record.id)),
      ...queueReasons(queued.get(record.id)),
      ...(record.reprints > 0 ? [message('reprinted', { count: String(record.reprints) })] : []),
      ...(index.slips.get(record.id) ?? []).map((became) => message(`slip.${became}`)),
      ...(unsignedIds.has(record.id) ? [message('signatureOwed')] : []),
    ]
  }
}

function isOpenHold({ closedBy, kind, outcome }: TransactionRecord): boolean {
  return kind === 'preAuth' && outcome === 'approved' && closedBy === ''
}

type Index = {
  readonly blind: ReadonlyMap<number, number>
  readonly proof: ReadonlyMap<number, ProofKind>
  readonly unknown: ReadonlySet<string>
  readonly slips: ReadonlyMap<string, readonly string[]>
}

function indexNotes(notes: readonly Note[], rules: ReportRules): Index {
  const blind = new Map<number, number>()
  const proof = new Map<number, ProofKind>()
  const unknown = new Set<string>()
  const slips = new Map<string, readonly string[]>()
  for (const note of notes) {
    if (note.note === 'blindConfirm' && note.afterMs < rules.blindBelowMs)
      blind.set(note.order, note.afterMs)
    if (note.note === 'proof') proof.set(note.order, note.proof)
    if (note.note === 'unknown') unknown.add(note.id)
    if (note.note === 'slip') {
      const known = slips.get(note.record) ?? []
      if (!known.includes(note.became)) slips.set(note.record, [...known, note.became])
    }
  }
  return { blind, proof, unknown, slips }
}

function unknownReason(
  { id, outcome }: TransactionRecord,
  unknown: ReadonlySet<string>,
): readonly Message[] {
  if (!unknown.has(id)) return []
  return [message(outcome === 'approved' ? 'unknownPaid' : 'unknownNotPaid')]
}

function amountReasons({ check, dueMinor, kind, paidMinor }: TransactionRecord): Message[] {
  const doubted =
    check === undefined || check.level === 0 ? [] : check.reasons.map((one) => `amount.${one}`)
  const keyed = check !== undefined && check.level > 1 ? ['keyedAgain'] : []
  const partly = kind === 'sale' && paidMinor < dueMinor
  return [
    ...[...doubted, ...keyed].map((key) => message(key)),
    ...(partly ? [message('partlyPaid', { due: formatMinor(dueMinor) })] : []),
  ]
}

function blindReason(afterMs: number | undefined): Message[] {
  if (afterMs === undefined) return []
  return [message('blindConfirm', { seconds: (afterMs / 1000).toFixed(1) })]
}

/** Every one of these stands on the list; the reasons after the first say what else is known of it. */
function backReasons(
  record: TransactionRecord,
  original: TransactionRecord | undefined,
  { soonAfterMs }: ReportRules,
): Message[] {
  const typed = elsewhereNumber(record.original)
  if (typed !== null) return [message('takesBackElsewhere', { reference: typed })]
  const back = message('takesBack', { trace: record.original.slice(-6) })
  if (original === undefined) return [back]
  const passedMs = record.at - original.at
  const soon = passedMs < soonAfterMs
  const minutes = String(Math.ceil(passedMs / 60_000))
  const isSame = original.operator === record.operator
  return [
    back,
    ...(soon ? [message('soonAfter', { minutes })] : []),
    ...(soon && isSame ? [message('sameOperator', { operator: record.operator })] : []),
  ]
}

function proofReason(proof: ProofKind | undefined): Message[] {
  if (proof === 'typed') return [message('proofTyped')]
  return proof === 'list' ? [message('proofList')] : []
}

/** By payer: approved refunds and voids of the day. */
function countRefunds(records: readonly TransactionRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const record of records) {
    const payer = payerOf(record)
    if (!givesBack(record) || payer === '') continue
    counts.set(payer, (counts.get(payer) ?? 0) + 1)
  }
  return counts
}

function givesBack({ kind, outcome }: TransactionRecord): boolean {
  return outcome === 'approved' && (kind === 'refund' || kind === 'void')
}

function sameCardReason(
  count: number,
  record: TransactionRecord,
  { sameCardRefunds }: ReportRules,
): Message[] {
  if (!givesBack(record) || count < sameCardRefunds) return []
  return [message('sameCardBack', { count: String(count) })]
}

function twinReasons(twin: TransactionRecord | undefined): Message[] {
  return twin === undefined ? [] : [message('samePayer', { trace: twin.stan })]
}

function queueReasons(next: TransactionRecord | undefined): Message[] {
  return next === undefined ? [] : [message('queuedBefore', { trace: next.stan })]
}
