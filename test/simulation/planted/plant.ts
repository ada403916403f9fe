/** Plants a bug into the source as it is read: the text of the files that it changes, and nothing on the disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bug } from './bug.ts'

export type Ground = {
  /** Path and text of each file that the bug changes. Throws when its text is not there exactly once. */
  readonly plant: (bug: Bug) => ReadonlyMap<string, string>
}

/** Where bugs are planted. */
const PLOTS = ['src/core', 'src/shell/runner']

/** `root`: of the repository, whose source is read once. */
export function openGround(root: string): Ground {
  const sources = new Map(
    PLOTS.flatMap((plot) =>
      readdirSync(join(root, plot), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(root, plot, name))
        .map((path) => [path, readFileSync(path, 'utf8')] as const),
    ),
  )
  return {
    plant: ({ also, what, ...first }) => {
      const planted = new Map<string, string>()
      for (const { find, put } of also === undefined ? [first] : [first, also]) {
        const holders = [...sources].filter(([, text]) => text.includes(find))
        const [holder, second] = holders
        if (holder === undefined || second !== undefined)
          throw new Error(
            `cannot plant "${what}": its text occurs in ${holders.length} files: ${find}`,
          )
        const [path, sound] = holder
        const text = planted.get(path) ?? sound
        if (text.split(find).length !== 2)
          throw new Error(`cannot plant "${what}": it fits twice: ${find}`)
        planted.set(
          path,
          text.replace(find, () => put),
        )
      }
      return planted
    },
  }
}
