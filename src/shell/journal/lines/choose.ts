/** A part of the journal as an export of its own: it begins with the state that its first event met, so that it can be replayed alone. */

import { RELEASE } from '../release.ts'
import { createFollower } from './follow.ts'
import { type EventLine, type Fault, type JournalLine, LINES_FORMAT } from './line.ts'
import { maskLine, maskState } from './mask.ts'

/** Every wish that is there must hold. Numbers of events; wall times in milliseconds; the batch that is open when the event comes. */
export type Choice = {
  readonly fromSeq?: number
  readonly toSeq?: number
  readonly fromMs?: number
  readonly toMs?: number
  readonly batch?: number
}

/** Masked. Chosen events are those between the first and the last that fit: an export has no gaps. */
export function* chooseLines(
  lines: Iterable<JournalLine | Fault>,
  choice: Choice,
): Generator<JournalLine | Fault> {
  const follower = createFollower()
  let batch: number | null = null
  let before = { seq: 0, hash: '' }
  let events = 0
  for (const raw of lines) {
    if (raw.line === 'fault') {
      yield raw
      return
    }
    const line = maskLine(raw)
    if (line.line === 'begin') before = { seq: line.after, hash: line.head }
    if (line.line === 'checkpoint') {
      follower.checkpoint(line)
      batch = line.state.counters.batch
      if (events > 0) yield line
    }
    if (line.line !== 'event') continue
    if (isBehind(choice, line)) break
    if (isChosen(choice, line, batch)) {
      if (events === 0) {
        yield { line: 'begin', format: LINES_FORMAT, after: before.seq, head: before.hash }
        const state = follower.state()
        if (state !== null) {
          const at = { seq: before.seq, why: 'chosen', release: RELEASE } as const
          yield { line: 'checkpoint', ...at, state: maskState(state) }
        }
      }
      events += 1
      yield line
    } else if (events > 0) break
    follower.event(line)
    before = { seq: line.seq, hash: line.hash }
  }
  if (events > 0) yield { line: 'end', events, head: before.hash }
}

function isBehind({ toSeq, toMs }: Choice, { seq, event }: EventLine): boolean {
  return (toSeq !== undefined && seq > toSeq) || (toMs !== undefined && event.at > toMs)
}

function isChosen(choice: Choice, { seq, event }: EventLine, batch: number | null): boolean {
  const { fromSeq, fromMs } = choice
  return (
    (fromSeq === undefined || seq >= fromSeq) &&
    (fromMs === undefined || event.at >= fromMs) &&
    (choice.batch === undefined || choice.batch === batch)
  )
}
