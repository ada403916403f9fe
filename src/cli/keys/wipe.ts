/** `suretill keys wipe`: every key overwritten and gone, and a look whether it is. */
import { createPrompt } from '#shell/commission/prompt.ts'
import { askWho } from '#shell/commission/sign-in.ts'
import { wipeKeys } from '#shell/keys/wipe.ts'
import type { KeysDesk, KeysFlags, Said } from './desk.ts'
import { withKeys } from './terminal.ts'

/** The journal has it first: a power cut in between leaves keys and a note of the wish, and the verb is run again. */
export async function wipe(
  desk: KeysDesk,
  flags: KeysFlags & { readonly deviceKey?: true },
): Promise<Said> {
  return await withKeys(desk, flags, (terminal) => {
    const { words } = desk
    const no = (key: string): Said => ({ ok: false, exitCode: 1, sentence: words(key) })
    const prompt = createPrompt(desk.keyboard)
    const { book, data, file, random } = terminal
    const who = book.hasPeople()
      ? askWho({ prompt, book, words }, 'who.onlyAdministrator', ['administrator'])
      : 'nobody'
    if (who === null) return no('params.notSignedIn')
    const { number } = file.terminal
    if (prompt.ask(words('keys.wipeSure', { number })) !== number) return no('keys.notWiped')
    const device = flags.deviceKey === true
    book.write(
      'keysWiped',
      [who],
      [{ name: 'device key', before: '', after: device ? 'wiped' : 'kept' }],
    )
    const { files, left } = wipeKeys(data, { random, device })
    if (left.length > 0)
      return {
        ok: false,
        exitCode: 1,
        sentence: words('keys.wipeLeft', { files: left.join(', ') }),
      }
    if (flags.json === true) return { ok: true, lines: [JSON.stringify({ wiped: files })] }
    return {
      ok: true,
      lines: [
        words(device ? 'keys.wipedDevice' : 'keys.wiped', { files: files.join(', ') || '-' }),
      ],
    }
  })
}
