/**
 * A disk as a power cut leaves it. What was synced is there; what was not is there, gone, or torn between 512-byte sectors, each of which
 * holds some moment of its own. The folder's entries come back in the order in which they were made: a journalled prefix.
 */
import type { Call } from './read-trace.ts'

export const SECTOR_BYTES = 512

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly length: number }
type Inode = { synced: Buffer; readonly unsynced: Change[] }
type FolderChange =
  | { readonly kind: 'link'; readonly name: string; readonly inode: Inode }
  | { readonly kind: 'unlink'; readonly name: string }

export type Disk = {
  readonly apply: (call: Call) => void
  /** True while something would be lost by a cut. */
  readonly isUnsettled: () => boolean
  /** Grow with every change of what is there, and with every change of what would be left if all else were lost. */
  readonly changes: () => { readonly there: number; readonly settled: number }
  /** The files as the cut leaves them. `fate` says for each unsynced thing whether it reached the disk. */
  readonly afterCut: (fate: Fate) => ReadonlyMap<string, Buffer>
}

export type Fate = {
  /** How many of the `count` unsynced folder changes are there, from the oldest on. */
  readonly folder: (count: number) => number
  /** How many of the `count` unsynced changes of one sector are there, from the oldest on. */
  readonly sector: (count: number) => number
  /** Whether a new length, given by truncation or by writing past the end, is there. */
  readonly length: () => boolean
}

export function createDisk(): Disk {
  const open = new Map<number, Inode | 'folder'>()
  const now = new Map<string, Inode>()
  const settled = new Map<string, Inode>()
  const folderChanges: FolderChange[] = []
  let [thereChanges, settledChanges] = [0, 0]

  const changeFolder = (change: FolderChange): void => {
    folderChanges.push(change)
    thereChanges += 1
    replay(now, change)
  }
  const opened = (name: string, creates: boolean): Inode | 'folder' => {
    if (name === '') return 'folder'
    const known = now.get(name)
    if (known !== undefined) return known
    if (!creates) throw new Error(`${name} was opened and is not known`)
    const inode: Inode = { synced: Buffer.alloc(0), unsynced: [] }
    changeFolder({ kind: 'link', name, inode })
    return inode
  }
  const settleFolder = (): void => {
    for (const change of folderChanges.splice(0)) replay(settled, change)
  }

  const apply = (call: Call): void => {
    switch (call.call) {
      case 'open':
        open.set(call.fd, opened(call.name, call.creates))
        return
      case 'close':
        open.delete(call.fd)
        return
      case 'unlink':
        changeFolder({ kind: 'unlink', name: call.name })
        return
      case 'rename': {
        const inode = now.get(call.from)
        if (inode === undefined) throw new Error(`${call.from} was renamed and is not known`)
        changeFolder({ kind: 'link', name: call.to, inode })
        changeFolder({ kind: 'unlink', name: call.from })
        return
      }
      case 'mark':
        return
      case 'write':
      case 'truncate':
      case 'sync': {
        const inode = open.get(call.fd)
        if (inode === undefined) throw new Error(`descriptor ${call.fd} is not known`)
        // A sync commits the file system's journal, and with it every entry made before.
        if (call.call === 'sync') {
          settleFolder()
          settledChanges += 1
        } else thereChanges += 1
        if (inode === 'folder') return
        if (call.call === 'write') inode.unsynced.push({ kind: 'write', ...call })
        if (call.call === 'truncate') inode.unsynced.push({ kind: 'truncate', length: call.length })
        if (call.call === 'sync')
          inode.synced = contents({ ...inode, unsynced: inode.unsynced.splice(0) }, ALL_THERE)
      }
    }
  }

  return {
    apply,
    changes: () => ({ there: thereChanges, settled: settledChanges }),
    isUnsettled: () =>
      folderChanges.length > 0 || [...now.values()].some((inode) => inode.unsynced.length > 0),
    afterCut: (fate) => {
      const folder = new Map(settled)
      for (const change of folderChanges.slice(0, fate.folder(folderChanges.length)))
        replay(folder, change)
      return new Map([...folder].map(([name, inode]) => [name, contents(inode, fate)]))
    },
  }
}

const ALL_THERE: Fate = {
  folder: (count) => count,
  sector: (count) => count,
  length: () => true,
}

function replay(folder: Map<string, Inode>, change: FolderChange): void {
  if (change.kind === 'link') folder.set(change.name, change.inode)
  else folder.delete(change.name)
}

/** Synced bytes with, for each sector, the changes that fate grants it. */
function contents(inode: Inode, fate: Fate): Buffer {
  const touched = new Map<number, number>()
  const cutShort = new Set<Change>()
  let length = inode.synced.length
  for (const change of inode.unsynced) {
    const resizes = change.kind === 'truncate' || endOf(change) > length
    if (resizes && fate.length()) {
      length = endOf(change)
      if (change.kind === 'truncate') cutShort.add(change)
    }
    for (const sector of sectorsOf(change)) touched.set(sector, (touched.get(sector) ?? 0) + 1)
  }
  const granted = new Map([...touched].map(([sector, count]) => [sector, fate.sector(count)]))
  const longest = Math.max(length, ...inode.unsynced.map(endOf), inode.synced.length)
  const bytes = Buffer.alloc(longest)
  inode.synced.copy(bytes)
  const seen = new Map<number, number>()
  for (const change of inode.unsynced) {
    if (cutShort.has(change)) bytes.fill(0, endOf(change))
    for (const sector of sectorsOf(change)) {
      const turn = (seen.get(sector) ?? 0) + 1
      seen.set(sector, turn)
      if (turn > (granted.get(sector) ?? 0) || change.kind !== 'write') continue
      const from = Math.max(change.at, sector * SECTOR_BYTES)
      const to = Math.min(endOf(change), (sector + 1) * SECTOR_BYTES)
      change.bytes.copy(bytes, from, from - change.at, to - change.at)
    }
  }
  return bytes.subarray(0, length)
}

function endOf(change: Change): number {
  return change.kind === 'write' ? change.at + change.bytes.length : change.length
}

function sectorsOf(change: Change): readonly number[] {
  if (change.kind === 'truncate' || change.bytes.length === 0) return []
  const first = Math.floor(change.at / SECTOR_BYTES)
  const last = Math.floor((endOf(change) - 1) / SECTOR_BYTES)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
