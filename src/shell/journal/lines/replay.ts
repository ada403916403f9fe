/** Replays lines of a journal: checks the chain, decides every event again, and tells each step. Never throws for what it reads. */
import { createHash } from 'node:crypto'
import { chainDifference, endDifference } from '../verify/line-chain.ts'
import { createFollower, decisionText, type Followed } from './follow.ts'
import type { EndLine, EventLine, Fault, JournalLine } from './line.ts'
import { maskLine } from './mask.ts'

export type ReplayStep = { readonly line: EventLine } & Followed

type Difference = {
  readonly seq: number
  readonly why: string
  /** Effects and refusal as JSON, where it was they that differed. */
  readonly recorded?: string
  readonly decided?: string
}

export type Replayed = {
  readonly events: number
  /** Of them decided again; the others were decided by another release and only read. */
  readonly decidedAgain: number
  /** Number and hash (hex) of the last event. */
  readonly last: number
  readonly head: string
  /** SHA-256, hex, over every decision in order and the state that they lead to: equal on every machine. */
  readonly digest: string
  /** The first one; null when everything is as it was. */
  readonly difference: Difference | null
}

/** Yields a step for each event; stops at the first difference. */
export function* replay(lines: Iterable<JournalLine | Fault>): Generator<ReplayStep, Replayed> {
  const follower = createFollower()
  const digest = createHash('sha256')
  let chain: Uint8Array = new Uint8Array(0)
  let [events, decidedAgain, last] = [0, 0, 0]
  let difference: Difference | null = null
  let end: EndLine | null = null

  for (const raw of lines) {
    if (end !== null) difference = { seq: last, why: 'something follows the end' }
    const line = raw.line === 'fault' ? raw : maskLine(raw)
    if (line.line === 'fault') difference = line
    if (line.line === 'begin') {
      chain = Buffer.from(line.head, 'hex')
      last = line.after
    }
    if (line.line === 'checkpoint' && !follower.checkpoint(line)) {
      const why = 'the state that was kept is not the one that the events before it lead to'
      difference = { seq: line.seq, why }
    }
    if (raw.line === 'event' && line.line === 'event') {
      difference = chainDifference(raw, { seq: last, hash: chain })
      if (difference !== null) break
      chain = Buffer.from(line.hash, 'hex')
      last = line.seq
      const followed = follower.event(line)
      events += 1
      digest.update(`${line.seq}:${decisionText(line)}\n`)
      if (followed.verdict === 'same' || followed.verdict === 'differs') decidedAgain += 1
      yield { line, ...followed }
      if (followed.verdict === 'differs') difference = decisionDifference(line, followed.decided)
      if (followed.verdict === 'undecidable') difference = { seq: last, why: followed.why }
    }
    if (line.line === 'end') end = line
    if (difference !== null) break
  }
  difference ??= endDifference(end, { events, last, chain })
  digest.update(JSON.stringify(follower.state()))
  const head = Buffer.from(chain).toString('hex')
  return { events, decidedAgain, last, head, digest: digest.digest('hex'), difference }
}

function decisionDifference(line: EventLine, decided: string): Difference {
  const why = 'this program decides otherwise than was recorded'
  return { seq: line.seq, why, recorded: decisionText(line), decided }
}
