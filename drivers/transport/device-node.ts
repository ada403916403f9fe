/** Finds a device node and tells whether it is still the same one. */
import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A folder of device nodes holds some hundred; more is not one. */
const NODES_LIMIT = 4096

/**
 * The path to open. A `*` in the last part stands for any characters: `/dev/serial/by-id/*A50285BI*` finds a device by its serial
 * number under whatever name it comes back. Null when nothing fits, or when several do: guessing between two devices is not done.
 */
export async function findNode(pattern: string): Promise<string | null> {
  const name = basename(pattern)
  if (!name.includes('*')) return pattern
  const folder = dirname(pattern)
  const found = (await namesIn(folder)).filter((candidate) => fits(candidate, name.split('*')))
  const [only] = found
  return found.length === 1 && only !== undefined ? join(folder, only) : null
}

/**
 * Which device stands behind the path now; null when there is none. A number used again is noticed by the hang-up before it. At once:
 * device nodes are in memory, and to wake another thread for each look of each device costs an idle terminal most of its time.
 */
export function identifyNode(path: string | null): string | null {
  if (path === null) return null
  try {
    const found = statSync(path)
    return found.isCharacterDevice() ? `${found.dev}:${found.ino}:${found.rdev}` : null
  } catch {
    // Not there, or not allowed: both are "gone" until it changes.
    return null
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).slice(0, NODES_LIMIT)
  } catch {
    // The folder itself comes and goes with its devices.
    return []
  }
}

/** `parts`: what must come in this order, the first at the start and the last at the end. */
function fits(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (name.length < first.length + last.length) return false
  if (!name.startsWith(first) || !name.endsWith(last)) return false
  const end = name.length - last.length
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
