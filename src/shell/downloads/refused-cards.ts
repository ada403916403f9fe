/**
 * The acquirer's blacklist as it is kept and looked into. Entries may be whole card numbers, so only their keyed hashes are kept, each behind
 * the number of digits that it stands for.
 */
import { toHex } from '#crypto/hex.ts'
import type { DownloadStore } from './store.ts'

/** Keyed hash of ASCII digits, as hex. */
export type HashDigits = (digits: Uint8Array) => string

/** ISO/IEC 7812: six digits name the issuer, 19 are a whole number. */
export const ENTRY_DIGITS: { readonly least: number; readonly most: number } = {
  least: 6,
  most: 19,
}

/** What is kept of an entry, whose digits are zeroed. */
export function sealEntry(digits: Uint8Array, hash: HashDigits): Uint8Array {
  const sealed = Uint8Array.of(digits.length, ...Buffer.from(hash(digits), 'hex'))
  digits.fill(0)
  return sealed
}

/** Says of a PAN in ASCII whether the kept list names it. An unreadable list names none: the host judges every card that is sent to it. */
export function refusedCards(store: DownloadStore, hash: HashDigits): (pan: Uint8Array) => boolean {
  const hashes = new Map<number, Set<string>>()
  for (const entry of kept(store)) {
    const [digits = 0] = entry
    const same = hashes.get(digits) ?? new Set<string>()
    hashes.set(digits, same.add(toHex(entry.subarray(1))))
  }
  return (pan) =>
    [...hashes].some(
      ([digits, same]) => digits <= pan.length && same.has(hash(pan.subarray(0, digits))),
    )
}

function kept(store: DownloadStore): readonly Uint8Array[] {
  try {
    return store.read('blacklist')
  } catch {
    // A disk that cannot be read is told elsewhere.
    return []
  }
}
