/** `suretill update image`: the image of the operating system, through RAUC, under the same rules as a release of the program. */
import { resolve } from 'node:path'
import { fillIn } from '#shell/devices/technician-words.ts'
import type { ImageInstaller } from '#shell/update/rauc/installer.ts'
import type { UpdateWords } from '#shell/update/update-words.ts'
import { type Answer, refusal } from './text.ts'

/** RAUC verifies, writes and switches; the machine is restarted by whoever asked. */
export async function installImage(
  rauc: ImageInstaller,
  words: UpdateWords,
  {
    file,
    objections,
    out,
  }: {
    readonly file: string
    readonly objections: readonly string[]
    readonly out: (line: string) => void
  },
): Promise<Answer> {
  if (objections.length > 0) return refusal(words, { why: 'busy', detail: objections.join(' ') })
  const outcome = await rauc.install(resolve(file), (progress) =>
    out(fillIn(words.labels.imageStep, progress)),
  )
  if (!outcome.ok) return refusal(words, outcome)
  return { ok: true, facts: { ok: true }, lines: [words.labels.imageInstalled] }
}

export async function imageStatus(rauc: ImageInstaller, words: UpdateWords): Promise<Answer> {
  const slots = await rauc.slots()
  if (slots === null) return refusal(words, { why: 'noService', detail: '' })
  return {
    ok: true,
    facts: { ok: true, slots },
    lines: slots.map(({ bootStatus, version, ...slot }) =>
      fillIn(words.labels.imageSlot, { ...slot, boot: bootStatus ?? '–', version: version ?? '–' }),
    ),
  }
}

export async function markImageGood(rauc: ImageInstaller, words: UpdateWords): Promise<Answer> {
  const outcome = await rauc.markGood()
  if (!outcome.ok) return refusal(words, outcome)
  return { ok: true, facts: { ok: true }, lines: [words.labels.imageGood] }
}
