/**
 * The program as a terminal gets it, rolled up and compiled, laid out for this machine: it starts in a third of the time that its sources
 * take, and what is proved is what ships.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launcher, programFiles } from '../../scripts/install/plan.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const BUILT = join(ROOT, 'build', 'program', 'main.cjs')
const SOURCES = ['src', 'drivers', 'config'].map((folder) => join(ROOT, folder))
const RUNTIME = join('node_modules', 'node', 'bin', 'node')

export type TerminalCommand = readonly [string, ...string[]]

export type LaidProgram = {
  /** Words to which the verb and its options are added. */
  readonly command: TerminalCommand
  /** For a reader of the verdicts. */
  readonly name: 'the shipped program' | 'the sources'
  /** Removes what was laid out. Safe to call twice. */
  readonly remove: () => void
}

/** The shipped program where it was built from the sources as they are now; else the sources. */
export function layProgram(): LaidProgram {
  if (!isBuiltOfNow()) return { ...theSources(), remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'shipped-'))
  for (const { from, path } of programFiles()) {
    if (path.startsWith('node_modules/node/')) continue
    const to = join(folder, path)
    mkdirSync(dirname(to), { recursive: true })
    // Scripts look beside themselves, and pages are taken as files only: links would lead away from here.
    if (path.startsWith('node_modules/')) symlinkSync(from, to)
    else cpSync(from, to)
  }
  mkdirSync(dirname(join(folder, RUNTIME)), { recursive: true })
  symlinkSync(join(ROOT, RUNTIME), join(folder, RUNTIME))
  const program = join(folder, 'suretill')
  writeFileSync(program, launcher(folder), { mode: 0o755 })
  return {
    command: [program],
    name: 'the shipped program',
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function theSources(): Pick<LaidProgram, 'command' | 'name'> {
  return { command: [join(ROOT, 'scripts', 'suretill')], name: 'the sources' }
}

function isBuiltOfNow(): boolean {
  if (!existsSync(BUILT)) return false
  const builtAt = statSync(BUILT).mtimeMs
  return SOURCES.every((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .every(({ name, parentPath }) => statSync(join(parentPath, name)).mtimeMs <= builtAt),
  )
}
