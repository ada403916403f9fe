/** Draws which room really imports which, read off the sources, as a Mermaid graph. What a room may import is the business of .dependency-cruiser.cjs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** `import … from 'x'`, `export … from 'x'` and `import('x')`. */
const IMPORT = /(?:from|import\()\s*'([^']+)'/g

/** `root`: the folder of the project. Types count: who knows a type of a room knows the room. */
export function drawRooms(root: string): string {
  const edges = new Set<string>()
  for (const folder of ['src', 'drivers'])
    for (const file of sources(join(root, folder))) {
      const from = roomOf(relative(root, file))
      for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
        const room = roomOfImport(root, file, to)
        if (room !== null && room !== from) edges.add(`  ${from} --> ${room}`)
      }
    }
  return `graph TD\n${[...edges].sort().join('\n')}\n`
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
}

/** `#core/x` and paths that lead into another room; null for packages and Node itself. */
function roomOfImport(root: string, file: string, to: string): string | null {
  if (to.startsWith('#'))
    return roomOf(to.startsWith('#drivers/') ? to.slice(1) : `src/${to.slice(1)}`)
  if (!to.startsWith('.')) return null
  return roomOf(relative(root, join(file, '..', to)))
}

/** The composition root is the files that stand in `src` itself; data in `config` is no room. */
function roomOf(path: string): string | null {
  const [top = '', second = '', third] = path.split('/')
  if (top === 'drivers') return 'drivers'
  if (top !== 'src') return null
  return third === undefined ? 'main' : second
}
