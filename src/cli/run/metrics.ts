/** Opens the door of the figures when `terminal.yaml` wants one. */
import process from 'node:process'
import { freeBytesOf } from '#shell/doctor/gather-machine.ts'
import { type MetricsDoor, openMetricsDoor } from '#shell/metrics/door.ts'
import { writeExposition } from '#shell/metrics/exposition.ts'
import { figuresOf } from '#shell/metrics/figures.ts'
import type { Tally } from '#shell/metrics/tally.ts'
import { systemClock } from '#shell/system-clock.ts'
import type { Terminal } from '#shell/terminal.ts'

export type MetricsParts = {
  /** Absent: no figures are wanted. */
  readonly wanted: { readonly port: number } | undefined
  readonly terminal: Terminal
  readonly tally: Tally
  /** Data folder, for the room on its disk. */
  readonly data: string
}

/** Null: none is wanted. */
export async function openMetrics({
  data,
  tally,
  terminal,
  wanted,
}: MetricsParts): Promise<MetricsDoor | null> {
  if (wanted === undefined) return null
  const startedMs = systemClock.wallMs()
  const parts = {
    state: terminal.state,
    view: () => terminal.screens.api.view(),
    startedMs,
    freeBytes: () => freeBytesOf(data),
    residentBytes: () => process.memoryUsage.rss(),
  }
  return await openMetricsDoor(wanted.port, () =>
    writeExposition([...figuresOf(parts), ...tally.samples()]),
  )
}
