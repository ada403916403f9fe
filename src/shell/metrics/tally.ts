/** Counts what the log is told, so that no part of the terminal has to know that it is counted. */
import type { Note } from '../log.ts'
import { levelOf } from '../log-levels.ts'
import { METRICS } from './catalogue.ts'
import type { Sample } from './exposition.ts'

export type Tally = {
  /** Passes everything on and counts it. */
  readonly counting: (note: Note) => Note
  readonly samples: () => readonly Sample[]
}

/** A host could make up message types without end; what comes after these is counted under `other`. */
const SERIES_MOST = 100
const OTHER = 'other'

export function createTally(): Tally {
  const exchanges = new Map<string, { labels: { mti: string; outcome: string }; value: number }>()
  const lines = { error: 0, warning: 0, info: 0 }

  const countExchange = (mti: string, outcome: string): void => {
    const key = `${mti} ${outcome}`
    const kept = exchanges.get(key)
    if (kept !== undefined) kept.value += 1
    else if (exchanges.size < SERIES_MOST || mti === OTHER)
      exchanges.set(key, { labels: { mti, outcome }, value: 1 })
    else countExchange(OTHER, OTHER)
  }

  return {
    counting: (note) => (what, facts) => {
      lines[levelOf(what)] += 1
      if (what === 'exchange')
        countExchange(String(facts?.['mti'] ?? ''), String(facts?.['outcome'] ?? ''))
      note(what, facts)
    },
    samples: () => [
      ...[...exchanges.values()].map((one) => ({ metric: METRICS.exchanges, ...one })),
      ...Object.entries(lines).map(([level, value]) => ({
        metric: METRICS.logLines,
        labels: { level },
        value,
      })),
    ],
  }
}
