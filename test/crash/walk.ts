/** Breaks the recorded day at one call after another, lets the next life recover, and has both remainders judged. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type Finding, judge } from './judge.ts'
import { hear, NOTHING_SAID, parseMarks, type Story } from './marks.ts'
import { WORKLOAD } from './record.ts'

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
export type Break = (typeof BREAKS)[number]

export type Walked = {
  readonly name: string
  readonly runs: number
  readonly findings: readonly string[]
}

/** The small one, or the one that archives and deletes. */
type BrokenDay = 'small' | 'keeping'

/** More calls than a broken day makes: a walk that gets here never passed untouched. */
const CALLS_LIMIT = 3000
const RUN_TIMEOUT_MS = 60_000

/** `step`: 1 breaks every call, 10 every tenth. `abreast`: how many run at a time. */
export async function walk(
  breaking: Break,
  step: number,
  abreast: number,
  day: BrokenDay = 'small',
): Promise<Walked> {
  const name = `${breakName(breaking)}${day === 'small' ? '' : ', keeping house'}`
  const findings: string[] = []
  let runs = 0
  for (let first = 1; first <= CALLS_LIMIT; first += step * abreast) {
    const turns = Array.from({ length: abreast }, (_, index) => first + index * step)
    const ended = await Promise.all(turns.map((when) => breakAt(breaking, when, day)))
    for (const [index, run] of ended.entries()) {
      if (!run.touched) continue
      runs += 1
      for (const { kind, what } of run.findings)
        findings.push(`${name} at ${turns[index]}: ${kind}: ${what}`)
    }
    if (ended.some((run) => !run.touched)) return { name, runs, findings }
  }
  return { name, runs, findings: [...findings, `${name}: no run passed untouched`] }
}

export function breakName({ call, how, lasts }: Break): string {
  return `${how.replace(/^\w+=/, '')} at ${call}${lasts ? ' and from there on' : ''}`
}

type Run = { readonly touched: boolean; readonly findings: readonly Finding[] }

async function breakAt(breaking: Break, when: number, day: BrokenDay): Promise<Run> {
  const parent = mkdtempSync(join(tmpdir(), 'crash-walk-'))
  const folder = join(parent, 'day')
  mkdirSync(folder)
  try {
    const log = join(parent, 'strace')
    await runDay('strace', straceArguments(breaking, { when, folder, log, day }), folder, day)
    const touched = /INJECTED|killed by SIGKILL/.test(readFileSync(log, 'latin1'))
    const story = readStory(folder)
    const broken = judge(folder, story)
    const code = await runDay(
      process.execPath,
      [],
      folder,
      day === 'small' ? 'next' : 'nextKeeping',
    )
    const after = readStory(folder)
    const stopped: Finding[] =
      code === 0 && after.ended
        ? []
        : [{ kind: 'disagreeing', what: 'the next life does not get to its end' }]
    return {
      touched,
      findings: [...broken, ...judge(folder, after), ...unfinished(after), ...stopped],
    }
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

function straceArguments(
  { call, how, lasts }: Break,
  { when, folder, log, day }: { when: number; folder: string; log: string; day: BrokenDay },
): string[] {
  // Archives have names of their own, and nothing else in this process writes at a place or syncs.
  const names = day === 'small' ? ['journal.db', 'journal.db-wal', 'journal.db-journal'] : []
  const files = names.flatMap((name) => ['-P', join(folder, name)])
  const inject = `inject=${call}:${how}:when=${when}${lasts ? '+' : ''}`
  return ['-qq', '-o', log, ...files, '-e', `trace=${call}`, '-e', inject, process.execPath]
}

/** Exit code, or null when it was killed. */
function runDay(
  program: string,
  before: readonly string[],
  folder: string,
  day: string,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, WORKLOAD, folder, day], {
      stdio: 'ignore',
      timeout: RUN_TIMEOUT_MS,
    })
    child.once('error', reject)
    child.once('close', resolve)
  })
}

/** The host is at rest: everything that it holds was sold, twice nothing. */
function unfinished({ left }: Story): readonly Finding[] {
  const twice = left.filter((id, index) => left.indexOf(id) !== index)
  return twice.map((id) => ({ kind: 'doubled', what: `${id} left twice` }))
}

function readStory(folder: string): Story {
  const file = join(folder, 'marks')
  return existsSync(file)
    ? parseMarks(readFileSync(file, 'utf8')).reduce(hear, NOTHING_SAID)
    : NOTHING_SAID
}
