/** What this shop asks of people beyond the rules of the trade, drawn from the number of the seed. */

export type House = {
  /** The acquirer wants to hear of issuers' scripts. */
  readonly hasScripts: boolean
  /** A supervisor looks at each refund and void before a batch is closed. */
  readonly reviewsRefunds: boolean
  /** Last four digits or amount prove a voucher number that was typed. */
  readonly provesTyped: boolean
  /** Customers sign on their screen, and the acquirer takes it. */
  readonly signsOnScreen: boolean
  /** No hold is offered. */
  readonly neverHolds: boolean
  /** People look for old payments, say what was wrong with them and collect what is missing. */
  readonly mends: boolean
  /** A till sends orders, takes them back and asks what became of them. */
  readonly hasTill: boolean
  /** The host approves a part of some sales; only where this is true it was told that a part is taken. */
  readonly takesParts: boolean
  readonly givesParts: boolean
  /** Unusual amounts are keyed once more, or allowed by a second person. */
  readonly guardsAmounts: boolean
  /** Some codes will not scan, and their digits are keyed in. */
  readonly typesCodes: boolean
  /** People practise between two customers. */
  readonly drills: boolean
}

/** By number, so that the stream of chance is the same in every house and kept seeds tell the same story. */
export function houseOf(seed: number): House {
  const mends = seed % 7 === 5
  const hasTill = seed % 11 === 8
  const guardsAmounts = seed % 11 === 10
  return {
    hasScripts: seed % 4 === 0,
    reviewsRefunds: seed % 3 === 1,
    // Whoever picks a payment off a list has typed no number.
    provesTyped: seed % 5 === 2 && !mends,
    signsOnScreen: seed % 5 === 4,
    neverHolds: seed % 7 === 3,
    mends,
    hasTill,
    takesParts: mends || hasTill,
    givesParts: mends || hasTill || guardsAmounts,
    guardsAmounts,
    typesCodes: seed % 13 === 4,
    drills: seed % 13 === 9,
  }
}
