/** What every link has in common: it opens its port again for ever, compares it with what stands there now, and says `open` and `gone`. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink, LinkState } from './byte-link.ts'

/** A port that was opened and is used once: after `gone` another one is opened. */
export type OpenPort = {
  /** False: not taken, or nobody knows whether. Never rejects. */
  write(bytes: Uint8Array): Promise<boolean>
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** Called once; at once when the port is gone already. */
  onGone(listener: () => void): void
  close(): Promise<void>
}

type PortSource = {
  /** Which device stands there now, as a text that changes with the device; null when there is none. Never rejects. */
  identify(): Promise<string | null>
  /** Null: not now. Never rejects. */
  open(): Promise<OpenPort | null>
}

export type ReopeningLinkOptions = {
  readonly source: PortSource
  readonly clock: Clock
  /** How often a missing port is tried again, and an open one is compared with what stands there now. */
  readonly reopenEveryMs?: number
}

/** Four looks a second: a replug is noticed well within a second, and costs one look at a path. */
const REOPEN_EVERY_MS = 250

/** Returns a link that does nothing until `start`. One opening at a time; `close` waits for it. */
export function reopeningLink(options: ReopeningLinkOptions): ByteLink {
  const { source, clock, reopenEveryMs = REOPEN_EVERY_MS } = options
  const bytesListeners: ((bytes: Uint8Array) => void)[] = []
  const stateListeners: ((state: LinkState) => void)[] = []
  let current: { readonly port: OpenPort; readonly identity: string } | null = null
  let opening: Promise<void> | null = null
  /** The port before this one on its way out: a device is not opened while it is still being closed. */
  let leaving: Promise<void> = Promise.resolve()
  let stopped = true
  let cancelTick = (): void => {}

  function tick(): void {
    if (stopped) return
    opening = (current === null ? open() : compare(current)).finally(() => {
      opening = null
      if (!stopped) cancelTick = clock.after(reopenEveryMs, tick)
    })
  }

  async function open(): Promise<void> {
    await leaving
    const identity = await source.identify()
    if (identity === null || stopped) return
    const port = await source.open()
    if (port === null) return
    if (stopped) return port.close()
    current = { port, identity }
    port.onBytes((bytes) => {
      for (const listener of bytesListeners) listener(bytes)
    })
    port.onGone(() => {
      if (current?.port !== port) return
      current = null
      // Not within the port's own farewell.
      leaving = Promise.resolve().then(() => port.close())
      tell('gone')
    })
    if (current?.port === port) tell('open')
  }

  /** A cable put back behind the same name is another device, even when the old port never said goodbye. */
  async function compare({ port, identity }: NonNullable<typeof current>): Promise<void> {
    if ((await source.identify()) !== identity) await port.close()
  }

  function tell(state: LinkState): void {
    for (const listener of stateListeners) listener(state)
  }

  return {
    get state() {
      return current === null ? 'gone' : 'open'
    },
    start() {
      if (!stopped) return
      stopped = false
      tick()
    },
    write: (bytes) => current?.port.write(bytes) ?? Promise.resolve(false),
    onBytes: (listener) => void bytesListeners.push(listener),
    onState: (listener) => void stateListeners.push(listener),
    async close() {
      stopped = true
      cancelTick()
      await opening
      await current?.port.close()
      await leaving
    },
  }
}
