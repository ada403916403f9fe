/** Tries the snapshot of the heap from which a release goes on, as the launcher does (config/launch.sh): by its hash, and by this very runtime. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorFacts } from './facts.ts'

/** A runtime that takes it ends within a tenth of a second. */
const PATIENCE_MS = 10_000

export type Release = {
  /** Folder of package.json. */
  readonly root: string
  readonly processor: string
  /** Path of the runtime. */
  readonly runtime: string
}

/** Never throws. */
export function askSnapshot({ processor, root, runtime }: Release): DoctorFacts['snapshot'] {
  const folder = join(root, 'program', 'snapshot')
  const blob = read(join(folder, `${processor}.blob`))
  if (blob === null) return 'none'
  const [wanted = ''] = (read(join(folder, `${processor}.sha256`)) ?? '').toString().split(' ')
  if (createHash('sha256').update(blob).digest('hex') !== wanted) return 'refused'
  const args = ['--snapshot-blob', join(folder, `${processor}.blob`)]
  const start = join(root, 'program', 'start.cjs')
  const tried = spawnSync(runtime, [...args, start, 'fits'], {
    stdio: 'ignore',
    timeout: PATIENCE_MS,
  })
  return tried.status === 0 ? 'taken' : 'refused'
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch {
    // A work tree, or a release for a processor that is not the builder's.
    return null
  }
}
