/**
 * Checks a pack by itself, on any machine: every line as it was written, every event chained to the one before, records and slips as the chained
 * events tell them. Names the first line that does not fit.
 */
import { createHash } from 'node:crypto'
import type { Slip } from '#core/receipt/slip.ts'
import type { EventLine } from '../journal/lines/line.ts'
import { RELEASE } from '../journal/release.ts'
import { chainDifference } from '../journal/verify/line-chain.ts'
import type { PackLine } from './pack-line.ts'
import { type ReadLine, readPack } from './read-pack.ts'

export type PackVerified =
  | {
      readonly ok: true
      readonly trace: string
      readonly records: number
      readonly slips: number
      /** Slips whose text was made again and is the same; those of another release are guarded by their digest alone. */
      readonly slipsRemade: number
      /** Events whose hash was computed again from what stands here. */
      readonly proven: number
      /** Events of which the hash alone is here, or something of which was masked. */
      readonly named: number
      readonly last: number
      /** Compare it with the terminal's own. */
      readonly head: string
    }
  /** `line`: counted from one. */
  | { readonly ok: false; readonly line: number; readonly why: string }

/** `textOf`: lays a slip out as `makePack` did. Never throws for anything that a file can hold. */
export function verifyPack(text: string, textOf: (slip: Slip) => string): PackVerified {
  const read = readPack(text)
  if (!read.ok) return fault(read.number, 'is no line of an evidence pack')
  const { lines } = read
  const shape = shapeFault(lines)
  if (shape !== null) return shape
  const chain = walk(lines)
  if (!chain.ok) return chain
  const digests = digestFault(lines)
  if (digests !== null) return digests
  const told = toldFault(lines, chain.events)
  if (told !== null) return told
  return slipsAndSum(lines, chain, textOf)
}

type Refused = Extract<PackVerified, { ok: false }>

function fault(line: number, why: string): Refused {
  return { ok: false, line, why }
}

/** One head in front, one seal behind the records, then the chain, and the end last. */
function shapeFault(lines: readonly ReadLine[]): Refused | null {
  if (lines[0]?.line.line !== 'pack') return fault(1, 'should be the head of the pack')
  const order: Readonly<Record<PackLine['line'], number>> = {
    pack: 0,
    record: 1,
    story: 2,
    slip: 3,
    seal: 4,
    begin: 5,
    event: 6,
    link: 6,
    end: 7,
  }
  const once: readonly PackLine['line'][] = ['pack', 'seal', 'begin', 'end']
  let before = -1
  for (const { number, line } of lines) {
    const place = order[line.line]
    if (place < before || (place === before && once.includes(line.line)))
      return fault(number, 'stands in the wrong place')
    if (place >= 4 && before < 4 && line.line !== 'seal')
      return fault(number, 'stands where the seal should')
    before = place
  }
  return before === order.end ? null : fault(lines.length, 'is the last, and the end is missing')
}

type Chain = {
  readonly ok: true
  readonly events: ReadonlyMap<number, EventLine>
  readonly named: number
  readonly last: number
  readonly head: string
}

function walk(lines: readonly ReadLine[]): Chain | Refused {
  const events = new Map<number, EventLine>()
  let at = { seq: 0, hash: new Uint8Array(0) }
  let [named, count] = [0, 0]
  for (const { number, line } of lines) {
    if (line.line === 'begin') at = { seq: line.after, hash: Buffer.from(line.head, 'hex') }
    if (line.line === 'end') {
      const head = Buffer.from(at.hash).toString('hex')
      if (line.events !== count || line.head !== head)
        return fault(number, 'names another end than the events have')
    }
    if (line.line !== 'event' && line.line !== 'link') continue
    const why = line.line === 'event' ? eventFault(line, at) : linkFault(line.seq, at.seq)
    if (why !== null) return fault(number, why)
    if (line.line === 'event') events.set(line.seq, line)
    if (line.line === 'link' || line.masked === true) named += 1
    count += 1
    at = { seq: line.seq, hash: Buffer.from(line.hash, 'hex') }
  }
  const head = Buffer.from(at.hash).toString('hex')
  return { ok: true, events, named, last: at.seq, head }
}

