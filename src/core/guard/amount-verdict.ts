/** What the check of an amount found, as orders and records carry it. */

export type AmountReason =
  | 'unusuallyLow'
  | 'unusuallyHigh'
  /** A hundredth or a hundredfold of it would be usual: yuan and fen mixed up, or the point lost. */
  | 'pointLost'
  /** This shop has its prices, and this is none of them; or they end on other digits. */
  | 'newPrice'
  | 'newEnding'
  | 'nearEdge'
  | 'sameDigits'
  | 'farFromLast'
  | 'manyCorrections'
  | 'aboveLimit'

export type AmountCheck = {
  /** 0 go on · 1 look · 2 key it again · 3 a second person as well. */
  readonly level: 0 | 1 | 2 | 3
  readonly reasons: readonly AmountReason[]
}
