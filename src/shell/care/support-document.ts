/** What support needs to understand a terminal from afar, as named texts. Nothing of a card, a key or a person is in it. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { RELEASE } from '../journal/release.ts'
import { type JournalFigures, journalFigures } from './journal-figures.ts'
import { publicConfig, withoutSecrets } from './without-secrets.ts'

export type SupportParts = {
  readonly configText: string
  readonly data: string
  /** The doctor's report as a technician reads it. */
  readonly doctor: readonly string[]
  /** The runs of the doctor before it, as lines. */
  readonly history: readonly string[]
  /** What the running terminal says of itself; null when it does not run. */
  readonly faults: unknown
  readonly machine: Readonly<Record<string, string | number>>
  readonly nowMs: number
}

const documentSchema = z.object({
  suretill: z.literal('support document'),
  format: z.literal(1),
  at: z.string(),
  files: z.record(z.string().regex(/^[a-z0-9-]+\.(txt|json|jsonl)$/), z.string()),
})

export type SupportDocument = z.infer<typeof documentSchema>

/** The end of the log: about a month of a quiet terminal. */
const LOG_BYTES = 2 * 1024 * 1024

/** Reads only; never throws for what the disk can do: a part that cannot be read says so in its place. */
export function writeDocument(parts: SupportParts): SupportDocument {
  const { configText, data, doctor, faults, history, machine, nowMs } = parts
  const figures: JournalFigures = journalFigures(join(data, 'journal.db'))
  const json = (value: unknown): string => withoutSecrets(`${JSON.stringify(value, null, 2)}\n`)
  return {
    suretill: 'support document',
    format: 1,
    at: new Date(nowMs).toISOString(),
    files: {
      'machine.json': json({ release: RELEASE, ...machine }),
      'configuration.json': `${JSON.stringify(publicConfig(readConfig(configText)), null, 2)}\n`,
      'doctor.txt': withoutSecrets(`${doctor.join('\n')}\n`),
      'doctor-history.txt': withoutSecrets(`${history.join('\n')}\n`),
      'maintenance.jsonl': withoutSecrets(endOf(join(data, 'maintenance.jsonl'))),
      'faults.json': json(faults),
      'journal.json': `${JSON.stringify(figures, null, 2)}\n`,
      'log.txt': withoutSecrets(
        `${endOf(join(data, 'terminal.log.1'))}${endOf(join(data, 'terminal.log'))}`,
      ),
    },
  }
}

/** Null when it is no document of this program. */
export function readDocument(bytes: Uint8Array): SupportDocument | null {
  try {
    const checked = documentSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return checked.success ? checked.data : null
  } catch {
    // Sealed by another program under the same key.
    return null
  }
}

function readConfig(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 })
  } catch {
    // The doctor names the place; the text itself could hold anything.
    return { unreadable: true }
  }
}

/** From a whole line on; empty when there is no such file. */
function endOf(file: string): string {
  if (!existsSync(file)) return ''
  try {
    const { size } = statSync(file)
    const start = Math.max(0, size - LOG_BYTES)
    const text = readAt(file, start, size - start)
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } catch (cause) {
    return `cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}\n`
  }
}

function readAt(file: string, position: number, length: number): string {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(handle, bytes, { position })).toString('utf8')
  } finally {
    closeSync(handle)
  }
}
