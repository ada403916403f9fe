/** The end of a batch: totals compared (0500), records uploaded (0320). */
import type { Entry } from '../ledger/entry.ts'
import { stands } from '../ledger/entry.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type Answer, CODE_APPROVED, type Exchange, field, field60 } from './exchange.ts'
import { openNextBatch } from './terminals.ts'

const TOTALS_DIGITS = 62
const SIDE_DIGITS = 30
const BALANCED = '1'
const NOT_BALANCED = '2'
const ERROR = '3'
/** 60.3 of the last upload message: after balanced and unbalanced totals. */
const UPLOAD_END = ['207', '202']
const DEBIT_KINDS = ['sale', 'codeSale', 'completion', 'offlineSale']
const CREDIT_KINDS = ['void', 'refund', 'completionVoid']

type BatchTotals = {
  readonly debitMinor: number
  readonly debitCount: number
  readonly creditMinor: number
  readonly creditCount: number
}

/** What stands in one batch: a voided sale counts as debit, its void as credit; reversed entries do not count. */
function batchTotals(ledger: Ledger, tid: string, batch: string): BatchTotals {
  const inBatch = ledger.entries.filter(
    (entry) => stands(entry) && entry.tid === tid && entry.batch === batch,
  )
  const debit = inBatch.filter(({ kind }) => DEBIT_KINDS.includes(kind))
  const credit = inBatch.filter(({ kind }) => CREDIT_KINDS.includes(kind))
  return {
    debitMinor: sum(debit),
    debitCount: debit.length,
    creditMinor: sum(credit),
    creditCount: credit.length,
  }
}

/**
 * 0510: field 48 as sent with a verdict in digits 31 (domestic) and 62 (foreign), no field 39. Every card and wallet here is
 * domestic, code sales included. May be asked again for a batch that is closed: the answer is the same.
 */
export function settle(exchange: Exchange): Answer {
  const { terminal, ledger, request } = exchange
  const totals = field(exchange, 48)
  const { batch } = field60(request)
  if (totals.length !== TOTALS_DIGITS)
    return verdict(totals.padEnd(TOTALS_DIGITS, '0').slice(0, TOTALS_DIGITS), ERROR, ERROR)
  const own = batchTotals(ledger, terminal.tid, batch)
  const domestic = totals.slice(0, SIDE_DIGITS) === totalsText(own) ? BALANCED : NOT_BALANCED
  const foreign = Number(totals.slice(SIDE_DIGITS + 1, -1)) === 0 ? BALANCED : NOT_BALANCED
  if (batch === terminal.batch) terminal.settled = true
  return verdict(totals, domestic, foreign)
}

/** 0320: every upload is taken; the end message closes the batch. */
export function upload(exchange: Exchange): Answer {
  const { terminal, request } = exchange
  const { management, batch } = field60(request)
  const ends = UPLOAD_END.includes(management) && batch === terminal.batch && terminal.settled
  if (ends) openNextBatch(terminal)
  const totals = field(exchange, 48)
  return totals === ''
    ? { code: CODE_APPROVED }
    : { code: CODE_APPROVED, fields: new Map([[48, totals]]) }
}

/** 30 digits: debit amount 12 and count 3, credit amount 12 and count 3. */
function totalsText(totals: BatchTotals): string {
  const amount = (value: number) => String(value).padStart(12, '0')
  const count = (value: number) => String(value % 1000).padStart(3, '0')
  return `${amount(totals.debitMinor)}${count(totals.debitCount)}${amount(totals.creditMinor)}${count(totals.creditCount)}`
}

function verdict(totals: string, domestic: string, foreign: string): Answer {
  const value = `${totals.slice(0, SIDE_DIGITS)}${domestic}${totals.slice(SIDE_DIGITS + 1, -1)}${foreign}`
  return { code: null, fields: new Map([[48, value]]) }
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((total, entry) => total + entry.amountMinor, 0)
}
