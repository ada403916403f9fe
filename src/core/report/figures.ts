/** The figures of a day: by hour, by operator, by kind and means of paying, and how often each reason stands on the list of exceptions. */
import { hostDateTime } from '../calendar.ts'
import { ruleOf } from '../transaction/kinds.ts'
import { countsInBatch, type TransactionRecord } from '../transaction/record.ts'
import type { Exception } from './exception.ts'

/** What came in and what went back, in minor units; sums may be large, so they are plain whole numbers. */
export type Sums = {
  readonly name: string
  readonly inCount: number
  readonly inMinor: number
  readonly backCount: number
  readonly backMinor: number
  /** Lines on the list of exceptions. */
  readonly exceptions: number
}

export type Figures = {
  /** Twenty-four, named `00` to `23`, by the shop's clock. */
  readonly hours: readonly Sums[]
  readonly operators: readonly Sums[]
  readonly kinds: readonly Sums[]
  /** `card`, or the channel of a code. */
  readonly channels: readonly Sums[]
  readonly all: Sums
  /** What was still to be collected and was given up. */
  readonly writtenOffMinor: number
  /** Most frequent first. */
  readonly reasons: readonly { readonly key: string; readonly count: number }[]
}

export function figuresOf(
  records: readonly TransactionRecord[],
  exceptions: readonly Exception[],
): Figures {
  const moved = records.filter(countsInBatch)
  const group = (
    names: readonly string[],
    ofRecord: (record: TransactionRecord) => string,
    ofException: (line: Exception) => string | null,
  ): readonly Sums[] =>
    names.map((name) =>
      sums(
        name,
        moved.filter((record) => ofRecord(record) === name),
        exceptions.filter((line) => ofException(line) === name).length,
      ),
    )
  const channelOf = new Map(records.map(({ channel, id }) => [id, channel]))
  const names = (of: (record: TransactionRecord) => string) =>
    [...new Set(moved.map(of))].toSorted()
  const operators = [
    ...new Set([
      ...moved.map(({ operator }) => operator),
      ...exceptions.map(({ operator }) => operator),
    ]),
  ]
  return {
    hours: group(HOURS, hourName, hourName),
    operators: group(
      operators.filter((one) => one !== '').toSorted(),
      ({ operator }) => operator,
      ({ operator }) => operator,
    ),
    kinds: group(
      names(({ kind }) => kind),
      ({ kind }) => kind,
      ({ what }) => what,
    ),
    channels: group(
      names(({ channel }) => channel),
      ({ channel }) => channel,
      ({ about: [first = ''] }) => channelOf.get(first) ?? null,
    ),
    all: sums('all', moved, exceptions.length),
    writtenOffMinor: writtenOff(exceptions),
    reasons: reasonCounts(exceptions),
  }
}

/** Out of a hundred payments of this operator, so many went back: what is far from the others is asked about (idea S3-20). */
export function backShare({ backCount, inCount }: Sums): number {
  return inCount === 0 ? 0 : backCount / inCount
}

function writtenOff(exceptions: readonly Exception[]): number {
  return exceptions
    .filter(({ why }) => why.some(({ key }) => key === 'writtenOff'))
    .reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0)
}

/** How often each reason is given, most frequent first, then by name. */
export function reasonCounts(exceptions: readonly Exception[]): Figures['reasons'] {
  const counts = new Map<string, number>()
  for (const { why } of exceptions)
    for (const { key } of why) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .toSorted((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}

const HOURS: readonly string[] = Array.from({ length: 24 }, (_, hour) =>
  String(hour).padStart(2, '0'),
)

function hourName({ at }: { readonly at: number }): string {
  return hostDateTime(at, '', '').slice(11, 13)
}

function sums(name: string, records: readonly TransactionRecord[], exceptions: number): Sums {
  const taken = records.filter(({ kind }) => ruleOf(kind).direction === 'in')
  const back = records.filter(({ kind }) => ruleOf(kind).direction === 'out')
  return {
    name,
    inCount: taken.length,
    inMinor: added(taken),
    backCount: back.length,
    backMinor: added(back),
    exceptions,
  }
}

function added(records: readonly TransactionRecord[]): number {
  return records.reduce((sum, { paidMinor }) => sum + paidMinor, 0)
}
