/** An amount as clips to be played one after the other. Chinese follows the reading on the screen, so that ear and eye get the same. */
import type { Locale, Money } from '#shell/api/view.ts'

/** Names of clips, as in `config/locales/voice.<locale>.json`. */
export function spokenAmount(
  locale: Locale,
  amount: Pick<Money, 'minor' | 'reading'>,
): readonly string[] {
  return locale === 'zh-CN' ? chinese(amount.reading) : english(amount.minor)
}

/** One clip for each character. Two in front of a thousand, ten thousand, hundred million or of 元 is said 两. */
function chinese(reading: string): readonly string[] {
  return Array.from(reading.replace(/^二(?=[千万亿元])/, '两'))
}

/** Yuan and fen, never a point: "point five" is too easily heard as five. */
function english(minor: number): readonly string[] {
  const yuan = Math.floor(minor / 100)
  const fen = minor % 100
  const whole = yuan === 0 && fen > 0 ? [] : [...integer(yuan), 'yuan']
  return fen === 0 ? whole : [...whole, ...integer(fen), 'fen']
}

const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const
/** DE 4 holds twelve digits of fen: ten of yuan. */
const GROUPS = [
  [1_000_000_000, 'billion'],
  [1_000_000, 'million'],
  [1000, 'thousand'],
] as const

function integer(value: number): readonly string[] {
  for (const [size, word] of GROUPS) {
    if (value < size) continue
    const rest = value % size
    return [...hundreds(Math.floor(value / size)), word, ...(rest === 0 ? [] : integer(rest))]
  }
  return hundreds(value)
}

function hundreds(value: number): readonly string[] {
  if (value < 100) return tens(value)
  const rest = value % 100
  return [...tens(Math.floor(value / 100)), 'hundred', ...(rest === 0 ? [] : tens(rest))]
}

function tens(value: number): readonly string[] {
  const one = ONES[value]
  if (one !== undefined) return [one]
  const ten = TENS[Math.floor(value / 10) - 2]
  const rest = ONES[value % 10]
  return [ten, value % 10 === 0 ? undefined : rest].filter((word) => word !== undefined)
}
