/** Data that the issuer signed once (SDA) or the card signs each time (DDA, CDA): EMV Book 2, 5.4, 6.5 and 6.6. */
import { toHex } from '../hex.ts'
import { hashFits, isSha1, type RecoveryError, recover } from './recovered.ts'
import type { RsaPublicKey } from './rsa.ts'
import { sha1 } from './sha1.ts'

type Outcome<Value> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly error: RecoveryError }

/** Tag 93 under the issuer's key: gives the data authentication code (tag 9F45) as hex. */
export function verifySignedStaticData(
  issuerKey: RsaPublicKey,
  ssad: Uint8Array,
  staticData: Uint8Array,
): Outcome<{ readonly dataAuthenticationCode: string }> {
  const outcome = recover(issuerKey, ssad, { format: 3, least: 4 })
  if (!outcome.ok) return outcome
  const { recovered } = outcome
  if (!isSha1(recovered.hashed[1])) return { ok: false, error: 'hashAlgorithm' }
  if (!hashFits(recovered, staticData)) return { ok: false, error: 'hash' }
  return { ok: true, dataAuthenticationCode: toHex(recovered.hashed.subarray(2, 4)) }
}

/** Tag 9F4B of INTERNAL AUTHENTICATE: `ddolData` are the values sent for the DDOL. Gives the ICC dynamic number (9F4C) as hex. */
export function verifyDda(
  iccKey: RsaPublicKey,
  sdad: Uint8Array,
  ddolData: Uint8Array,
): Outcome<{ readonly iccDynamicNumber: string; readonly hash: string }> {
  const read = readDynamic(iccKey, sdad, ddolData)
  if (!read.ok) return read
  return { ok: true, iccDynamicNumber: toHex(read.number), hash: read.hash }
}

export type CdaFacts = {
  readonly iccDynamicNumber: string
  /** Cryptogram information data, one byte as hex: must equal tag 9F27 sent in clear. */
  readonly cid: string
  /** The application cryptogram, eight bytes as hex. */
  readonly cryptogram: string
  readonly transactionDataHash: string
  readonly hash: string
}

/**
 * Tag 9F4B of GENERATE AC with the four-byte unpredictable number (9F37). Proves the signature; whether it is about this
 * transaction is told by `cdaTransactionDataHash`.
 */
export function verifyCda(
  iccKey: RsaPublicKey,
  sdad: Uint8Array,
  unpredictableNumber: Uint8Array,
): Outcome<{ readonly cda: CdaFacts }> {
  const read = readDynamic(iccKey, sdad, unpredictableNumber)
  if (!read.ok) return read
  const { rest } = read
  if (rest.length < 29) return { ok: false, error: 'length' }
  return {
    ok: true,
    cda: {
      iccDynamicNumber: toHex(read.number),
      cid: toHex(rest.subarray(0, 1)),
      cryptogram: toHex(rest.subarray(1, 9)),
      transactionDataHash: toHex(rest.subarray(9, 29)),
      hash: read.hash,
    },
  }
}

/**
 * What the transaction data hash of a CDA must be: the values sent for PDOL and CDOL1 (and CDOL2 at the second GENERATE AC), then the
 * response objects in their order without 9F4B.
 */
export function cdaTransactionDataHash(...parts: readonly Uint8Array[]): string {
  return toHex(sha1(...parts))
}

type Dynamic = { readonly number: Uint8Array; readonly rest: Uint8Array; readonly hash: string }

function readDynamic(
  iccKey: RsaPublicKey,
  sdad: Uint8Array,
  terminalData: Uint8Array,
): Outcome<Dynamic> {
  const outcome = recover(iccKey, sdad, { format: 5, least: 4 })
  if (!outcome.ok) return outcome
  const { hashed, hash } = outcome.recovered
  if (!isSha1(hashed[1])) return { ok: false, error: 'hashAlgorithm' }
  const data = hashed.subarray(3, 3 + (hashed[2] ?? 0))
  const numberEnd = 1 + (data[0] ?? 0)
  if (data.length !== hashed[2] || numberEnd > data.length) return { ok: false, error: 'length' }
  if (!hashFits(outcome.recovered, terminalData)) return { ok: false, error: 'hash' }
  return {
    ok: true,
    number: data.subarray(1, numberEnd),
    rest: data.subarray(numberEnd),
    hash: toHex(hash),
  }
}
