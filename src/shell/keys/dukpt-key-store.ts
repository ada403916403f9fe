/**
 * One key for each request (ANSI X9.24-1 and -3), in software, for demonstration and development. A real device throws used keys away; this
 * one keeps the initial key under the device key, so what it sent can be read by whoever takes both: it refuses the production profile.
 */
import { timingSafeEqual } from 'node:crypto'
import type { KeyHandle, KeyInstallOutcome, KeysPort, RequestKeys } from '#core/ports/keys.ts'
import { type AesDukptPurpose, aesPurposeKey, aesTransactionKey } from '#crypto/dukpt/aes-dukpt.ts'
import { nextAesKsn, nextTdesKsn } from '#crypto/dukpt/next-counter.ts'
import { type DukptPurpose, tdesPurposeKey, tdesTransactionKey } from '#crypto/dukpt/tdes-dukpt.ts'
import { fromHex, toHex } from '#crypto/hex.ts'
import {
  type DukptState,
  ksnBytes,
  readDukptFile,
  sealInitialKey,
  withInitialKey,
  writeDukptFile,
} from './dukpt-state.ts'
import { createHandles } from './handles.ts'
import { macOf } from './mac-of.ts'
import type { KeyStoreOptions } from './software-key-store.ts'

interface DukptKeyStore extends KeysPort {
  /** True when no counter is left: the device needs a new initial key. */
  readonly spent: boolean
  /**
   * Loads an initial key and its first KSN from hex. The same key again changes nothing, so that the counter never goes back. Throws when
   * the disk refuses.
   */
  importInitialKey(
    hex: string,
    ksn: string,
  ): { readonly ok: true } | { readonly ok: false; readonly why: string }
  /** The same from the bytes of the key, which the caller zeroes. */
  importInitial(
    key: Uint8Array,
    ksn: string,
  ): { readonly ok: true } | { readonly ok: false; readonly why: string }
  /** The serial number that was used last, as hex; empty when there is no key. It is no secret. */
  readonly serialNumber: string
}

export type DukptStoreOutcome =
  | { readonly ok: true; readonly keys: DukptKeyStore }
  | { readonly ok: false; readonly why: string }

type DirectedMac = { readonly ksn: Uint8Array; readonly direction: 'request' | 'answer' }

const KEY_FILE_MODE = 0o600
/** The terminal makes one and checks the other; no key serves both. */
const TDES_PURPOSES: Readonly<Record<DirectedMac['direction'], DukptPurpose>> = {
  request: 'macRequest',
  answer: 'macResponse',
}
const AES_PURPOSES: Readonly<Record<DirectedMac['direction'], AesDukptPurpose>> = {
  request: 'macGenerate',
  answer: 'macVerify',
}

/** Opens the store, empty when there is no file yet. Throws only when the disk itself fails. */
export function openDukptKeyStore(
  options: KeyStoreOptions & { readonly cipher: DukptState['cipher'] },
): DukptStoreOutcome {
  const { cipher, deviceKey, disk, file, profile, warn } = options
  if (profile === 'production') {
    return {
      ok: false,
      why: 'The software key store is refused in the production profile: keys for real money belong in a secure element or PIN pad.',
    }
  }
  warn(`KEYS ARE HELD IN SOFTWARE (profile ${profile}): for demonstration only, never for money.`)
  const bytes = disk.read(file)
  const state = bytes === null ? null : readDukptFile(deviceKey, bytes)
  const fits = state === null || state.cipher === cipher
  if ((bytes !== null && state === null) || !fits)
    warn('The DUKPT key file does not open under the key of this device: load the initial key.')
  return { ok: true, keys: createStore(options, fits ? state : null) }
}

