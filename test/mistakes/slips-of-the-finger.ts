/** What fingers do to an amount: pure text, as the literature on keying errors names them. Knows nothing of the terminal. */

/** An amount as somebody would key it in yuan: `3850` → `38.5` typed as `3 8 . 5`, `2000` → `2 0`. */
export function keysOf(amountMinor: number): readonly string[] {
  const fen = String(amountMinor % 100).padStart(2, '0')
  const point = fen === '00' ? '' : `.${fen.endsWith('0') ? fen.slice(0, 1) : fen}`
  return `${Math.floor(amountMinor / 100)}${point}`.split('')
}

export const FINGER_SLIPS = [
  'extraZero',
  'missingDigit',
  'doubleKey',
  'swappedDigits',
  'neighbourKey',
  'pointLost',
  'oldAmount',
] as const

export type FingerSlip = (typeof FINGER_SLIPS)[number]

/** Keys that touch each other on a ten-key pad with 1 at the top left. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  0: '8',
  1: '24',
  2: '135',
  3: '26',
  4: '157',
  5: '2468',
  6: '359',
  7: '48',
  8: '5790',
  9: '68',
}

type Choice = { readonly where: number; readonly which: number }

/** The keys with one slip in them. `where` and `which`: 0 ≤ value < 1. `before`: what the last customer's abandoned amount had left. */
export function slipped(
  slip: FingerSlip,
  keys: readonly string[],
  { where, which, before }: Choice & { readonly before: readonly string[] },
): readonly string[] {
  const at = pick(digitPlaces(keys), where)
  switch (slip) {
    case 'extraZero':
      return withExtraZero(keys)
    case 'missingDigit':
      return keys.toSpliced(pick(droppable(keys), where), 1)
    case 'doubleKey':
      return keys.toSpliced(at, 0, keys[at] ?? '0')
    case 'swappedDigits':
      return swapped(keys, where)
    case 'neighbourKey': {
      const near = NEIGHBOURS[keys[at] ?? '0'] ?? '8'
      return keys.toSpliced(at, 1, near[Math.floor(which * near.length)] ?? '8')
    }
    case 'pointLost':
      return pointLost(keys, which)
    case 'oldAmount':
      return [...before, ...keys]
  }
}

function digitPlaces(keys: readonly string[]): readonly number[] {
  return keys.flatMap((key, place) => (key === '.' ? [] : [place]))
}

/** A zero that is there is the one that is forgotten most; otherwise any digit but the only one. */
function droppable(keys: readonly string[]): readonly number[] {
  const zeros = digitPlaces(keys).filter((place) => keys[place] === '0')
  return zeros.length > 0 ? zeros : digitPlaces(keys)
}

function withExtraZero(keys: readonly string[]): readonly string[] {
  const point = keys.indexOf('.')
  return keys.toSpliced(point === -1 ? keys.length : point, 0, '0')
}

/** Two neighbouring digits that differ; where none do, the slip does nothing and is not one. */
function swapped(keys: readonly string[], where: number): readonly string[] {
  const places = digitPlaces(keys).filter((place) => {
    const next = keys[place + 1]
    return next !== undefined && next !== '.' && next !== keys[place]
  })
  if (places.length === 0) return keys
  const at = pick(places, where)
  return keys.toSpliced(at, 2, keys[at + 1] ?? '0', keys[at] ?? '0')
}

/** The point is left out, or a whole amount is keyed in the style of another terminal: in fen, or as if the last two were fen. */
function pointLost(keys: readonly string[], which: number): readonly string[] {
  if (keys.includes('.')) return keys.filter((key) => key !== '.')
  if (which < 0.5) return [...keys, '0', '0']
  const padded = keys.join('').padStart(3, '0')
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`.split('')
}

function pick(places: readonly number[], share: number): number {
  return places[Math.floor(share * places.length)] ?? 0
}
