/** Whether a bundle that is whole and signed may come onto this terminal. Pure: the terminal is told, not asked. */
import type { Manifest } from './manifest.ts'
import { compareVersions } from './version.ts'

/** What the terminal is and has. */
export type Terminal = {
  /** Null before the first installation: it then becomes what the bundle is for. */
  readonly model: string | null
  /** As Node names it: `x64`, `arm64`. */
  readonly processor: string
  /** The release that runs; null before the first installation. */
  readonly release: { readonly version: string; readonly builtAt: string } | null
  /** Oldest release that may come onto it; null: none was ever named. */
  readonly floor: string | null
  readonly wallMs: number
}

export type Unwanted =
  | 'otherModel'
  | 'otherProcessor'
  | 'expired'
  | 'older'
  | 'belowFloor'
  | 'lowersFloor'

/** The first objection, or null. */
export function objectionToBundle(manifest: Manifest, terminal: Terminal): Unwanted | null {
  const { floor, model, processor, release } = terminal
  if (model !== null && manifest.model !== model) return 'otherModel'
  if (!manifest.processors.some((one) => one === processor)) return 'otherProcessor'
  if (Date.parse(manifest.expiresAt) <= nowAtLeast(terminal)) return 'expired'
  if (release !== null && compareVersions(manifest.version, release.version) < 0) return 'older'
  if (floor === null) return null
  if (compareVersions(manifest.version, floor) < 0) return 'belowFloor'
  return compareVersions(manifest.minimumVersion, floor) < 0 ? 'lowersFloor' : null
}

/** A clock that has lost its battery must not bring an expired bundle back: it is never earlier than the day on which our own release was built. */
function nowAtLeast({ release, wallMs }: Terminal): number {
  return release === null ? wallMs : Math.max(wallMs, Date.parse(release.builtAt))
}
