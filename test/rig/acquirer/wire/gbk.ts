/** Answers carry Chinese remarks in GBK, not UTF-8; Node decodes it but cannot encode it. */

const FIRST_LEAD = 0x81
const LAST_LEAD = 0xfe
const FIRST_TRAIL = 0x40
const LAST_TRAIL = 0xfe
const QUESTION_MARK = 0x3f

export type TextEncoding = (text: string) => Uint8Array

/** GBK bytes as text; bytes that mean nothing become U+FFFD. */
export function decodeGbk(bytes: Uint8Array): string {
  return new TextDecoder('gbk').decode(bytes)
}

/** Builds an encoder (one table per host): characters outside GBK become `?`. */
export function createGbkEncoder(): TextEncoding {
  const codes = new Map<string, readonly [number, number]>()
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead += 1) addRow(codes, lead)
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

function addRow(codes: Map<string, readonly [number, number]>, lead: number): void {
  const decoder = new TextDecoder('gbk')
  for (let trail = FIRST_TRAIL; trail <= LAST_TRAIL; trail += 1) {
    const character = decoder.decode(Uint8Array.of(lead, trail))
    const single = character.length === 1 && character !== '\uFFFD'
    if (single && !codes.has(character)) codes.set(character, [lead, trail])
  }
}
