/** The scanner port on a serial or USB-CDC scanner: looks only while armed, and gives each code once. */
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceHealth, DeviceTrouble } from '#core/ports/device.ts'
import type { QrScannerPort } from '#core/ports/qr-scanner.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { createReadGate } from '../gate.ts'
import { createScanFramer } from './frame.ts'
import { type TriggerFamily, triggerCommands } from './trigger.ts'

export type SerialScannerOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  /** What the scanner sends after each code, such as `\r`; empty: silence ends a code. */
  readonly suffix: string
  readonly trigger: TriggerFamily
}

/** Without a suffix: longer than any pause within a code at 9600 baud and through a USB converter (16 ms). */
const CODE_ENDS_AFTER_MS = 50
/** With a suffix: half a code older than this will not be completed. */
const HALF_CODE_MS = 300
/** Scanners let go of the trigger after a read and after a time of their own; an armed one is told again. */
const TRIGGER_AGAIN_MS = 3000

/**
 * Returns a scanner that opens nothing before `start`. A code whose first byte came before `arm`, or too soon after it (see gate), is
 * dropped, so nothing stale is ever read. Half codes are dropped, never guessed at: a cut-off payment code can look like a shorter valid one. They raise `garbled` until
 * the next whole code; a suffix that is configured wrongly shows the same way.
 */
export function createSerialScanner(
  options: SerialScannerOptions,
): QrScannerPort & { readonly dropped: number } {
  const { link, clock, suffix } = options
  const commands = triggerCommands(options.trigger)
  const framer = createScanFramer({
    suffix: new TextEncoder().encode(suffix),
    answersCommands: options.trigger === 'newland',
  })
  const gate = createReadGate(clock)
  const healthListeners: ((health: DeviceHealth) => void)[] = []
  let health = currentHealth()
  let cancelSilence = (): void => {}
  let cancelTrigger = (): void => {}

  link.onState((state) => {
    framer.drop()
    framer.silence()
    if (state === 'open' && gate.armed) trigger()
    tellHealth()
  })
  link.onBytes((bytes) => {
    cancelSilence()
    for (const reading of framer.push(bytes, gate.wanted)) gate.give(reading)
    bytes.fill(0)
    if (framer.busy) waitForSilence()
    tellHealth()
  })

  function waitForSilence(): void {
    cancelSilence = clock.after(suffix === '' ? CODE_ENDS_AFTER_MS : HALF_CODE_MS, () => {
      for (const reading of framer.silence()) gate.give(reading)
      tellHealth()
    })
  }

  function trigger(): void {
    cancelTrigger()
    if (commands.on.length === 0) return
    void link.write(commands.on)
    cancelTrigger = clock.after(TRIGGER_AGAIN_MS, trigger)
  }

  function release(): Promise<boolean> {
    cancelTrigger()
    return commands.off.length === 0 ? Promise.resolve(true) : link.write(commands.off)
  }

  function currentHealth(): DeviceHealth {
    const troubles: DeviceTrouble[] = []
    if (framer.spoilt > 0) troubles.push('garbled')
    if (link.state === 'gone') troubles.push('gone')
    return { device: 'qrScanner', troubles }
  }

  function tellHealth(): void {
    const now = currentHealth()
    if (now.troubles.join() === health.troubles.join()) return
    health = now
    for (const listener of healthListeners) listener(health)
  }

  return {
    get health() {
      return health
    },
    /** Reads thrown away since the start: not armed, stale, or the same code again. */
    get dropped() {
      return framer.unwanted + gate.dropped
    },
    onHealth: (listener) => void healthListeners.push(listener),
    onRead: (listener) => gate.onRead(listener),
    start: () => link.start(),
    arm() {
      if (gate.arm()) trigger()
    },
    disarm() {
      if (!gate.disarm()) return
      framer.drop()
      void release()
    },
    async close() {
      if (gate.disarm()) await release()
      cancelSilence()
      cancelTrigger()
      await link.close()
    },
  }
}
