/** Application cryptograms and the issuer's answer to them (EMV Book 2, 8). */
import { type Bytes, concat, xor } from '../bytes.ts'
import { desEncrypt } from '../des.ts'
import { retailMac } from '../mac/cbc-mac.ts'

/** `zeros`: Visa CVN 10 and 17. `mark`: EMV, CVN 18, M/Chip, PBOC. */
export type CryptogramPadding = 'zeros' | 'mark'

/** ARQC, TC or AAC, eight bytes: ISO 9797-1 algorithm 3 over the data that the scheme prescribes. */
export function applicationCryptogram(
  sessionKey: Uint8Array,
  data: Uint8Array,
  padding: CryptogramPadding = 'mark',
): Bytes {
  return retailMac(sessionKey, data, padding === 'mark' ? 2 : 1)
}

/** Method 1: `responseCode` are the two bytes of the authorisation response code. Tag 91 is this and the code. */
export function arpcMethod1(
  sessionKey: Uint8Array,
  arqc: Uint8Array,
  responseCode: Uint8Array,
): Bytes {
  return desEncrypt(sessionKey, xor(arqc, concat(responseCode, new Uint8Array(6))))
}

/** Method 2: `status` is the four-byte card status update, `proprietary` up to eight bytes. Tag 91 is this, status and proprietary. */
export function arpcMethod2(
  sessionKey: Uint8Array,
  arqc: Uint8Array,
  answer: { readonly status: Uint8Array; readonly proprietary: Uint8Array },
): Bytes {
  const { proprietary, status } = answer
  if (status.length !== 4) throw new RangeError('a card status update has four bytes')
  if (proprietary.length > 8) throw new RangeError('proprietary data have up to eight bytes')
  const data = concat(arqc, status, proprietary)
  return retailMac(sessionKey, data, 2).slice(0, 4)
}
