/**
 * Puts one life after another on the devices and the screens. A write that fails ends a life: nobody knows whether it happened, so the
 * terminal is out of service until the journal has been opened and read again, and the next life goes on from what is there.
 */
import type { Slip } from '#core/receipt/slip.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { createScreens, type Screens } from './api/screens.ts'
import type { OpenOutcome } from './journal/journal.ts'
import { createLife, type Life, type LifeParts } from './life.ts'
import { renderSlip } from './receipt/render-slip.ts'
import type { SlipWords } from './receipt/slip-words.ts'

export type TerminalParts = Omit<LifeParts, 'render' | 'publish' | 'onJournalFailed'> & {
  readonly slipWords: SlipWords
  /** Opens and checks the journal again after a write has failed. Never throws. */
  readonly reopenJournal: () => OpenOutcome
}

export type Terminal = {
  readonly screens: Screens
  readonly state: () => TerminalState
  /** Recovers what is owed, opens the devices, and is ready. */
  readonly start: () => void
  /** Writes what is still in memory and lets go of everything. */
  readonly stop: () => Promise<void>
}

/** Between a failed write and the next try to open the journal: long enough to be seen on the screens, short enough for a queue. */
const REOPEN_AFTER_MS = 3000

export function createTerminal(parts: TerminalParts): Terminal {
  const { clock, devices, note } = parts
  const everyDevice = Object.values(devices)
  const render = (slip: Slip) => renderSlip(slip, devices.printer.profile, parts.slipWords)
  let stopWaiting: () => void = () => undefined

  const newLife = (journal: LifeParts['journal']): Life =>
    createLife({
      ...parts,
      journal,
      render,
      publish: () => {
        // Shown again only when something of the new life is on disk.
        screens.resume()
        screens.publish()
      },
      onJournalFailed: (cause) => {
        note('journal failed', { detail: reasonOf(cause) })
        screens.stop('journal.failed')
        // Not here: the life that failed is still on the stack.
        stopWaiting = clock.after(0, leaveLife)
      },
    })
  let life = newLife(parts.journal)

  const screens = createScreens({
    state: () => life.state(),
    dispatch: (event) => life.dispatch(event),
    wallMs: () => clock.wallMs(),
    random: parts.random,
    slipSvg: (id) => {
      const job = life.state().slips.find((one) => one.slip.job === id)
      return job === undefined ? null : render(job.slip).svg
    },
  })

  const leaveLife = (): void => {
    void devices.cardReader.cancel()
    void devices.pinPad.cancel()
    devices.qrScanner.disarm()
    endLife(life, note)
    stopWaiting = clock.after(REOPEN_AFTER_MS, nextLife)
  }

  const nextLife = (): void => {
    const opened = parts.reopenJournal()
    if (!opened.ok) {
      note('journal still fails', { why: opened.why, detail: opened.detail })
      stopWaiting = clock.after(REOPEN_AFTER_MS, nextLife)
      return
    }
    const born = newLife(opened.journal)
    life = born
    born.begin()
    for (const { health } of everyDevice) born.dispatch({ type: 'deviceHealthChanged', health })
  }

  return {
    screens,
    state: () => life.state(),
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
