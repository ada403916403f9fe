/**
 * The key that belongs to this box alone. Everything secret on its disk is sealed under it, and cards are matched by it. On a
 * terminal with a secure element the element takes this place.
 */
import { fixedBytes } from '#crypto/bytes.ts'
import type { Disk } from './disk.ts'

const DEVICE_KEY_BYTES = 32
const OWNER_ONLY = 0o600

/** Prints a mask; the bytes are lent for one call. */
export class DeviceKey {
  readonly #bytes: Uint8Array

  /** Takes `bytes` over: they are copied and the source is zeroed. Throws unless there are 32. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== DEVICE_KEY_BYTES) throw new RangeError('a device key has 32 bytes')
    this.#bytes = fixedBytes(DEVICE_KEY_BYTES)
    this.#bytes.set(bytes)
    bytes.fill(0)
  }

  use<Result>(reader: (bytes: Uint8Array) => Result): Result {
    return reader(this.#bytes)
  }

  toString(): string {
    return '[device key]'
  }

  toJSON(): string {
    return '[device key]'
  }
}

export type DeviceKeyOutcome =
  | { readonly ok: true; readonly key: DeviceKey; readonly created: boolean }
  /** One sentence for the technician. */
  | { readonly ok: false; readonly why: string }

/** Gives `length` bytes that nobody can guess: `crypto.randomBytes` outside of tests. */
export type Random = (length: number) => Uint8Array

/**
 * Reads the device key, or makes it on first start (mode 0600, on the disk before this returns). A file that is there but is not
 * a key is never overwritten: what was sealed under the true key would be lost.
 */
export function openDeviceKey(options: {
  readonly file: string
  readonly disk: Disk
  readonly random: Random
}): DeviceKeyOutcome {
  const { file, disk, random } = options
  const found = disk.read(file)
  if (found === null) {
    const fresh = random(DEVICE_KEY_BYTES)
    disk.write(file, fresh, OWNER_ONLY)
    return { ok: true, key: new DeviceKey(fresh), created: true }
  }
  if (found.length === DEVICE_KEY_BYTES) {
    return { ok: true, key: new DeviceKey(found), created: false }
  }
  return {
    ok: false,
    why: `The device key ${file} is damaged (${found.length} bytes instead of ${DEVICE_KEY_BYTES}): restore it from a backup, or decommission this terminal.`,
  }
}
