/** What the keys verbs share: the configuration, the terminal while it is off and owes nothing, and its key store. */
import { join } from 'node:path'
import { loadTerminalFile, type TerminalFile } from '#shell/config/terminal-file.ts'
import type { KeyKind } from '#shell/keys/components.ts'
import { openDukptKeyStore } from '#shell/keys/dukpt-key-store.ts'
import { type KeyStoreOptions, openSoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import { openTransportKey, type TransportKey } from '#shell/keys/transport-key.ts'
import { openWork } from '#shell/params/rest.ts'
import { type OffTerminal, withOffTerminal } from '../journal/service-journal.ts'
import type { KeysDesk, KeysFlags, Said } from './desk.ts'

export type KeysTerminal = OffTerminal & {
  readonly file: TerminalFile
  readonly transport: TransportKey
  /** For the stores of the acquirer's keys. */
  readonly options: (file: string) => KeyStoreOptions
}

/** Lends the terminal for one verb; a running one, one that owes something (unless `evenIfOpen`) and a bad configuration are refused. */
export async function withKeys(
  desk: KeysDesk,
  { config, data }: KeysFlags,
  work: (terminal: KeysTerminal) => Said,
  { evenIfOpen = false }: { readonly evenIfOpen?: boolean } = {},
): Promise<Said> {
  const loaded = loadTerminalFile(config)
  if (!loaded.ok) return { ok: false, exitCode: 2, sentence: loaded.sentence }
  const { file } = loaded
  const held = await withOffTerminal(
    { data, clock: desk.clock, words: desk.words },
    (off): Said => {
      const open = openWork(off.book.state())
      if (open !== null && !evenIfOpen)
        return { ok: false, exitCode: 1, sentence: desk.words(`open.${open}`) }
      const { deviceKey, disk, random } = off
      return work({
        ...off,
        file,
        transport: openTransportKey({
          file: join(off.data, 'transport.json'),
          disk,
          deviceKey,
          random,
        }),
        options: (name) => ({
          file: join(off.data, name),
          disk,
          deviceKey,
          random,
          profile: file.profile,
          warn: (sentence) => desk.err(sentence),
        }),
      })
    },
  )
  return held.ok ? held.result : { ok: false, exitCode: 1, sentence: held.sentence }
}

/** Which cipher the acquirer's master key is for. */
export function masterKind({ acquirer }: TerminalFile): KeyKind {
  return acquirer.networkManagementCode === '005' ? 'sm4' : 'tdes'
}

/** Puts a master key into the software store; a sentence when it does not take it. */
export function keepMaster(terminal: KeysTerminal, key: Uint8Array): string | null {
  const store = openSoftwareKeyStore(terminal.options('keys.json'))
  if (!store.ok) return store.why
  const imported = store.keys.importMaster(key)
  return imported.ok ? null : imported.why
}

/** Puts an initial DUKPT key into the software store; a sentence when it does not take it. */
export function keepInitial(
  terminal: KeysTerminal,
  initial: { readonly key: Uint8Array; readonly ksn: string },
): string | null {
  const { dukpt } = terminal.file.acquirer
  if (dukpt === undefined) return 'The configuration has no dukpt section.'
  const store = openDukptKeyStore({ ...terminal.options('dukpt.json'), cipher: dukpt.cipher })
  if (!store.ok) return store.why
  const imported = store.keys.importInitial(initial.key, initial.ksn)
  return imported.ok ? null : imported.why
}
