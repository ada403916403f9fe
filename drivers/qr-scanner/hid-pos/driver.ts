/** The scanner port on a scanner in HID POS mode: no port to configure, whole codes by their own flag, AIM identifiers always. */
import type { Clock } from '#core/ports/clock.ts'
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import type { ReportLink } from '../../transport/report-link.ts'
import { createStanding } from '../../transport/standing.ts'
import { createReadGate } from '../gate.ts'
import type { TriggerFamily } from '../serial/trigger.ts'
import { createPosReports } from './report.ts'
import { triggerReports } from './trigger.ts'

export type HidPosScannerOptions = {
  readonly link: ReportLink
  readonly clock: Clock
  readonly trigger: TriggerFamily
  /** How long the rest of a code may take after its last report. */
  readonly halfCodeMs?: number
}

export type ScannerCounts = {
  /** Reads thrown away: not armed, stale, or the same code again. */
  readonly dropped: number
  /** Reports that carry no code. */
  readonly others: number
}

/** The reports of one code follow each other within milliseconds. */
const HALF_CODE_MS = 200
/** When we ourselves were kept waiting, the report may have come and not been handed over: it goes first. */
const HANDED_OVER_MS = 20
/** Scanners let go of the trigger after a read and after a time of their own; an armed one is told again. */
const TRIGGER_AGAIN_MS = 3000

/**
 * Returns a scanner that opens nothing before `start`. Half codes are dropped, never guessed at, and raise `garbled` until the next
 * whole one. A scanner that shows itself as a keyboard only is `wrongDevice`; `health.identity` then says so.
 */
export function createHidPosScanner(
  options: HidPosScannerOptions,
): QrScannerPort & { readonly counts: ScannerCounts } {
  const { link, clock, halfCodeMs = HALF_CODE_MS } = options
  const commands = triggerReports(options.trigger)
  const standing = createStanding('qrScanner')
  const gate = createReadGate(clock)
  const reports = createPosReports()
  let cancelSilence = (): void => {}
  let cancelTrigger = (): void => {}

  link.onState((state) => {
    cancelSilence()
    reports.reset()
    if (link.found !== '') standing.identify(link.found)
    if (state === 'open') {
      standing.clear('gone', 'wrongDevice')
      if (gate.armed) trigger()
    } else {
      standing.raise(state)
      standing.clear(state === 'gone' ? 'wrongDevice' : 'gone')
    }
  })
  link.onReport((report) => {
    cancelSilence()
    const done = reports.push(report, gate.wanted)
    if (reports.busy) waitForRest()
    tellGarbled()
    if (done === null) return
    if (done.wanted) gate.give(done.reading)
    else gate.drop(done.reading)
  })

  function waitForRest(): void {
    cancelSilence = clock.after(halfCodeMs, () => {
      cancelSilence = clock.after(HANDED_OVER_MS, giveUp)
    })
  }

  function giveUp(): void {
    reports.silence()
    tellGarbled()
  }

  function tellGarbled(): void {
    if (reports.spoilt > 0) standing.raise('garbled')
    else standing.clear('garbled')
  }

  function trigger(): void {
    cancelTrigger()
    if (commands.on.length === 0) return
    void link.write(commands.on)
    cancelTrigger = clock.after(TRIGGER_AGAIN_MS, trigger)
  }

  async function release(): Promise<void> {
    cancelTrigger()
    if (commands.off.length > 0) await link.write(commands.off)
  }

  return {
    get health() {
      return standing.health
    },
    get counts() {
      return { dropped: gate.dropped, others: reports.others }
    },
    onHealth: (listener) => standing.onHealth(listener),
    onRead: (listener) => gate.onRead(listener),
    start: () => link.start(),
    arm() {
      if (gate.arm()) trigger()
    },
    disarm() {
      if (!gate.disarm()) return
      reports.unwant()
      void release()
    },
    async close() {
      cancelSilence()
      if (gate.disarm()) await release()
      cancelTrigger()
      await link.close()
    },
  }
}
