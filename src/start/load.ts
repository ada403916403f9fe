/**
 * Loads the rolled-up program of a release out of what the engine once compiled of it. Node's own compile cache names its folder by the
 * user and wants to write there; here the compiled form is signed with the release, and the boot check hashes it with everything else.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import type { Script } from 'node:vm'
import { type Body, createModules, type Require } from './modules.ts'

export type LoadedScript = {
  readonly name: string
  readonly script: Script
  /** False: there was none, or it is of another runtime or another text; then the text was compiled, which only takes longer. */
  readonly wasCompiled: boolean
}

/** Where the compiled forms lie: beside the program, for each processor. */
export function compiledFolder(folder: string, processor: string): string {
  return join(folder, 'compiled', processor)
}

/** Runs `name` of `folder` and, when they are asked for, the scripts beside it; `loaded` is told of each. Throws what the program throws. */
export function loadProgram(
  folder: string,
  name: string,
  loaded: (script: LoadedScript) => void,
): void {
  createModules({
    outer: packagesOf(folder),
    script: (wanted) => {
      const one = readScript(folder, wanted)
      loaded(one)
      const body: Body = one.script.runInThisContext()
      return { body, folder, filename: join(folder, wanted) }
    },
  }).require(`./${name}`)
}

/** Packages that lie as folders where the program of `folder` finds them, and Node's own modules. */
export function packagesOf(folder: string): Require {
  // Asked for here and not at the top: a snapshot of the heap holds this file, and may not hold that module.
  return process.getBuiltinModule('node:module').createRequire(join(folder, 'main.cjs'))
}

/** Out of its compiled form when that fits. Throws when there is no such script. */
export function readScript(folder: string, name: string): LoadedScript {
  const vm = process.getBuiltinModule('node:vm')
  const filename = join(folder, name)
  // On the first line, so that the lines of the map are those of the file.
  const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'latin1')}\n})`
  const cachedData = compiledForm(join(compiledFolder(dirname(filename), process.arch), name))
  const options = cachedData === null ? { filename } : { filename, cachedData }
  const script = new vm.Script(text, options)
  return { name, script, wasCompiled: cachedData !== null && script.cachedDataRejected === false }
}

function compiledForm(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch {
    // A release for a processor that is not the builder's has none.
    return null
  }
}
