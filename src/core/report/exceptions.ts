/**
 * The exceptions of a day: everything that was unusual, was taken back, or is still open, each with the reason why it stands here
 * (ideas S0-11, S3-20). Nobody is accused: an honest day has such lines too.
 */
import { untold } from '../correction/tell-customer.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { unsigned } from '../signature/decide.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { Exception } from './exception.ts'
import type { Note } from './note.ts'
import { recordReasons } from './record-reasons.ts'
import { REPORT_RULES, type ReportRules } from './rules.ts'
import { totalLines } from './total-lines.ts'

export type DayFacts = {
  /** Of the day, oldest first, as they stand when the report is made. */
  readonly records: readonly TransactionRecord[]
  /** Holds of earlier days that are still open. */
  readonly earlierHolds: readonly TransactionRecord[]
  readonly notes: readonly Note[]
  /** At the end of the day; null: not known, and then nothing open is told. */
  readonly state: TerminalState | null
  readonly rules?: ReportRules
}

/** Oldest first. */
export function exceptionsOf(facts: DayFacts): readonly Exception[] {
  const { earlierHolds, notes, records, state } = facts
  const rules = facts.rules ?? rulesOf(state)
  const reasons = recordReasons({ records, notes, state, rules })
  const lines = [...earlierHolds, ...records].flatMap((record): readonly Exception[] => {
    const why = reasons(record)
    return why.length === 0 ? [] : [{ ...lineOf(record), why }]
  })
  const ids = new Set(records.map(({ id }) => id))
  return [
    ...lines,
    ...notes.flatMap((note) => noteLine(note, ids, state)),
    ...refusedCodes(notes),
    ...totalLines(notes, state),
    ...openAtTheEnd(state, ids),
  ].toSorted((one, other) => one.at - other.at)
}

/** As the shop has set them. */
function rulesOf(state: TerminalState | null): ReportRules {
  const samePayerWithinMs = state?.setup.report?.samePayerWithinMs
  return samePayerWithinMs === undefined ? REPORT_RULES : { ...REPORT_RULES, samePayerWithinMs }
}

function lineOf(record: TransactionRecord): Omit<Exception, 'why'> {
  const { at, id, kind, operator, original, paidMinor, dueMinor, outcome, stan } = record
  return {
    at,
    trace: stan,
    operator,
    amountMinor: outcome === 'approved' ? paidMinor : dueMinor,
    what: kind,
    about: original === '' ? [id] : [id, original],
  }
}

/** What belongs to no record of the day; the other notes are reasons of their records. */
function noteLine(
  note: Note,
  ids: ReadonlySet<string>,
  state: TerminalState | null,
): readonly Exception[] {
  const { at, operator } = note
  switch (note.note) {
    case 'keyedDifferently': {
      const { amountMinor } = note
      const why = [message('keyedDifferently')]
      return [{ at, operator, trace: '', amountMinor, what: 'keying', about: [], why }]
    }
    case 'unknown': {
      if (ids.has(note.id)) return []
      const isOpen = state?.reversal?.id === note.id || state?.advice?.id === note.id
      const why = [message(isOpen ? 'unknownStill' : 'unknownUndone')]
      const { amountMinor, id, kind, trace } = note
      return [{ at, operator, trace, amountMinor, what: kind, about: [id], why }]
    }
    case 'slip': {
      if (ids.has(note.record)) return []
      const why = [message(`slip.${note.became}`)]
      const { record, trace } = note
      return [{ at, operator, trace, amountMinor: null, what: 'slip', about: [record], why }]
    }
    case 'writtenOff': {
      const { amountMinor, record, trace } = note
      const why = [message('writtenOff')]
      return [{ at, operator, trace, amountMinor, what: 'collect', about: [record], why }]
    }
    case 'blindConfirm':
    case 'proof':
    case 'codeRefused':
    case 'shopTotal':
    case 'totalExplained':
      return []
  }
}

/** One line for each class of codes, at its last one. */
function refusedCodes(notes: readonly Note[]): readonly Exception[] {
  const classes = new Map<string, { count: number; at: number; operator: string }>()
  for (const note of notes) {
    if (note.note !== 'codeRefused') continue
    const count = (classes.get(note.why)?.count ?? 0) + 1
    classes.set(note.why, { count, at: note.at, operator: note.operator })
  }
  return [...classes].map(([code, { at, count, operator }]) => ({
    at,
    operator,
    trace: '',
    amountMinor: null,
    what: 'code',
    about: [],
    why: [message('codeRefused', { code, count: String(count) })],
  }))
}

/** Debts of earlier days, and money to be collected. */
function openAtTheEnd(state: TerminalState | null, ids: ReadonlySet<string>): readonly Exception[] {
  if (state === null) return []
  const { at } = state
  const operator = state.session?.operator ?? ''
  const toCollect = (state.followUps ?? []).map(
    ({ after, dueMinor, trace, why }): Exception => ({
      at,
      operator,
      trace,
      amountMinor: dueMinor,
      what: 'collect',
      about: [after],
      why: [message('toCollect', { amount: formatMinor(dueMinor) }), message(`follows.${why}`)],
    }),
  )
  const toSign = unsigned(state)
    .filter(({ record }) => !ids.has(record))
    .map(
      ({ amountMinor, record, trace, type }): Exception => ({
        at,
        operator,
        trace,
        amountMinor,
        what: type,
        about: [record],
        why: [message('signatureOwed')],
      }),
    )
  const incidents = (state.incidents ?? []).map(
    ({ amountMinor, kind, operator: by, record, trace }): Exception => ({
      at,
      operator: by,
      trace,
      amountMinor,
      what: 'incident',
      about: record === '' ? [] : [record],
      why: [message(`incident.${kind}`)],
    }),
  )
  const notTold = untold(state).map(
    ({ amountMinor, kind, record, trace }): Exception => ({
      at,
      operator,
      trace,
      amountMinor,
      what: kind,
      about: [record],
      why: [message('notTold')],
    }),
  )
  return [...toCollect, ...toSign, ...incidents, ...notTold]
}
