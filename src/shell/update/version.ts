/** Releases are three numbers, compared as numbers: 0.10.0 follows 0.9.0. */

export const VERSION = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/

/** Negative when `one` is older than `other`, 0 when they are the same. Both as `VERSION` has them. */
export function compareVersions(one: string, other: string): number {
  const right = other.split('.').map(Number)
  const differences = one.split('.').map((part, index) => Number(part) - (right[index] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
