/** What a character set must be able to do for text fields. */
import type { Content, QuickContent, Reader, Writer } from '../cursor.ts'
import type { Charset } from '../dialect/dialect-spec.ts'
import type { GbkTable } from './gbk.ts'

export type TextOptions = {
  readonly charset: Charset
  readonly undecodable: 'refuse' | 'keep'
  /** Gives the GBK table, building it at the first call. */
  readonly gbk: () => GbkTable
}

/** One character set. */
export type TextCodec = {
  readonly quick: QuickContent | null
  /** Bytes that a text takes. */
  readonly size: (text: string) => number
  /** Notes the first byte before `end` that is no character. */
  readonly check: (reader: Reader, end: number) => void
  /** Text of bytes that were checked. */
  readonly text: Content['text']
  readonly encode: (writer: Writer, text: string) => void
}
