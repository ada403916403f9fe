/** The code behind a signature on the screen: it belongs to one transaction, so a picture with it cannot be used for another. */

/** DE 15 when the host names no settlement date. */
const NO_DATE = '0000'

/**
 * Settlement date (MMDD, zeros when absent) and reference number (DE 37, twelve digits) are eight bytes of packed digits; the first four
 * XOR the last four, as eight hex characters. What is no digit counts as zero: a code is shown in any case.
 */
export function featureCode(settlementDate: string, reference: string): string {
  const date = /^\d{4}$/.test(settlementDate) ? settlementDate : NO_DATE
  const digits = date + reference.replaceAll(/\D/g, '0').slice(-12).padStart(12, '0')
  const first = Array.from(digits.slice(0, 8))
  return first
    .map((digit, at) => (Number(digit) ^ Number(digits[at + 8])).toString(16))
    .join('')
    .toUpperCase()
}
