/** A batch as lines and sums: what the shop and the acquirer compare at the end of the day. */
import { type MinorUnits, minor, toDe4 } from '../money.ts'
import { isVoid, type TransactionKind } from '../transaction/kinds.ts'
import { countsInBatch, type TransactionRecord } from '../transaction/record.ts'
import type { SettlementRules } from './settlement-rules.ts'

export type BatchLine = {
  readonly stan: string
  readonly kind: TransactionKind
  readonly amountMinor: MinorUnits
  readonly channel: string
  /** A card of another organization than CUP. */
  readonly isForeign: boolean
  /** A sale and its void of the same batch, which together are worth nothing; absent: it stands alone. */
  readonly isPaired?: true
  /** Of a batch that the acquirer has ended itself; absent: of the one that is closed. */
  readonly batch?: string
}

/**
 * A batch that the acquirer has ended itself, and how many movements of money lie in it. One without any is not kept, and a full log sells nothing:
 * there are never more of them than its limit.
 */
export type UnsettledBatch = { readonly batch: string; readonly count: number }

type Side = {
  readonly debitMinor: number
  readonly debitCount: number
  readonly creditMinor: number
  readonly creditCount: number
}

/** Terminals in the field force a settlement at 500; the upload and the count of DE 48 (three digits) hold no more than 999. */
export const BATCH_LIMIT = 500

/** Lines of a batch, oldest first; what moved no money is none. */
export function batchLines(records: readonly TransactionRecord[]): readonly BatchLine[] {
  const voids = new Set(records.filter(({ kind }) => isVoid(kind)).map(({ id }) => id))
  const undone = new Set(records.map(({ closedBy }) => closedBy))
  // One of the two is a void, and both are here.
  const isPaired = ({ closedBy, id, kind }: TransactionRecord): boolean =>
    isVoid(kind) ? undone.has(id) : voids.has(closedBy)
  return records.filter(countsInBatch).map((record) => ({
    stan: record.stan,
    kind: record.kind,
    amountMinor: record.paidMinor,
    channel: record.channel,
    isForeign: record.channel === 'card' && !DOMESTIC.includes(record.slip?.scheme ?? 'CUP'),
    ...(isPaired(record) ? { isPaired: true as const } : {}),
  }))
}

/** The lines that this acquirer adds up, and that go up to it: none of a batch that it has ended itself. */
export function countedLines(
  lines: readonly BatchLine[],
  rules: SettlementRules | undefined,
): readonly BatchLine[] {
  const own = lines.filter(({ batch }) => batch === undefined)
  return rules?.voided === 'leftOut' ? own.filter(({ isPaired }) => isPaired !== true) : own
}

/** 63.1 of the answers: the domestic organization, or none named. */
const DOMESTIC = ['CUP', '000', '']

/** A voided sale stays a debit, its void is a credit of its own. */
function sideOf(lines: readonly BatchLine[], isForeign: boolean): Side {
  const own = lines.filter((line) => line.isForeign === isForeign)
  const debit = own.filter((line) => isDebit(line.kind))
  const credit = own.filter((line) => !isDebit(line.kind))
  return {
    debitMinor: sum(debit),
    debitCount: debit.length,
    creditMinor: sum(credit),
    creditCount: credit.length,
  }
}

export function isDebit(kind: TransactionKind): boolean {
  return kind === 'sale' || kind === 'completion'
}

/** What the shop is owed for these lines; below zero when more was given back than taken. */
export function netMinor(lines: readonly BatchLine[]): number {
  return (
    sum(lines.filter((line) => isDebit(line.kind))) -
    sum(lines.filter((line) => !isDebit(line.kind)))
  )
}

export type BatchRow = {
  readonly kind: TransactionKind
  readonly count: number
  readonly amountMinor: MinorUnits
}

/** Count and sum of each kind that occurs. */
export function rowsByKind(lines: readonly BatchLine[]): readonly BatchRow[] {
  const kinds = [...new Set(lines.map((line) => line.kind))]
  return kinds.map((kind) => {
    const own = lines.filter((line) => line.kind === kind)
    return { kind, count: own.length, amountMinor: minor(sum(own)) }
  })
}

/** DE 48 of a 0500: 62 digits, domestic side, flag, foreign side, flag. */
export function totalsField(lines: readonly BatchLine[]): string {
  return [false, true].map((isForeign) => `${sideText(sideOf(lines, isForeign))}0`).join('')
}

function sideText(side: Side): string {
  const count = (value: number) => String(value).padStart(3, '0')
  return [
    toDe4(minor(side.debitMinor)),
    count(side.debitCount),
    toDe4(minor(side.creditMinor)),
    count(side.creditCount),
  ].join('')
}

/** Lines of one 0320: count, then card type, STAN, PAN and amount of each. */
export const LINES_PER_UPLOAD = 8

/**
 * DE 48 of a 0320. The twenty digits of the PAN are zeros: no PAN is kept after an authorization, and batch and STAN name the
 * transaction. An acquirer that insists on the number must settle from its own books.
 */
export function uploadField(lines: readonly BatchLine[]): string {
  const entries = lines.map(
    (line) =>
      `${line.isForeign ? '01' : '00'}${line.stan}${'0'.repeat(PAN_DIGITS)}${toDe4(line.amountMinor)}`,
  )
  return `${String(lines.length).padStart(2, '0')}${entries.join('')}`
}

const PAN_DIGITS = 20

function sum(lines: readonly BatchLine[]): number {
  return lines.reduce((total, line) => total + line.amountMinor, 0)
}
