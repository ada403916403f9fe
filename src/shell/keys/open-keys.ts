/** Opens the key store that the acquirer's keys ask for, and loads what the configuration of a demonstration carries. */
import type { KeysPort } from '#core/ports/keys.ts'
import type { TerminalFile } from '../config/terminal-file.ts'
import { openDukptKeyStore } from './dukpt-key-store.ts'
import { type KeyStoreOptions, openSoftwareKeyStore } from './software-key-store.ts'

export type KeysOutcome =
  | { readonly ok: true; readonly keys: KeysPort }
  /** One sentence for the technician. */
  | { readonly ok: false; readonly why: string }

/** Throws only when the disk itself fails. */
export function openKeys(
  { dukpt, masterKey }: Pick<TerminalFile['acquirer'], 'dukpt' | 'masterKey'>,
  options: KeyStoreOptions,
): KeysOutcome {
  if (dukpt === undefined) {
    const store = openSoftwareKeyStore(options)
    if (!store.ok || masterKey === undefined) return store
    const imported = store.keys.importMasterKey(masterKey)
    return imported.ok ? store : imported
  }
  const store = openDukptKeyStore({ ...options, cipher: dukpt.cipher })
  const { initialKey, ksn } = dukpt
  if (!store.ok || initialKey === undefined || ksn === undefined) return store
  const imported = store.keys.importInitialKey(initialKey, ksn)
  return imported.ok ? store : imported
}
