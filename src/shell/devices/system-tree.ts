/** The parts of /dev, /sys and /proc that are looked at, below a root that can be a recorded tree of another machine. Opens no device. */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'

export type SystemTree = {
  /** Names in a folder, sorted; none when it is not there. */
  list(path: string): readonly string[]
  /** A small file without its line end, or null. Never for nodes under /dev. */
  text(path: string): string | null
  bytes(path: string): Uint8Array | null
  /** Where a link points, as a path below the root, or null when it is no link. One step. */
  link(path: string): string | null
  /** The path without links in it, below the root; null when it leads nowhere. */
  real(path: string): string | null
}

/** No folder of /sys or /proc that is looked at is larger; a terminal has a few dozen devices. */
const LIST_LIMIT = 4096
/** A report descriptor is at most 4096 bytes (HID_MAX_DESCRIPTOR_SIZE), the texts are lines. */
const BYTES_LIMIT = 8192

/** `root` is `/` on the machine itself. Nothing here throws: what cannot be read is not there. */
export function systemTree(root: string): SystemTree {
  const base = realpathSync(root)
  const outside = (path: string): string => join(base, path)
  const inside = (real: string): string | null => {
    if (base === '/') return real
    return real.startsWith(`${base}/`) ? real.slice(base.length) : null
  }
  const bytes = (path: string): Uint8Array | null => {
    if (path === '/dev' || path.startsWith('/dev/')) return null
    return attempt(() => Uint8Array.from(readFileSync(outside(path)).subarray(0, BYTES_LIMIT)))
  }
  return {
    list: (path) => attempt(() => readdirSync(outside(path)).sort().slice(0, LIST_LIMIT)) ?? [],
    bytes,
    text: (path) => {
      const read = bytes(path)
      return read === null ? null : Buffer.from(read).toString('utf8').replace(/\n$/, '')
    },
    link: (path) => {
      const target = attempt(() => readlinkSync(outside(path)))
      if (target === null) return null
      return target.startsWith('/') ? target : posix.join(dirname(path), target)
    },
    real: (path) => attempt(() => inside(realpathSync(outside(path)))),
  }
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return basename(path)
}

function attempt<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch {
    // Gone between two looks, or not ours to read: both are "not there".
    return null
  }
}
