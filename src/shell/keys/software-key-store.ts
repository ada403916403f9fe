/**
 * Keys in software, for demonstration and development: it stands in for the secure element that holds them on a real terminal
 * and must never guard real money, which is why it refuses the production profile.
 */
import { timingSafeEqual } from 'node:crypto'
import type {
  KeyHandle,
  KeyInstallOutcome,
  KeysPort,
  RequestKeys,
  WorkingKeyLayout,
} from '#core/ports/keys.ts'
import { keyCheckValue } from '#crypto/check-value.ts'
import { desEncrypt } from '#crypto/des.ts'
import { fromHex, toHex } from '#crypto/hex.ts'
import { sm4Encrypt } from '#crypto/sm4.ts'
import type { DeviceKey, Random } from './device-key.ts'
import type { Disk } from './disk.ts'
import { createHandles, type Handles } from './handles.ts'
import { type KeyState, openMaster, readKeyFile, sealMaster, writeKeyFile } from './key-file.ts'
import { macOf } from './mac-of.ts'
import {
  readWorkingKeys,
  stillFits,
  unwrap,
  type WorkingKeys,
  type WrappedKey,
} from './working-keys.ts'

export interface SoftwareKeyStore extends KeysPort {
  /** First three bytes of the master key's check value as hex, for the technician to compare; empty when there is none. */
  readonly masterKeyCheck: string
  /**
   * Loads a master key of 8 or 16 bytes from hex. The same key again changes nothing; another key drops the working keys, which
   * belonged to the old one. Throws when the disk refuses.
   */
  importMasterKey(hex: string): { readonly ok: true } | { readonly ok: false; readonly why: string }
  /** The same from bytes, which the caller zeroes. */
  importMaster(
    key: Uint8Array,
  ): { readonly ok: true } | { readonly ok: false; readonly why: string }
}

export type KeyStoreOptions = {
  readonly file: string
  readonly disk: Disk
  /** As the configuration says it; `production` is refused. */
  readonly profile: string
  readonly deviceKey: DeviceKey
  readonly random: Random
  /** Told each thing that a person should know; one sentence, no key material. */
  readonly warn: (sentence: string) => void
}

export type KeyStoreOutcome =
  | { readonly ok: true; readonly keys: SoftwareKeyStore }
  | { readonly ok: false; readonly why: string }

const KEY_FILE_MODE = 0o600

/**
 * Opens the store, empty when there is no file yet. A file that does not open under this device key leaves the store without keys
 * and says so: the terminal then cannot sell until a master key is loaded. Throws only when the disk itself fails.
 */
export function openSoftwareKeyStore(options: KeyStoreOptions): KeyStoreOutcome {
  const { profile, warn } = options
  if (profile === 'production') {
    return {
      ok: false,
      why: 'The software key store is refused in the production profile: keys for real money belong in a secure element or PIN pad.',
    }
  }
  warn(`KEYS ARE HELD IN SOFTWARE (profile ${profile}): for demonstration only, never for money.`)
  return { ok: true, keys: new FileKeyStore(options, loadState(options)) }
}

function loadState(options: KeyStoreOptions): KeyState | null {
  const bytes = options.disk.read(options.file)
  if (bytes === null) return null
  const state = readKeyFile(options.deviceKey, bytes)
  if (state === null) {
    options.warn('The key file does not open under the key of this device: load the master key.')
    return null
  }
  const { working } = state
  if (working === null || allFit(options.deviceKey, state.sealedMaster, working)) return state
  options.warn('The stored working keys do not fit the master key: a new sign-on is needed.')
  return { ...state, working: null }
}

function allFit(deviceKey: DeviceKey, sealed: Uint8Array, working: WorkingKeys): boolean {
  const keys = [working.pin, working.mac, ...(working.data === null ? [] : [working.data])]
  const fits = openMaster(deviceKey, sealed, (master) =>
    keys.every((key) => stillFits(master, key)),
  )
  return fits === true
}

class FileKeyStore implements SoftwareKeyStore {
  readonly #options: KeyStoreOptions
  #state: KeyState | null
  /** Of the keys that are here now; older handles open nothing. */
  #handles: Handles<WrappedKey> = createHandles()

  constructor(options: KeyStoreOptions, state: KeyState | null) {
    this.#options = options
    this.#state = state
  }

