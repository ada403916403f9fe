/** The first key of a new terminal. */
import { join } from 'node:path'
import { holdCeremony } from '#shell/commission/key-ceremony.ts'
import { openSoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import { type OffTerminal, withOffTerminal } from '../journal/service-journal.ts'
import { masterKind } from '../keys/terminal.ts'
import type { SetupDesk } from './desk.ts'
import type { Making } from './people.ts'

export type FirstKey =
  /** `check` empty: no key yet. */
  { readonly ok: true; readonly check: string } | { readonly ok: false; readonly sentence: string }

export async function loadFirstKey(desk: SetupDesk, making: Making): Promise<FirstKey> {
  const { answers, file, places } = making
  const { words } = desk
  if (answers.keys.how === 'later') return { ok: true, check: '' }
  if (file.profile === 'production') return { ok: false, sentence: words('keys.production') }
  if (file.acquirer.dukpt !== undefined)
    return { ok: false, sentence: words('keys.dukptHasNoMaster') }
  const held = await withOffTerminal({ data: places.data, clock: desk.clock, words }, (off) =>
    load(desk, making, off),
  )
  return held.ok ? held.result : { ok: false, sentence: held.sentence }
}

function load(desk: SetupDesk, { answers, file }: Making, off: OffTerminal): FirstKey {
  const { prompt, words } = desk
  const store = openSoftwareKeyStore({
    ...off,
    file: join(off.data, 'keys.json'),
    profile: file.profile,
    warn: (sentence) => prompt.say(sentence),
  })
  if (!store.ok) return { ok: false, sentence: store.why }
  const { keys } = store
  if (answers.keys.how === 'demonstration') {
    const imported = keys.importMasterKey(answers.keys.masterKey)
    if (!imported.ok) return { ok: false, sentence: imported.why }
    const fact = { name: 'master', before: '', after: keys.masterKeyCheck }
    off.book.write('keysLoaded', ['setup'], [fact, { name: 'from', before: '', after: 'answers' }])
    return { ok: true, check: keys.masterKeyCheck }
  }
  const outcome = holdCeremony(
    { prompt, book: off.book, words },
    { what: 'master', kind: masterKind(file), components: 2 },
    (key) => {
      const imported = keys.importMaster(key)
      return imported.ok ? null : imported.why
    },
  )
  if (outcome.ok) return { ok: true, check: outcome.check }
  return { ok: false, sentence: words(`keys.not.${outcome.why}`, { component: outcome.component }) }
}
