/** The terminal while it is off, for the params verbs that change it or ask its acquirer. */
import { createPrompt } from '#shell/commission/prompt.ts'
import { askWho } from '#shell/commission/sign-in.ts'
import type { Signature } from '#shell/config/signature.ts'
import { openWork } from '#shell/params/rest.ts'
import { type OffTerminal, withOffTerminal } from '../journal/service-journal.ts'
import type { Outcome, Seeing } from './desk.ts'
import { readConfig } from './show.ts'

export type ChangeFlags = {
  readonly config: string
  readonly data: string
  readonly lang: 'zh-CN' | 'en'
  readonly json?: true
}

/** Holds the terminal while it is off and owes nothing; `now` is the text of its terminal.yaml. */
export async function whileOff(
  see: Seeing,
  { config, data }: ChangeFlags,
  work: (terminal: OffTerminal, now: string) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const now = readConfig(config)
  if (!now.ok) return no(2, see.words('config.unusable', { config, why: now.problem }))
  const held = await withOffTerminal({ data, clock: see.clock, words: see.words }, (terminal) => {
    const open = openWork(terminal.book.state())
    return open === null ? work(terminal, now.text) : no(1, see.words(`open.${open}`))
  })
  return held.ok ? held.result : no(1, held.sentence)
}

/** Who answers for it: the signer of the file, or a supervisor or administrator at the keyboard; nobody yet while nobody has a PIN. */
export function authority(see: Seeing, { book }: OffTerminal, signature: Signature): string | null {
  if (signature.kind === 'good') return `key ${signature.signer}`
  if (!book.hasPeople()) return 'nobody'
  const prompt = createPrompt(see.keyboard)
  return askWho({ prompt, book, words: see.words }, 'who.administrator', [
    'supervisor',
    'administrator',
  ])
}

/** Refused, with the exit code of the verb. */
export function no(exitCode: 1 | 2, sentence: string): Extract<Outcome, { ok: false }> {
  return { ok: false, exitCode, sentence }
}
