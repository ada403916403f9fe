/**
 * What an acquirer says of taps without PIN and signature (0800, 60.3 = 394), in DE 62: tags of six characters, three digits of length, and so many
 * characters. Known from one source only; a tag that is not used here is passed over, because its length says where the next one begins.
 */
import type { ContactlessRules } from '#core/guard/contactless-rules.ts'
import { minor } from '#core/money.ts'

const TAG_CHARACTERS = 6
const LENGTH_DIGITS = 3
/** Twelve digits of the smallest unit. */
const TAG_NO_PIN_LIMIT = 'FF8058'
/** `1` on, `0` off. */
const TAG_NO_PIN_SWITCH = 'FF8054'
const TAG_NO_SIGNATURE_LIMIT = 'FF8059'

/**
 * The rules in a run, or null when it does not add up, says a thing twice, or says what is no amount and no switch. Off is a limit of nothing. A run
 * has at most the bytes of one DE 62.
 */
export function readContactlessRun(run: Uint8Array): ContactlessRules | null {
  const values = valuesIn(String.fromCharCode(...run))
  if (values === null || values.size === 0) return null
  const noPin = amountOf(values.get(TAG_NO_PIN_LIMIT))
  const noSignature = amountOf(values.get(TAG_NO_SIGNATURE_LIMIT))
  const isOn = switchOf(values.get(TAG_NO_PIN_SWITCH))
  if (noPin === undefined || noSignature === undefined || isOn === undefined) return null
  return isOn
    ? { noPinMinor: noPin, noSignatureMinor: noSignature }
    : { noPinMinor: minor(0), noSignatureMinor: minor(0) }
}

function valuesIn(text: string): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>()
  for (let at = 0; at < text.length; ) {
    const tag = text.slice(at, at + TAG_CHARACTERS)
    const start = at + TAG_CHARACTERS + LENGTH_DIGITS
    const length = text.slice(at + TAG_CHARACTERS, start)
    if (!/^[0-9A-F]{6}$/.test(tag) || !/^[0-9]{3}$/.test(length) || values.has(tag)) return null
    const end = start + Number(length)
    if (end > text.length) return null
    values.set(tag, text.slice(start, end))
    at = end
  }
  return values
}

/** Null when nothing is said, undefined when it is no amount. */
function amountOf(value: string | undefined) {
  if (value === undefined) return null
  return /^[0-9]{12}$/.test(value) ? minor(Number(value)) : undefined
}

/** On when nothing is said, undefined when it is no switch. */
function switchOf(value: string | undefined): boolean | undefined {
  if (value === undefined || value === '1') return true
  return value === '0' ? false : undefined
}
