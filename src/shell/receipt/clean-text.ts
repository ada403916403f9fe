/**
 * Text of others (merchant names, host notes) on its way to the printer: nothing in it may act as a command, come out as
 * garbage on a two-byte printer, or show a whole card number.
 */
import receiptline from 'receiptline'

/** Stands for a character that the printer cannot print; itself in every Chinese printer font. */
export const VISIBLE_BOX = '□'

const FULL_WIDTH_YUAN = '￥'
/** U+00A5 is four bytes in GB18030 and garbage on most printers; the full-width sign is two. */
const LATIN_YEN = '¥'

/** Digits of one number may be grouped by single blanks or hyphens. */
const DIGIT_RUN = /\d(?:[ -]?\d){12,18}/g
const SHORTEST_PAN = 13

/**
 * Control characters and characters outside two-byte GBK become a visible box, never a command and never nothing. The result
 * is composed (NFC) and has one printer cell per ASCII character, two per any other.
 */
export function printable(text: string): string {
  let clean = ''
  for (const character of text.normalize('NFC').replaceAll(LATIN_YEN, FULL_WIDTH_YUAN))
    clean += isPrintable(character) ? character : VISIBLE_BOX
  return clean
}

/** Masks what may be a card number (13 to 19 digits that pass Luhn) to its first six and last four digits. */
export function withoutCardNumbers(text: string): string {
  return text.replaceAll(DIGIT_RUN, (run) => {
    const digits = run.replaceAll(/\D/g, '')
    return passesLuhn(digits) ? maskDigits(digits) : run
  })
}

/** The account line is masked already; if it is not, it is masked here, with or without a fitting check digit. */
export function maskedAccount(account: string): string {
  return account.replaceAll(DIGIT_RUN, (run) => maskDigits(run.replaceAll(/\D/g, '')))
}

function maskDigits(digits: string): string {
  if (digits.length < SHORTEST_PAN) return digits
  return `${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.at(-1 - at))
    const doubled = at % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function isPrintable(character: string): boolean {
  if (/^[\u0020-\u007e]$/.test(character)) return true
  if (/^[\p{C}\p{M}]$/u.test(character)) return false
  // The encoder that will print decides: its command prefix is the same for every text.
  const { generic } = receiptline.commands
  const prefix = generic.text('', 'gb18030').length
  return generic.text(character, 'gb18030').length - prefix === 2
}
