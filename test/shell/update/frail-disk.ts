/**
 * A disk in memory whose power can be cut after any call. What was not synced may be there or not: `kept` leaves it, as a killed process
 * would; `lost` takes every change since the last sync away; `torn` keeps the names and loses the bytes.
 */
import { basename, dirname } from 'node:path'
import type { FileCalls } from '#shell/update/file-calls.ts'

type Node =
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number }

export type Aftermath = 'kept' | 'lost' | 'torn'

/** Thrown where the power goes. */
export class PowerCut extends Error {}

export type FrailDisk = FileCalls & {
  readonly calls: () => number
  /** What a new start finds, with no cut ahead. */
  readonly afterCut: (how: Aftermath) => FrailDisk
  /** The same disk, synced, whose power goes after so many more calls. */
  readonly cutLater: (calls: number) => FrailDisk
  readonly mode: (path: string) => number | null
}

/** `cutAfter` calls that change something; then the next one throws PowerCut and so does every call after it. */
export function createFrailDisk(
  cutAfter = Number.POSITIVE_INFINITY,
  start: ReadonlyMap<string, Node> = new Map([['/', { kind: 'folder' }]]),
): FrailDisk {
  const now = new Map(start)
  let synced = new Map(start)
  let count = 0

  const change = (make: () => void): void => {
    if (count >= cutAfter) throw new PowerCut()
    make()
    count += 1
  }
  const inside = (path: string): readonly string[] =>
    [...now.keys()].filter((name) => name !== path && name.startsWith(`${path}/`))
  /** Links are followed in every part but the last. */
  const real = (path: string): string => {
    if (path === '/') return path
    const above = real(dirname(path))
    const node = now.get(above)
    const folder = node?.kind === 'link' ? `${dirname(above)}/${node.target}` : above
    return folder === '/' ? `/${basename(path)}` : `${folder}/${basename(path)}`
  }
  const needFolder = (path: string): void => {
    if (now.get(dirname(path))?.kind !== 'folder') throw new Error(`ENOENT ${path}`)
  }
  const drop = (path: string, kinds: readonly Node['kind'][]): void => {
    if (!kinds.some((kind) => kind === now.get(path)?.kind) || inside(path).length > 0)
      throw new Error(`cannot remove ${path}`)
    now.delete(path)
  }
  return {
    calls: () => count,
    cutLater: (calls) => createFrailDisk(calls, now),
    mode: (path) => {
      const node = now.get(real(path))
      return node?.kind === 'file' ? node.mode : null
    },
    read: (path) => {
      const node = now.get(real(path))
      return node?.kind === 'file' ? node.bytes : null
    },
    readLink: (path) => {
      const node = now.get(path)
      return node?.kind === 'link' ? node.target : null
    },
    list: (path) =>
      now.get(path)?.kind === 'folder'
        ? inside(path)
            .filter((name) => dirname(name) === path)
            .map((name) => basename(name))
        : null,
    makeFolder: (path) => {
      if (now.get(path)?.kind === 'folder') return
      change(() => {
        needFolder(path)
        now.set(path, { kind: 'folder' })
      })
    },
    create: (path, mode) => {
      change(() => {
        needFolder(path)
        now.set(path, { kind: 'file', bytes: new Uint8Array(0), mode })
      })
      return {
        write: (bytes) =>
          change(() => {
            const before = now.get(path)
            const old = before?.kind === 'file' ? before.bytes : new Uint8Array(0)
            now.set(path, { kind: 'file', bytes: Buffer.concat([old, bytes]), mode })
          }),
        close: () => undefined,
      }
    },
    rename: (from, to) =>
      change(() => {
        const node = now.get(from)
        if (node === undefined) throw new Error(`ENOENT ${from}`)
        if (node.kind === 'folder' && now.has(to)) throw new Error(`ENOTEMPTY ${to}`)
        for (const path of [from, ...inside(from)]) {
          const moved = now.get(path)
          if (moved !== undefined) now.set(`${to}${path.slice(from.length)}`, moved)
          now.delete(path)
        }
      }),
    link: (target, path) =>
      change(() => {
        if (now.has(path)) throw new Error(`EEXIST ${path}`)
        now.set(path, { kind: 'link', target })
      }),
    remove: (path) => change(() => drop(path, ['file', 'link'])),
    removeFolder: (path) => change(() => drop(path, ['folder'])),
    syncAll: () =>
      change(() => {
        synced = new Map(now)
      }),
    afterCut: (how) =>
      createFrailDisk(
        Number.POSITIVE_INFINITY,
        how === 'lost' ? synced : remains(now, synced, how),
      ),
  }
}

function remains(
  now: ReadonlyMap<string, Node>,
  synced: ReadonlyMap<string, Node>,
  how: Aftermath,
): ReadonlyMap<string, Node> {
  if (how === 'kept') return now
  const safe = new Set(synced.values())
  return new Map(
    [...now].map(([path, node]): [string, Node] => {
      const isTorn = node.kind === 'file' && !safe.has(node)
      return [path, isTorn ? { ...node, bytes: new Uint8Array(0) } : node]
    }),
  )
}
