/** The issuer's half of a chip transaction: checks the ARQC of field 55 and answers with an ARPC. */
import { fromHex, joinBytes, toHex, xorBytes } from '../wire/hex.ts'
import { DES_BLOCK_BYTES, desEncrypt, retailMac } from './des.ts'

/** Objects that the cryptogram covers, in order (PBOC cryptogram version 01), before the card verification results. */
const COVERED_TAGS = [
  '9F02', '9F03', '9F1A', '95', '5F2A', '9A', '9C', '9F37', '82', '9F36',
] as const // biome-ignore format: one row
const TAG_9F10_ISSUER_APPLICATION_DATA = '9F10'
const TAG_9F26_APPLICATION_CRYPTOGRAM = '9F26'
const TAG_9F36_ATC = '9F36'
const CVR_START = 6
const CVR_END = 14

export type CryptogramVerdict =
  /** `sessionKey` makes the ARPC. */
  | { readonly ok: true; readonly arqc: Uint8Array; readonly sessionKey: Uint8Array }
  | { readonly ok: false; readonly why: 'missingObject' | 'mismatch' }

/** Checks 9F26 of `objects` (tag → hex) for a card. `panSequence` has two digits. */
export function checkCryptogram(
  issuerKey: Uint8Array,
  card: { readonly pan: string; readonly panSequence: string },
  objects: ReadonlyMap<string, string>,
): CryptogramVerdict {
  const arqc = objects.get(TAG_9F26_APPLICATION_CRYPTOGRAM)
  const atc = objects.get(TAG_9F36_ATC)
  const cvr = objects.get(TAG_9F10_ISSUER_APPLICATION_DATA)?.slice(CVR_START, CVR_END)
  const covered = COVERED_TAGS.map((tag) => objects.get(tag))
  if (arqc?.length !== 16 || atc?.length !== 4 || cvr?.length !== 8 || covered.includes(undefined))
    return { ok: false, why: 'missingObject' }
  const sessionKey = pbocSessionKey(cardKey(issuerKey, card.pan, card.panSequence), atc)
  const wanted = applicationCryptogram(sessionKey, `${covered.join('')}${cvr}`)
  if (toHex(wanted) !== arqc) return { ok: false, why: 'mismatch' }
  return { ok: true, arqc: fromHex(arqc), sessionKey }
}

/** ARPC method 1: 8 bytes over the ARQC and the two characters of DE 39. */
export function responseCryptogram(
  sessionKey: Uint8Array,
  arqc: Uint8Array,
  responseCode: string,
): Uint8Array {
  return desEncrypt(sessionKey, xorBytes(arqc, Buffer.from(responseCode, 'ascii')))
}

/** Key of one card from the issuer's master key, option A (EMV Book 2, A1.4.1); parity bits are left as they fall, DES does not read them. */
export function cardKey(issuerKey: Uint8Array, pan: string, panSequence: string): Uint8Array {
  const y = fromHex(`${pan}${panSequence}`.slice(-16).padStart(16, '0'))
  const inverted = y.map((byte) => byte ^ 0xff)
  return joinBytes(desEncrypt(issuerKey, y), desEncrypt(issuerKey, inverted))
}

/** PBOC session key: the card's key over the transaction counter and its complement. */
export function pbocSessionKey(key: Uint8Array, atc: string): Uint8Array {
  const counter = fromHex(atc.padStart(16, '0'))
  const inverted = counter.map((byte, index) => (index < 6 ? 0 : byte ^ 0xff))
  return joinBytes(desEncrypt(key, counter), desEncrypt(key, inverted))
}

/** Retail MAC with padding method 2 (80 00 …) over hex data. */
export function applicationCryptogram(sessionKey: Uint8Array, data: string): Uint8Array {
  const bytes = joinBytes(fromHex(data), Uint8Array.of(0x80))
  const padded = new Uint8Array(Math.ceil(bytes.length / DES_BLOCK_BYTES) * DES_BLOCK_BYTES)
  padded.set(bytes)
  return retailMac(sessionKey, padded)
}
