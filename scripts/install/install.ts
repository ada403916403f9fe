/** Puts the planned files in place and takes exactly those away again. Configuration and data are never touched. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Planned } from './plan.ts'

export type Place = {
  /** Put before every path, for packagers; empty on the machine itself. */
  readonly destdir: string
  readonly prefix: string
}

const ORDINARY = 0o644
const EXECUTABLE = 0o755
const ANY_EXECUTE_BIT = 0o111

/** Where the list of what was installed lies, absolute on the terminal. */
function listFile(prefix: string): string {
  return join(prefix, 'lib', 'suretill', 'installed.txt')
}

/** An older installation in the same place is taken away first, so that no file of it stays. Returns the number of files. */
export function install(planned: readonly Planned[], place: Place): number {
  uninstall(place)
  const list = listFile(place.prefix)
  const all = [...planned.map(({ to }) => to), list].sort()
  // First of all: what is half installed can be uninstalled.
  write(place, { kind: 'write', text: `${all.join('\n')}\n`, to: list, executable: false })
  for (const one of planned) write(place, one)
  return all.length
}

/** Returns the number of files taken away; 0 when nothing is installed there. */
export function uninstall({ destdir, prefix }: Place): number {
  const list = join(destdir, listFile(prefix))
  if (!existsSync(list)) return 0
  const files = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  for (const file of files) rmSync(join(destdir, file), { force: true })
  const folders = new Set(files.flatMap((file) => parents(file, prefix)))
  // The deepest first; one that holds something of others stays.
  for (const folder of [...folders].sort((a, b) => b.length - a.length))
    removeIfEmpty(join(destdir, folder))
  return files.length
}

function write({ destdir }: Place, planned: Planned): void {
  const to = join(destdir, planned.to)
  mkdirSync(dirname(to), { recursive: true })
  if (planned.kind === 'copy') {
    copyFileSync(planned.from, to)
    const isExecutable = (statSync(planned.from).mode & ANY_EXECUTE_BIT) !== 0
    chmodSync(to, isExecutable ? EXECUTABLE : ORDINARY)
  } else {
    writeFileSync(to, planned.text)
    chmodSync(to, planned.executable ? EXECUTABLE : ORDINARY)
  }
}

/** Folders above a file, up to the prefix and without it. */
function parents(file: string, prefix: string): readonly string[] {
  const above: string[] = []
  for (let at = dirname(file); at.length > prefix.length; at = dirname(at)) above.push(at)
  return above
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Not empty, or not there: not ours to remove.
  }
}
