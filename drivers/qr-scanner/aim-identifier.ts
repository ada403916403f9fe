/** AIM identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier. */

/** The identifier as text, or empty when these are not the bytes of one. */
export function aimIdentifier(bytes: Uint8Array): string {
  const [bracket, letter = 0, modifier = 0] = bytes
  const has = bracket === 0x5d && isLetter(letter) && (isLetter(modifier) || isDigit(modifier))
  return has ? String.fromCharCode(bracket, letter, modifier) : ''
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
