/**
 * From the bytes of an answer to what the core may know of it. The MAC is checked here, over the bytes as they came; nothing
 * of a card is ever made into text.
 */
import type { KeysPort, MacAlgorithm, RequestKeys } from '#core/ports/keys.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import type { Dialect } from '#iso8583/dialect.ts'

/** PAN, tracks and PIN block never become text, not even in an answer. */
export const SECRET_FIELDS = ['2', '35', '36', '52']
/** Of an answer, only these reach the core and the journal: nothing of a card is among them. */
const FIELDS_FOR_THE_CORE = '3 4 11 12 13 15 25 37 38 39 41 42 44 49 54 55 60 63'.split(' ')
export const DE64_MAC = '64'
/** DE 48 of a settlement's answer: sums, no card number. */
export const TOTALS_TOO = ['48']

export type AnswerSettings = {
  /**
   * DE 39 values under which DE 64 is looked at; null: under every one. Some hosts put junk on refusals: there
   * it is as good as none. Words that approve or that end a reversal are always among them.
   */
  readonly macCountsFor: readonly string[] | null
  readonly mac: MacAlgorithm
  /** Number of the field in whose answer this acquirer names who paid by code; absent: it names nobody. No standard says which. */
  readonly payerField?: string
}

type AnswerParts = {
  readonly dialect: Dialect
  readonly keys: KeysPort
  readonly settings: AnswerSettings
  /** Of the question; null when it was not signed: then there is nothing to check DE 64 with, and it is as good as none. */
  readonly signedWith: RequestKeys | null
  /** Keyed hash of what a wallet calls its user: only whether two are the same may be known. */
  readonly payerHash?: (name: Uint8Array) => string
}

/** Null when the bytes are no message of the dialect: such an answer is none. Never throws. */
export function readAnswer(
  message: Uint8Array,
  { dialect, keys, payerHash, settings, signedWith }: AnswerParts,
  also: readonly string[] = [],
): HostReply | null {
  const read = dialect.unpack(message, { asBytes: [...SECRET_FIELDS, DE64_MAC] })
  if (!read.ok) return null
  const mac = read.message.bytes[DE64_MAC]
  const covered = message.subarray(0, read.macInputLength ?? 0)
  const { mac: algorithm, macCountsFor } = settings
  const counts = macCountsFor === null || macCountsFor.includes(read.message.fields['39'] ?? '')
  const named = (read.message.fields[settings.payerField ?? ''] ?? '').trim()
  const check = (shown: Uint8Array, { answerMac }: RequestKeys): 'good' | 'bad' =>
    keys.verifyMac(answerMac, { input: covered, algorithm, mac: shown }) ? 'good' : 'bad'
  return {
    mti: read.message.mti,
    mac: mac === undefined || signedWith === null || !counts ? 'absent' : check(mac, signedWith),
    fields: pick(read.message.fields, [...FIELDS_FOR_THE_CORE, ...also]),
    ...(named === '' || payerHash === undefined
      ? {}
      : { payer: payerHash(Buffer.from(named, 'utf8')) }),
  }
}

function pick(
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  )
}
