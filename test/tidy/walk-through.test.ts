/** Somebody adds a dialect and a printer with nothing but the pages: what the pages show is what happens. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { startPrinterSim } from '../rig/sim/printer/printer-sim.ts'
import { answersAsShown, blocksOf, follow, type Typed } from './follow-page.ts'

/** A whole tree is compiled on a loaded machine. */
const SLOW_MS = 180_000

test('a dialect written by docs/writing-a-dialect.md packs, describes and refuses as the page says', {
  timeout: SLOW_MS,
}, async () => {
  const typed = await follow(copyOfTree(), readFileSync('docs/writing-a-dialect.md', 'utf8'))
  expect(typed.length).toBe(8)
  expect(typed.filter((one) => !answersAsShown(one))).toEqual([])
})

test('every word that a dialect file may hold stands on its page', () => {
  const page = readFileSync('docs/writing-a-dialect.md', 'utf8')
  const spec = readFileSync('src/iso8583/dialect/dialect-spec.ts', 'utf8')
  const words = Array.from(spec.matchAll(/readonly (\w+)\??:/g), ([, word = '']) => word)
  expect(words.length).toBeGreaterThan(30)
  expect(words.filter((word) => !page.includes(`\`${word}\``) && word !== 'en')).toEqual([])
})

test('a printer added by docs/writing-a-driver.md compiles, and the doctor finds it', {
  timeout: SLOW_MS,
}, async () => {
  const tree = copyOfTree()
  const page = readFileSync('docs/writing-a-driver.md', 'utf8')
  const printer = startPrinterSim({ path: join(tree, 'dev', 'printer'), columns: 32 })
  onTestFinished(() => printer.stop())
  configure(tree, blocksOf(page).find(({ kind }) => kind === 'yaml')?.text ?? '')
  // The simulator holds its end of the line; on a terminal that is another box, so the doctor runs where it cannot see us.
  const typed = await follow(tree, page, ['unshare', '-r'])
  expect(typed.length).toBe(2)
  expect(typed.filter((one) => !answersAsShown(one))).toEqual([])
})

test('a page that shows another answer, or a change of what is not there, is found', async () => {
  const tree = mkdtempSync(join(tmpdir(), 'page-'))
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }))
  const page =
    '```yaml a.yaml\none: 1\n```\n```console\n$ cat a.yaml\none: 2\n$ cat a.yaml\none: 1\n```\n'
  const shown = (await follow(tree, page)).map((one: Typed) => answersAsShown(one))
  expect(shown).toEqual([false, true])
  await expect(follow(tree, '```diff a.yaml\n-two: 1\n+two: 2\n```\n')).rejects.toThrow('not in')
})

/** A configuration with the line that the page shows. */
function configure(tree: string, line: string): void {
  const folder = join(tree, 'config-of-the-page')
  cpSync(join(tree, 'config', 'demo'), folder, { recursive: true })
  const file = join(folder, 'terminal.yaml')
  const document = parseDocument(readFileSync(file, 'utf8'))
  document.setIn(['devices', 'printer'], document.createNode(parse(line).printer))
  writeFileSync(file, document.toString())
}

function copyOfTree(): string {
  const tree = mkdtempSync(join(tmpdir(), 'walk-'))
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }))
  for (const part of ['src', 'drivers', 'config', 'package.json', 'tsconfig.json'])
    cpSync(part, join(tree, part), { recursive: true })
  mkdirSync(join(tree, 'scripts'))
  cpSync('scripts/suretill', join(tree, 'scripts', 'suretill'))
  symlinkSync(resolve('node_modules'), join(tree, 'node_modules'))
  return tree
}
