/** What an evidence pack is made of: lines of JSON, those of the journal among them as the journal itself exports them. */
import type { SlipCopy, SlipMark } from '#core/receipt/slip.ts'
import type { Role } from '#core/terminal/setup.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { EventLine } from '../journal/lines/line.ts'

/** Grows when a reader of before could not read what is written now. */
export const PACK_FORMAT = 1

type HeadLine = {
  readonly line: 'pack'
  readonly format: number
  /** Program that made it. */
  readonly release: string
  /** Voucher number that was asked for. */
  readonly trace: string
  readonly merchantNumber: string
  readonly terminalNumber: string
  /** Wall time in milliseconds, and who was named as answering for the export. */
  readonly exportedAt: number
  readonly exportedBy: { readonly operator: string; readonly role: Role }
  /** Events of this payment, among those that follow. */
  readonly events: readonly number[]
  /** What the pack does not hold, in words. */
  readonly missing: readonly string[]
}

/** As it stood at the export. */
type RecordLine = { readonly line: 'record'; readonly record: TransactionRecord }

/** One event of this payment in a few words; the event itself follows in the chain. */
export type StoryLine = {
  readonly line: 'story'
  readonly seq: number
  readonly at: number
  readonly what: string
  /** Who was signed in; null: nobody, or another release decided and it is not known. */
  readonly operator: string | null
  /** The page that was shown; null: another release decided. */
  readonly page: string | null
  readonly effects: readonly string[]
  readonly refused: string | null
}

/** Laid out anew from the facts in event `seq`. */
export type SlipLine = {
  readonly line: 'slip'
  readonly seq: number
  readonly job: string
  readonly copy: SlipCopy
  readonly mark: SlipMark
  readonly text: string
  readonly svg: string
}

/** SHA-256 of every line before it, as hex. */
type SealLine = { readonly line: 'seal'; readonly digests: readonly string[] }

type BeginLine = {
  readonly line: 'begin'
  /** Number and hash (hex) of the event before the first one. */
  readonly after: number
  readonly head: string
}

/** An event of something else, of which the hash alone is here. */
type LinkLine = { readonly line: 'link'; readonly seq: number; readonly hash: string }

type EndLine = {
  readonly line: 'end'
  readonly events: number
  /** Of the journal at the export, in hex. */
  readonly head: string
  /** SHA-256 of the seal line. */
  readonly seal: string
}

export type PackLine =
  | HeadLine
  | RecordLine
  | StoryLine
  | SlipLine
  | SealLine
  | BeginLine
  | EventLine
  | LinkLine
  | EndLine
