/** The CA keys that the reader is to hold: given to it between transactions, and once more whenever it comes back. */
import type { CaKeysTaken } from '#core/ports/card-reader.ts'
import { findTlv, parseTlv } from '#emv/tlv.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import type { Conversation } from './conversation.ts'
import type { Liveness } from './liveness.ts'
import { SET_CA_KEY, STATUS_OK } from './protocol.ts'

/** Keys taken over at most; hosts hold some dozens. */
const KEYS_LIMIT = 99
/** A reader checks the hash and writes to its flash. */
const ANSWER_MS = 2000
/** A transaction that begins ends the sending of one key; it is sent again this often. */
const TRIES = 3

const ALGORITHM_SHA_1 = 0x01
const ALGORITHM_RSA = 0x01
const EXPONENT_BYTES = 4
const RID_BYTES = 5
const HASH_BYTES = 20

export type CaKeyTable = {
  /** Each entry is BER-TLV: 9F06 RID, 9F22 index, DF02 modulus, DF04 exponent, DF03 SHA-1. Never rejects. */
  readonly hold: (entries: readonly Uint8Array[]) => Promise<CaKeysTaken>
}

export function createCaKeyTable(parts: {
  readonly link: ByteLink
  readonly liveness: Liveness
  readonly conversation: Conversation
}): CaKeyTable {
  const { conversation, link, liveness } = parts
  let wanted: readonly Uint8Array[] = []

  const send = async (entry: Uint8Array): Promise<boolean> => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const data = caKeyData(entry)
      if (data === null) return false
      const reply = await liveness.alone(() =>
        conversation.ask(SET_CA_KEY, data, { withinMs: ANSWER_MS }),
      )
      if (reply.kind === 'answer') return reply.status === STATUS_OK
      if (reply.kind === 'failed' && reply.why === 'gone') return false
    }
    return false
  }
  const sendAll = async (): Promise<CaKeysTaken> => {
    const sending = wanted
    let taken = 0
    for (const entry of sending) {
      // Newer keys have taken their place, or nobody is there: the rest is for the next time.
      if (wanted !== sending || link.state === 'gone') break
      if (await send(entry)) taken += 1
    }
    return { taken, refused: sending.length - taken }
  }

  link.onState((state) => {
    if (state !== 'gone' && wanted.length > 0) void sendAll()
  })
  return {
    hold: (entries) => {
      wanted = entries.slice(0, KEYS_LIMIT)
      return sendAll()
    },
  }
}

/**
 * RID 5, index 1, algorithms of hash and key 1 each, hash 20, exponent 4, length of modulus 2, modulus; null when the entry has not all of it.
 * The order is general knowledge of this family, to be settled with the guide of the unit.
 */
function caKeyData(entry: Uint8Array): Uint8Array | null {
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
  return Uint8Array.from([...head, ...filled, ...length, ...modulus])
}
