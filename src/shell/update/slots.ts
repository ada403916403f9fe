/**
 * Two places for a release, and one link that says which of them runs. The link is changed by one rename, so there is no moment without a
 * release that starts. Everything here is read from the disk each time: a technician may have been there with a shell.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { FileCalls } from './file-calls.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { type ReleaseKey, readReleaseKey } from './release-key.ts'
import { VERSION } from './version.ts'

export type SlotName = 'a' | 'b'

export type Release = {
  readonly manifest: Manifest
  /** SHA-256 of the manifest's bytes, hex: names this very build. */
  readonly digest: string
}

/** A release that has still to show that it works, and where to go back to. */
export type Trial = {
  readonly slot: SlotName
  readonly previous: SlotName
  /** Starts that are left before the terminal goes back. */
  readonly tries: number
}

export type Slots = {
  readonly current: SlotName | null
  /** Null: empty, half written or half deleted. */
  readonly releases: Readonly<Record<SlotName, Release | null>>
  /** Null also when it speaks of a slot that does not run: then the switch never happened. */
  readonly trial: Trial | null
  readonly model: string | null
  readonly floor: string | null
  readonly keys: readonly ReleaseKey[]
}

/** Where on the terminal the slots lie; the staging folder is put before it. */
export const SLOTS_FOLDER = '/opt/suretill'
export const CURRENT = 'current'
export const TRIAL_FILE = 'trial'
export const FLOOR_FILE = 'floor'
export const MODEL_FILE = 'model'
export const KEYS_FOLDER = 'keys'
export const BOOT_CHECK = 'boot-check'
/** Starts that a new release is given: a power cut or two in them must not be held against it. */
export const TRIES = 3

export function otherSlot(slot: SlotName | null): SlotName {
  return slot === 'a' ? 'b' : 'a'
}

/** Throws what the disk says; what is missing or cannot be understood is null. */
export function readSlots(folder: string, calls: FileCalls): Slots {
  const current = slotName(calls.readLink(join(folder, CURRENT)))
  const release = (slot: SlotName): Release | null => {
    const bytes = calls.read(join(folder, slot, 'manifest.json'))
    const manifest = bytes === null ? null : readManifest(bytes)
    if (bytes === null || manifest === null) return null
    return { manifest, digest: createHash('sha256').update(bytes).digest('hex') }
  }
  const trial = readTrial(folder, calls)
  const floor = line(folder, FLOOR_FILE, calls)
  return {
    current,
    releases: { a: release('a'), b: release('b') },
    trial: trial !== null && trial.slot === current ? trial : null,
    model: line(folder, MODEL_FILE, calls),
    floor: floor !== null && VERSION.test(floor) ? floor : null,
    keys: readKeys(join(folder, KEYS_FOLDER), calls),
  }
}

/** `b a 3`: the form that the boot check, a shell script, reads and writes too. */
export function trialLine({ slot, previous, tries }: Trial): string {
  return `${slot} ${previous} ${tries}\n`
}

/** As it stands in the file, whichever slot runs. */
export function readTrial(folder: string, calls: FileCalls): Trial | null {
  const found = /^([ab]) ([ab]) (\d{1,2})$/.exec(line(folder, TRIAL_FILE, calls) ?? '')
  const slot = slotName(found?.[1] ?? null)
  const previous = slotName(found?.[2] ?? null)
  if (slot === null || previous === null) return null
  return { slot, previous, tries: Number(found?.[3]) }
}

/** What a link or a line says, when it names a slot. */
export function slotName(text: string | null): SlotName | null {
  return text === 'a' || text === 'b' ? text : null
}

function line(folder: string, name: string, calls: FileCalls): string | null {
  const bytes = calls.read(join(folder, name))
  const text = bytes === null ? '' : Buffer.from(bytes).toString('utf8').trim()
  return text === '' ? null : text
}

function readKeys(folder: string, calls: FileCalls): readonly ReleaseKey[] {
  return (calls.list(folder) ?? [])
    .filter((name) => name.endsWith('.pem'))
    .map((name) => calls.read(join(folder, name)))
    .map((bytes) => (bytes === null ? null : readReleaseKey(bytes)))
    .filter((key) => key !== null)
}
