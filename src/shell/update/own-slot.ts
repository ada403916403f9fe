/** The slot out of which this very process runs, and what the folder above it says of it now. */
import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { FileCalls } from './file-calls.ts'
import { CURRENT, readTrial, type SlotName, slotName } from './slots.ts'

export type OwnSlot = {
  /** The folder of the slots. */
  readonly folder: string
  readonly slot: SlotName
}

/** Null for a work tree or an installation without slots. `root` is the folder of package.json, links followed. */
export function ownSlot(root: string, calls: FileCalls): OwnSlot | null {
  const folder = dirname(root)
  const slot = slotName(basename(root))
  if (slot === null || slotName(calls.readLink(join(folder, CURRENT))) === null) return null
  return { folder, slot }
}

/** True when the next start would run another release. */
export function isSuperseded({ folder, slot }: OwnSlot, calls: FileCalls): boolean {
  const named = slotName(calls.readLink(join(folder, CURRENT)))
  return named !== null && named !== slot
}

/** Names the build that runs, when it has still to show that it works; null when nobody doubts it. */
export function digestOnTrial({ folder, slot }: OwnSlot, calls: FileCalls): string | null {
  if (readTrial(folder, calls)?.slot !== slot) return null
  const bytes = calls.read(join(folder, slot, 'manifest.json'))
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex')
}
