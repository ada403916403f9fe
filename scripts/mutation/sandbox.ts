/** A copy of the repository in which the named files hold all their mutants, each asleep until its number is called. */
import {
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'

const COPIED = ['src', 'drivers', 'test', 'config', 'scripts', 'docs', 'package.json']

const silent = (): void => undefined
const LOG = {
  trace: silent,
  debug: silent,
  info: silent,
  warn: console.warn,
  error: console.error,
  fatal: console.error,
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => true,
  isErrorEnabled: () => true,
  isFatalEnabled: () => true,
}

/** `named`: files, or folders with all that is in them, relative to `root`. Gives the folder of the copy; its `mutants.json` lists the mutants. */
export async function layOut(root: string, named: readonly string[]): Promise<string> {
  const sandbox = join(root, 'build/mutation')
  rmSync(sandbox, { recursive: true, force: true })
  mkdirSync(sandbox, { recursive: true })
  for (const name of COPIED) cpSync(join(root, name), join(sandbox, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(sandbox, 'node_modules'))
  const sources = named.flatMap((name) =>
    statSync(join(root, name)).isDirectory() ? globSync(`${name}/**/*.ts`, { cwd: root }) : [name],
  )
  const asked = sources.toSorted().map((name) => ({
    name,
    mutate: true,
    content: readFileSync(join(root, name), 'utf8'),
  }))
  const { files, mutants } = await new Instrumenter(LOG).instrument(asked, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  })
  for (const { name, content } of files) writeFileSync(join(sandbox, name), content)
  writeFileSync(join(sandbox, 'mutants.json'), JSON.stringify(mutants))
  return sandbox
}
