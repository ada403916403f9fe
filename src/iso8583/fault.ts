/** What can be wrong with a message. A fault says where and how much, never which bytes: it may be logged as it is. */

export type FaultCode =
  /** The bytes end too early: `need` more than `have` from `offset`. */
  | 'truncated'
  /** Bytes remain after the last field: `have` of them, `need` is 0. */
  | 'leftover'
  /** Longer than the field allows: `need` is the maximum. */
  | 'tooLong'
  /** Shorter than the fixed length `need`. */
  | 'tooShort'
  /** A byte or character that this kind of field cannot hold. */
  | 'alphabet'
  /** The filler nibble is neither 0 nor F. */
  | 'padding'
  /** The length prefix is no number. */
  | 'prefix'
  /** The dialect has no such field, or no such bitmap. */
  | 'unknownField'
  /** A value of the wrong shape was given for packing. */
  | 'value'
  /** Larger or deeper than the named limit `need`. */
  | 'limit'

export type CodecError = {
  readonly code: FaultCode
  /** From the outside in: `['mti']`, `['bitmap']`, `['55', '9F26']`; empty when it is the message as a whole. */
  readonly path: readonly string[]
  /** On reading: byte offset in the message. On packing: byte offset reached so far. */
  readonly offset: number
  readonly need: number
  readonly have: number
}

/** One sentence for a technician; carries no byte of the message. */
export function explainCodecError(error: CodecError): string {
  const where = error.path.length === 0 ? 'message' : `field ${error.path.join('.')}`
  return `${where} at byte ${error.offset}: ${WORDS[error.code]} (need ${error.need}, have ${error.have})`
}

const WORDS: Readonly<Record<FaultCode, string>> = {
  truncated: 'the bytes end too early',
  leftover: 'bytes remain after the last field',
  tooLong: 'longer than the field allows',
  tooShort: 'shorter than the field must be',
  alphabet: 'a character that this field cannot hold',
  padding: 'the filler is neither 0 nor F',
  prefix: 'the length prefix is no number',
  unknownField: 'the dialect has no such field',
  value: 'the value has the wrong shape',
  limit: 'beyond a limit',
}
