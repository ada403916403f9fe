/** I11: no card number among events, effects, state or slips. */
import { breach } from './interruptions.ts'
import type { Sheet } from './printer.ts'

/** Runs of digits as long as a card number, not part of a longer word; no wall time, and none that begins with 0. */
const LONG_DIGITS =
  /(?<![0-9A-Za-z])(?!17[0-9]{11}(?![0-9A-Za-z]))[1-9][0-9]{12,18}(?![0-9A-Za-z])/g

const MERCHANT = '898100012345678'

/** Merchant number, wall times, DE 61 and amounts are as long as card numbers and are none; no card number begins with 0. */
export function checkNoCardNumbers(
  rows: readonly { readonly seq: number; readonly body: string; readonly effects: string }[],
  paper: readonly Sheet[],
): void {
  for (const row of rows) {
    search(row.body, `row ${row.seq}`)
    search(row.effects, `the effects of row ${row.seq}`)
  }
  for (const sheet of paper) search(JSON.stringify(sheet.slip), `slip ${sheet.slip.job}`)
}

function search(text: string, where: string): void {
  for (const digits of text.match(LONG_DIGITS) ?? []) {
    if (digits !== MERCHANT && isLuhn(digits)) breach(`I11: a card number in ${where}`)
  }
}

function isLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits.at(-1 - place))
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