  get ready(): boolean {
    return (this.#state?.working ?? null) !== null
  }

  get masterKeyCheck(): string {
    if (this.#state === null) return ''
    return this.#withMaster(this.#state, (master) => toHex(keyCheckValue(master)))
  }

  importMasterKey(hex: string): { ok: true } | { ok: false; why: string } {
    const master = fromHex(hex) ?? new Uint8Array()
    try {
      return this.importMaster(master)
    } finally {
      master.fill(0)
    }
  }

  importMaster(master: Uint8Array): { ok: true } | { ok: false; why: string } {
    if (master.length !== 8 && master.length !== 16)
      return { ok: false, why: 'A master key is 16 or 32 hex digits.' }
    if (!this.#holds(master)) {
      const { deviceKey, random } = this.#options
      this.#keep({ sealedMaster: sealMaster(deviceKey, master, random), working: null })
    }
    return { ok: true }
  }

  installWorkingKeys(field62: Uint8Array, layout: WorkingKeyLayout): KeyInstallOutcome {
    const state = this.#state
    if (state === null) return { ok: false, why: 'noMasterKey', key: null }
    const read = this.#withMaster(state, (master) => readWorkingKeys(master, field62, layout))
    if (!read.ok) return read
    try {
      this.#keep({ ...state, working: read.keys })
    } catch {
      // What the disk said is of no use to the host's answer; the old keys stay, here and there.
      return { ok: false, why: 'disk', key: null }
    }
    return { ok: true }
  }

  forRequest(): RequestKeys | null {
    const working = this.#state?.working
    if (!working) return null
    const mac = this.#handles.give('mac', working.mac.cipher, working.mac)
    return { mac, answerMac: mac, ksn: '' }
  }

  pinKey(): KeyHandle<'pin'> | null {
    const pin = this.#state?.working?.pin
    return pin === undefined ? null : this.#handles.give('pin', pin.cipher, pin)
  }

  dataKey(): KeyHandle<'data'> | null {
    const data = this.#state?.working?.data ?? null
    return data === null ? null : this.#handles.give('data', data.cipher, data)
  }

  mac(handle: KeyHandle<'mac'>, { algorithm, input }: Parameters<KeysPort['mac']>[1]): Uint8Array {
    return this.#withKey('mac', handle, (key) =>
      macOf(algorithm, { cipher: handle.cipher, key }, input),
    )
  }

  verifyMac(
    handle: KeyHandle<'mac'>,
    { mac, ...message }: Parameters<KeysPort['verifyMac']>[1],
  ): boolean {
    const own = this.mac(handle, message)
    return mac.length === own.length && timingSafeEqual(own, mac)
  }

  encryptData(handle: KeyHandle<'data'>, blocks: Uint8Array): Uint8Array {
    const encrypt = handle.cipher === 'sm4' ? sm4Encrypt : desEncrypt
    return this.#withKey('data', handle, (key) => encrypt(key, blocks))
  }

  wrapped(handle: KeyHandle<'pin'>): string {
    return toHex(this.#handles.open('pin', handle).wrapped)
  }

  /** Lends the clear key for one call. */
  #withKey<Result>(
    use: 'mac' | 'data',
    handle: KeyHandle,
    reader: (key: Uint8Array) => Result,
  ): Result {
    const wrapped = this.#handles.open(use, handle)
    if (this.#state === null) throw new Error('there is no master key')
    return this.#withMaster(this.#state, (master) => {
      const key = unwrap(master, wrapped)
      try {
        return reader(key)
      } finally {
        key.fill(0)
      }
    })
  }

  /** Disk first: what memory holds is never newer than what survives a power cut. */
  #keep(state: KeyState): void {
    const { disk, file, deviceKey, random } = this.#options
    disk.write(file, writeKeyFile(deviceKey, state, random), KEY_FILE_MODE)
    this.#state = state
    this.#handles = createHandles()
  }

  #holds(master: Uint8Array): boolean {
    if (this.#state === null) return false
    return this.#withMaster(
      this.#state,
      (held) => held.length === master.length && timingSafeEqual(held, master),
    )
  }

  #withMaster<Result>(state: KeyState, reader: (master: Uint8Array) => Result): Result {
    // Boxed, so that a reader's own null is not taken for a broken seal.
    const box = openMaster(this.#options.deviceKey, state.sealedMaster, (master) => ({
      value: reader(master),
    }))
    if (box === null) throw new Error('the master key no longer opens under the device key')
    return box.value
  }
}
