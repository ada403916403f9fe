/** A CA key as the reader takes it. Pure. */
import { findTlv, parseTlv } from '#emv/tlv.ts'
import type { Sending } from './kept-table.ts'
import { SET_CA_KEY } from './protocol.ts'

const ALGORITHM_SHA_1 = 0x01
const ALGORITHM_RSA = 0x01
const EXPONENT_BYTES = 4
const RID_BYTES = 5
const HASH_BYTES = 20

/**
 * The entry is BER-TLV: 9F06 RID, 9F22 index, DF02 modulus, DF04 exponent, DF03 SHA-1; null when it has not all of it. Sent are RID 5, index 1,
 * algorithms of hash and key 1 each, hash 20, exponent 4, length of modulus 2, modulus: the order is general knowledge of this family, to be
 * settled with the guide of the unit.
 */
export function caKeySendings(entry: Uint8Array): readonly Sending[] | null {
  const { objects } = parseTlv(entry)
  const value = (tag: string): Uint8Array => findTlv(objects, tag)?.value ?? new Uint8Array(0)
  const [rid, exponent, modulus, hash] = ['9F06', 'DF04', 'DF02', 'DF03'].map(value)
  const [index] = value('9F22')
  if (rid?.length !== RID_BYTES || index === undefined || hash?.length !== HASH_BYTES) return null
  if (modulus === undefined || modulus.length === 0) return null
  if (exponent === undefined || exponent.length === 0 || exponent.length > EXPONENT_BYTES)
    return null
  const head = [...rid, index, ALGORITHM_SHA_1, ALGORITHM_RSA, ...hash]
  const filled = [...new Uint8Array(EXPONENT_BYTES - exponent.length), ...exponent]
  const length = [modulus.length >> 8, modulus.length & 0xff]
  return [
    { command: SET_CA_KEY, data: Uint8Array.from([...head, ...filled, ...length, ...modulus]) },
  ]
}
