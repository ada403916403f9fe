/** The end of a trial by hand, as the boot check ends it by itself: good from now on, or back to the release before. */
import { join } from 'node:path'
import type { FileCalls } from './file-calls.ts'
import { dropFile, putFile, switchTo } from './slot-writing.ts'
import {
  FLOOR_FILE,
  otherSlot,
  type Release,
  readSlots,
  type SlotName,
  TRIAL_FILE,
} from './slots.ts'
import { compareVersions } from './version.ts'

/** The release that is good now, or null when none was on trial. Durable when it returns; throws what the disk says. */
export function markGood(folder: string, calls: FileCalls): Release | null {
  const { current, floor, releases, trial } = readSlots(folder, calls)
  const release = current === null ? null : releases[current]
  if (trial === null || release === null) return null
  const { minimumVersion } = release.manifest
  // The floor first: a cut in between leaves the trial, and it is ended again.
  if (floor === null || compareVersions(floor, minimumVersion) < 0)
    putFile(folder, FLOOR_FILE, { bytes: `${minimumVersion}\n` }, calls)
  dropFile(folder, TRIAL_FILE, calls)
  return release
}

export type WentBack =
  | { readonly ok: true; readonly slot: SlotName; readonly release: Release }
  | {
      readonly ok: false
      readonly why: 'noOtherRelease' | 'belowFloor' | 'failsItsTest'
      readonly detail: string
    }

/** To the release in the other slot, if it can go on from here. Rejects only with what the disk says. */
export async function rollBack(
  folder: string,
  calls: FileCalls,
  trySlot: (slotFolder: string) => Promise<string | null>,
): Promise<WentBack> {
  const { current, floor, releases } = readSlots(folder, calls)
  const slot = otherSlot(current)
  const release = releases[slot]
  if (current === null || release === null)
    return { ok: false, why: 'noOtherRelease', detail: slot }
  const { version } = release.manifest
  if (floor !== null && compareVersions(version, floor) < 0)
    return { ok: false, why: 'belowFloor', detail: version }
  const failure = await trySlot(join(folder, slot))
  if (failure !== null) return { ok: false, why: 'failsItsTest', detail: failure }
  switchTo(folder, slot, calls)
  dropFile(folder, TRIAL_FILE, calls)
  return { ok: true, slot, release }
}
