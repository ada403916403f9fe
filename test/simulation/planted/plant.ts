/** Copies what the simulation needs into a folder, plants a bug there and lets the simulation look for it. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Bug } from './bug.ts'

export type Found = { readonly seed: number; readonly broken: string }

export type Nursery = {
  /** The first seed that finds the bug, or null; `bug` null: the source as it is. */
  readonly look: (bug: Bug | null, seeds: number, sales: number) => Found | null
  readonly close: () => void
}

const ROOT = join(import.meta.dirname, '../../..')
const LOOKER = fileURLToPath(new URL('./until-broken.ts', import.meta.url))
/** Where bugs are planted. */
const PLOTS = ['src/core', 'src/shell/runner']
const NEEDED = ['package.json', ...PLOTS, 'src/shell/journal']
/** A planted bug may also hang the simulation. */
const LOOK_TIMEOUT_MS = 60_000

export function openNursery(): Nursery {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'))
  for (const path of [...NEEDED, 'test/simulation'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  return {
    look: (bug, seeds, sales) => {
      const heal = bug === null ? () => undefined : plant(folder, bug)
      try {
        const script = join(folder, relative(ROOT, LOOKER))
        const args = [script, String(seeds), String(sales)]
        const options = { encoding: 'utf8', timeout: LOOK_TIMEOUT_MS } as const
        const found: Found | null = JSON.parse(execFileSync(process.execPath, args, options))
        return found
      } finally {
        heal()
      }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

/** Returns what undoes it. */
function plant(folder: string, { also, find, put, what }: Bug): () => void {
  const heal = replace(folder, what, { find, put })
  if (also === undefined) return heal
  try {
    const healSecond = replace(folder, what, also)
    return () => {
      healSecond()
      heal()
    }
  } catch (cause) {
    heal()
    throw cause
  }
}

function replace(
  folder: string,
  what: string,
  { find, put }: Pick<Bug, 'find' | 'put'>,
): () => void {
  const holders = PLOTS.flatMap((plot) =>
    readdirSync(join(folder, plot), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, plot, name)),
  ).filter((path) => readFileSync(path, 'utf8').includes(find))
  const [path, second] = holders
  if (path === undefined || second !== undefined)
    throw new Error(`cannot plant "${what}": its text occurs in ${holders.length} files: ${find}`)
  const sound = readFileSync(path, 'utf8')
  if (sound.split(find).length !== 2)
    throw new Error(`cannot plant "${what}": it fits twice: ${find}`)
  writeFileSync(
    path,
    sound.replace(find, () => put),
  )
  return () => writeFileSync(path, sound)
}
