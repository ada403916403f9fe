/**
 * GBK in both directions. The platform decodes GBK but cannot encode it, so the table is taken from its decoder, once, when a
 * dialect first meets a byte above 7F. Two-byte codes only, as terminals print them.
 */

export type GbkTable = {
  /** Code unit for lead and trail byte, 0 when the pair is no character. */
  readonly toUnicode: (lead: number, trail: number) => number
  /** Lead and trail byte as one number, 0 when GBK has no such character. */
  readonly toWire: (codeUnit: number) => number
}

const FIRST_LEAD = 0x81
const LAST_LEAD = 0xfe
const FIRST_TRAIL = 0x40
const LAST_TRAIL = 0xfe
const ROW = LAST_TRAIL - FIRST_TRAIL + 1
const REPLACEMENT = 0xfffd

/** Builds the table; about 24,000 pairs. */
export function buildGbkTable(): GbkTable {
  const decoder = new TextDecoder('gbk')
  const forward = new Uint16Array((LAST_LEAD - FIRST_LEAD + 1) * ROW)
  const backward = new Uint16Array(65536)
  const pair = new Uint8Array(2)
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead++) {
    for (let trail = FIRST_TRAIL; trail <= LAST_TRAIL; trail++) {
      pair[0] = lead
      pair[1] = trail
      const text = decoder.decode(pair)
      const code = text.length === 1 ? text.charCodeAt(0) : REPLACEMENT
      if (code === REPLACEMENT || code < 0x80) continue
      forward[(lead - FIRST_LEAD) * ROW + trail - FIRST_TRAIL] = code
      if (backward[code] === 0) backward[code] = (lead << 8) | trail
    }
  }
  return {
    toUnicode: (lead, trail) =>
      lead < FIRST_LEAD || lead > LAST_LEAD || trail < FIRST_TRAIL || trail > LAST_TRAIL
        ? 0
        : (forward[(lead - FIRST_LEAD) * ROW + trail - FIRST_TRAIL] ?? 0),
    toWire: (codeUnit) => backward[codeUnit] ?? 0,
  }
}
