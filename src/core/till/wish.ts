/**
 * What a till asks for: the amount and lines of an order under a reference of its own. Nobody types it, so nobody mistypes it
 * (idea S1-19); the reference goes with the order into the attempt, the reversal and the record, and names it for ever.
 */
import { AMOUNT_CEILING_MINOR, formatMinor, type MinorUnits, minor } from '../money.ts'

/** One line of the till's bill; below zero for a discount. */
type TillLine = {
  readonly name: string
  readonly quantity: number
  readonly amountMinor: number
}

export type TillWish = {
  /** The till's own number of this order; never used for another one. */
  readonly reference: string
  /** `refund` gives back what was paid under the reference `of`. */
  readonly kind: 'sale' | 'refund'
  readonly of: string
  readonly amountMinor: MinorUnits
  /** Empty: the till sends none. */
  readonly lines: readonly TillLine[]
}

/** What an order keeps of the till's wish. */
export type TillOrder = Pick<TillWish, 'reference' | 'lines'>

/** An order that ended without a record: nothing of it was ever asked of an acquirer and kept. */
export type ClosedTillOrder = {
  readonly reference: string
  /** Who ended it: the till, somebody at this terminal, or a restart. */
  readonly by: 'till' | 'terminal' | 'restart'
  readonly at: number
}

/** A reference is printed and keyed by people: letters, digits and three signs that no system escapes. */
export const REFERENCE = /^[A-Za-z0-9._-]{1,32}$/
/** A bill longer than this is not read by anybody at a counter. */
export const LINES_LIMIT = 60
/** Two rows of the narrowest slip. */
export const LINE_NAME_LIMIT = 40
export const QUANTITY_LIMIT = 9999
/** Ended orders that left no record; what was asked of an acquirer is found in the journal instead. */
export const CLOSED_LIMIT = 50
/** Records of one reference that are looked at, newest last: more attempts than any customer makes. */
export const KNOWN_LIMIT = 50

/** True when the lines add up to the amount, or there are none (idea S1-19: a mismatch is no order). */
export function addsUp({ lines, amountMinor }: Pick<TillWish, 'lines' | 'amountMinor'>): boolean {
  return (
    lines.length === 0 || lines.reduce((sum, line) => sum + line.amountMinor, 0) === amountMinor
  )
}

/** `-150` → `-1.50`. */
export function signedText(amountMinor: number): string {
  return `${amountMinor < 0 ? '-' : ''}${formatMinor(minor(Math.abs(amountMinor)))}`
}

/** True for a wish that keeps every limit of this file. */
export function isSound(wish: TillWish): boolean {
  return (
    REFERENCE.test(wish.reference) &&
    (wish.kind === 'sale' ? wish.of === '' : REFERENCE.test(wish.of)) &&
    wish.of !== wish.reference &&
    wish.lines.length <= LINES_LIMIT &&
    wish.lines.every(isSoundLine)
  )
}

function isSoundLine({ name, quantity, amountMinor }: TillLine): boolean {
  return (
    name.length > 0 &&
    name.length <= LINE_NAME_LIMIT &&
    Number.isInteger(quantity) &&
    quantity >= 1 &&
    quantity <= QUANTITY_LIMIT &&
    Number.isInteger(amountMinor) &&
    Math.abs(amountMinor) <= AMOUNT_CEILING_MINOR
  )
}
