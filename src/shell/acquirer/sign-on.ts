/** The sign-on: fetches the working keys, proves them against the master key, and adopts the host's batch number. */
import type { KeyInstallOutcome, KeysPort, WorkingKeyLayout } from '#core/ports/keys.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import type { RequestSettings } from './fields.ts'
import { signOnFields } from './management-fields.ts'
import type { Questioner } from './questioner.ts'
import { SECRET_FIELDS } from './read-answer.ts'

export type SignOnSettings = RequestSettings & {
  readonly serial: string
  /** 60.3: which keys are asked for. */
  readonly networkManagementCode: string
  /** Null: no working keys are fetched, because each request has a key of its own (DUKPT). */
  readonly keyLayout: WorkingKeyLayout | null
}

export type SignOnResult = Extract<EventBody, { type: 'signedOn' | 'signOnFailed' }>

const DE62_KEYS = '62'

export async function signOn(
  parts: {
    readonly settings: SignOnSettings
    readonly questioner: Questioner
    readonly dialect: Dialect
    readonly keys: KeysPort
  },
  request: { readonly stan: string; readonly batch: string; readonly operator: string },
): Promise<SignOnResult> {
  const { settings } = parts
  const code = settings.networkManagementCode
  const fields = signOnFields(settings, { ...request, code }, settings.serial)
  const outcome = await parts.questioner.ask({ mti: '0800', fields, signed: false })
  if (outcome.kind !== 'answered') return failed(outcome.kind)
  const read = parts.dialect.unpack(outcome.message, { asBytes: [...SECRET_FIELDS, DE62_KEYS] })
  if (!read.ok) return failed('unusable', read.error.code)
  const { fields: said, bytes } = read.message
  if (said['39'] !== '00') return failed('refused', said['39'])
  if (said['41'] !== settings.terminalNumber) return failed('unusable', 'terminal')
  const wrapped = bytes[DE62_KEYS] ?? new Uint8Array(0)
  const { keyLayout } = settings
  if (keyLayout === null && !parts.keys.ready) return failed('noMasterKey', 'dukpt')
  const installed: KeyInstallOutcome =
    keyLayout === null ? { ok: true } : parts.keys.installWorkingKeys(wrapped, keyLayout)
  if (installed.ok) return { type: 'signedOn', batch: (said['60'] ?? '').slice(2, 8) }
  if (installed.why === 'disk') return failed('unusable', 'disk')
  const why = installed.why === 'noMasterKey' ? 'noMasterKey' : 'keyCheck'
  return failed(why, installed.key ?? installed.why)
}

function failed(
  why: Extract<SignOnResult, { type: 'signOnFailed' }>['why'],
  code = '',
): SignOnResult {
  return { type: 'signOnFailed', why, code }
}
