/**
 * Characters of many fields, gathered in one buffer and made into text at once: a call of the decoder per message costs a tenth of one
 * text per field. Whatever does not fit or is no ASCII is left to the ordinary way of reading.
 */
/** Characters: four times the messages that terminals send. Of longer ones the rest is read field by field. */
export const GATHER_LIMIT = 4096

/** Belongs to one dialect, which reads one message at a time; `take` empties it. */
export class Gather {
  readonly codes: Uint8Array = new Uint8Array(GATHER_LIMIT)
  at = 0
  readonly #decoder = new TextDecoder()

  /** True when `count` more characters fit. */
  has(count: number): boolean {
    return this.at + count <= GATHER_LIMIT
  }

  /** The text of everything since the last `take`. The buffer is zeroed: it may hold card data. */
  take(): string {
    const used = this.codes.subarray(0, this.at)
    const text = this.#decoder.decode(used)
    used.fill(0)
    this.at = 0
    return text
  }
}
