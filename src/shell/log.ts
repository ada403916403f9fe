/**
 * What the technician reads afterwards. Only named facts are written, each a short text: there is no way to hand a whole object to the
 * log, so nothing of a card can slip in with one. Files are put aside when they are full and deleted when they are old.
 */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import pino, { type Logger } from 'pino'
import { LEVELS, type Level, levelOf } from './log-levels.ts'

export type Note = (what: string, facts?: Readonly<Record<string, string | number>>) => void

export type LogSettings = {
  /** Nothing less grave is written. */
  readonly level: Level
  readonly fileMegabytes: number
  /** Full files that are kept: FILE.1 is the newest. */
  readonly files: number
  readonly keepDays: number
}

const FACT_LIMIT = 200
/** Files of an earlier setting that kept more of them are looked for up to here, as many as the setting can name. */
const FILES_MOST = 20
/** Lines that wait for a disk that is full; what comes after them is lost. */
const WAITING_BYTES_MOST = 1024 * 1024
const MEGABYTE = 1024 * 1024
const DAY_MS = 86_400_000

export type Log = {
  readonly note: Note
  /** Deletes what is older than it may be kept. */
  readonly tidy: (wallMs: number) => void
  close(): void
}

/** Throws when the file cannot be opened. On a full disk lines wait, the newest are lost, and nothing stops. */
export function openLog(file: string, settings: LogSettings): Log {
  const limit = settings.fileMegabytes * MEGABYTE
  if (sizeOf(file) > limit) putAside(file, settings.files)
  let open = openFile(file)
  let written = sizeOf(file)
  let isClosed = false

  return {
    note: (what, facts = {}) => {
      // What was still on its way when the terminal ended has nobody to read it.
      if (isClosed) return
      const level = levelOf(what)
      if (LEVELS.indexOf(level) > LEVELS.indexOf(settings.level)) return
      if (written > limit) {
        open.close()
        putAside(file, settings.files)
        open = openFile(file)
        written = 0
      }
      const short = Object.entries(facts).map(([name, fact]) => [
        name,
        String(fact).slice(0, FACT_LIMIT),
      ])
      open.logger[level === 'warning' ? 'warn' : level](Object.fromEntries(short), what)
      // Without the frame of a line, which is shorter than this.
      written += FACT_LIMIT + JSON.stringify(short).length
    },
    tidy: (wallMs) => {
      for (const old of asideNames(file))
        if (mtimeOf(old) < wallMs - settings.keepDays * DAY_MS) rmSync(old, { force: true })
    },
    close: () => {
      isClosed = true
      open.close()
    },
  }
}

function openFile(file: string): { readonly logger: Logger; close(): void } {
  const destination = pino.destination({
    dest: file,
    sync: true,
    mkdir: true,
    mode: 0o600,
    maxLength: WAITING_BYTES_MOST,
  })
  // A full disk must not end the terminal: it says so elsewhere.
  destination.on('error', () => undefined)
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return { logger, close: () => destination.end() }
}

/** FILE becomes FILE.1, FILE.1 becomes FILE.2; what has no place any more is deleted. */
function putAside(file: string, files: number): void {
  for (let place = FILES_MOST; place >= 1; place--) {
    const here = `${file}.${place}`
    if (!existsSync(here)) continue
    if (place >= files) rmSync(here, { force: true })
    else renameSync(here, `${file}.${place + 1}`)
  }
  if (existsSync(file)) renameSync(file, `${file}.1`)
}

function asideNames(file: string): readonly string[] {
  return Array.from({ length: FILES_MOST }, (_, at) => `${file}.${at + 1}`).filter((name) =>
    existsSync(name),
  )
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function mtimeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
