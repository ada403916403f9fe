/** Sees what is unusual in what has just happened, and puts it before a supervisor. Changes no payment and asks nothing of the world. */
import { asksForBadge } from '../operator/badge.ts'
import { isUnreadable } from '../order/unreadable.ts'
import type { Decision } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import {
  type Alarm,
  type AlarmKind,
  type AlarmRules,
  READS_FOR_A_SHARE,
  READS_LIMIT,
  type Reads,
  WRONG_CODES_LIMIT,
  WRONG_CODES_WITHIN_MS,
} from './alarm.ts'

const NO_READS: Reads = { wrongAt: [], last: '' }

export function alarms(state: TerminalState): readonly Alarm[] {
  return state.alarms ?? []
}

export function watchAlarms(
  before: TerminalState,
  event: TerminalEvent,
  decision: Decision,
): Decision {
  const rules = decision.state.setup.alarms
  if (rules === undefined || decision.refused !== null) return decision
  const ended = newRecord(before, decision.state)
  const counted = ended === null ? decision.state : watchBack(decision.state, rules, ended)
  const state = watchPrinter(before, watchReads(before, counted, { rules, event }), rules)
  return state === decision.state ? decision : { ...decision, state }
}

/** The record that this event has added. */
function newRecord(before: TerminalState, after: TerminalState): TransactionRecord | null {
  if (before.recent === after.recent) return null
  const last = after.recent.at(-1)
  if (last?.id === before.recent.at(-1)?.id) return null
  return last === undefined || before.recent.some(({ id }) => id === last.id) ? null : last
}

function watchBack(
  state: TerminalState,
  rules: AlarmRules,
  record: TransactionRecord,
): TerminalState {
  if (!givesBack(record)) return state
  const since = state.at - rules.withinMs
  const near = state.recent.filter((one) => givesBack(one) && one.at >= since)
  const ofPerson = near.filter(({ operator }) => operator === record.operator).length
  const payer = payerOf(record)
  const toPayer = near.filter((one) => payerOf(one) === payer).length
  const large = state.setup.refundGuard?.coolOffAboveMinor
  const kinds: readonly AlarmKind[] = [
    ...(isMany(ofPerson, rules.refunds) ? (['manyRefunds'] as const) : []),
    ...(payer !== '' && isMany(toPayer, rules.sameCard) ? (['sameCard'] as const) : []),
    ...(large !== undefined && record.paidMinor > large ? (['largeRefund'] as const) : []),
  ]
  return kinds.reduce((next, kind) => raise(next, kind, record), state)
}

function givesBack({ kind, outcome }: TransactionRecord): boolean {
  return outcome === 'approved' && (kind === 'refund' || kind === 'void')
}

/** Whoever got it: by card the keyed hash of it, by code the acquirer's name of the payer. */
function payerOf({ channel, fingerprint, payer }: TransactionRecord): string {
  return channel === 'card' ? fingerprint : (payer ?? '')
}

function isMany(count: number, most: number): boolean {
  return most > 0 && count >= most
}

function watchReads(
  before: TerminalState,
  state: TerminalState,
  { event, rules }: { readonly event: TerminalEvent; readonly rules: AlarmRules },
): TerminalState {
  const { type } = event
  if (type !== 'codeAccepted' && type !== 'codeDoubted' && type !== 'codeRefused') return state
  // Fingers say nothing of a scanner.
  if ('typed' in event && event.typed === true) return state
  if (type !== 'codeRefused') return read(state, rules, 'r')
  // A slip, a bill, a staff card or our own sticker: read well, and asked for.
  if (event.record != null || asksForBadge(before) || state.step.kind === 'checkSticker')
    return read(state, rules, 'r')
  return isUnreadable(event.why) ? read(state, rules, 'g') : wrong(read(state, rules, 'r'), rules)
}

/** The lines of its life have passed the next mark. */
function watchPrinter(
  before: TerminalState,
  state: TerminalState,
  { printerLines: each }: AlarmRules,
): TerminalState {
  if (each === 0) return state
  const marks = ({ paper }: TerminalState): number => Math.floor((paper?.odometer ?? 0) / each)
  return marks(state) > marks(before) ? raise(state, 'printerDue', null) : state
}

function read(state: TerminalState, rules: AlarmRules, how: 'r' | 'g'): TerminalState {
  const reads = state.reads ?? NO_READS
  const last = `${reads.last}${how}`.slice(-READS_LIMIT)
  const next = { ...state, reads: { ...reads, last } }
  const garbled = last.replaceAll('r', '').length
  const isBad =
    how === 'g' &&
    last.length >= READS_FOR_A_SHARE &&
    isMany((garbled / last.length) * 100, rules.garbledPercent)
  return isBad ? raise(next, 'scannerDue', null) : next
}

function wrong(state: TerminalState, rules: AlarmRules): TerminalState {
  const reads = state.reads ?? NO_READS
  const since = state.at - WRONG_CODES_WITHIN_MS
  const wrongAt = [...reads.wrongAt.filter((at) => at >= since), state.at].slice(-WRONG_CODES_LIMIT)
  const next = { ...state, reads: { ...reads, wrongAt } }
  return isMany(wrongAt.length, rules.wrongCodes) ? raise(next, 'wrongCodes', null) : next
}

function raise(
  state: TerminalState,
  kind: AlarmKind,
  record: TransactionRecord | null,
): TerminalState {
  const known = alarms(state).find((one) => one.kind === kind)
  const alarm: Alarm = {
    kind,
    at: known?.at ?? state.at,
    lastAt: state.at,
    count: (known?.count ?? 0) + 1,
    operator: record?.operator ?? state.session?.operator ?? '',
    trace: record?.stan ?? '',
    amountMinor: record?.paidMinor ?? 0,
  }
  return { ...state, alarms: [...alarms(state).filter((one) => one.kind !== kind), alarm] }
}
