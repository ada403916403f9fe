/** Card verification values on the host's side: CVV/CVC of stripe and print, and the dynamic CVC3 of contactless stripe mode. */
import { concat, xor } from '../bytes.ts'
import { desDecrypt, desEncrypt } from '../des.ts'
import { toHex } from '../hex.ts'
import { retailMac } from '../mac/cbc-mac.ts'
import { decimalize } from './card-keys.ts'

/**
 * CVV, CVV2 or iCVV: three digits. `key` has sixteen bytes; `expiry` is used as it stands (`YYMM` on the stripe, `MMYY` for CVV2);
 * service code `000` for CVV2 and `999` for iCVV.
 */
export function cardVerificationValue(
  key: Uint8Array,
  card: { pan: string; expiry: string; serviceCode: string },
): string {
  const { expiry, pan, serviceCode } = card
  if (!/^[0-9]{1,19}:[0-9]{4}:[0-9]{3}$/.test(`${pan}:${expiry}:${serviceCode}`))
    throw new RangeError('PAN, expiry and service code are digits')
  if (key.length !== 16) throw new RangeError('a CVV key has sixteen bytes')
  const bytes = Uint8Array.from(Buffer.from((pan + expiry + serviceCode).padEnd(32, '0'), 'hex'))
  const [left, right] = [key.subarray(0, 8), key.subarray(8)]
  const chained = desEncrypt(left, xor(desEncrypt(left, bytes.subarray(0, 8)), bytes.subarray(8)))
  const result = desEncrypt(left, desDecrypt(right, chained))
  return decimalize(toHex(result)).slice(0, 3)
}

/**
 * CVC3, five digits before the card's track takes the last ones: `track` is the static track data with zeros where the dynamic
 * digits go, `unpredictableNumber` four bytes, `atc` two.
 */
export function dynamicCvc3(
  key: Uint8Array,
  parts: { track: Uint8Array; atc: Uint8Array; unpredictableNumber: Uint8Array },
): string {
  const iv = retailMac(key, parts.track, 2).slice(-2)
  const block = concat(iv, parts.unpredictableNumber, parts.atc)
  if (block.length !== 8) throw new RangeError('an unpredictable number has four bytes, an ATC two')
  const last = desEncrypt(key, block).subarray(-2)
  return String(new DataView(last.buffer, last.byteOffset).getUint16(0)).padStart(5, '0')
}
