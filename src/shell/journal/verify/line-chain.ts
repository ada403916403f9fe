/** Whether lines are a chain: each row as it was written, none missing, the end as it is named. Decides nothing again. */
import { chainHash } from '../chain.ts'
import type { EndLine, EventLine, Fault, JournalLine } from '../lines/line.ts'

type Broken = { readonly seq: number; readonly why: string }

export type LineChain =
  | {
      readonly ok: true
      /** The event before the first, and its hash in hex. */
      readonly after: number
      readonly before: string
      readonly last: number
      readonly head: string
    }
  | ({ readonly ok: false } & Broken)

export function verifyLines(lines: Iterable<JournalLine | Fault>): LineChain {
  let [begin, end] = [{ after: 0, head: '' }, null as EndLine | null]
  let at = { seq: 0, hash: new Uint8Array(0) }
  for (const line of lines) {
    if (line.line === 'fault') return { ok: false, seq: line.seq, why: line.why }
    if (line.line === 'begin') {
      begin = line
      at = { seq: line.after, hash: Buffer.from(line.head, 'hex') }
    }
    if (line.line === 'end') end = line
    if (line.line !== 'event') continue
    const difference = chainDifference(line, at)
    if (difference !== null) return { ok: false, ...difference }
    at = { seq: line.seq, hash: Buffer.from(line.hash, 'hex') }
  }
  const read = { events: at.seq - begin.after, last: at.seq, chain: at.hash }
  const difference = endDifference(end, read)
  if (difference !== null) return { ok: false, ...difference }
  const head = Buffer.from(at.hash).toString('hex')
  return { ok: true, after: begin.after, before: begin.head, last: at.seq, head }
}

export function chainDifference(
  line: EventLine,
  before: { readonly seq: number; readonly hash: Uint8Array },
): Broken | null {
  const { seq, event, refused } = line
  if (seq !== before.seq + 1) return { seq, why: `event ${before.seq + 1} is missing` }
  // What was left out of a masked line was in its hash: the next one must still be chained to it.
  if (line.masked === true) return null
  const [body, effects] = [JSON.stringify(event), JSON.stringify(line.effects)]
  const hash = chainHash(before.hash, { seq, at: event.at, body, effects, refused })
  if (Buffer.from(hash).toString('hex') === line.hash) return null
  return { seq, why: `event ${seq} is not as it was written` }
}

export function endDifference(
  end: EndLine | null,
  read: { readonly events: number; readonly last: number; readonly chain: Uint8Array },
): Broken | null {
  if (end === null) return { seq: read.last, why: 'the end is missing' }
  if (end.events !== read.events || end.head !== Buffer.from(read.chain).toString('hex'))
    return { seq: read.last, why: 'the end names other events than there are' }
  return null
}
