/** The quick pass over a message: looks at every byte once, and finds it good or leaves it to the careful way, which can say what is wrong. */
import type { Alphabet } from './alphabet.ts'
import type { Marks, Shape, Stretch } from './shape.ts'

/** The marks of a message that is good to its last byte, or null. Anything refused here may still be good. */
export function scan(shape: Shape, bytes: Uint8Array): Marks | null {
  const { stretches } = shape
  if (stretches === null) return null
  const marks = shape.noMarks.slice()
  let mark = 0
  let at = shape.head.length
  for (const stretch of stretches) {
    if (stretch.prefix === null) {
      const end = at + stretch.bytes
      if (end > bytes.length || !allowed(bytes, stretch.alphabet, at, end)) return null
      at = end
    } else {
      const begin = at + stretch.prefix.size
      if (begin > bytes.length) return null
      const units = stretch.prefix.valueAt(bytes, at)
      if (units < 0 || units > stretch.maximum) return null
      at = begin + stretch.wireBytes(units)
      if (at > bytes.length || !allowedUnits(stretch, bytes, { begin, end: at, units })) return null
      marks[++mark] = units
      marks[++mark] = at
    }
  }
  return at === bytes.length ? marks : null
}

type Variable = Extract<Stretch, { readonly wireBytes: unknown }>
type Span = { readonly begin: number; readonly end: number; readonly units: number }

function allowedUnits(
  { quick }: Variable,
  bytes: Uint8Array,
  { begin, end, units }: Span,
): boolean {
  const { alphabet, odd } = quick
  if (odd === null || (units & 1) === 0) return allowed(bytes, alphabet, begin, end)
  return odd.place === 'first'
    ? allowed(bytes, odd.alphabet, begin, begin + 1) && allowed(bytes, alphabet, begin + 1, end)
    : allowed(bytes, alphabet, begin, end - 1) && allowed(bytes, odd.alphabet, end - 1, end)
}

function allowed(bytes: Uint8Array, alphabet: Alphabet, from: number, end: number): boolean {
  if (alphabet === null) return true
  let refused = 0
  for (let at = from; at < end; at++) refused |= alphabet[bytes[at] ?? 0] ?? 1
  return refused === 0
}
