/** CRC of merchant-presented codes: polynomial 1021, start FFFF, no reflection, no final XOR (EMVCo MPM 1.1, 4.7.3 with ISO/IEC 13239). */

const POLYNOMIAL = 0x1021

/** `29B1` over `123456789`. Four upper-case hex digits. */
export function crc16(bytes: Uint8Array): string {
  let register = 0xffff
  for (const byte of bytes) {
    register ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1)
      register = (register & 0x8000) === 0 ? register << 1 : (register << 1) ^ POLYNOMIAL
    register &= 0xffff
  }
  return register.toString(16).toUpperCase().padStart(4, '0')
}
