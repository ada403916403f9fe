/** Operators' PINs: checked and kept as salted scrypt hashes; the digits are never written anywhere. */
import { scryptSync, timingSafeEqual } from 'node:crypto'

/** N = 2^14: about 30 ms on a small terminal, which a cashier does not feel and a guesser does. */
const COST = { N: 16_384, r: 8, p: 1 }
const HASH_BYTES = 32
const SALT_BYTES = 16

/** PCI DSS 8.3.6 exempts point-of-sale accounts from long passwords; six digits and a lockout stand instead. */
const PIN_DIGITS = 6

function isPinShape(pin: string): boolean {
  return new RegExp(`^[0-9]{${PIN_DIGITS}}$`).test(pin)
}

/** Equal digits, runs up or down, and the defaults printed on the web cannot be chosen. */
export function isTooSimple(pin: string): boolean {
  if (!isPinShape(pin)) return true
  const digits = pin.split('').map(Number)
  const steps = digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0))
  const first = steps[0]
  const even = steps.every((step) => step === first) && Math.abs(first ?? 2) <= 1
  return even || pin.slice(0, 3) === pin.slice(3) || pin.slice(0, 2).repeat(3) === pin
}

/** `salt:hash` in hex. */
export function makeCredential(pin: string, random: (length: number) => Uint8Array): string {
  const salt = random(SALT_BYTES)
  const hash = scryptSync(pin, salt, HASH_BYTES, COST)
  return `${Buffer.from(salt).toString('hex')}:${hash.toString('hex')}`
}

/** Takes as long for a wrong PIN as for a right one; false for a credential it cannot read. */
export function fitsCredential(pin: string, credential: string | null): boolean {
  const [salt = '', hash = ''] = (credential ?? '').split(':')
  const expected = Buffer.from(hash, 'hex')
  const given = scryptSync(pin, Buffer.from(salt, 'hex'), HASH_BYTES, COST)
  return expected.length === HASH_BYTES && timingSafeEqual(given, expected)
}
