/** The sign-off (0820, 60.3 = 002): no keys, no MAC, nothing that a lost answer could cost. */
import type { EventBody } from '#core/terminal/event.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import type { RequestSettings } from './fields.ts'
import { signOffFields } from './management-fields.ts'
import type { Questioner } from './questioner.ts'

export type SignOffResult = Extract<EventBody, { type: 'signOffEnded' }>

/** An answer that cannot be read, or names another terminal, is none. */
export async function signOff(
  parts: {
    readonly settings: RequestSettings
    readonly questioner: Questioner
    readonly dialect: Dialect
  },
  request: { readonly stan: string; readonly batch: string },
): Promise<SignOffResult> {
  const { settings } = parts
  const fields = signOffFields(settings, request)
  const outcome = await parts.questioner.ask({ mti: '0820', fields, signed: false })
  if (outcome.kind !== 'answered') return ended('unanswered')
  const read = parts.dialect.unpack(outcome.message)
  if (!read.ok || read.message.fields['41'] !== settings.terminalNumber) return ended('unanswered')
  const code = read.message.fields['39'] ?? ''
  return code === '00' ? ended('accepted') : ended('refused', code)
}

function ended(outcome: SignOffResult['outcome'], code = ''): SignOffResult {
  return { type: 'signOffEnded', outcome, code }
}
