/**
 * Loads the verb `run` while a release is made, so that Node can keep the heap as it then is: a terminal that starts from it loads nothing
 * and goes on where this ended. Nothing of a shop is in it: no configuration, no key, no time, no random number.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { setFlagsFromString, startupSnapshot } from 'node:v8'
import { createLateModules } from './late.ts'
import { compiledFolder, packagesOf, readScript } from './load.ts'
import { type Body, createModules } from './modules.ts'
import { tellSource } from './stack-names.ts'

/** What whoever makes the release tells, as JSON in the file that is the first argument. */
export type HoldWish = {
  /** Of the rolled-up program. */
  readonly folder: string
  /** Of the sources: their shipped files are checked once and for all. */
  readonly root: string
  /** What the modules export that cannot be held. */
  readonly late: Readonly<Record<string, readonly string[]>>
  /** Names that may be wanted too early, since nobody uses what they stand for. */
  readonly unused: readonly string[]
}

/** In the place of a verb. */
const FITS = 'fits'

type Held = { readonly holdRun: (root: string) => Promise<(installed: string) => void> }

/** Rejects when the program wants to know while it is loaded what only a started one can know. */
async function hold({ folder: built, late, root, unused }: HoldWish): Promise<void> {
  const modules = createLateModules(late, require)
  let folder = built
  const program = createModules({
    outer: modules.require,
    script: (name) => {
      const { script } = readScript(folder, name)
      const body: Body = script.runInThisContext()
      return { body, filename: join(folder, name), folder }
    },
  })
  // Every function, not only those that are run by now: what is compiled here need not be when a terminal starts.
  setFlagsFromString('--no-lazy')
  // Wanted by every socket that listens, with what it loads in its turn. Node has not tried it in a snapshot; our tests do.
  require('node:cluster')
  const held: Held = program.require('./held.cjs')
  const begin = await held.holdRun(root)
  // What a start has wanted besides, such as the way to a native part, can be compiled here and not run.
  for (const name of readdirSync(compiledFolder(built, process.arch))) program.prepare(name)
  setFlagsFromString('--lazy')
  const early = modules.touched().filter((name) => !unused.includes(name))
  if (early.length > 0) throw new Error(`wanted before the start: ${early.join(', ')}`)
  startupSnapshot.setDeserializeMainFunction(() => {
    // Only whether this runtime takes the snapshot (config/launch.sh).
    if (process.argv[2] === FITS) return
    folder = dirname(process.argv[1] ?? '')
    modules.arrive(packagesOf(folder))
    tellSource(folder)
    begin(join(folder, '..'))
  })
}

const wish: HoldWish = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
void hold(wish)
