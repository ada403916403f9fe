/** One request on its way to an answer, and how the handlers read and book it. */
import type { Account } from '../ledger/account.ts'
import type { Entry, EntryKind } from '../ledger/entry.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Message } from '../wire/message.ts'
import type { Terminal } from './terminals.ts'
import type { HostTime } from './time.ts'

type HostRules = {
  /** Issuer master key, 16 bytes. */
  readonly issuerKey: Uint8Array
  /** One transaction may not be more than this (DE 39 = 61), in fen. */
  readonly amountLimitMinor: number
  /** PINs come under keys of the pad's own; null: under that of the sign-on. */
  readonly pinDukpt: PinDukpt | null
}

export type PinDukpt = {
  /** What was loaded into the pad, as hex. */
  readonly initialKey: string
  /** Field of the request that names the key. */
  readonly ksnField: number
}

export type Exchange = {
  readonly request: Message
  readonly terminal: Terminal
  readonly ledger: Ledger
  readonly rules: HostRules
  readonly now: HostTime
  /** DE 37 and DE 38 of the answer. */
  readonly rrn: string
  readonly authCode: string
}

/** DE 39 (null: the answer has none) and further fields of the answer. */
export type Answer = {
  readonly code: string | null
  readonly fields?: ReadonlyMap<number, string>
}

export const CODE_APPROVED = '00'

/** A field as text; empty when absent. */
export function field(exchange: { readonly request: Message }, number: number): string {
  return exchange.request.fields.get(number) ?? ''
}

/** DE 60 taken apart: transaction type, batch, management code, capability, IC condition. */
export function field60(request: Message): {
  readonly type: string
  readonly batch: string
  readonly management: string
  readonly condition: string
} {
  const value = request.fields.get(60) ?? ''
  return {
    type: value.slice(0, 2),
    batch: value.slice(2, 8),
    management: value.slice(8, 11),
    condition: value.slice(12, 13),
  }
}

/** Amount of DE 4 in fen; null when the field is absent. */
export function amountOf(request: Message): number | null {
  const value = request.fields.get(4)
  return value === undefined ? null : Number(value)
}

/** The entry that DE 61 (batch, STAN) names for this terminal. */
export function originalOf(exchange: Exchange): Entry | null {
  const value = field(exchange, 61)
  const { tid } = exchange.terminal
  return exchange.ledger.byKey({ tid, batch: value.slice(0, 6), stan: value.slice(6, 12) })
}

export type Booking = {
  readonly kind: EntryKind
  readonly account: Account | null
  readonly original?: Entry | null
}

/** Writes the outcome into the books and answers with it. Every financial request that is judged is booked, declined ones too. */
export function book(exchange: Exchange, code: string, booking: Booking): Answer {
  const { request, terminal, ledger, now } = exchange
  ledger.book({
    at: now.ms,
    kind: booking.kind,
    tid: terminal.tid,
    mid: terminal.mid,
    stan: field(exchange, 11),
    batch: field60(request).batch,
    processingCode: field(exchange, 3),
    amountMinor: amountOf(request) ?? 0,
    accountId: booking.account?.id ?? null,
    rrn: exchange.rrn,
    authCode: exchange.authCode,
    outcome: code === CODE_APPROVED ? 'approved' : 'declined',
    responseCode: code,
    originalId: booking.original?.id ?? null,
  })
  return { code }
}
