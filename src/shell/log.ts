/**
 * What the technician reads afterwards. Only named facts are written, each a short text: there is no way to hand a whole object to the
 * log, so nothing of a card can slip in with one.
 */
import { renameSync, statSync } from 'node:fs'
import pino from 'pino'

export type Note = (what: string, facts?: Readonly<Record<string, string | number>>) => void

/** A file this large is put aside at start; one old file is kept. Two of these fit any terminal's flash. */
const LOG_FILE_LIMIT = 8 * 1024 * 1024
const FACT_LIMIT = 200

export type Log = { readonly note: Note; close(): void }

export function openLog(file: string): Log {
  putAside(file)
  const destination = pino.destination({ dest: file, sync: true, mkdir: true, mode: 0o600 })
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return {
    note: (what, facts = {}) => {
      const short = Object.entries(facts).map(([name, fact]) => [
        name,
        String(fact).slice(0, FACT_LIMIT),
      ])
      logger.info(Object.fromEntries(short), what)
    },
    close: () => destination.end(),
  }
}

function putAside(file: string): void {
  try {
    if (statSync(file).size > LOG_FILE_LIMIT) renameSync(file, `${file}.1`)
  } catch {
    // No log yet.
  }
}
