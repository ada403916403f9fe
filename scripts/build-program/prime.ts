/** Runs the rolled-up program and keeps what the engine has compiled of it by its end. Started by `compile.ts`, with the program's arguments. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { compiledFolder, type LoadedScript, loadProgram } from '../../src/start/load.ts'

const folder = process.argv.splice(2, 1)[0] ?? ''
const scripts: LoadedScript[] = []
process.on('exit', () => {
  const into = compiledFolder(folder, process.arch)
  mkdirSync(into, { recursive: true })
  for (const { name, script } of scripts) writeFileSync(join(into, name), script.createCachedData())
})
loadProgram(folder, 'main.cjs', (one) => scripts.push(one))
