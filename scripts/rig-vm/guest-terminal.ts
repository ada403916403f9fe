/** The terminal in a guest, with the power in our hand: on is a boot, off is a farewell, cut is the end of QEMU. */
import { createInterface } from 'node:readline'
import type { TerminalState } from '../../test/rig/bench/state.ts'
import type { TerminalProcess } from '../../test/rig/terminal-process.ts'
import type { Guest } from './guest.ts'

export type GuestTerminal = TerminalProcess & {
  /** The guest while the power is on. Throws when it is off. */
  guest(): Guest
  /** Milliseconds of processor time that all guests so far have cost the host. */
  processorMs(): number
  /** Ends the program, does `meanwhile` in the running guest, and starts it again. */
  again(meanwhile: (guest: Guest) => Promise<void>): ReturnType<TerminalProcess['powerOn']>
}

export type GuestTerminalOptions = {
  /** Boots a guest with all devices connected. */
  readonly boot: () => Promise<Guest>
  /** The script that starts the terminal, its output on the line `terminal`. */
  readonly start: string
  readonly readyTimeoutMs: number
}

const LINES_KEPT = 200
/** Asks all programs of the terminal's user to end, and waits until they have, for at most half a minute. */
const FAREWELL = `mine() { ps -o pid,user | awk '$2 == "suretill" { print $1 }'; }
kill $(mine); for s in $(seq 60); do [ -z "$(mine)" ] && exit 0; usleep 500000; done; exit 1`

/** A terminal that is off. */
export function createGuestTerminal(options: GuestTerminalOptions): GuestTerminal {
  const listeners = new Set<() => void>()
  const guests: Guest[] = []
  let guest: Guest | null = null
  let now: TerminalState = {
    power: 'off',
    phase: 'off',
    screens: null,
    pid: null,
    starts: 0,
    powerCuts: 0,
    crashes: 0,
    lines: [],
  }
  const change = (part: Partial<TerminalState>): void => {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }

  async function powerOn(): ReturnType<TerminalProcess['powerOn']> {
    if (guest === null) {
      change({ power: 'on', phase: 'starting', starts: now.starts + 1, lines: [] })
      try {
        guest = await options.boot()
        guests.push(guest)
      } catch (error) {
        change({ power: 'off', phase: 'off' })
        return { kind: 'failed', why: error instanceof Error ? error.message : String(error) }
      }
      read(guest)
      await guest.must(options.start)
    }
    return await started()
  }

  async function started(): ReturnType<TerminalProcess['powerOn']> {
    const screens = await ready()
    if (screens !== null) return { kind: 'ready', screens }
    return { kind: 'failed', why: `not ready in time: ${now.lines.slice(-5).join(' / ')}` }
  }

  function read(from: Guest): void {
    const lines = createInterface({ input: from.line('terminal') })
    // A guest whose power was cut resets its lines.
    lines.on('error', () => undefined)
    lines.on('line', (line) => {
      if (guest !== from) return
      const screens = screensOf(line)
      const ready = screens === null ? {} : ({ phase: 'ready', screens } as const)
      change({ lines: [...now.lines, line].slice(-LINES_KEPT), ...ready })
    })
  }

  function ready(): Promise<string | null> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (now.screens === null) return
        end(now.screens)
      }
      const end = (screens: string | null): void => {
        clearTimeout(timer)
        listeners.delete(look)
        resolve(screens)
      }
      const timer = setTimeout(() => end(null), options.readyTimeoutMs)
      listeners.add(look)
      look()
    })
  }

  return {
    state: () => now,
    onChange: (listener) => void listeners.add(listener),
    guest() {
      if (guest === null) throw new Error('The power is off.')
      return guest
    },
    processorMs: () => guests.reduce((sum, one) => sum + one.processorMs(), 0),
    powerOn,
    async again(meanwhile) {
      if (guest === null) return { kind: 'failed', why: 'The power is off.' }
      await guest.must(FAREWELL)
      change({ phase: 'starting', screens: null, starts: now.starts + 1 })
      await meanwhile(guest)
      await guest.must(options.start)
      return await started()
    },
    async powerCut() {
      const cut = guest
      guest = null
      if (cut === null) return
      await cut.powerCut()
      change({ power: 'off', phase: 'off', screens: null, powerCuts: now.powerCuts + 1 })
    },
    async stop() {
      const stopped = guest
      if (stopped === null) return
      await stopped.run(FAREWELL).catch(() => undefined)
      guest = null
      await stopped.stop()
      change({ power: 'off', phase: 'off', screens: null })
    },
  }
}

/** The address in `{"event":"ready","screens":"http://…"}`, or null for every other line. */
function screensOf(line: string): string | null {
  try {
    const event: unknown = JSON.parse(line)
    if (typeof event !== 'object' || event === null) return null
    if (!('event' in event) || event.event !== 'ready' || !('screens' in event)) return null
    return String(event.screens)
  } catch {
    // A sentence for people; it stays in the kept lines.
    return null
  }
}
