/**
 * The cards that the acquirer wants refused (0800, 60.3 = 390, then 391), asked for by a three-digit index until the host has no more. The
 * form of an answer is known from one open terminal: a mark (0 to 2, as of the tables), the index of its last entry, and entries of two
 * digits of length and so many digits, a card number or the beginning of some.
 */
import {
  ALL_HERE,
  type Ask,
  type Fetched,
  failure,
  isGood,
  MORE,
  NOTHING,
  unusable,
} from './answer.ts'

/** The index has three digits. */
const ENTRIES_LIMIT = 999
const HEAD_BYTES = 4

export async function fetchBlacklist(ask: Ask): Promise<Fetched> {
  const entries: Uint8Array[] = []
  for (let index = 0; index <= ENTRIES_LIMIT; ) {
    const answer = await ask(
      '0800',
      '390',
      new TextEncoder().encode(String(index).padStart(3, '0')),
    )
    if (!isGood(answer)) return failure(answer)
    const part = readPart(answer.field62)
    answer.field62.fill(0)
    if (part === null) return unusable('a part of the blacklist cannot be read')
    entries.push(...part.entries)
    if (entries.length > ENTRIES_LIMIT) return unusable('too many entries')
    if (!part.hasMore) {
      await ask('0800', '391', null)
      return { ok: true, entries }
    }
    if (part.last < index) return unusable('the list does not end')
    index = part.last + 1
  }
  return unusable('the list does not end')
}

type Part = {
  readonly entries: readonly Uint8Array[]
  readonly last: number
  readonly hasMore: boolean
}

/** Null when a mark, a number or the end of an entry is missing. */
function readPart(content: Uint8Array): Part | null {
  const [mark] = content
  if (mark === NOTHING) return { entries: [], last: 0, hasMore: false }
  const last = numberIn(content, 1, HEAD_BYTES)
  if ((mark !== ALL_HERE && mark !== MORE) || last === null) return null
  const entries: Uint8Array[] = []
  for (let at = HEAD_BYTES; at < content.length; ) {
    const length = numberIn(content, at, at + 2)
    const end = at + 2 + (length ?? 0)
    if (length === null || end > content.length) return null
    entries.push(content.slice(at + 2, end))
    at = end
  }
  return { entries, last, hasMore: mark === MORE }
}

function numberIn(content: Uint8Array, from: number, end: number): number | null {
  const text = String.fromCharCode(...content.subarray(from, end))
  return text.length === end - from && /^[0-9]+$/.test(text) ? Number(text) : null
}
