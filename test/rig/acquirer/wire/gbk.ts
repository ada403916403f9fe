/** Answers carry Chinese remarks in GBK, not UTF-8; Node decodes it but cannot encode it. */

const FIRST_LEAD = 0x81
const LAST_LEAD = 0xfe
const FIRST_TRAIL = 0x40
const LAST_TRAIL = 0xfe
const QUESTION_MARK = 0x3f
const NEW_LINE = 0x0a

export type TextEncoding = (text: string) => Uint8Array

/** GBK bytes as text; bytes that mean nothing become U+FFFD. */
export function decodeGbk(bytes: Uint8Array): string {
  return new TextDecoder('gbk').decode(bytes)
}

/** Builds an encoder (one table per host): characters outside GBK become `?`. */
export function createGbkEncoder(): TextEncoding {
  const codes = reverseTable()
  return (text) => {
    const bytes: number[] = []
    for (const character of text) {
      const point = character.codePointAt(0) ?? QUESTION_MARK
      if (point < 0x80) bytes.push(point)
      else bytes.push(...(codes.get(character) ?? [QUESTION_MARK]))
    }
    return Uint8Array.from(bytes)
  }
}

/** Every double byte, one per line, decoded at one go: what comes out as one character has a code. */
function reverseTable(): Map<string, readonly [number, number]> {
  const pairs: (readonly [number, number])[] = []
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead += 1) {
    for (let trail = FIRST_TRAIL; trail <= LAST_TRAIL; trail += 1) pairs.push([lead, trail])
  }
  const lines = decodeGbk(Uint8Array.from(pairs.flatMap((pair) => [...pair, NEW_LINE]))).split('\n')
  const codes = new Map<string, readonly [number, number]>()
  for (const [index, pair] of pairs.entries()) {
    const character = lines[index] ?? ''
    const single = character.length === 1 && character !== '\uFFFD'
    if (single && !codes.has(character)) codes.set(character, pair)
  }
  return codes
}
