/**
 * Loads the rolled-up program of a release out of what the engine once compiled of it. Node's own compile cache names its folder by the
 * user and wants to write there; here the compiled form is signed with the release, and the boot check hashes it with everything else.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

export type LoadedScript = {
  readonly name: string
  readonly script: Script
  /** False: there was none, or it is of another runtime or another text; then the text was compiled, which only takes longer. */
  readonly wasCompiled: boolean
}

type Module = { exports: unknown }
type Require = (wanted: string) => unknown
type Body = (
  exports: unknown,
  require: Require,
  module: Module,
  filename: string,
  folder: string,
) => void

const BESIDE = /^\.\/([\w.-]+\.cjs)$/

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
  const modules = new Map<string, Module>()
  const outer = createRequire(join(folder, name))
  const run = (wanted: string): unknown => {
    const known = modules.get(wanted)
    if (known !== undefined) return known.exports
    const module: Module = { exports: {} }
    modules.set(wanted, module)
    const filename = join(folder, wanted)
    const one = compile(filename, wanted)
    loaded(one)
    const body: Body = one.script.runInThisContext()
    body(module.exports, require, module, filename, folder)
    return module.exports
  }
  const require: Require = (wanted) => {
    const beside = BESIDE.exec(wanted)?.[1]
    return beside === undefined ? outer(wanted) : run(beside)
  }
  run(name)
}

function compile(filename: string, name: string): LoadedScript {
  // On the first line, so that the lines of the map are those of the file.
  const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'latin1')}\n})`
  const cachedData = compiledForm(join(compiledFolder(dirname(filename), process.arch), name))
  const script = new Script(text, cachedData === null ? { filename } : { filename, cachedData })
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
