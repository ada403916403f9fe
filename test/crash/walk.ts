/** Breaks the scripted day at one call after another, lets the next life recover, and has both remainders judged. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { type DayName, liveDay } from './day.ts'
import { judge } from './judge.ts'
import { type Run, type Walked, walkInLanes } from './lanes.ts'
import {
  fillers,
  folderNow,
  folderOf,
  STRIKES_APART,
  type ToldDay,
  writeOrder,
} from './many-days.ts'
import { hear, NOTHING_SAID, parseMarks, type Story } from './marks.ts'
import type { Programs } from './programs.ts'
import { scratchRoot } from './scratch.ts'

/** What happens at the call that is named, in the words of `strace -e inject`. */
export const BREAKS = [
  { call: 'pwrite64', how: 'signal=SIGKILL', lasts: false },
  { call: 'fsync', how: 'signal=SIGKILL', lasts: false },
  { call: 'fsync', how: 'error=EIO', lasts: false },
  { call: 'pwrite64', how: 'error=EIO', lasts: false },
  { call: 'pwrite64', how: 'error=ENOSPC', lasts: false },
  /** A disk that fills up stays full. */
  { call: 'pwrite64', how: 'error=ENOSPC', lasts: true },
  { call: 'ftruncate', how: 'error=EIO', lasts: false },
  { call: 'unlink', how: 'error=EIO', lasts: false },
] as const
type Break = (typeof BREAKS)[number]

/** The small one, or the one that archives and deletes. */
type BrokenDay = 'small' | 'keeping'
const NEXT: Readonly<Record<BrokenDay, DayName>> = { small: 'next', keeping: 'nextKeeping' }

export type WalkOptions = {
  /** 1 breaks every call, 10 every tenth. */
  readonly step: number
  readonly lanes: number
  readonly programs: Programs
  /** `small` when it is not said. */
  readonly day?: BrokenDay
}

/** More calls than a broken day makes. */
const CALLS_LIMIT = 2000
const RUN_TIMEOUT_MS = 120_000
/** Days that one process lives when a call only fails. */
const DAYS_OF_A_PROCESS = 50

export async function walk(
  breaking: Break,
  { step, lanes, programs, day = 'small' }: WalkOptions,
): Promise<Walked> {
  const name = `${breakName(breaking)}${day === 'small' ? '' : ', keeping house'}`
  const few = Math.ceil(DAYS_OF_A_PROCESS / step)
  return walkInLanes(
    {
      name,
      limit: CALLS_LIMIT,
      breakAt: (turns) => breakDays({ breaking, day, programs }, turns),
      atOnce: goesOn(breaking) ? few : 1,
    },
    step,
    lanes,
  )
}

export function breakName({ call, how, lasts }: Break): string {
  return `${how.replace(/^\w+=/, '')} at ${call}${lasts ? ' and from there on' : ''}`
}

/** The process is alive after it, and its disk is sound: it can live the day again. Any other has a process of its own. */
export function goesOn({ how, lasts }: Break): boolean {
  return !lasts && how !== 'signal=SIGKILL'
}

type Breaking = { readonly breaking: Break; readonly day: BrokenDay; readonly programs: Programs }

async function breakDays(all: Breaking, turns: readonly number[]): Promise<readonly Run[]> {
  const parent = mkdtempSync(join(scratchRoot(), 'crash-walk-'))
  try {
    const touched = goesOn(all.breaking)
      ? await failDays(all, { parent, turns })
      : await breakOnce(all, { parent, turn: turns[0] ?? 1 })
    return turns.map((turn) => ({
      touched: touched.has(turn),
      findings: afterwards(folderOf(parent, turn), NEXT[all.day]),
    }))
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

/** One process for the call that kills it, or for a disk that stays full. */
async function breakOnce(
  { breaking, day, programs }: Breaking,
  { parent, turn }: { readonly parent: string; readonly turn: number },
): Promise<ReadonlySet<number>> {
  const folder = folderOf(parent, turn)
  mkdirSync(folder)
  const log = join(parent, 'strace')
  const { call, how, lasts } = breaking
  const tracing = [
    ...straceArguments(log, call, journalPaths(day, folder, [])),
    `inject=${call}:${how}:when=${turn}${lasts ? '+' : ''}`,
  ]
  await run([...tracing, ...programs.workload, folder, day], programs)
  const touched = /INJECTED|killed by SIGKILL/.test(readFileSync(log, 'latin1'))
  return new Set(touched ? [turn] : [])
}

/** Many days of one process: one call fails in each. */
async function failDays(
  { breaking: { call, how }, day, programs }: Breaking,
  { parent, turns }: { readonly parent: string; readonly turns: readonly number[] },
): Promise<ReadonlySet<number>> {
  const log = join(parent, 'strace')
  writeFileSync(log, '')
  const tracing = [
    ...straceArguments(log, call, journalPaths(day, folderNow(parent), fillers(parent))),
    `inject=${call}:${how}:when=${STRIKES_APART}+${STRIKES_APART}`,
  ]
  const order = writeOrder({ folder: parent, log, day, call, turns })
  const said = await run([...tracing, ...programs.workload, 'many', order], programs)
  const days = said.out
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const told: ToldDay = JSON.parse(line)
      return told
    })
  if (days.length !== turns.length)
    throw new Error(`a process lived ${days.length} days: ${said.err}`)
  return new Set(days.filter(({ touched }) => touched).map(({ turn }) => turn))
}

/** Archives have names of their own, and nothing else in this process writes at a place or syncs: then every call counts. */
function journalPaths(
  day: BrokenDay,
  folder: string,
  others: readonly string[],
): readonly string[] {
  if (day === 'keeping') return []
  const names = ['journal.db', 'journal.db-wal', 'journal.db-journal']
  return [...names.map((name) => join(folder, name)), ...others]
}

function straceArguments(log: string, call: string, paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => ['-P', path])
  return ['-qq', '-o', log, ...files, '-e', `trace=${call}`, '-e']
}

type Said = { out: string; err: string }

/** What `strace` and its child print. A child that is killed or fails is what this is about. */
function run(words: readonly string[], { environment }: Programs): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn('strace', words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: RUN_TIMEOUT_MS,
      env: { ...env, ...environment },
    })
    const said: Said = { out: '', err: '' }
    child.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()))
    child.once('error', reject)
    child.once('close', () => resolve(said))
  })
}

/** What lies there is judged; the next life recovers, sells, and is judged again. */
function afterwards(folder: string, next: DayName): readonly string[] {
  const broken = judge(folder, readStory(folder))
  const lived = liveDay(folder, next)
  lived.letGo()
  const after = readStory(folder)
  const findings = [...broken, ...judge(folder, after)].map(({ kind, what }) => `${kind}: ${what}`)
  const twice = after.left.filter((id, index) => after.left.indexOf(id) !== index)
  findings.push(...twice.map((id) => `doubled: ${id} left twice`))
  if (lived.failed !== null || !after.ended)
    findings.push(`disagreeing: the next life does not get to its end: ${lived.failed ?? ''}`)
  return findings
}

function readStory(folder: string): Story {
  const file = join(folder, 'marks')
  return existsSync(file)
    ? parseMarks(readFileSync(file, 'utf8')).reduce(hear, NOTHING_SAID)
    : NOTHING_SAID
}
