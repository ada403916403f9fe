/** Numbers that people show by mistake carry check digits; these tell an identity number or a goods barcode from a payment code. */

/** Digit values 0–9. Callers pass ASCII digits only. */
export type Digits = Uint8Array

const ZERO = 0x30

/** The value of the digits from `start` up to `end`; for dates and prefixes, at most 15 digits. */
export function numberAt(digits: Digits, start: number, end: number): number {
  let value = 0
  for (const byte of digits.subarray(start, end)) value = value * 10 + (byte - ZERO)
  return value
}

/** True when eight digits at `start` are a day of the calendar from 1900 to 2099. */
export function isDate(digits: Digits, start: number): boolean {
  const year = numberAt(digits, start, start + 4)
  const month = numberAt(digits, start + 4, start + 6)
  const day = numberAt(digits, start + 6, start + 8)
  if (digits.length < start + 8 || year < 1900 || year > 2099) return false
  return day >= 1 && day <= daysOfMonth(year, month)
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month < 1 || month > 12) return 0
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * A resident identity number of eighteen digits (GB 11643): date of birth in digits 7 to 14 and a check digit by ISO 7064
 * MOD 11-2. A random code passes about three times in 100 000 (own estimate), so the cashier is asked, not stopped.
 */
export function isIdentityNumber(digits: Digits): boolean {
  if (digits.length !== 18 || !isDate(digits, 6)) return false
  let remainder = 0
  for (const byte of digits.subarray(0, 17)) remainder = ((remainder + (byte - ZERO)) * 2) % 11
  // 12 − remainder modulo 11; a result of 10 is written X and cannot stand in a code of digits.
  return (12 - remainder) % 11 === numberAt(digits, 17, 18)
}

/** EAN-8, UPC-A, EAN-13 or GTIN-14 with a fitting check digit (GS1 General Specifications, weights 3 and 1 from the right). */
export function isGoodsBarcode(digits: Digits): boolean {
  if (![8, 12, 13, 14].includes(digits.length)) return false
  let sum = 0
  let weight = 1
  for (const byte of digits.toReversed()) {
    sum += (byte - ZERO) * weight
    weight = 4 - weight
  }
  return sum % 10 === 0
}
