/** How the line to the acquirer did, hour by hour, read off the journal: nobody has to collect figures to see since when it was bad (idea S3-18). */
import type { EventLine, Fault, JournalLine } from '../journal/lines/line.ts'

/** Exchanges that began in one hour of the wall clock; hours without any are not there. */
export type LinkHour = {
  /** Wall time in milliseconds of its beginning. */
  readonly from: number
  readonly answered: number
  /** Sent, and no usable answer came in time. */
  readonly silent: number
  /** Not a byte left. */
  readonly unreachable: number
}

type Became = 'answered' | 'silent' | 'unreachable'

const HOUR_MS = 3_600_000

/** Oldest first, from `sinceMs` on. Throws for a journal that cannot be read. */
export function linkHistory(
  lines: Iterable<JournalLine | Fault>,
  sinceMs: number,
): readonly LinkHour[] {
  const hours = new Map<number, LinkHour>()
  for (const line of lines) {
    if (line.line === 'fault') throw new Error(line.why)
    if (line.line !== 'event' || line.event.at < sinceMs) continue
    const became = becameOf(line.event)
    if (became === null) continue
    const from = Math.floor(line.event.at / HOUR_MS) * HOUR_MS
    const known = hours.get(from) ?? { from, answered: 0, silent: 0, unreachable: 0 }
    hours.set(from, { ...known, [became]: known[became] + 1 })
  }
  return [...hours.values()].toSorted((a, b) => a.from - b.from)
}

const ALWAYS: Readonly<Record<string, Became>> = {
  hostReplied: 'answered',
  reversalReplied: 'answered',
  queryReplied: 'answered',
  adviceReplied: 'answered',
  batchReplied: 'answered',
  signatureReplied: 'answered',
  signedOn: 'answered',
  hostSilent: 'silent',
  queryUnanswered: 'silent',
  adviceUnanswered: 'silent',
  batchUnanswered: 'silent',
  hostUnreachable: 'unreachable',
}

/** Null: nothing was asked of the acquirer. */
function becameOf(event: EventLine['event']): Became | null {
  if (event.type === 'reversalUnanswered' || event.type === 'signatureUnanswered')
    return event.sent ? 'silent' : 'unreachable'
  if (event.type === 'signOnFailed')
    return event.why === 'unreachable' || event.why === 'silent' ? event.why : 'answered'
  if (event.type === 'linkProbed') return event.alive ? 'answered' : 'silent'
  return ALWAYS[event.type] ?? null
}
