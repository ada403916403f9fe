/**
 * Puts one life after another on the devices and the screens. A write that fails ends a life: nobody knows whether it happened, so the
 * terminal is out of service until the journal has been opened and read again, and the next life goes on from what is there.
 */
import type { Situation } from '#core/drill/exercise.ts'
import type { Power } from '#core/guard/power-rules.ts'
import type { Slip } from '#core/receipt/slip.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { createScreens, type Screens } from './api/screens.ts'
import { drillEnded, drillParts } from './drill/drill-parts.ts'
import type { OpenOutcome } from './journal/journal.ts'
import type { Reserve } from './journal/reserve.ts'
import { createLife, type Life, type LifeParts } from './life.ts'
import { drawSlip } from './receipt/draw-slip.ts'
import type { SlipWords } from './receipt/slip-words.ts'
import { createTillDesk, type TillDesk } from './till/desk.ts'

export type TerminalParts = Omit<
  LifeParts,
  'draw' | 'publish' | 'onJournalFailed' | 'onDrill' | 'builtInHost' | 'firstState'
> & {
  readonly slipWords: SlipWords
  /** Opens and checks the journal again after a write has failed. Never throws. */
  readonly reopenJournal: () => OpenOutcome
  /** A fresh journal in a folder of its own, in the place of that of the last drill. Never throws. */
  readonly openDrillJournal: () => OpenOutcome
  readonly reserve: Reserve
  /** Exercises of the drill; absent: none. */
  readonly situations?: readonly Situation[]
}

export type Terminal = {
  readonly screens: Screens
  readonly till: TillDesk
  /** Of the real terminal, also while a drill has the devices: it rests, and nothing of it changes. */
  readonly state: () => TerminalState
  /** How full the battery of the machine is; told again to each life. */
  readonly setPower: (power: Power) => void
  /** Nothing is sold any more in this process, whatever the journal does: every screen shows this message. */
  readonly condemn: (key: string) => void
  /** Recovers what is owed, opens the devices, and is ready. */
  readonly start: () => void
  /** Writes what is still in memory and lets go of everything. */
  readonly stop: () => Promise<void>
}

/** Between a failed write and the next try to open the journal: long enough to be seen on the screens, short enough for a queue. */
const REOPEN_AFTER_MS = 3000

