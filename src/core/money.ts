/** Money is a whole number of minor units with its currency; nothing here ever touches a fraction. */

declare const minorBrand: unique symbol
/** Whole minor units (fen for 156). Never negative: the direction of money is said by the transaction type. */
export type MinorUnits = number & { readonly [minorBrand]: 'minor' }

/** DE 4 holds twelve digits: no amount can ever be larger. */
export const AMOUNT_CEILING_MINOR = 999_999_999_999

/** Returns the amount, or null when `value` is not a whole number of minor units within DE 4. */
export function minorUnits(value: number): MinorUnits | null {
  return isMinor(value) ? value : null
}

/** For values the program itself derived; a wrong one is a bug, so it throws. */
export function minor(value: number): MinorUnits {
  if (isMinor(value)) return value
  throw new RangeError('an amount must be whole minor units between 0 and 999999999999')
}

function isMinor(value: number): value is MinorUnits {
  return Number.isSafeInteger(value) && value >= 0 && value <= AMOUNT_CEILING_MINOR
}

/** DE 4 form: twelve digits, zero filled. */
export function toDe4(value: MinorUnits): string {
  return String(value).padStart(12, '0')
}

/** Reads DE 4; null unless exactly twelve digits. */
export function fromDe4(text: string): MinorUnits | null {
  return /^[0-9]{12}$/.test(text) ? minorUnits(Number(text)) : null
}

/** `123450` → `1,234.50`; two decimals, as every currency this terminal takes has. */
export function formatMinor(value: MinorUnits): string {
  const digits = String(value).padStart(3, '0')
  const whole = digits.slice(0, -2)
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole
  return `${grouped}.${digits.slice(-2)}`
}
