/**
 * How far this terminal is known to have come, beside the journal and written after it. A journal that is behind its mark is an old copy, or
 * another terminal's: selling on it would use numbers twice and forget money.
 */
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Disk } from '../keys/disk.ts'

const count = z.int().min(0)
const markSchema = z.object({
  seq: count,
  /** Hash of that event, hex. */
  head: z.string(),
  counters: z.object({ stan: count, batch: count, order: count, job: count, read: count }),
  at: z.number(),
})

export type Mark = z.infer<typeof markSchema>

/** Null when there is none, or none that can be read. Throws when the disk does. */
export function readMark(file: string, disk: Disk): Mark | null {
  const bytes = disk.read(file)
  if (bytes === null) return null
  try {
    const checked = markSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return checked.success ? checked.data : null
  } catch {
    // Torn or foreign: as good as none, and the next one replaces it.
    return null
  }
}

/** On disk when it returns. Throws when the disk does. */
export function writeMark(file: string, mark: Mark, disk: Disk): void {
  disk.write(file, Buffer.from(`${JSON.stringify(mark)}\n`), 0o600)
}

/** Where the journal stands now; null for one without events. Throws what SQLite throws. */
export function markOf(journal: string): Mark | null {
  const db = new DatabaseSync(journal, { readOnly: true, timeout: 2000 })
  try {
    const row = db
      .prepare(
        'SELECT event.seq, event.hash, event.at, state.body FROM state JOIN event ON event.seq = state.seq',
      )
      .get()
    const hash = row?.['hash']
    if (row === undefined || !(hash instanceof Uint8Array)) return null
    const state: Pick<TerminalState, 'counters'> = JSON.parse(String(row['body']))
    const head = Buffer.from(hash).toString('hex')
    return { seq: Number(row['seq']), head, counters: state.counters, at: Number(row['at']) }
  } finally {
    db.close()
  }
}

export type Fit = 'fits' | 'behind' | 'another'

/** Whether the journal has come at least as far as the mark, on the same way. Throws what SQLite throws. */
export function fitsMark(journal: string, mark: Pick<Mark, 'seq' | 'head'>): Fit {
  const db = new DatabaseSync(journal, { readOnly: true, timeout: 2000 })
  try {
    const last = Number(db.prepare('SELECT seq FROM state').get()?.['seq'] ?? 0)
    if (last < mark.seq) return 'behind'
    const hash = db.prepare('SELECT hash FROM event WHERE seq = ?').get(mark.seq)?.['hash']
    // An archived event has no row any more; the archive's entry carries the chain.
    if (!(hash instanceof Uint8Array)) return 'fits'
    return Buffer.from(hash).toString('hex') === mark.head ? 'fits' : 'another'
  } finally {
    db.close()
  }
}
