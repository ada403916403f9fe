/** PIN verification values on the host's side: Visa PVV and IBM 3624. Test PINs only. */
import { desEncrypt } from '../des.ts'
import { toHex } from '../hex.ts'
import { isPin } from '../pin/pin-block.ts'
import { decimalize } from './card-keys.ts'

/** Visa PVV, four digits: eleven PAN digits left of the check digit, key index, first four of the PIN. */
export function visaPvv(
  key: Uint8Array,
  account: { pan: string; keyIndex: string; pin: string },
): string {
  const { pan, keyIndex, pin } = account
  if (!/^[0-9]{12,19}$/.test(pan) || !/^[0-9]$/.test(keyIndex) || !isPin(pin))
    throw new RangeError('PVV needs 12 PAN digits, an index and a PIN')
  const block = pan.slice(-12, -1) + keyIndex + pin.slice(0, 4)
  return decimalize(toHex(desEncrypt(key, digitsToBytes(block)))).slice(0, 4)
}

export type Ibm3624 = {
  readonly key: Uint8Array
  /** Sixteen digits: what each hex digit becomes. */
  readonly conversionTable: string
  /** Sixteen hex digits made of the account, see `validationData`. */
  readonly validation: string
}

/** `length` digits of the PAN from `offset`, filled on the right with `pad` to sixteen. */
export function validationData(
  pan: string,
  part: { offset: number; length: number; pad: string },
): string {
  const digits = pan.slice(part.offset, part.offset + part.length)
  if (digits.length !== part.length) throw new RangeError('the PAN ends before its part does')
  return digits.padEnd(16, part.pad)
}

/** The PIN that belongs to an offset of the same length. */
export function ibm3624Pin(scheme: Ibm3624, offset: string): string {
  return addDigits(naturalPin(scheme, offset), offset, 1)
}

/** The offset that belongs to a chosen PIN. */
export function ibm3624Offset(scheme: Ibm3624, pin: string): string {
  return addDigits(pin, naturalPin(scheme, pin), -1)
}

/** As long as `like`, the PIN or offset that it is compared with. */
function naturalPin(scheme: Ibm3624, like: string): string {
  if (!isPin(like)) throw new RangeError('a PIN and its offset have 4 to 12 digits')
  if (!/^[0-9]{16}$/.test(scheme.conversionTable))
    throw new RangeError('a conversion table has sixteen digits')
  if (!/^[0-9A-Fa-f]{16}$/.test(scheme.validation))
    throw new RangeError('validation data are 16 hex digits')
  const enciphered = toHex(desEncrypt(scheme.key, digitsToBytes(scheme.validation)))
  return Array.from(enciphered.slice(0, like.length), (digit) =>
    scheme.conversionTable.charAt(Number.parseInt(digit, 16)),
  ).join('')
}

function addDigits(a: string, b: string, sign: 1 | -1): string {
  return Array.from(a, (digit, at) => (Number(digit) + sign * Number(b[at]) + 10) % 10).join('')
}

function digitsToBytes(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, 'hex'))
}
