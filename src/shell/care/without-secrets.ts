/**
 * A last look before text leaves the terminal. Secrets are not written into logs or reports in the first place; this is for what a technician
 * typed into a configuration, and for the day on which something was overlooked.
 */

/** ISO 7812: a card number has 12 to 19 digits. Blanks and dashes between the digits are the ones that people write. */
const LONG_NUMBER = /\d(?:[ -]?\d){11,}/g
/** Keys of 8 bytes and more as hex, PIN blocks and cryptograms too. */
const LONG_HEX = /\b[0-9A-Fa-f]{16,}\b/g
const NAME_OF_SECRET = /key|secret|pin$|password|token|credential|ksn/i
/** Keys of the configuration that only sound like it. */
const NO_SECRET = new Set([
  'masterKeyIndex',
  'securityKeyDigit',
  'networkManagementCode',
  'workingKeys',
])

const WITHHELD = '(withheld)'

/** Every long number as its length, every long hex as its length. Dates with a `T` in them stay. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(LONG_HEX, (found) => (/^\d+$/.test(found) ? found : `(${found.length} hex digits)`))
    .replaceAll(LONG_NUMBER, (found) => `(${found.replaceAll(/\D/g, '').length} digits)`)
}

/** A configuration as it may be shown: what is named like a secret is withheld whole, everything else goes through `withoutSecrets`. */
export function publicConfig(value: unknown, name = ''): unknown {
  const isSecret = NAME_OF_SECRET.test(name) && !NO_SECRET.has(name)
  if (isSecret && (typeof value === 'string' || typeof value === 'number')) return WITHHELD
  if (typeof value === 'string') return withoutSecrets(value)
  if (typeof value === 'number') return String(value).length < 12 ? value : WITHHELD
  if (Array.isArray(value)) return value.map((one) => publicConfig(one, name))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [withoutSecrets(key), publicConfig(one, key)]),
    )
  return value
}
