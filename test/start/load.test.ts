/** The rolled-up program runs out of its compiled form when that fits, and without it all the same; its errors name the source. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { compiledFolder, type LoadedScript, loadProgram } from '../../src/start/load.ts'
import { namedStack } from '../../src/start/stack-names.ts'

const MAIN = `const { add } = require('./sum.cjs')
const { basename } = require('node:path')
module.exports = null
globalThis.said = basename(__filename) + ' ' + add(1, 2)`
const SUM = 'exports.add = (one, other) => one + other'

function program(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'program-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

function run(folder: string): readonly LoadedScript[] {
  const loaded: LoadedScript[] = []
  loadProgram(folder, 'main.cjs', (one) => loaded.push(one))
  return loaded
}

function said(): unknown {
  return Reflect.get(globalThis, 'said')
}

function keep(folder: string, scripts: readonly LoadedScript[]): void {
  const into = compiledFolder(folder, process.arch)
  mkdirSync(into, { recursive: true })
  for (const { name, script } of scripts) writeFileSync(join(into, name), script.createCachedData())
}

test('a program without a compiled form is compiled, each script once', () => {
  const folder = program({ 'main.cjs': MAIN, 'sum.cjs': SUM })
  const loaded = run(folder)
  expect(loaded.map(({ name, wasCompiled }) => [name, wasCompiled])).toEqual([
    ['main.cjs', false],
    ['sum.cjs', false],
  ])
  expect(said()).toBe('main.cjs 3')
})

test('the compiled form of the same text is taken', () => {
  const folder = program({ 'main.cjs': MAIN, 'sum.cjs': SUM })
  keep(folder, run(folder))
  const again = run(folder)
  expect(again.map(({ wasCompiled }) => wasCompiled)).toEqual([true, true])
  expect(said()).toBe('main.cjs 3')
})

test('a compiled form of another text, a torn one and one of nonsense are left alone, and the program runs', () => {
  const form = new Script(`(function () {${MAIN}\n})`).createCachedData()
  for (const spoiled of [
    form,
    form.subarray(0, form.length / 2),
    Buffer.from('nonsense'),
    Buffer.alloc(0),
  ]) {
    const folder = program({ 'main.cjs': MAIN, 'sum.cjs': SUM })
    mkdirSync(compiledFolder(folder, process.arch), { recursive: true })
    writeFileSync(join(compiledFolder(folder, process.arch), 'main.cjs'), spoiled)
    Reflect.deleteProperty(globalThis, 'said')
    expect(run(folder)[0]?.wasCompiled).toBe(false)
    expect(said()).toBe('main.cjs 3')
  }
})

test('what ends the program is named by its line in the source', () => {
  const map = {
    version: 3,
    sources: ['../../src/core/sale.ts'],
    names: [],
    // Line 1, column 0 of the file is line 7, column 2 of the source.
    mappings: 'AAME',
  }
  const folder = program({ 'main.cjs': '', 'main.cjs.map': JSON.stringify(map) })
  const stack = `Error: bug\n    at decide (${folder}/main.cjs:1:1)\n    at other (node:net:3:4)`
  const named = namedStack(stack, folder)
  expect(named).toContain('src/core/sale.ts:7:3')
  expect(named).toContain('at other (node:net:3:4)')
  expect(named.split('\n')[0]).toBe('Error: bug')
})

test('what ends a program that goes on from a snapshot is named too, though it was made in another folder', () => {
  const map = { version: 3, sources: ['../../src/core/sale.ts'], names: [], mappings: 'AAME' }
  const folder = program({ 'main.cjs': '', 'main.cjs.map': JSON.stringify(map) })
  const stack = 'Error: bug\n    at decide (/where/it/was/built/main.cjs:1:1)'
  expect(namedStack(stack, folder)).toContain('src/core/sale.ts:7:3')
})

test('without a map a stack stays as it is', () => {
  const folder = program({ 'main.cjs': '' })
  const stack = `Error: bug\n    at decide (${folder}/main.cjs:1:1)`
  expect(namedStack(stack, folder)).toBe(stack)
})
