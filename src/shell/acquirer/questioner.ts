/** Packs a request, signs it when asked, sends it, and tells its answer from any other by the keys that the configuration names. */
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort, MacAlgorithm, RequestKeys } from '#core/ports/keys.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import { hostRequest } from '#iso8583/frame.ts'
import type { ExchangeOutcome } from './busy-line.ts'
import { createExchange, type ExchangeSettings } from './exchange.ts'
import { type Fields, wipeFields } from './fields.ts'
import { DE64_MAC, SECRET_FIELDS } from './read-answer.ts'

export type QuestionerSettings = ExchangeSettings & {
  /** Five bytes as hex; empty when the acquirer wants none. */
  readonly tpdu: string
  /** Six bytes as hex; empty when the acquirer wants none. */
  readonly header: string
  /**
   * Fields in which an answer must equal its request, besides the MTI. A field that the request lacks is not compared. An answer to a
   * question without STAN must repeat its management code (60.3) when it has one.
   */
  readonly matchFields: readonly string[]
  readonly mac: MacAlgorithm
  /** The field that names the key of a request (KSN); null when the keys are not DUKPT. */
  readonly ksnField: string | null
}

/** An answer comes with the keys that it must be signed with; null when its question was not signed. */
type AskOutcome =
  | (Extract<ExchangeOutcome, { kind: 'answered' }> & { readonly keys: RequestKeys | null })
  | Exclude<ExchangeOutcome, { kind: 'answered' }>

type Request = {
  readonly mti: string
  readonly fields: Fields
  readonly signed: boolean
  /** Asked while nobody waits. */
  readonly isIdle?: boolean
  /** Instead of the reply time-out of the acquirer. */
  readonly replyTimeoutMs?: number
}

export type Note = (what: string, facts: Readonly<Record<string, string>>) => void

export type Questioner = {
  /** Wipes the bytes among `fields`. Never rejects. */
  readonly ask: (request: Request) => Promise<AskOutcome>
  readonly setReplyTimeout: (ms: number) => void
  readonly close: () => void
}

const MAC_BYTES = 8

export function createQuestioner(parts: {
  readonly settings: QuestionerSettings
  readonly dialect: Dialect
  readonly keys: KeysPort
  readonly clock: Clock
  readonly note: Note
  /** A message that answers nothing that was asked. */
  readonly onStray: (message: Uint8Array) => void
  /** What the host wants next, from the header of an answer; 1 to 15. */
  readonly onHostRequest: (request: number) => void
}): Questioner {
  const { dialect, keys, settings } = parts
  const tpdu = Uint8Array.from(Buffer.from(settings.tpdu, 'hex'))
  const header = Uint8Array.from(Buffer.from(settings.header, 'hex'))
  let usualTimeoutMs = settings.replyTimeoutMs
  const exchange = createExchange({ settings, clock: parts.clock, onStray: parts.onStray })

  /** The message, and what its answer must repeat; null when it does not fit the dialect. */
  const build = ({ mti, fields }: Request, signing: RequestKeys | null): Uint8Array | null => {
    const { ksnField } = settings
    const named =
      signing === null || ksnField === null ? fields : { ...fields, [ksnField]: signing.ksn }
    const packed = dialect.pack({
      mti,
      fields: signing === null ? named : { ...named, [DE64_MAC]: new Uint8Array(MAC_BYTES) },
    })
    wipeFields(fields)
    if (!packed.ok) {
      const { code, path } = packed.error
      parts.note('the request does not fit the dialect', { mti, code, field: path.join('.') })
      return null
    }
    const { bytes, macInputLength } = packed
    if (signing !== null && macInputLength !== null) {
      const input = bytes.subarray(0, macInputLength)
      bytes.set(keys.mac(signing.mac, { input, algorithm: settings.mac }), macInputLength)
    }
    return bytes
  }

  const isAnswer = (
    message: Uint8Array,
    mti: string,
    match: readonly (readonly [string, string])[],
    managementCode: string | null,
  ): boolean => {
    const read = dialect.unpack(message, { asBytes: SECRET_FIELDS })
    const { message: parsed } = read.ok ? read : { message: read.parsed }
    const answered = managementCodeOf(parsed.fields)
    return (
      parsed.mti === replyMti(mti) &&
      match.every(([field, value]) => parsed.fields[field] === value) &&
      (managementCode === null || answered === null || answered === managementCode)
    )
  }

  return {
    ask: async (request) => {
      const { mti, fields } = request
      const managementCode = '11' in fields ? null : managementCodeOf(fields)
      const match = settings.matchFields.flatMap((field) => textField(field, fields))
      const signing = request.signed ? keys.forRequest() : null
      if (request.signed && signing === null) {
        wipeFields(fields)
        parts.note('there is no key for the request', { mti })
        return { kind: 'unreachable', detail: 'no key' }
      }
      const message = build(request, signing)
      if (message === null) return { kind: 'unreachable', detail: 'not packed' }
      const outcome = await exchange.send({
        frame: { tpdu, header, message },
        isOurs: (answer) => isAnswer(answer, mti, match, managementCode),
        replyTimeoutMs: request.replyTimeoutMs ?? usualTimeoutMs,
        isIdle: request.isIdle === true,
      })
      message.fill(0)
      const detail = outcome.kind === 'answered' ? {} : { detail: outcome.detail }
      const stan = typeof fields['11'] === 'string' ? fields['11'] : ''
      parts.note('exchange', { mti, stan, outcome: outcome.kind, ...detail })
      if (outcome.kind === 'answered') {
        const wish = hostRequest(outcome.header) ?? 0
        if (wish !== 0) parts.onHostRequest(wish)
      }
      return outcome.kind === 'answered' ? { ...outcome, keys: signing } : outcome
    },
    setReplyTimeout: (ms) => {
      usualTimeoutMs = ms
    },
    close: exchange.close,
  }
}

function textField(field: string, fields: Fields): readonly (readonly [string, string])[] {
  const value = fields[field]
  return typeof value === 'string' ? [[field, value]] : []
}

/** 60.3, behind two digits of type and six of batch. */
function managementCodeOf(fields: Readonly<Record<string, unknown>>): string | null {
  const control = fields['60']
  return typeof control === 'string' && control.length >= 11 ? control.slice(8, 11) : null
}

function replyMti(mti: string): string {
  return String(Number(mti) + 10).padStart(4, '0')
}
