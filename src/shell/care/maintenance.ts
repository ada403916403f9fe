/** The book of the technicians: who changed which part of this box, and the serial numbers of before and after. Each line carries the hash of the one before it. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Disk } from '../keys/disk.ts'

export const PARTS = [
  'printer',
  'pinPad',
  'cardReader',
  'qrScanner',
  'cable',
  'battery',
  'disk',
  'terminal',
  'other',
] as const

const TEXT_MOST = 120
/** One visit a week for forty years. */
const ENTRIES_MOST = 2000

/** Control bytes would let one line look like two. */
const text = z
  .string()
  .max(TEXT_MOST)
  .regex(/^[^\p{Cc}]*$/u, 'no control characters')

const entrySchema = z.strictObject({
  at: z.string(),
  who: text.min(1),
  part: z.enum(PARTS),
  did: z.enum(['replaced', 'repaired', 'cleaned', 'checked', 'movedIn', 'movedOut']),
  /** Serial numbers; empty: it has none, or nobody could read it. */
  was: text,
  is: text,
  note: text,
})

export type Entry = z.infer<typeof entrySchema>
type Line = Entry & { readonly hash: string }

const FILE_NAME = 'maintenance.jsonl'

export type Book =
  | { readonly ok: true; readonly entries: readonly Line[] }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number }

/** Every line is compared with the hash that the next one builds on. Throws when the disk does. */
export function readBook(data: string, disk: Disk): Book {
  const bytes = disk.read(join(data, FILE_NAME))
  const lines =
    bytes === null ? [] : Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean)
  const entries: Line[] = []
  for (const [index, line] of lines.entries()) {
    const entry = readLine(line)
    const before = entries.at(-1)?.hash ?? ''
    if (entry === null || entry.hash !== hashOf(before, entry))
      return { ok: false, line: index + 1 }
    entries.push(entry)
  }
  return { ok: true, entries }
}

export type Written = { readonly ok: true } | { readonly ok: false; readonly why: string }

/** At the end of the book, on disk when it returns. A book that was changed by hand is not written on. Throws when the disk does. */
export function writeEntry(data: string, disk: Disk, entry: Entry): Written {
  const checked = entrySchema.safeParse(entry)
  if (!checked.success) {
    const [issue] = checked.error.issues
    return { ok: false, why: `${issue?.path.join('.')}: ${issue?.message}` }
  }
  const book = readBook(data, disk)
  if (!book.ok)
    return { ok: false, why: `line ${book.line} of ${FILE_NAME} is not as it was written` }
  if (book.entries.length >= ENTRIES_MOST) return { ok: false, why: `${FILE_NAME} is full` }
  const hash = hashOf(book.entries.at(-1)?.hash ?? '', checked.data)
  const lines = [...book.entries, { ...checked.data, hash }].map(
    (one) => `${JSON.stringify(one)}\n`,
  )
  disk.write(join(data, FILE_NAME), Buffer.from(lines.join('')), 0o600)
  return { ok: true }
}

function hashOf(before: string, { at, did, is, note, part, was, who }: Entry): string {
  return createHash('sha256')
    .update(JSON.stringify([before, at, who, part, did, was, is, note]))
    .digest('hex')
}

function readLine(line: string): Line | null {
  try {
    const checked = entrySchema.extend({ hash: z.string() }).safeParse(JSON.parse(line))
    return checked.success ? checked.data : null
  } catch {
    // Torn, or written by hand.
    return null
  }
}
