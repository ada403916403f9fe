/** The scripts of a rolled-up program as modules that ask each other for what they need: each is run once, whoever has it. */

/** What a module exports is known to whoever asks for it. */
export type Require = (wanted: string) => ReturnType<NodeJS.Require>

/** What stands in a script, as a function of what CommonJS promises it. */
export type Body = (
  exports: unknown,
  require: Require,
  module: { exports: unknown },
  filename: string,
  folder: string,
) => void

export type ModuleSource = {
  /** The script with this name, and where it lies; throws when there is none. */
  readonly script: (name: string) => {
    readonly body: Body
    readonly filename: string
    readonly folder: string
  }
  /** Everything that is no script of the program: Node's own modules, packages. */
  readonly outer: Require
}

const BESIDE = /^\.\/([\w.-]+\.cjs)$/

export type Modules = {
  /** What `./name.cjs` exports; it is run the first time. Throws what the script throws. */
  readonly require: Require
  /** Has this script at hand, not run. */
  readonly prepare: (name: string) => void
}

export function createModules({ outer, script }: ModuleSource): Modules {
  const modules = new Map<string, { exports: unknown }>()
  const prepared = new Map<string, ReturnType<typeof script>>()
  const run = (name: string): unknown => {
    const known = modules.get(name)
    if (known !== undefined) return known.exports
    const module = { exports: {} }
    modules.set(name, module)
    const { body, filename, folder } = prepared.get(name) ?? script(name)
    prepared.delete(name)
    body(module.exports, require, module, filename, folder)
    return module.exports
  }
  const require: Require = (wanted) => {
    const beside = BESIDE.exec(wanted)?.[1]
    return beside === undefined ? outer(wanted) : run(beside)
  }
  return {
    require,
    prepare: (name) => {
      if (!modules.has(name)) prepared.set(name, script(name))
    },
  }
}
