/** What every codec of the benchmark must be able to do, and the proof that all of them do the same. */
import { deepStrictEqual } from 'node:assert/strict'

export type Sample = {
  readonly mti: string
  readonly fields: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

export type Contestant = {
  readonly name: string
  /** Reads the message; what comes out is the codec's own. */
  readonly unpack: () => unknown
  /** Reads the message and then every field; gives the sum of their lengths, so that nothing can be left out. */
  readonly unpackAndReadAll: () => number
  readonly pack: () => unknown
  /** The result of `unpack` in our words: digits, text, upper-case hex. */
  readonly values: () => Readonly<Record<string, string>>
  /** The result of `pack` as bytes of the sample's form. */
  readonly packed: () => Uint8Array
}

/** Throws when a codec reads other values or writes other bytes than the sample has: a quick wrong answer is no answer. */
export function assertEqualResults(contestant: Contestant, sample: Sample): void {
  const { name } = contestant
  deepStrictEqual({ name, ...contestant.values() }, { name, ...sample.fields })
  deepStrictEqual([name, hex(contestant.packed())], [name, hex(sample.bytes)])
  deepStrictEqual([name, contestant.unpackAndReadAll() > 0], [name, true])
}

/** Upper-case hex. */
export function hex(bytes: Uint8Array | readonly number[]): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}