export function createTerminal(parts: TerminalParts): Terminal {
  const { clock, devices, note, reserve } = parts
  const everyDevice = Object.values(devices)
  const draw = (slip: Slip) =>
    drawSlip(slip, devices.printer.profile, { note, words: parts.slipWords })
  let stopWaiting: () => void = () => undefined
  let hasFailed = false
  const later = (ms: number, task: () => void): void => {
    stopWaiting()
    stopWaiting = clock.after(ms, task)
  }

  const onDrill = (wish: 'begin' | 'end'): void =>
    later(0, wish === 'begin' ? enterDrill : () => leaveDrill('ended'))

  /** `locale`: what the screens spoke last, so that the people before them need not change it again. */
  const newLife = (journal: LifeParts['journal'], locale = parts.setup.locale): Life =>
    createLife({
      ...parts,
      setup: { ...parts.setup, locale },
      journal,
      draw,
      onDrill,
      publish: () => {
        screens.publish()
        till.publish()
      },
      onJournalFailed: (cause) => {
        hasFailed = true
        const detail = reasonOf(cause)
        note('journal failed', { detail })
        screens.stop('journal.failed')
        // SQLITE_FULL: "database or disk is full".
        if (/is full/.test(detail)) reserve.release()
        // Not here: the life that failed is still on the stack.
        later(0, leaveLife)
      },
    })
  let life = newLife(parts.journal)
  let power: Power | null = null
  /** The life of the real terminal; the same as `life` unless a drill is on. */
  let real = life

  const enterDrill = (): void => {
    const opened = parts.openDrillJournal()
    restDevices()
    life.flush()
    if (hasFailed) {
      // The last write of the real terminal went wrong: that is seen to, and nobody drills.
      if (opened.ok) opened.journal.close()
      return
    }
    endLife(life, note)
    if (!opened.ok) {
      note('no journal for a drill', { why: opened.why, detail: opened.detail })
      nextLife(drillEnded(real.state(), 'failed'))
      return
    }
    note('drill', { what: 'began' })
    life = createLife({
      ...drillParts(parts, real.state()),
      journal: opened.journal,
      draw,
      onDrill,
      publish: () => screens.publish(),
      onJournalFailed: (cause) => {
        note('journal of the drill failed', { detail: reasonOf(cause) })
        later(0, () => leaveDrill('failed'))
      },
    })
    beginLife(life)
    screens.publish()
  }

  const leaveDrill = (why: 'ended' | 'failed'): void => {
    restDevices()
    const ended = drillEnded(life.state(), why)
    if (why === 'ended') life.flush()
    endLife(life, note)
    note('drill', { what: why })
    nextLife(ended)
  }

  const screens = createScreens({
    state: () => life.state(),
    dispatch: (event) => life.dispatch(event),
    typeCode: (digits) => life.typeCode(digits),
    wallMs: () => clock.wallMs(),
    random: parts.random,
    slipSvg: (id) => {
      const job = life.state().slips.find((one) => one.slip.job === id)
      return job === undefined ? null : (draw(job.slip)?.svg ?? null)
    },
  })

  const restDevices = (): void => {
    void devices.cardReader.cancel()
    void devices.pinPad.cancel()
    devices.qrScanner.disarm()
  }

  const leaveLife = (): void => {
    restDevices()
    endLife(life, note)
    later(REOPEN_AFTER_MS, nextLife)
  }

  /** `first`: what it is told as soon as it has begun. */
  const nextLife = (first?: EventBody): void => {
    const { locale } = life.state()
    const born = reborn(parts, (journal) => newLife(journal, locale))
    if (born === null) {
      screens.stop('journal.failed')
      later(REOPEN_AFTER_MS, () => nextLife(first))
      return
    }
    life = born
    real = born
    hasFailed = false
    beginLife(born)
    if (first !== undefined) born.dispatch(first)
    serve()
  }

  const beginLife = (born: Life): void => {
    born.begin()
    if (power !== null) born.dispatch({ type: 'powerChanged', ...power })
    for (const { health } of everyDevice) born.dispatch({ type: 'deviceHealthChanged', health })
  }

  /** The life goes on behind closed screens until there is room to write about a sale as well. */
  const serve = (): void => {
    if (hasFailed) return
    if (reserve.fill()) {
      screens.resume()
      screens.publish()
      return
    }
    note('no room for the reserve', {})
    screens.stop('journal.failed')
    later(REOPEN_AFTER_MS, serve)
  }

  // No till is served by a drill, nor while the journal cannot be read.
  const till = createTillDesk({
    state: () => life.state(),
    dispatch: (event) => life.dispatch(event),
    recordsUnder: (reference) => life.tillRecords(reference),
    recordsOfBatch: (batch) => life.batchRecords(batch),
    isServing: () => !screens.isStopped() && !life.state().setup.drill,
  })

  return {
    screens,
    till,
    state: () => real.state(),
    condemn: (key) => {
      hasFailed = true
      note('condemned', { key })
      screens.stop(key)
      later(0, () => {
        restDevices()
        endLife(life, note)
      })
    },
    setPower: (now) => {
      power = now
      life.dispatch({ type: 'powerChanged', ...now })
    },
    start: () => {
      for (const device of everyDevice) {
        device.onHealth((health) => {
          note('device', { device: health.device, troubles: health.troubles.join(' ') || 'none' })
          life.dispatch({ type: 'deviceHealthChanged', health })
        })
      }
      devices.cardReader.onRemoved(() => life.dispatch({ type: 'cardRemoved' }))
      devices.qrScanner.onRead((reading) => life.scan(reading))
      life.begin()
      serve()
      for (const device of everyDevice) device.start()
    },
    stop: async () => {
      stopWaiting()
      life.flush()
      stopWaiting()
      await Promise.all(everyDevice.map((device) => device.close()))
      endLife(life, note)
    },
  }
}

/** The next life, or null when the journal still cannot be opened and read. */
function reborn(
  { note, reopenJournal }: TerminalParts,
  newLife: (journal: LifeParts['journal']) => Life,
): Life | null {
  const opened = reopenJournal()
  if (!opened.ok) {
    note('journal still fails', { why: opened.why, detail: opened.detail })
    return null
  }
  try {
    return newLife(opened.journal)
  } catch (cause) {
    note('journal cannot be read', { detail: reasonOf(cause) })
    opened.journal.close()
    return null
  }
}

/** Closing writes too, and on a disk that fails it may fail as well. */
function endLife(life: Life, note: LifeParts['note']): void {
  try {
    life.end()
  } catch (cause) {
    note('journal did not close', { detail: reasonOf(cause) })
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown'
}
