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
}

/** By number, so that the stream of chance is the same in every house and kept seeds tell the same story. */
export function houseOf(seed: number): House {
  return {
    hasScripts: seed % 4 === 0,
    reviewsRefunds: seed % 3 === 1,
    provesTyped: seed % 5 === 2,
    signsOnScreen: seed % 5 === 4,
    neverHolds: seed % 7 === 3,
  }
}
