/** The figures of this moment, from the state and the screens. No amounts, nothing of a card, no names of people. */
import { openItems } from '#core/counter/open-items.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { View } from '../api/view.ts'
import { RELEASE } from '../journal/release.ts'
import { METRICS } from './catalogue.ts'
import type { Sample } from './exposition.ts'

export type FigureParts = {
  readonly state: () => TerminalState
  readonly view: () => View
  readonly startedMs: number
  /** Null when the system does not tell. */
  readonly freeBytes: () => number | null
  readonly residentBytes: () => number
}

export function figuresOf(parts: FigureParts): readonly Sample[] {
  const state = parts.state()
  const view = parts.view()
  const free = parts.freeBytes()
  return [
    { metric: METRICS.info, labels: { release: RELEASE }, value: 1 },
    { metric: METRICS.start, value: parts.startedMs / 1000 },
    { metric: METRICS.inService, value: flag(view.counter.kind !== 'outOfService') },
    { metric: METRICS.linkUp, value: flag(state.link === 'up') },
    { metric: METRICS.keysReady, value: flag(state.keysReady) },
    ...Object.values(state.devices).map(({ device, troubles }) => ({
      metric: METRICS.deviceWell,
      labels: { device },
      value: flag(troubles.length === 0),
    })),
    ...[...new Set(view.strip.faults.map(({ key }) => key))].map((fault) => ({
      metric: METRICS.fault,
      labels: { fault },
      value: 1,
    })),
    { metric: METRICS.openItems, value: openItems(state).length },
    {
      metric: METRICS.reversalOwed,
      value: flag(state.reversal !== null && state.reversal.state !== 'armed'),
    },
    {
      metric: METRICS.slipsWaiting,
      value: state.slips.filter((job) => job.state !== 'printed').length,
    },
    { metric: METRICS.inBatch, value: state.inBatch },
    { metric: METRICS.newestEvent, value: state.at / 1000 },
    ...(free === null ? [] : [{ metric: METRICS.diskFree, value: free }]),
    { metric: METRICS.memory, value: parts.residentBytes() },
  ]
}

function flag(isSo: boolean): number {
  return isSo ? 1 : 0
}
