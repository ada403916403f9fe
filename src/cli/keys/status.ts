/** `suretill keys status`: which keys there are, by check value. */
import { openDukptKeyStore } from '#shell/keys/dukpt-key-store.ts'
import { openSoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import type { KeysDesk, KeysFlags, Said } from './desk.ts'
import { type KeysTerminal, withKeys } from './terminal.ts'

/** Working keys come with each sign-on; of the PIN pad only the slot is known, for its protocol has no question about keys. */
type Standing = {
  readonly master: string
  readonly initialKsn: string
  readonly working: boolean
  readonly transport: string
  readonly pinPadSlot: number
}

export async function status(desk: KeysDesk, flags: KeysFlags): Promise<Said> {
  return await withKeys(
    desk,
    flags,
    (terminal) => {
      const { words } = desk
      if (terminal.file.profile === 'production')
        return { ok: false, exitCode: 1, sentence: words('keys.production') }
      const standing = standingOf(terminal)
      if (standing === null)
        return { ok: false, exitCode: 2, sentence: words('keys.storeUnusable') }
      if (flags.json === true) return { ok: true, lines: [JSON.stringify(standing)] }
      const { initialKsn, master, pinPadSlot, transport, working } = standing
      const known = (check: string): string => (check === '' ? words('keys.none') : check)
      return {
        ok: true,
        lines: [
          `${words('keys.name.master')}: ${known(master)}`,
          ...(initialKsn === '' ? [] : [`${words('keys.name.initial')}: KSN ${initialKsn}`]),
          `${words('keys.name.working')}: ${words(working ? 'keys.there' : 'keys.afterSignOn')}`,
          `${words('keys.name.transport')}: ${known(transport)}`,
          words('keys.padSlot', { slot: pinPadSlot }),
        ],
      }
    },
    { evenIfOpen: true },
  )
}

function standingOf(terminal: KeysTerminal): Standing | null {
  const { dukpt, masterKeyIndex } = terminal.file.acquirer
  const common = { transport: terminal.transport.check(), pinPadSlot: masterKeyIndex }
  if (dukpt !== undefined) {
    const store = openDukptKeyStore({ ...terminal.options('dukpt.json'), cipher: dukpt.cipher })
    if (!store.ok) return null
    return { ...common, master: '', initialKsn: store.keys.serialNumber, working: store.keys.ready }
  }
  const store = openSoftwareKeyStore(terminal.options('keys.json'))
  if (!store.ok) return null
  return { ...common, master: store.keys.masterKeyCheck, initialKsn: '', working: store.keys.ready }
}
