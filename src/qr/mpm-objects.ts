/** Data objects of merchant-presented codes: two digits of id, two of length, then that many characters (EMVCo MPM 1.1, 3.2). */

export type MpmObject = {
  readonly id: string
  readonly value: string
  /** Where the value starts, in UTF-16 units: the CRC covers everything before its own value. */
  readonly valueStart: number
}

export type MpmObjects =
  | { readonly ok: true; readonly objects: readonly MpmObject[] }
  | { readonly ok: false; readonly error: 'TLV_TRUNCATED' | 'TLV_NOT_NUMERIC' }

/** Lengths count characters, not bytes: a code with a Chinese name fits only so. A surrogate pair is one character. */
export function parseMpmObjects(text: string): MpmObjects {
  const objects: MpmObject[] = []
  let at = 0
  while (at < text.length) {
    const head = text.slice(at, at + 4)
    if (!/^\d{0,4}$/.test(head)) return { ok: false, error: 'TLV_NOT_NUMERIC' }
    if (head.length < 4) return { ok: false, error: 'TLV_TRUNCATED' }
    const valueStart = at + 4
    const end = skipCharacters(text, valueStart, Number(head.slice(2)))
    if (end === null) return { ok: false, error: 'TLV_TRUNCATED' }
    objects.push({ id: head.slice(0, 2), value: text.slice(valueStart, end), valueStart })
    at = end
  }
  return { ok: true, objects }
}

function skipCharacters(text: string, start: number, count: number): number | null {
  let at = start
  for (let skipped = 0; skipped < count; skipped += 1) {
    const point = text.codePointAt(at)
    if (point === undefined) return null
    at += point > 0xffff ? 2 : 1
  }
  return at
}
