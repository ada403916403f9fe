/** What is remembered of the shop's own sticker. Apart from what is asked about it, because the state holds it. */
export type Sticker = {
  /** Wall time of the last look that found our own code; 0: never. */
  readonly checkedAt: number
  /** Wall time since which a foreign code is known to hang there; 0: none. */
  readonly wrongSince: number
}
