/** What is attacked, and how an attack may end. */

export type Verdict =
  /** A typed error. */
  | 'refused'
  /** Taken; writing it again gives the same bytes, or it cannot be written and was judged alike twice. */
  | 'taken'
  /** Taken; writing it gives another spelling that the format allows, and that reads and writes as itself. */
  | 'respelled'

export type Target = {
  readonly name: string
  /** Good inputs to begin with. */
  readonly corpus: readonly Uint8Array[]
  /** Throws, with a sentence, when a promise is broken. */
  readonly judge: (bytes: Uint8Array) => Verdict
}

/** A promise that was broken. */
export function broken(sentence: string): never {
  throw new Error(sentence)
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
