/**
 * The cards that the acquirer wants refused (0800, 60.3 = 390, then 391), asked for by an index until the host has no more. The form of an
 * answer is known from one open terminal and therefore a setting: a mark (0 to 2, as of the tables), the index of its last entry, and entries
 * of a length and so many digits, a card number or the beginning of some.
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

export type BlacklistForm = {
  /** Digits of the index from which is asked, and of the one in an answer; they bound the list. */
  readonly indexDigits: number
  /** An answer begins with a mark; without one the list ends with an answer that has no entry. */
  readonly marked: boolean
  /** The index of its last entry follows; without one the entries are counted. */
  readonly answersIndex: boolean
  /** Digits of the length in front of each entry. */
  readonly lengthDigits: number
}

/** As the open terminal has it. */
export const USUAL_BLACKLIST: BlacklistForm = {
  indexDigits: 3,
  marked: true,
  answersIndex: true,
  lengthDigits: 2,
}

export async function fetchBlacklist(
  ask: Ask,
  form: BlacklistForm = USUAL_BLACKLIST,
): Promise<Fetched> {
  const limit = 10 ** form.indexDigits - 1
  const entries: Uint8Array[] = []
  for (let index = 0; index <= limit; ) {
    const from = String(index).padStart(form.indexDigits, '0')
    const answer = await ask('0800', '390', new TextEncoder().encode(from))
    if (!isGood(answer)) return failure(answer)
    const part = readPart(answer.field62, index, form)
    answer.field62.fill(0)
    if (part === null) return unusable('a part of the blacklist cannot be read')
    entries.push(...part.entries)
    if (entries.length > limit) return unusable('too many entries')
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

const NOTHING_LISTED: Part = { entries: [], last: 0, hasMore: false }

/** What an answer to the question from `index` on holds; null when a mark, a number or the end of an entry is missing. */
function readPart(content: Uint8Array, index: number, form: BlacklistForm): Part | null {
  const mark = form.marked ? content[0] : MORE
  const at = form.marked ? 1 : 0
  const head = at + (form.answersIndex ? form.indexDigits : 0)
  // A host that says "none" and names some is not understood: no card is freed by that.
  if (mark === NOTHING) return content.length > head ? null : NOTHING_LISTED
  if (mark !== ALL_HERE && mark !== MORE) return null
  const entries = entriesIn(content, head, form.lengthDigits)
  if (entries === null) return null
  if (!form.marked && entries.length === 0) return NOTHING_LISTED
  const named = form.answersIndex ? numberIn(content, at, head) : index + entries.length - 1
  return named === null ? null : { entries, last: named, hasMore: mark === MORE }
}

function entriesIn(
  content: Uint8Array,
  from: number,
  lengthDigits: number,
): readonly Uint8Array[] | null {
  const entries: Uint8Array[] = []
  for (let at = from; at < content.length; ) {
    const start = at + lengthDigits
    const length = numberIn(content, at, start)
    const end = start + (length ?? 0)
    if (length === null || end > content.length) return null
    entries.push(content.slice(start, end))
    at = end
  }
  return entries
}

function numberIn(content: Uint8Array, from: number, end: number): number | null {
  const text = String.fromCharCode(...content.subarray(from, end))
  return text.length === end - from && /^[0-9]+$/.test(text) ? Number(text) : null
}
