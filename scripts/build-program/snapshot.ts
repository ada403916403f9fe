/** The heap of a terminal that has loaded everything and begun nothing, kept beside the program: most of a start was loading. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import type { HoldWish } from '../../src/start/hold.ts'
import { isFit } from '../../src/start/late.ts'
import { compiledFolder } from '../../src/start/load.ts'
import { NOT_SHIPPED } from './packages.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const RUNTIME = join(ROOT, 'node_modules', 'node', 'bin', 'node')
const REQUIRED = /\brequire\("([^"]+)"\)/g

/**
 * Taken apart while a package is loaded and used by nobody: pino's threads for other destinations. Anything else of the world that is
 * wanted before a terminal has started ends the build.
 */
const UNUSED = ['worker_threads.Worker', 'worker_threads.isMainThread', 'module.createRequire']

/** Where it lies: beside the program, for each processor. */
export function snapshotFile(folder: string, processor: string): string {
  return join(folder, 'snapshot', `${processor}.blob`)
}

/** For this machine's kind of processor, out of the compiled forms: what a start has run is compiled in it. Throws what Node says. */
export function writeSnapshot(folder: string): void {
  const blob = snapshotFile(folder, process.arch)
  const wishFile = join(folder, 'wish.json')
  const wish: HoldWish = { folder, root: ROOT, late: lateNames(folder), unused: UNUSED }
  mkdirSync(dirname(blob), { recursive: true })
  writeFileSync(wishFile, JSON.stringify(wish))
  try {
    // Node warns of each module that it has not tried in a snapshot; those are fetched after the start (`late.ts`).
    const flags = ['--no-warnings', '--snapshot-blob', blob, '--build-snapshot']
    execFileSync(RUNTIME, [...flags, join(folder, 'hold.cjs'), wishFile], { stdio: 'inherit' })
    // As `sha256sum` wants it: the engine itself takes a snapshot with wrong bytes in it.
    const hash = createHash('sha256').update(readFileSync(blob)).digest('hex')
    writeFileSync(blob.replace(/blob$/, 'sha256'), `${hash}  ${basename(blob)}\n`)
  } finally {
    rmSync(wishFile)
  }
}

/** What the modules export that a snapshot cannot hold. One that is not shipped is missing there too. */
function lateNames(folder: string): HoldWish['late'] {
  const require = createRequire(join(ROOT, 'package.json'))
  const texts = readdirSync(compiledFolder(folder, process.arch)).map((name) =>
    readFileSync(join(folder, name), 'latin1'),
  )
  const names = new Set(
    texts.flatMap((text) => [...text.matchAll(REQUIRED)].map(([, name = '']) => name)),
  )
  return Object.fromEntries(
    [...names]
      .filter((name) => !(name.startsWith('./') || isFit(name) || NOT_SHIPPED.includes(name)))
      .flatMap((name) => {
        try {
          return [[name, Object.keys(require(name))]]
        } catch {
          return []
        }
      }),
  )
}
