/** One question of a download over the link. */
import type { Dialect } from '#iso8583/dialect.ts'
import type { Ask } from '../downloads/answer.ts'
import type { TerminalNumbers } from './fields.ts'
import { downloadFields } from './management-fields.ts'
import type { Questioner } from './questioner.ts'
import { SECRET_FIELDS } from './read-answer.ts'

const DE62_CONTENT = '62'

export function askDownload(
  parts: {
    readonly settings: TerminalNumbers
    readonly dialect: Dialect
    readonly questioner: Questioner
  },
  batch: string,
): Ask {
  const { dialect, questioner, settings } = parts
  return async (mti, code, field62) => {
    const fields = downloadFields(settings, { batch, code, field62 })
    const outcome = await questioner.ask({ mti, fields, signed: false })
    if (outcome.kind !== 'answered') return { kind: outcome.kind }
    const read = dialect.unpack(outcome.message, { asBytes: [...SECRET_FIELDS, DE62_CONTENT] })
    if (!read.ok || read.message.fields['41'] !== settings.terminalNumber)
      return { kind: 'unusable' }
    const content = read.message.bytes[DE62_CONTENT] ?? new Uint8Array(0)
    return { kind: 'answered', code: read.message.fields['39'] ?? '', field62: content }
  }
}
