/** Throws hostile inputs at targets in turn, and counts how they end. */
import process from 'node:process'
import { hostileInput, seededRandom } from './noise.ts'
import type { Target, Verdict } from './target.ts'

/** An input that takes longer, on a quiet machine, is a promise broken: a host could stop the counter with it. */
export const MAX_INPUT_MS = 100
/** A slow input is tried again so often, and its best time counts: others may have used the processor. */
const SECOND_TRIES = 20
/** Broken promises kept per run. */
const MAX_BROKEN = 50

export type Broken = { readonly target: string; readonly hex: string; readonly sentence: string }

type Tally = Record<Verdict, number> & {
  readonly target: string
  /** Judging included, which reads and writes several times. */
  slowestMs: number
  slowestBytes: number
}

export type AttackResult = {
  readonly tallies: readonly Tally[]
  readonly broken: readonly Broken[]
}

export function attack(
  targets: readonly Target[],
  { inputs, seed }: { readonly inputs: number; readonly seed: number },
): AttackResult {
  const random = seededRandom(seed)
  const broken: Broken[] = []
  const pairs = targets.map((target) => ({ target, tally: emptyTally(target.name) }))
  for (let input = 0; input < inputs && broken.length < MAX_BROKEN; input++) {
    const pair = pairs[input % pairs.length]
    if (pair === undefined) break
    const { target, tally } = pair
    const bytes = hostileInput(random, target.corpus)
    const start = performance.now()
    const outcome = judgeOnce(target, bytes)
    const ms = performance.now() - start
    if (typeof outcome !== 'string') broken.push(outcome)
    else tally[outcome]++
    if (ms <= tally.slowestMs) continue
    const best = Math.min(ms, ...retries(target, bytes))
    if (best > tally.slowestMs)
      Object.assign(tally, { slowestMs: best, slowestBytes: bytes.length })
    if (best > MAX_INPUT_MS) broken.push(asBroken(target, bytes, `took ${Math.round(best)} ms`))
  }
  return { tallies: pairs.map(({ tally }) => tally), broken }
}

/** How one input ends. */
export function judgeOnce(target: Target, bytes: Uint8Array): Verdict | Broken {
  try {
    return target.judge(bytes)
  } catch (error) {
    const sentence = error instanceof Error ? error.message : 'threw something'
    return asBroken(target, bytes, sentence)
  }
}

function asBroken(target: Target, bytes: Uint8Array, sentence: string): Broken {
  return { target: target.name, hex: Buffer.from(bytes).toString('hex'), sentence }
}

/** Milliseconds of the processor for the same input once more: on a busy machine the clock on the wall tells of its neighbours. */
function retries(target: Target, bytes: Uint8Array): readonly number[] {
  return Array.from({ length: SECOND_TRIES }, () => {
    const start = process.cpuUsage()
    judgeOnce(target, bytes)
    const { system, user } = process.cpuUsage(start)
    return (system + user) / 1000
  })
}

function emptyTally(target: string): Tally {
  return { target, refused: 0, taken: 0, respelled: 0, slowestMs: 0, slowestBytes: 0 }
}
