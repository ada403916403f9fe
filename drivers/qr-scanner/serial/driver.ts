/** The scanner port on a serial or USB-CDC scanner: looks only while armed, and gives each code once. */
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceHealth, DeviceTrouble } from '#core/ports/device.ts'
import type { QrScannerPort, ScanReading } from '#core/ports/qr-scanner.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
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
/** No scanner lights, decodes and sends within this time: what begins so soon after `arm` was still on its way from before. */
const STALE_MS = 20
/** The same code read again within this time is the same showing of the phone. */
const SAME_CODE_MS = 2000

/**
 * Returns a scanner that opens nothing before `start`. A code whose first byte came before `arm`, or within `STALE_MS` of it, is dropped,
 * so nothing stale is ever read. Half codes are dropped, never guessed at: a cut-off payment code can look like a shorter valid one. They raise `garbled` until
 * the next whole code; a suffix that is configured wrongly shows the same way.
 */
export function createSerialScanner(options: SerialScannerOptions): QrScannerPort {
  const { link, clock, suffix } = options
  const commands = triggerCommands(options.trigger)
  const framer = createScanFramer({
    suffix: new TextEncoder().encode(suffix),
    answersCommands: options.trigger === 'newland',
  })
  const readListeners: ((reading: ScanReading) => void)[] = []
  const healthListeners: ((health: DeviceHealth) => void)[] = []
  let armed = false
  let armedAtMs = 0
  let last: Uint8Array | null = null
  let health = currentHealth()
  let cancelSilence = (): void => {}
  let cancelTrigger = (): void => {}
  let cancelForget = (): void => {}

  link.onState((state) => {
    framer.drop()
    framer.silence()
    if (state === 'open' && armed) trigger()
    tellHealth()
  })
  link.onBytes((bytes) => {
    cancelSilence()
    for (const reading of framer.push(bytes, armed && clock.monotonicMs() - armedAtMs >= STALE_MS))
      deliver(reading)
    bytes.fill(0)
    if (framer.busy) waitForSilence()
    tellHealth()
  })

  function waitForSilence(): void {
    cancelSilence = clock.after(suffix === '' ? CODE_ENDS_AFTER_MS : HALF_CODE_MS, () => {
      for (const reading of framer.silence()) deliver(reading)
      tellHealth()
    })
  }

  function deliver(reading: ScanReading): void {
    const again = last !== null && equal(last, reading.bytes)
    if (!armed || again) return void reading.bytes.fill(0)
    forget()
    last = reading.bytes.slice()
    cancelForget = clock.after(SAME_CODE_MS, forget)
    for (const listener of readListeners) listener(reading)
  }

  function forget(): void {
    cancelForget()
    last?.fill(0)
    last = null
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
    onHealth: (listener) => void healthListeners.push(listener),
    onRead: (listener) => void readListeners.push(listener),
    start: () => link.start(),
    arm() {
      if (armed) return
      armed = true
      armedAtMs = clock.monotonicMs()
      forget()
      trigger()
    },
    disarm() {
      if (!armed) return
      armed = false
      forget()
      framer.drop()
      void release()
    },
    async close() {
      if (armed) await release()
      armed = false
      forget()
      cancelSilence()
      cancelTrigger()
      await link.close()
    },
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
