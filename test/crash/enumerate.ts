/** Cuts the power after every file call of a recording, in every way that a disk may take it, and has each remainder judged. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDisk, type Fate } from './disk-model.ts'
import { compare, type Finding, type Inspected, inspect } from './judge.ts'
import { hear, NOTHING_SAID } from './marks.ts'
import type { Call } from './read-trace.ts'
import { scratchRoot } from './scratch.ts'

export type Totals = {
  /** File calls after each of which the power was cut. */
  readonly cuts: number
  /** Different remainders that were opened and judged. */
  readonly states: number
  readonly lost: number
  readonly doubled: number
  readonly disagreeing: number
  /** The first few, with the number of the call, for whoever must find the fault. */
  readonly shown: readonly string[]
}

const SHOWN_LIMIT = 5

export type EnumerateOptions = {
  /** How many torn remainders are drawn for each cut, beside "all there" and "all gone". */
  readonly mixes: number
  /** The first call after which the power is cut; what comes before it happens untouched. 0 when it is not said. */
  readonly from?: number
  /** Whoever looks for a planted fault has seen enough with the first finding. */
  readonly untilFound?: boolean
}

export function enumerateCuts(
  calls: readonly Call[],
  { mixes, from = 0, untilFound = false }: EnumerateOptions,
): Totals {
  const disk = createDisk()
  const scratch = mkdtempSync(join(scratchRoot(), 'crash-'))
  const judged = new Set<string>()
  const random = createRandom(20261121)
  const findings: { readonly call: number; readonly finding: Finding }[] = []
  let story = NOTHING_SAID
  let version = 0
  let cuts = 0
  // What a mark finds on the disk was looked at after the call before it.
  let looked: ReadonlyMap<string, Inspected> = new Map()
  try {
    for (const [index, call] of calls.entries()) {
      if (call.call === 'mark') {
        story = hear(story, call.mark)
        version += 1
      } else disk.apply(call)
      if (index < from) continue
      if (untilFound && findings.length > 0) break
      cuts += 1
      const compared = (name: string, inspected: Inspected): void => {
        judged.add(`${version} ${name}`)
        for (const finding of compare(inspected, story)) findings.push({ call: index, finding })
      }
      const { there, settled } = disk.changes()
      const ends: readonly (readonly [string, Fate])[] = disk.isUnsettled()
        ? [
            [`there ${there}`, ALL_THERE],
            [`gone ${settled}`, ALL_GONE],
          ]
        : [[`there ${there}`, ALL_THERE]]
      looked = new Map(
        ends.map(([name, fate]) => [
          name,
          looked.get(name) ?? inspectFiles(scratch, disk.afterCut(fate)),
        ]),
      )
      for (const [name, inspected] of looked)
        if (!judged.has(`${version} ${name}`)) compared(name, inspected)
      for (let torn = disk.isUnsettled() ? mixes : 0; torn > 0; torn--) {
        const files = disk.afterCut(mixed(random))
        const name = fingerprint(files)
        if (!judged.has(`${version} ${name}`)) compared(name, inspectFiles(scratch, files))
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  const count = (kind: Finding['kind']): number =>
    findings.filter(({ finding }) => finding.kind === kind).length
  return {
    cuts,
    states: judged.size,
    lost: count('lost'),
    doubled: count('doubled'),
    disagreeing: count('disagreeing'),
    shown: findings
      .slice(0, SHOWN_LIMIT)
      .map(({ call, finding }) => `after call ${call}: ${finding.kind}: ${finding.what}`),
  }
}

function inspectFiles(scratch: string, files: ReadonlyMap<string, Buffer>): Inspected {
  const folder = join(scratch, 'now')
  mkdirSync(folder)
  try {
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    return inspect(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ALL_THERE: Fate = { folder: (count) => count, sector: (count) => count, length: () => true }
const ALL_GONE: Fate = { folder: () => 0, sector: () => 0, length: () => false }

function mixed(random: (below: number) => number): Fate {
  return {
    folder: (count) => random(count + 1),
    sector: (count) => random(count + 1),
    length: () => random(2) === 1,
  }
}

/** A small generator of whole numbers (mulberry32), so that every run draws the same. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixedBits = Math.imul(state ^ (state >>> 15), 1 | state)
    mixedBits ^= mixedBits + Math.imul(mixedBits ^ (mixedBits >>> 7), 61 | mixedBits)
    return ((mixedBits ^ (mixedBits >>> 14)) >>> 0) % below
  }
}

function fingerprint(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256')
  for (const [name, bytes] of [...files].sort(([a], [b]) => a.localeCompare(b)))
    hash.update(`${name}:${bytes.length}:`).update(bytes)
  return hash.digest('hex')
}
