/** The acquirer as the rest of the shell sees it: four questions, each with every way its answer can fail to come. */
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort, WorkingKeyLayout } from '#core/ports/keys.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import { UNIONPAY_FRAME } from '#iso8583/frame.ts'
import type { Held } from '../custody/custody.ts'
import { createExchange, type ExchangeOutcome, type HostAddress } from './exchange.ts'
import { DE64_MAC, readAnswer, SECRET_FIELDS } from './read-answer.ts'
import {
  echoFields,
  type Fields,
  reversalFields,
  saleFields,
  signOnFields,
  type TerminalNumbers,
  wipeFields,
} from './unionpay-fields.ts'

export type AcquirerSettings = HostAddress &
  TerminalNumbers & {
    /** Five bytes as hex. */
    readonly tpdu: string
    /** Six bytes as hex. */
    readonly header: string
    readonly serial: string
    readonly networkManagementCode: string
    readonly keyLayout: WorkingKeyLayout
  }

type SignOnResult = Extract<EventBody, { type: 'signedOn' | 'signOnFailed' }>

export type Reached =
  | { readonly kind: 'replied'; readonly reply: HostReply }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable' }

export type Acquirer = {
  sell(attempt: Attempt, held: Held): Promise<Reached>
  reverse(
    reversal: Reversal,
    card: { pan: Uint8Array; expiry: Uint8Array } | null,
  ): Promise<Reached>
  signOn(request: { stan: string; batch: string; operator: string }): Promise<SignOnResult>
  probe(batch: string): Promise<boolean>
}

const MAC_BYTES = 8

export function createAcquirer(parts: {
  readonly settings: AcquirerSettings
  readonly dialect: Dialect
  readonly keys: KeysPort
  readonly clock: Clock
  readonly note: (what: string, facts: Readonly<Record<string, string>>) => void
}): Acquirer {
  const { settings, dialect, keys } = parts
  const exchange = createExchange({
    address: settings,
    framing: UNIONPAY_FRAME,
    clock: parts.clock,
  })
  const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

  /** Packs, signs when asked, sends, and tells the answer to this request from any other. */
  const ask = async (mti: string, fields: Fields, signed: boolean): Promise<ExchangeOutcome> => {
    const packed = dialect.pack({
      mti,
      fields: signed ? { ...fields, [DE64_MAC]: new Uint8Array(MAC_BYTES) } : fields,
    })
    wipeFields(fields)
    if (!packed.ok) {
      const { code, path } = packed.error
      parts.note('the request does not fit the dialect', { mti, code, field: path.join('.') })
      return { kind: 'unreachable', detail: code }
    }
    const { bytes, macInputLength } = packed
    if (signed && macInputLength !== null)
      bytes.set(keys.mac(bytes.subarray(0, macInputLength)), macInputLength)
    const frame = { tpdu: fromHex(settings.tpdu), header: fromHex(settings.header), message: bytes }
    const stan = typeof fields['11'] === 'string' ? fields['11'] : null
    const outcome = await exchange.send(frame, (message) => answers(mti, stan, message))
    bytes.fill(0)
    parts.note('exchange', { mti, stan: stan ?? '', outcome: outcome.kind, ...detailOf(outcome) })
    return outcome
  }

  const answers = (mti: string, stan: string | null, message: Uint8Array): boolean => {
    const read = dialect.unpack(message, { asBytes: SECRET_FIELDS })
    const { message: parsed } = read.ok ? read : { message: read.parsed }
    return parsed.mti === replyMti(mti) && (stan === null || parsed.fields['11'] === stan)
  }

  const financial = async (mti: string, fields: Fields): Promise<Reached> => {
    const outcome = await ask(mti, fields, true)
    if (outcome.kind !== 'answered') return { kind: outcome.kind }
    const reply = readAnswer(outcome.message, parts)
    return reply === null ? { kind: 'silent' } : { kind: 'replied', reply }
  }

  return {
    sell: (attempt, held) => financial('0200', saleFields(settings, attempt, held)),
    reverse: (reversal, card) => financial('0400', reversalFields(settings, reversal, card)),
    signOn: async (request) => {
      const code = settings.networkManagementCode
      const outcome = await ask(
        '0800',
        signOnFields(settings, { ...request, code }, settings.serial),
        false,
      )
      if (outcome.kind !== 'answered') return { type: 'signOnFailed', why: outcome.kind, code: '' }
      const read = dialect.unpack(outcome.message, { asBytes: [...SECRET_FIELDS, '62'] })
      if (!read.ok) return { type: 'signOnFailed', why: 'unusable', code: read.error.code }
      const { fields, bytes } = read.message
      if (fields['39'] !== '00')
        return { type: 'signOnFailed', why: 'refused', code: fields['39'] ?? '' }
      if (fields['41'] !== settings.terminalNumber)
        return { type: 'signOnFailed', why: 'unusable', code: 'terminal' }
      const installed = keys.installWorkingKeys(
        bytes['62'] ?? new Uint8Array(0),
        settings.keyLayout,
      )
      if (installed.ok) return { type: 'signedOn', batch: (fields['60'] ?? '').slice(2, 8) }
      const why = installed.why === 'noMasterKey' ? 'noMasterKey' : 'keyCheck'
      return { type: 'signOnFailed', why, code: installed.key ?? installed.why }
    },
    probe: async (batch) =>
      (await ask('0820', echoFields(settings, batch), false)).kind === 'answered',
  }
}

function replyMti(mti: string): string {
  return String(Number(mti) + 10).padStart(4, '0')
}

function detailOf(outcome: ExchangeOutcome): Record<string, string> {
  return outcome.kind === 'answered' ? {} : { detail: outcome.detail }
}
