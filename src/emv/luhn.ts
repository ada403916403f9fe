/** The check digit of card numbers (ISO/IEC 7812-1 annex B), over ASCII digits so that a PAN need not be text. */

/** True when all bytes are digits, at least two, and the last one is the check digit of the others. */
export function luhnValid(digits: Uint8Array): boolean {
  if (digits.length < 2) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = (digits[digits.length - 1 - at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return false
    sum += at % 2 === 0 ? digit : doubled(digit)
  }
  return sum % 10 === 0
}

function doubled(digit: number): number {
  return digit < 5 ? digit * 2 : digit * 2 - 9
}
