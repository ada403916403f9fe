/**
 * A bundle onto this machine: first every doubt about it, then the slot that does not run, then one rename. Nothing is written before the
 * last doubt is gone, and what runs is not touched at all.
 */
import { join } from 'node:path'
import type { FileCalls } from './file-calls.ts'
import { objectionToBundle, type Unwanted } from './judge-bundle.ts'
import type { Manifest } from './manifest.ts'
import { readBundle, type Unfit } from './read-bundle.ts'
import { type ReleaseKey, readReleaseKey } from './release-key.ts'
import { beginSlot, dropFile, finishSlot, giveUpSlot, putFile, switchTo } from './slot-writing.ts'
import {
  BOOT_CHECK,
  KEYS_FOLDER,
  MODEL_FILE,
  otherSlot,
  readSlots,
  type SlotName,
  type Slots,
  TRIAL_FILE,
  TRIES,
  trialLine,
} from './slots.ts'

type Step = 'checking' | 'writing' | 'testing' | 'switching'

export type InstallRequest = {
  readonly bundle: string
  /** The folder of the slots, with the staging folder before it; must exist. */
  readonly folder: string
  readonly calls: FileCalls
  readonly processor: string
  readonly wallMs: number
  /** PEM of the release key, on a terminal that has none yet. */
  readonly firstKey: Uint8Array | null
  /** Asked before anything is written, and again before the switch: why the terminal must not be disturbed now. */
  readonly objections: () => Promise<readonly string[]>
  /** Tries the new release where it lies, before it runs; null when it is fine. */
  readonly trySlot: (slotFolder: string) => Promise<string | null>
  readonly onStep: (step: Step) => void
}

type InstallRefusal = Unfit['why'] | Unwanted | 'noKey' | 'onTrial' | 'busy' | 'failsItsTest'

export type Installed =
  | {
      readonly ok: true
      readonly slot: SlotName
      readonly manifest: Manifest
      readonly isFirst: boolean
    }
  | { readonly ok: false; readonly why: InstallRefusal; readonly detail: string }

/** Rejects only with what the disk says; `current` then names the release it named before. */
export async function installBundle(request: InstallRequest): Promise<Installed> {
  const { bundle, calls, folder, onStep } = request
  const slots = readSlots(folder, calls)
  const keys = keysOf(slots, request.firstKey)
  if (keys.length === 0) return refuse('noKey', join(folder, KEYS_FOLDER))
  if (slots.trial !== null) return refuse('onTrial', slots.trial.slot)
  onStep('checking')
  const checked = await readBundle(bundle, keys)
  if (!checked.ok) return checked
  const { manifest } = checked
  const unwanted = objectionToBundle(manifest, terminalOf(slots, request))
  if (unwanted !== null) return refuse(unwanted, manifest.version)
  const busy = await request.objections()
  if (busy.length > 0) return refuse('busy', busy.join(' '))

  const slot = otherSlot(slots.current)
  onStep('writing')
  const written = await readBundle(bundle, keys, beginSlot(folder, calls))
  // The file may have changed between the two readings.
  const isSame = written.ok && Buffer.compare(written.manifestBytes, checked.manifestBytes) === 0
  if (!written.ok || !isSame) {
    giveUpSlot(folder, calls)
    return written.ok ? refuse('tampered', 'it changed while it was read') : written
  }
  finishSlot(folder, slot, { ...written, calls })

  onStep('testing')
  const failure = await request.trySlot(join(folder, slot))
  if (failure !== null) return refuse('failsItsTest', failure)
  const late = await request.objections()
  if (late.length > 0) return refuse('busy', late.join(' '))
  onStep('switching')
  settle(slots, slot, { ...request, manifest })
  return { ok: true, slot, manifest, isFirst: slots.current === null }
}

function keysOf(slots: Slots, firstKey: Uint8Array | null): readonly ReleaseKey[] {
  // A key that somebody brings along counts only where there is none: otherwise anybody could bring one.
  if (slots.keys.length > 0 || firstKey === null) return slots.keys
  const key = readReleaseKey(firstKey)
  return key === null ? [] : [key]
}

function terminalOf(
  slots: Slots,
  { processor, wallMs }: InstallRequest,
): Parameters<typeof objectionToBundle>[1] {
  const running = slots.current === null ? null : slots.releases[slots.current]
  const { floor, model } = slots
  return { model, processor, floor, wallMs, release: running === null ? null : running.manifest }
}

/** Whatever a start of the new release needs, and the switch as the very last. */
function settle(
  slots: Slots,
  slot: SlotName,
  { calls, firstKey, folder, manifest }: InstallRequest & { readonly manifest: Manifest },
): void {
  const check = calls.read(join(folder, slot, BOOT_CHECK))
  if (check !== null) putFile(folder, BOOT_CHECK, { bytes: check, executable: true }, calls)
  if (slots.model === null) putFile(folder, MODEL_FILE, { bytes: `${manifest.model}\n` }, calls)
  if (slots.keys.length === 0 && firstKey !== null) {
    calls.makeFolder(join(folder, KEYS_FOLDER), 0o755)
    putFile(join(folder, KEYS_FOLDER), 'release.pem', { bytes: firstKey }, calls)
  }
  if (slots.current === null) dropFile(folder, TRIAL_FILE, calls)
  else {
    const trial = trialLine({ slot, previous: slots.current, tries: TRIES })
    putFile(folder, TRIAL_FILE, { bytes: trial }, calls)
  }
  switchTo(folder, slot, calls)
}

function refuse(why: InstallRefusal, detail: string): Extract<Installed, { ok: false }> {
  return { ok: false, why, detail }
}
