/** Issuer scripts with secure messaging: MAC, enciphered data, PIN change (EMV Book 2, 9, and the scheme books). */
import { type Bytes, concat, markPad, xor } from '../bytes.ts'
import { desEncrypt, desEncryptCbc } from '../des.ts'
import { retailMac } from '../mac/cbc-mac.ts'
import { encodePinBlock2, isPin } from '../pin/pin-block.ts'

/** Eight bytes over the command and what the scheme chains in front of its data. */
export function commandMac(macKey: Uint8Array, command: Uint8Array): Bytes {
  return retailMac(macKey, command, 2)
}

/**
 * `visa`: length byte in front, padded when needed, ECB. `mastercard`: padded only when needed, CBC. `emv`: always padded, CBC.
 */
export type ScriptCipher = 'visa' | 'mastercard' | 'emv'

export function encipherCommandData(
  cipherKey: Uint8Array,
  data: Uint8Array,
  cipher: ScriptCipher,
): Bytes {
  switch (cipher) {
    case 'visa':
      return desEncrypt(cipherKey, padIfNeeded(concat(Uint8Array.of(data.length), data)))
    case 'mastercard':
      return desEncryptCbc(cipherKey, padIfNeeded(data))
    case 'emv':
      return desEncryptCbc(cipherKey, markPad(data, 8))
  }
}

/**
 * Visa's PIN block for a PIN change: format 0 without a PAN, its right half under exclusive or with bytes of the card's cryptogram
 * key, and all of it with the PIN so far when the card is to check that one.
 */
export function visaPinBlock(
  cryptogramCardKey: Uint8Array,
  pin: string,
  currentPin: string | null,
): Bytes {
  const field = encodePinBlock2(pin)
  field[0] = (field[0] ?? 0) & 0x0f
  const block = xor(field, concat(new Uint8Array(4), cryptogramCardKey.subarray(4, 8)))
  if (currentPin === null) return block
  if (!isPin(currentPin)) throw new RangeError('a PIN has 4 to 12 digits')
  return xor(block, Uint8Array.from(Buffer.from(currentPin.padEnd(16, '0'), 'hex')))
}

/** PIN CHANGE/UNBLOCK, complete with its MAC: `chained` stands between header and data in the MAC input only. */
export function pinChangeCommand(options: {
  readonly macKey: Uint8Array
  readonly cipherKey: Uint8Array
  readonly cipher: ScriptCipher
  readonly pinBlock: Uint8Array
  /** True when the PIN block also proves the PIN so far (P2 = 01 instead of 02). */
  readonly withCurrentPin: boolean
  readonly chained: Uint8Array
}): Bytes {
  const data = encipherCommandData(options.cipherKey, options.pinBlock, options.cipher)
  const p2 = options.withCurrentPin ? 1 : 2
  const header = Uint8Array.of(0x84, 0x24, 0x00, p2, data.length + 8)
  const mac = commandMac(options.macKey, concat(header, options.chained, data))
  return concat(header, data, mac)
}

function padIfNeeded(data: Uint8Array): Bytes {
  return data.length % 8 === 0 ? Uint8Array.from(data) : markPad(data, 8)
}
