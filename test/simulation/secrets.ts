/** Which cards and codes the process still holds secrets of: each must be forgotten when its attempt ends. */

export type Secrets = {
  readonly keep: (handle: string) => void
  readonly forget: (handle: string) => void
  readonly holds: (handle: string) => boolean
  /** The power went, and memory with it. */
  readonly lost: () => void
  readonly held: () => number
}

export function createSecrets(): Secrets {
  const held = new Set<string>()
  return {
    keep: (handle) => void held.add(handle),
    forget: (handle) => void held.delete(handle),
    holds: (handle) => held.has(handle),
    lost: () => held.clear(),
    held: () => held.size,
  }
}
