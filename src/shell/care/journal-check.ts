/**
 * Once a day the whole journal is read through, while nobody is served. One that does not fit together stops all selling at once, and the next
 * start as well, until it fits again (ideas S3-2, S4-22).
 */
import { z } from 'zod'
import type { Clock } from '#core/ports/clock.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { isIdle } from '../journal/archive/upkeep.ts'
import { RELEASE } from '../journal/release.ts'
import type { Verified } from '../journal/verify/verified.ts'
import type { Disk } from '../keys/disk.ts'
import type { Note } from '../log.ts'

export type JournalCheckParts = {
  /** One reading of the whole journal, slice by slice. */
  readonly verify: () => Generator<number, Verified>
  /** Where the last outcome is kept, beside the journal. */
  readonly file: string
  readonly everyMs: number
  readonly state: () => TerminalState
  readonly disk: Disk
  readonly clock: Clock
  readonly note: Note
  /** Told once: nothing may be sold any more. */
  readonly onBroken: () => void
}

const LOOK_EVERY_MS = 60_000
/** Between two slices, so that a key is answered as ever. */
const PAUSE_MS = 20
/** Somebody is served: the reading waits. */
const WAIT_MS = 1000

const checkedSchema = z.object({
  atMs: z.number(),
  release: z.string().max(100),
  ok: z.boolean(),
  seq: z.number().nullable(),
  why: z.string().max(500),
})

export type JournalChecked = z.infer<typeof checkedSchema>

/** Null: it was never checked, or nobody can read what was kept of it. Never throws. */
export function readChecked(file: string, disk: Disk): JournalChecked | null {
  try {
    const bytes = disk.read(file)
    if (bytes === null) return null
    const checked = checkedSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return checked.success ? checked.data : null
  } catch {
    // Half a file, or a disk that cannot be read: as if it were due.
    return null
  }
}

/** On disk when it returns. Throws when the disk does. */
export function keepChecked(file: string, checked: JournalChecked, disk: Disk): void {
  disk.write(file, Buffer.from(`${JSON.stringify(checked)}\n`), 0o600)
}

/** Safe to stop twice. */
export function createJournalCheck(parts: JournalCheckParts): {
  readonly start: () => void
  readonly stop: () => void
} {
  const { clock, disk, everyMs, file, note, onBroken, state } = parts
  let reading: Generator<number, Verified> | null = null
  let stopTimer = (): void => undefined
  const later = (ms: number, task: () => void): void => {
    stopTimer = clock.after(ms, task)
  }
  const end = (verified: Verified): void => {
    reading = null
    const { ok } = verified
    const [seq, why] = verified.ok ? [verified.events, ''] : [verified.seq, verified.why]
    note('journal checked', { whole: String(ok), events: String(seq ?? ''), why })
    try {
      keepChecked(
        file,
        { atMs: clock.wallMs(), release: RELEASE, ok, seq, why: why.slice(0, 500) },
        disk,
      )
    } catch (cause) {
      note('journal check not kept', { detail: cause instanceof Error ? cause.message : '' })
    }
    if (ok) later(LOOK_EVERY_MS, look)
    else onBroken()
  }
  const read = (): void => {
    if (reading === null) return
    if (!isIdle(state())) {
      later(WAIT_MS, read)
      return
    }
    const slice = reading.next()
    if (slice.done === true) end(slice.value)
    else later(PAUSE_MS, read)
  }
  const look = (): void => {
    if (isDue(readChecked(file, disk), clock.wallMs(), everyMs)) {
      reading = parts.verify()
      read()
    } else later(LOOK_EVERY_MS, look)
  }
  return {
    start: () => later(LOOK_EVERY_MS, look),
    stop: () => {
      stopTimer()
      reading?.return({ ok: true, events: 0 })
      reading = null
    },
  }
}

/** Another release decides by other rules, so it looks at what it was given; a check of tomorrow was made by a clock that was wrong. */
function isDue(last: JournalChecked | null, now: number, everyMs: number): boolean {
  return last === null || last.release !== RELEASE || last.atMs > now || now - last.atMs >= everyMs
}
