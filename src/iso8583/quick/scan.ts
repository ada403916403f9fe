/** The quick pass over a message: looks at every byte once, and finds it good or leaves it to the careful way, which can say what is wrong. */
import { prefixValue } from '../prefix.ts'
import type { Alphabet } from './alphabet.ts'
import type { Marks } from './place.ts'
import type { Shape, Stretch } from './shape.ts'

/** The marks of a message that is good to its last byte, or null. Anything refused here may still be good. */
export function scan({ head, noMarks, stretches }: Shape, bytes: Uint8Array): Marks | null {
  if (stretches === null) return null
  const marks = noMarks.slice()
  let mark = 0
  let at = head.length
  for (let place = 0; place < stretches.length; place++) {
    const stretch = stretches[place]
    if (stretch === undefined) break
    const { prefix, nibbles } = stretch
    let { units } = stretch
    let begin = at
    if (prefix !== null) {
      begin += prefix.size
      units = prefixValue(prefix, bytes, at)
      if (units < 0 || units > stretch.units) return null
    }
    at = begin + ((units * nibbles + 1) >> 1)
    if (at > bytes.length || !allowedIn(stretch, bytes, begin, at, units)) return null
    if (prefix !== null) {
      marks[++mark] = units
      marks[++mark] = at
    }
  }
  return at === bytes.length ? marks : null
}

function allowedIn(
  { alphabet, odd }: Stretch,
  bytes: Uint8Array,
  begin: number,
  end: number,
  units: number,
): boolean {
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
