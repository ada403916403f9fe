/** DE 64 by the algorithm that the acquirer wants, under a clear key that is lent for the call. */
import type { KeyCipher, MacAlgorithm } from '#core/ports/keys.ts'
import { retailMac, x99Mac } from '#crypto/mac/cbc-mac.ts'
import { aesCmac, desCmac } from '#crypto/mac/cmac.ts'
import { sm4CbcMac } from '#crypto/mac/sm4-mac.ts'
import { unionPayEcbMac, unionPaySm4Mac } from '#crypto/mac/unionpay-mac.ts'

const DE64_BYTES = 8
const DOUBLE_LENGTH = 16

type Make = (key: Uint8Array, input: Uint8Array) => Uint8Array

/** Which cipher takes which algorithm. The configuration is checked against it, so that a gap here is a bug. */
const MACS: Readonly<Record<KeyCipher, Partial<Readonly<Record<MacAlgorithm, Make>>>>> = {
  tdes: {
    'unionpay-ecb': unionPayEcbMac,
    'x9.9': x99Mac,
    // With both halves equal the two last steps undo each other: for a single-length key it is X9.9.
    'x9.19': (key, input) => (key.length === DOUBLE_LENGTH ? retailMac : x99Mac)(key, input),
    cmac: desCmac,
  },
  sm4: { 'unionpay-ecb': unionPaySm4Mac, 'sm4-cbc': sm4CbcMac },
  aes: { cmac: aesCmac },
}

export function takesMac(cipher: KeyCipher, algorithm: MacAlgorithm): boolean {
  return MACS[cipher][algorithm] !== undefined
}

/** Eight bytes. Throws when the cipher has no such algorithm. */
export function macOf(
  algorithm: MacAlgorithm,
  { cipher, key }: { readonly cipher: KeyCipher; readonly key: Uint8Array },
  input: Uint8Array,
): Uint8Array {
  const make = MACS[cipher][algorithm]
  if (make === undefined) throw new RangeError(`there is no ${algorithm} under ${cipher}`)
  return make(key, input).slice(0, DE64_BYTES)
}
