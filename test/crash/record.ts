/** Runs the scripted day under `strace` and keeps what its main thread asked of the disk, in order, with every byte. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import type { Planted } from './planted.ts'
import { FROM_SOURCES, type Programs } from './programs.ts'
import { type Call, readTrace } from './read-trace.ts'

/** Calls that change files or their folder, and those that make changes last. */
const CALLS =
  'openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,close'
/** Longer than any single write of SQLite at a page size of 4 KiB. */
const BYTES_SHOWN = 100_000
const RECORD_TIMEOUT_MS = 120_000

export type Recorded = { readonly folder: string; readonly calls: readonly Call[] }

/** Null, or a sentence: without strace nothing of this can run. */
export function missingTool(): string | null {
  const found = spawnSync('strace', ['--version'], { encoding: 'utf8' })
  return found.status === 0
    ? null
    : 'strace is missing: install the Debian package `strace` to prove the journal against power cuts.'
}

/** `folder` is made. Throws when the day itself goes wrong. */
export function record(
  folder: string,
  day: 'small' | 'short' | 'long' | 'keeping',
  fault: Planted | null,
  { workload, environment }: Programs = FROM_SOURCES,
): Recorded {
  mkdirSync(folder, { recursive: true })
  const trace = join(folder, 'trace')
  const options = ['-ff', '-qq', '-y', '-xx', '-s', String(BYTES_SHOWN), '-o', trace]
  const program = [...workload, folder, day, fault ?? '']
  const run = spawnSync('strace', [...options, '-e', `trace=${CALLS}`, ...program], {
    encoding: 'utf8',
    timeout: RECORD_TIMEOUT_MS,
    env: { ...env, ...environment },
  })
  if (run.status !== 0) throw new Error(`the recorded day failed: ${run.stderr}`)
  const main = join(folder, `trace.${mainThread(folder)}`)
  if (!existsSync(main)) throw new Error('strace left no trace of the main thread')
  return { folder, calls: readTrace(readFileSync(main, 'latin1'), folder) }
}

/** `-ff` writes a file for each thread; the first one is the process. */
function mainThread(folder: string): string {
  const ids = spawnSync('sh', ['-c', 'ls | sed -n "s/^trace\\.//p" | sort -n | head -1'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return ids.stdout.trim()
}
