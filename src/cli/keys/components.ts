/** `suretill keys load-components`: the key ceremony at the keyboard. */
import { holdCeremony } from '#shell/commission/key-ceremony.ts'
import { createPrompt } from '#shell/commission/prompt.ts'
import type { ComponentFlags, KeysDesk, KeysFlags, Said } from './desk.ts'
import { keepMaster, masterKind, withKeys } from './terminal.ts'

export async function loadComponents(
  desk: KeysDesk,
  flags: KeysFlags & ComponentFlags,
): Promise<Said> {
  return await withKeys(desk, flags, (terminal) => {
    const { words } = desk
    const no = (key: string): Said => ({ ok: false, exitCode: 1, sentence: words(key) })
    const { acquirer, profile } = terminal.file
    if (profile === 'production') return no('keys.production')
    if (flags.key === 'master' && acquirer.dukpt !== undefined) return no('keys.dukptHasNoMaster')
    if (flags.key === 'master' && acquirer.masterKey !== undefined) return no('keys.masterInConfig')
    if (terminal.book.state().operators.filter(({ credential }) => credential !== null).length < 2)
      return no('keys.needPeople')
    const kind = flags.key === 'transport' ? flags.cipher : masterKind(terminal.file)
    const outcome = holdCeremony(
      { prompt: createPrompt(desk.keyboard), book: terminal.book, words },
      { what: flags.key, kind, components: Number(flags.components) },
      (key) => {
        if (flags.key === 'master') return keepMaster(terminal, key)
        terminal.transport.keep(flags.cipher, key)
        return null
      },
    )
    if (!outcome.ok) {
      const sentence = words(`keys.not.${outcome.why}`, { component: outcome.component })
      return { ok: false, exitCode: 1, sentence }
    }
    const { by, check } = outcome
    const line = words('keys.loaded', {
      key: words(`keys.name.${flags.key}`),
      check,
      by: by.join(', '),
    })
    return {
      ok: true,
      lines: [flags.json === true ? JSON.stringify({ loaded: flags.key, check, by }) : line],
    }
  })
}