function eventFault(line: EventLine, at: { seq: number; hash: Uint8Array }): string | null {
  const difference = chainDifference(line, at)
  return difference === null ? null : `does not fit: ${difference.why}`
}

function linkFault(seq: number, before: number): string | null {
  return seq === before + 1 ? null : `does not fit: event ${before + 1} is missing`
}

function digestFault(lines: readonly ReadLine[]): Refused | null {
  const seal = lines.find(({ line }) => line.line === 'seal')
  const end = lines.at(-1)
  if (seal?.line.line !== 'seal' || end?.line.line !== 'end') return fault(1, 'has no seal')
  if (digestOf(seal.text) !== end.line.seal) return fault(seal.number, 'is not as it was written')
  const { digests } = seal.line
  for (const { number, text } of lines.slice(0, seal.number - 1))
    if (digestOf(text) !== digests[number - 1]) return fault(number, 'is not as it was written')
  return digests.length === seal.number - 1
    ? null
    : fault(seal.number, 'names lines that are not here')
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Head, story and records against the chained events: digests alone could have been made anew. */
function toldFault(
  lines: readonly ReadLine[],
  events: ReadonlyMap<number, EventLine>,
): Refused | null {
  const kept = keptRecords(events)
  for (const { number, line } of lines) {
    if (line.line === 'story') {
      const event = events.get(line.seq)
      const isTrue =
        event !== undefined &&
        event.event.at === line.at &&
        event.event.type === line.what &&
        event.refused === line.refused &&
        event.effects.map((effect) => effect.do).join() === line.effects.join()
      if (!isTrue) return fault(number, `does not tell what event ${line.seq} says`)
    }
    if (line.line === 'record' && kept.get(line.record.id) !== JSON.stringify(line.record))
      return fault(number, 'is not the record that the events kept')
    if (line.line === 'pack' && line.events.some((seq) => !events.has(seq)))
      return fault(number, 'names events that are not here')
  }
  return null
}

/** The newest version of each, as JSON. */
function keptRecords(events: ReadonlyMap<number, EventLine>): ReadonlyMap<string, string> {
  const kept = new Map<string, string>()
  for (const { effects } of events.values())
    for (const effect of effects)
      if (effect.do === 'keepRecord') kept.set(effect.record.id, JSON.stringify(effect.record))
  return kept
}

function slipsAndSum(
  lines: readonly ReadLine[],
  { events, head, last, named }: Chain,
  textOf: (slip: Slip) => string,
): PackVerified {
  const [first] = lines
  if (first?.line.line !== 'pack') return fault(1, 'should be the head of the pack')
  const { release, trace } = first.line
  let [slips, slipsRemade, records] = [0, 0, 0]
  for (const { number, line } of lines) {
    if (line.line === 'record') records += 1
    if (line.line !== 'slip') continue
    slips += 1
    const printed = printedIn(events.get(line.seq), line.job)
    if (printed === null) return fault(number, `is a slip that event ${line.seq} did not print`)
    if (release !== RELEASE) continue
    if (remade(printed, textOf) !== line.text)
      return fault(number, `says other things than the facts in event ${line.seq}`)
    slipsRemade += 1
  }
  const proven = lines.filter(({ line }) => line.line === 'event').length
  const masked = lines.filter(({ line }) => line.line === 'event' && line.masked === true).length
  return {
    ok: true,
    trace,
    records,
    slips,
    slipsRemade,
    proven: proven - masked,
    named,
    last,
    head,
  }
}

function printedIn(line: EventLine | undefined, job: string): Slip | null {
  for (const effect of line?.effects ?? [])
    if (effect.do === 'print' && effect.slip.job === job) return effect.slip
  return null
}

/** Facts that no terminal wrote may be laid out no better than they were made. */
function remade(slip: Slip, textOf: (slip: Slip) => string): string | null {
  try {
    return textOf(slip)
  } catch {
    // Converted: facts of a wrong shape are told as a slip that does not fit.
    return null
  }
}
