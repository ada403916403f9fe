/** Answers carry Chinese remarks in GBK, not UTF-8; Node decodes it but cannot encode it. */

const FIRST_LEAD = 0x81
const LAST_LEAD = 0xfe
const FIRST_TRAIL = 0x40
const LAST_TRAIL = 0xfe
const QUESTION_MARK = 0x3f
const NEW_LINE = 0x0a
const LINE_BYTES = 3

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
  const trails = LAST_TRAIL - FIRST_TRAIL + 1
  const bytes = new Uint8Array((LAST_LEAD - FIRST_LEAD + 1) * trails * LINE_BYTES)
  for (let at = 0; at < bytes.length; at += LINE_BYTES) {
    const index = at / LINE_BYTES
    bytes[at] = FIRST_LEAD + Math.floor(index / trails)
    bytes[at + 1] = FIRST_TRAIL + (index % trails)
    bytes[at + 2] = NEW_LINE
  }
  const codes = new Map<string, readonly [number, number]>()
  for (const [index, character] of decodeGbk(bytes).split('\n').entries()) {
    const [lead, trail] = bytes.subarray(index * LINE_BYTES)
    if (character.length !== 1 || character === '\uFFFD' || codes.has(character)) continue
    if (lead !== undefined && trail !== undefined) codes.set(character, [lead, trail])
  }
  return codes
}
