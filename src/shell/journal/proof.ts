/**
 * A chain of hashes shows a changed row; whoever makes every hash anew shows nothing. So the state after each commit and each checkpoint bear a
 * proof under a key of the device, and through the chain it stands for all that is before. (PCI DSS 10.3.4: who changes a log is noticed.)
 */
import { timingSafeEqual } from 'node:crypto'
import type { JournalKey } from '../keys/journal-key.ts'

/** Of an end that says it is of this device, and is not. */
export const FALSE_PROOF =
  'its end bears a false proof: it was written by somebody who does not have the key of this device'

/** What the digest is of: the one cannot be shown as the other. */
export type Proven = 'state' | 'checkpoint'

/**
 * `own`: this device wrote it. `forged`: it says so, and it is not true. `another`: the proof is under another device's key. `none`: there is
 * no proof, or one of something older, because a program without the key wrote last.
 */
export type Origin = 'own' | 'forged' | 'another' | 'none'

const DIGEST_BYTES = 32
const ID_BYTES = 8
const MAC_BYTES = 32

/** The digest, the name of the key, the code over both: 72 bytes. */
export function proofOf(key: JournalKey, what: Proven, digest: Uint8Array): Uint8Array {
  return Buffer.concat([digest, key.id, key.mac(message(what, digest))])
}

/** `digest` and `proof` as they lie in the journal: anything at all. */
export function originOf(
  key: JournalKey,
  what: Proven,
  { digest, proof }: { readonly digest: unknown; readonly proof: unknown },
): Origin {
  if (!(digest instanceof Uint8Array) || digest.length !== DIGEST_BYTES) return 'none'
  if (!(proof instanceof Uint8Array) || proof.length !== DIGEST_BYTES + ID_BYTES + MAC_BYTES)
    return 'none'
  if (Buffer.compare(proof.subarray(0, DIGEST_BYTES), digest) !== 0) return 'none'
  const id = proof.subarray(DIGEST_BYTES, DIGEST_BYTES + ID_BYTES)
  if (Buffer.compare(id, key.id) !== 0) return 'another'
  const code = proof.subarray(DIGEST_BYTES + ID_BYTES)
  return timingSafeEqual(code, key.mac(message(what, digest))) ? 'own' : 'forged'
}

function message(what: Proven, digest: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${what}:`), digest])
}
