/**
 * A process that runs the simulation on planted sources, one bug after the other: `nursery.ts` writes it a line for each and reads a line
 * for each. Every bug gets modules of its own, and compiled code stays warm: a process for each bug cost five times as much.
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { runSeed } from '../run-seed.ts'
import { openGround } from './plant.ts'
import type { Found, Question } from './question.ts'

const ROOT = join(import.meta.dirname, '../../..')
const OURS = pathToFileURL(`${ROOT}/`).href
const SIMULATION = pathToFileURL(join(ROOT, 'test/simulation/run-seed.ts')).href
const ground = openGround(ROOT)
const resolved = new Map<string, string>()
const stripped = new Map<string, string>()
let planted: ReadonlyMap<string, string> = new Map()
let bed = 0

// Whatever a module of a bed imports belongs to the same bed: `?7` behind its address.
registerHooks({
  resolve: (specifier, context, next) => {
    const [parent = '', number] = context.parentURL?.split('?') ?? []
    if (number === undefined) return next(specifier, context)
    const name = `${specifier} ${parent}`
    const url = resolved.get(name) ?? next(specifier, context).url
    resolved.set(name, url)
    const isOurs = url.startsWith(OURS) && url.endsWith('.ts')
    return { url: isOurs ? `${url}?${number}` : url, shortCircuit: true }
  },
  load: (url, context, next) =>
    url.includes('.ts?')
      ? { format: 'module', source: sourceOf(fileURLToPath(url)), shortCircuit: true }
      : next(url, context),
})

for await (const line of createInterface({ input: process.stdin })) {
  const { bug, ...where }: Question = JSON.parse(line)
  planted = bug === null ? new Map() : ground.plant(bug)
  bed += 1
  const world: { readonly runSeed: typeof runSeed } = await import(`${SIMULATION}?${bed}`)
  console.log(JSON.stringify(look(world.runSeed, where)))
}

function look(run: typeof runSeed, { enough, sales, seeds }: Omit<Question, 'bug'>): Found[] {
  const found: Found[] = []
  for (const seed of seeds) {
    const { broken } = run({ seed, sales })
    if (broken !== null) found.push({ seed, broken: broken.split('\n')[0] ?? '' })
    if (found.length >= enough) break
  }
  return found
}

function sourceOf(path: string): string {
  const changed = planted.get(path)
  if (changed !== undefined) return stripTypeScriptTypes(changed)
  const known = stripped.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'))
  stripped.set(path, known)
  return known
}
