/** The files that `npm run build` has made, as a list: what is not on it is not there, so no address can lead out of the folder. */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import type { Answer } from './answer.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ogg': 'audio/ogg',
  '.svg': 'image/svg+xml',
}
/** Addresses of pages; each has a file of its own name besides. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '/index.html',
  '/customer': '/customer.html',
  '/report': '/report.html',
}

/** The file of a path such as `/assets/index.js`; null when there is none. */
export type BuiltPages = (path: string) => Promise<Answer | null>

/** Null when there are no pages in `folder`. Read when they are asked for: a screen asks once. */
export function builtPages(folder: string): BuiltPages | null {
  const files = new Set(filesIn(folder))
  if (!files.has(PAGES['/'] ?? '')) return null
  return async (path) => {
    const file = PAGES[path] ?? path
    const type = TYPES[extname(file)]
    if (!files.has(file) || type === undefined) return null
    const body = await readFile(join(folder, file)).catch(() => null)
    return body === null ? null : { status: 200, type, body }
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name))}`)
  } catch {
    // No folder: no pages, which the caller says in a sentence.
    return []
  }
}
