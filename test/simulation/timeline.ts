/** Virtual time: nothing waits, the clock jumps to whatever happens next. Same seed, same order. */
import type { Clock } from '#core/ports/clock.ts'

export type Timeline = Clock & {
  /** Runs the next task; false when nothing is left to happen. */
  readonly step: () => boolean
  /** Moves the wall clock alone, as a person or a time server does; waits do not notice. */
  readonly moveWall: (ms: number) => void
}

type Entry = { readonly at: number; readonly order: number; task: (() => void) | null }

/** 2026-11-21 08:00 in China: shops open. */
const OPENING = Date.UTC(2026, 10, 21)

/** Tasks of one moment run in the order in which they were planned. */
export function createTimeline(): Timeline {
  const heap: Entry[] = []
  let now = 0
  let wall = OPENING
  let planned = 0
  return {
    wallMs: () => Math.floor(wall + now),
    monotonicMs: () => now,
    after: (ms, task) => {
      const entry: Entry = { at: now + Math.max(0, ms), order: planned++, task }
      push(heap, entry)
      return () => {
        entry.task = null
      }
    },
    step: () => {
      for (let entry = pop(heap); entry !== undefined; entry = pop(heap)) {
        if (entry.task === null) continue
        now = entry.at
        entry.task()
        return true
      }
      return false
    },
    moveWall: (ms) => {
      wall += ms
    },
  }
}

function isSooner(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

function push(heap: Entry[], entry: Entry): void {
  let place = heap.length
  heap.push(entry)
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || isSooner(parent, entry)) break
    heap[place] = parent
    place = above
  }
  heap[place] = entry
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let place = 0
  for (;;) {
    let below = 2 * place + 1
    const left = heap[below]
    const right = heap[below + 1]
    if (left === undefined) break
    let child = left
    if (right !== undefined && isSooner(right, left)) {
      below += 1
      child = right
    }
    if (isSooner(last, child)) break
    heap[place] = child
    place = below
  }
  heap[place] = last
  return first
}
