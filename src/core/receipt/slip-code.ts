/**
 * The bar code at the foot of a slip: by it a void, a refund or a reprint begins with the paper, and nobody copies numbers. The letter in front
 * keeps it apart from every payment code, goods code and bill number, because these are digits alone.
 */

/** What the bar code is made of, as slip and record carry it. */
export type SlipNumbers = {
  /** Six digits. */
  readonly batch: string
  /** STAN, six digits. */
  readonly trace: string
  /** DE 37. */
  readonly reference: string
  /** DE 41. */
  readonly terminalNumber: string
}

/** `S`, batch, voucher number, four check digits. */
const SHAPE = /^S[0-9]{16}$/

/** Seventeen characters for CODE 128; null where batch or voucher number are not six digits, so that no code leads nowhere. */
export function slipCodeOf(numbers: SlipNumbers): string | null {
  const { batch, trace } = numbers
  const code = `S${batch}${trace}${checkDigits(numbers)}`
  return SHAPE.test(code) ? code : null
}

/** Which record it may be; whether it is that one, its check digits say: compare with `slipCodeOf` of what was found. */
export function readSlipCode(
  text: string,
): { readonly batch: string; readonly trace: string; readonly check: string } | null {
  if (!SHAPE.test(text)) return null
  return { batch: text.slice(1, 7), trace: text.slice(7, 13), check: text.slice(13) }
}

/** A prime: two codes that differ in one character, or in the order of two, never have the same remainder. */
const CHECK_MODULUS = 9973
const CHECK_BASE = 131

/** Four digits over everything: a slip of another terminal, or of another life of this one, has the same numbers and another reference. */
function checkDigits({ batch, trace, reference, terminalNumber }: SlipNumbers): string {
  let sum = 0
  for (const character of `${terminalNumber}|${batch}|${trace}|${reference}`)
    sum = (sum * CHECK_BASE + (character.codePointAt(0) ?? 0)) % CHECK_MODULUS
  return String(sum).padStart(4, '0')
}
