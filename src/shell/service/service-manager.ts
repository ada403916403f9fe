/**
 * Tells systemd how the terminal is. Node has no datagram sockets of the unix family, and the package for sd_notify wants a compiler on
 * the terminal; systemd's own `systemd-notify` is there wherever the unit runs, and waits until the manager has read what it says.
 */
import { spawn } from 'node:child_process'
import type { Clock } from '#core/ports/clock.ts'

export type ServiceManager = {
  /** How often `alive` must come; null when nobody watches. */
  readonly beatEveryMs: number | null
  /** Recovery is done and the screens say so. */
  ready(status: string): void
  /** Not ready yet and still at work: the start may take this much longer. */
  starting(status: string): void
  /** Feeds the watchdog. */
  alive(status: string): void
  stopping(): void
}

/** As systemd puts them into the environment of a service; all absent outside of one. */
type ServiceEnvironment = {
  readonly notifySocket: string | undefined
  readonly watchdogUsec: string | undefined
  readonly watchdogPid: string | undefined
}

export type ServiceManagerParts = {
  readonly environment: ServiceEnvironment
  readonly pid: number
  readonly clock: Clock
  /** Told once when systemd cannot be told. */
  readonly onFailed: (detail: string) => void
  readonly program?: string
}

/** Three beats fit a watchdog's time, so that one may come late (sd_watchdog_enabled(3) advises half). */
const BEATS_PER_TIMEOUT = 3
/** Longer than the pause between two beats before the start is done. */
const EXTEND_USEC = 60_000_000
/** A manager that does not read for so long will not read this message either. */
const GIVE_UP_MS = 10_000
const STATUS_LIMIT = 200

/** Outside of a service every call does nothing. Never throws. */
export function createServiceManager(parts: ServiceManagerParts): ServiceManager {
  const { environment, pid, program = 'systemd-notify' } = parts
  const { notifySocket, watchdogPid, watchdogUsec } = environment
  let hasFailed = false
  let isTalking = false

  const failed = (detail: string): void => {
    if (!hasFailed) parts.onFailed(detail)
    hasFailed = true
  }
  const say = (...facts: readonly string[]): void => {
    if (notifySocket === undefined || notifySocket === '') return
    isTalking = true
    const child = spawn(program, facts, {
      stdio: 'ignore',
      env: { NOTIFY_SOCKET: notifySocket, PATH: '/usr/bin:/bin' },
    })
    const stop = parts.clock.after(GIVE_UP_MS, () => void child.kill('SIGKILL'))
    child.once('error', (error) => failed(error.message))
    child.once('close', (code) => {
      stop()
      isTalking = false
      if (code !== 0) failed(`systemd-notify ended with ${code}`)
    })
  }
  const isForUs = watchdogPid === undefined || watchdogPid === String(pid)
  const timeoutMs = Number(watchdogUsec ?? 0) / 1000

  return {
    beatEveryMs: isForUs && timeoutMs > 0 ? Math.floor(timeoutMs / BEATS_PER_TIMEOUT) : null,
    ready: (status) => say('READY=1', statusOf(status)),
    starting: (status) => say(`EXTEND_TIMEOUT_USEC=${EXTEND_USEC}`, statusOf(status)),
    // One at a time: a manager that hangs must not fill the machine with children.
    alive: (status) => (isTalking ? undefined : say('WATCHDOG=1', statusOf(status))),
    stopping: () => say('STOPPING=1'),
  }
}

/** One line: a line end would begin the next assignment. */
function statusOf(text: string): string {
  return `STATUS=${text.replace(/[^\x20-\x7e]/g, ' ').slice(0, STATUS_LIMIT)}`
}
