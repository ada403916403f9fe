/** The shipped YAML files that a terminal reads at each start, and a technician's commands each time, as JSON. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { PARSED, textHash } from '../../src/shell/config/parsed-before.ts'

const CONFIG = join(import.meta.dirname, '..', '..', 'config')

/** Writes into `folder` what belongs into the same places of `config`. */
export function writeParsed(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const dialects = readdirSync(join(CONFIG, 'dialects')).map((name) => join('dialects', name))
  const devices = join('devices', 'known.yaml')
  for (const name of [
    'code-classes.yaml',
    'drills.yaml',
    'response-codes.yaml',
    devices,
    ...dialects,
  ]) {
    if (!name.endsWith('.yaml')) continue
    const text = readFileSync(join(CONFIG, name), 'utf8')
    const into = join(folder, `${name}${PARSED}`)
    mkdirSync(dirname(into), { recursive: true })
    writeFileSync(into, JSON.stringify({ of: textHash(text), says: parse(text) }))
  }
}
