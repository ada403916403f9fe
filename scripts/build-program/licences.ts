/** The packages whose files are inside of the rolled-up program: their names for the list of parts, their licences for everybody. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
const INSIDE = /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i

const mapSchema = z.object({ sources: z.array(z.string()) })
const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
})

/** Text: one paragraph for each, with the heading `name@version (licence)`. Reads the maps that lie in `folder`. */
export function licences(folder: string): string {
  const packages = new Set(
    readdirSync(folder)
      .filter((name) => name.endsWith('.map'))
      .flatMap(
        (name) => mapSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).sources,
      )
      .map((source) => INSIDE.exec(source)?.[1])
      .filter((path) => path !== undefined),
  )
  return [...packages].sort().map(paragraph).join('\n')
}

function paragraph(path: string): string {
  const at = join(ROOT, path)
  const { license, name, version } = packageSchema.parse(
    JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')),
  )
  const texts = readdirSync(at)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(join(at, file), 'utf8').trim())
  return [`${name}@${version} (${license ?? 'see below'})`, ...texts, ''].join('\n\n')
}
