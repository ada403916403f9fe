/** Which tests and scenarios the tree has, as far as their titles go. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readScenarios } from '../rig/scenario/scenario-file.ts'
import type { Titles } from './idea-table.ts'

const TESTS = fileURLToPath(new URL('..', import.meta.url))
const SCENARIOS = 'scenarios/'

/** Of `folder` and what is below it; each file is read once. */
export function titlesOfTree(folder = TESTS): Titles {
  const scenarios = new Map<string, readonly string[]>()
  const tests = new Map<string, string>()
  return {
    isShown(file, title) {
      if (!file.startsWith(SCENARIOS))
        return isTitle(
          once(tests, file, (name) => textOf(folder, `${name}.test.ts`)),
          title,
        )
      return once(scenarios, file, (name) =>
        soundScenarios(name, textOf(folder, `${name}.yaml`)),
      ).includes(title)
    },
  }
}

function once<Value>(
  known: Map<string, Value>,
  file: string,
  read: (file: string) => Value,
): Value {
  const value = known.get(file) ?? read(file)
  known.set(file, value)
  return value
}

/** Titles with their tables written out; one that shows a fault of the product is no proof of anything. */
function soundScenarios(file: string, text: string): readonly string[] {
  const read = readScenarios(file, text)
  if (!read.ok) throw new Error(read.problem)
  return read.scenarios.filter(({ knownFault }) => knownFault === null).map(({ title }) => title)
}

/** The whole of a text of the file, in whatever quotes; `%s` and `${…}` as they are written. */
function isTitle(source: string, title: string): boolean {
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) =>
    new RegExp(`\\(\\s*${escaped(quoted)},`).test(source),
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function textOf(folder: string, path: string): string {
  const file = join(folder, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