function createStore(
  options: KeyStoreOptions & { readonly cipher: DukptState['cipher'] },
  found: DukptState | null,
): DukptKeyStore {
  const { cipher, deviceKey, disk, file, random, warn } = options
  const handles = createHandles<DirectedMac>()
  let state = found

  /** Disk first: a counter that survives a power cut is never behind one that was used. */
  const keep = (next: DukptState): void => {
    disk.write(file, writeDukptFile(next), KEY_FILE_MODE)
    state = next
  }
  const clearMacKey = ({ direction, ksn }: DirectedMac): Uint8Array => {
    const held = state
    if (held === null) throw new Error('there is no initial key')
    const key = withInitialKey(deviceKey, held, (initial) =>
      purposeKey(held.cipher, initial, { direction, ksn }),
    )
    if (key === null) throw new Error('the initial key no longer opens under the device key')
    return key
  }
  const importInitial: DukptKeyStore['importInitial'] = (key, ksnHex) => {
    const ksn = fromHex(ksnHex)
    const isKey = (cipher === 'tdes' ? [16] : [16, 24, 32]).includes(key.length)
    if (!isKey || ksn === null || ksn.length !== ksnBytes(cipher))
      return { ok: false, why: 'An initial key and its KSN do not have the right length.' }
    if (!holds(key)) {
      const sealedInitial = sealInitialKey(deviceKey, key, random)
      keep({ cipher, sealedInitial, ksn, spent: false })
    }
    return { ok: true }
  }
  const mac: KeysPort['mac'] = (handle, { algorithm, input }) => {
    const key = clearMacKey(handles.open('mac', handle))
    try {
      return macOf(algorithm, { cipher: handle.cipher, key }, input)
    } finally {
      key.fill(0)
    }
  }

  return {
    get ready() {
      return state !== null && !state.spent
    },
    get spent() {
      return state?.spent === true
    },
    get serialNumber() {
      return state === null ? '' : toHex(state.ksn)
    },
    importInitialKey: (hex, ksn) => {
      const key = fromHex(hex) ?? new Uint8Array()
      try {
        return importInitial(key, ksn)
      } finally {
        key.fill(0)
      }
    },
    importInitial,
    installWorkingKeys: (): KeyInstallOutcome => ({ ok: false, why: 'layout', key: null }),
    forRequest: (): RequestKeys | null => {
      if (state === null || state.spent) return null
      const ksn = cipher === 'tdes' ? nextTdesKsn(state.ksn) : nextAesKsn(state.ksn)
      try {
        keep(ksn === null ? { ...state, spent: true } : { ...state, ksn })
      } catch {
        // Not on disk, not used: after a power cut the same key would go out twice.
        warn('The KSN could not be written: nothing is sent.')
        return null
      }
      if (ksn === null) return null
      const give = (direction: DirectedMac['direction']): KeyHandle<'mac'> =>
        handles.give('mac', cipher, { ksn, direction })
      return { mac: give('request'), answerMac: give('answer'), ksn: toHex(ksn) }
    },
    pinKey: () => null,
    dataKey: () => null,
    mac,
    verifyMac: (handle, { mac: shown, ...message }) => {
      const own = mac(handle, message)
      return shown.length === own.length && timingSafeEqual(own, shown)
    },
    encryptData: (handle) => {
      handles.open('data', handle)
      throw new Error('there is no data key')
    },
    wrapped: (handle) => {
      handles.open('pin', handle)
      throw new Error('there is no PIN key')
    },
  }

  function holds(key: Uint8Array): boolean {
    if (state === null) return false
    const same = withInitialKey(
      deviceKey,
      state,
      (held) => held.length === key.length && timingSafeEqual(held, key),
    )
    return same === true
  }
}

/** The caller zeroes it. */
function purposeKey(
  cipher: DukptState['cipher'],
  initial: Uint8Array,
  { direction, ksn }: DirectedMac,
): Uint8Array {
  const transaction =
    cipher === 'tdes' ? tdesTransactionKey(initial, ksn) : aesTransactionKey(initial, ksn)
  try {
    if (cipher === 'tdes') return tdesPurposeKey(transaction, TDES_PURPOSES[direction])
    const kind = AES_KINDS[initial.length] ?? 'aes128'
    return aesPurposeKey(transaction, ksn, { purpose: AES_PURPOSES[direction], kind })
  } finally {
    transaction.fill(0)
  }
}

const AES_KINDS: Readonly<Record<number, 'aes128' | 'aes192' | 'aes256'>> = {
  16: 'aes128',
  24: 'aes192',
  32: 'aes256',
}
