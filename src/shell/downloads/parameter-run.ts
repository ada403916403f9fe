/** The parameters of a host: two digits of tag and a value of a width that both sides must know, without any length between. */

/** Widths in bytes [1 LY]. 14 to 17 are telephone numbers, 22 the merchant's name in GBK, 26 bits. */
const WIDTHS: Readonly<Record<string, number>> = {
  '11': 2,
  '12': 2,
  '13': 1,
  '14': 14,
  '15': 14,
  '16': 14,
  '17': 14,
  '18': 1,
  '19': 2,
  '20': 1,
  '21': 1,
  '22': 40,
  '23': 1,
  '24': 1,
  '25': 1,
  '26': 4,
  '27': 2,
}
const TAG_REPLY_TIMEOUT = '12'
/** What a customer can be asked to wait, in seconds; a value outside of it is not followed. */
const SANE_TIMEOUT_S = { least: 5, most: 90 }

export type Parameter = { readonly tag: string; readonly value: Uint8Array }

/** All parameters up to the end, or up to the first tag of unknown width; null when not even the first can be read. */
export function readParameters(run: Uint8Array): readonly Parameter[] | null {
  const parameters: Parameter[] = []
  let at = 0
  while (at + 2 <= run.length) {
    const tag = String.fromCharCode(...run.subarray(at, at + 2))
    const width = WIDTHS[tag]
    if (width === undefined || at + 2 + width > run.length) break
    parameters.push({ tag, value: run.slice(at + 2, at + 2 + width) })
    at += 2 + width
  }
  return parameters.length === 0 ? null : parameters
}

/** Parameter 12 in milliseconds; null when it is absent or not sane. */
export function replyTimeoutOf(parameters: readonly Parameter[]): number | null {
  const found = parameters.find(({ tag }) => tag === TAG_REPLY_TIMEOUT)
  const text = found === undefined ? '' : String.fromCharCode(...found.value)
  if (!/^[0-9]{2}$/.test(text)) return null
  const seconds = Number(text)
  return seconds >= SANE_TIMEOUT_S.least && seconds <= SANE_TIMEOUT_S.most ? seconds * 1000 : null
}
