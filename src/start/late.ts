/**
 * Modules that a snapshot of the heap cannot hold, because they keep something of the operating system or of a native part: whoever asks for
 * one while the snapshot is made gets its names, and what stands behind a name is fetched when a terminal has started.
 */
import type { Require } from './modules.ts'

/**
 * What Node 24 itself calls fit for a snapshot (lib/internal/main/mksnapshot.js), as far as the program wants it, and tty, which a package asks
 * while it is loaded and which keeps nothing. Without `node:`.
 */
const FIT: ReadonlySet<string> = new Set([
  'assert',
  'buffer',
  'crypto',
  'diagnostics_channel',
  'dns',
  'events',
  'fs',
  'fs/promises',
  'net',
  'os',
  'path',
  'process',
  'stream',
  'stream/promises',
  'string_decoder',
  'timers/promises',
  'tty',
  'url',
  'util',
  'v8',
  'zlib',
])

/** True when a module is to be in the snapshot itself. */
export function isFit(name: string): boolean {
  return FIT.has(name.replace(/^node:/, ''))
}

export type LateModules = {
  readonly require: Require
  /** From now on names are what they stand for, found by `outer`. */
  readonly arrive: (outer: Require) => void
  /** `module.name` of each that somebody wanted to know too early, and got as undefined. */
  readonly touched: () => readonly string[]
}

/** `names`: what each of the others exports. `own`: gives the fit ones. */
export function createLateModules(
  names: Readonly<Record<string, readonly string[]>>,
  own: Require,
): LateModules {
  let outer: Require | null = null
  const touched: string[] = []
  const late = (name: string): object => {
    const module = {}
    for (const key of names[name] ?? []) {
      const get = (): unknown => {
        if (outer !== null) return Reflect.get(Object(outer(name)), key)
        touched.push(`${name}.${key}`)
        return undefined
      }
      Object.defineProperty(module, key, { get, enumerable: true, configurable: true })
    }
    return module
  }
  return {
    require: (name) => {
      if (outer !== null) return outer(name)
      return isFit(name) || names[name] === undefined ? own(name) : late(name)
    },
    arrive: (found) => {
      outer = found
    },
    touched: () => touched,
  }
}
