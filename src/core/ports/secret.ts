/**
 * Cardholder data travels only as handles to bytes in one fixed arena. A handle prints a mask, can be
 * read for the length of one call, and is dead after `wipe`.
 */
export type SecretKind = 'pan' | 'track2' | 'pinBlock' | 'paymentCode'

export interface SecretBytes {
  readonly kind: SecretKind
  /** What may be shown: first 6 and last 4 of a PAN, last 4 of a payment code, stars otherwise. */
  readonly masked: string
  /** Number of bytes; 0 after `wipe`. */
  readonly length: number
  /** Lends the bytes for the call only: the callee must not keep, copy to a string, or change them. Throws after `wipe`. */
  use<Result>(reader: (bytes: Uint8Array) => Result): Result
  /** Overwrites the bytes with zeros. Safe to call twice. */
  wipe(): void
  toString(): string
  toJSON(): string
}

export interface SecretArena {
  /**
   * Moves `bytes` into the arena: they are copied and the source is overwritten with zeros. A PAN is ASCII digits, track 2
   * is ASCII digits with `D` as separator and no sentinels, a PIN block is its 8 raw bytes, a payment code its ASCII digits.
   * Throws when the arena is full (a bug: something did not wipe).
   */
  put(kind: SecretKind, bytes: Uint8Array): SecretBytes
}
