/**
 * The terminal as a child process, with the power in our hand: switched on, switched off politely, or cut. It is started
 * again after a crash, as the service manager of a real terminal would do.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { env } from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { TerminalState } from './bench/state.ts'

/** Lines of output that are kept; older ones are forgotten. */
export const OUTPUT_LINES = 200
/** A line longer than this is shown shortened. */
const OUTPUT_LINE_LENGTH = 2000
/** Crashes in a row without getting ready, after which we stop starting it again. */
const MAX_CRASHES = 5
const RESTART_AFTER_MS = 1000
const STOP_TIMEOUT_MS = 5000
/** Exit code for wrong usage or unusable configuration: starting again cannot help. */
const EXIT_UNUSABLE = 2

type StartOutcome =
  | { readonly kind: 'ready'; readonly screens: string }
  | { readonly kind: 'failed'; readonly why: string }

export type TerminalProcess = {
  state(): TerminalState
  onChange(listener: () => void): void
  /** Starts it and waits until it says ready. Already on: waits for the same. Never rejects. */
  powerOn(): Promise<StartOutcome>
  /** SIGKILL at once, as a pulled plug; resolves when the process is gone. Safe to call twice. */
  powerCut(): Promise<void>
  /** SIGTERM, and SIGKILL after five seconds. Safe to call twice. */
  stop(): Promise<void>
}

export type TerminalProcessOptions = {
  /** Program and arguments. The program must `exec`, not fork: the power is cut by its process id. */
  readonly command: readonly [string, ...string[]]
  readonly cwd?: string
  /** Added to our own environment. */
  readonly environment?: Readonly<Record<string, string>>
  readonly readyTimeoutMs?: number
}

/** A terminal that is off. */
export function createTerminalProcess(options: TerminalProcessOptions): TerminalProcess {
  const { readyTimeoutMs = 30_000 } = options
  const listeners = new Set<() => void>()
  const waiting = new Set<(outcome: StartOutcome) => void>()
  let child: ChildProcess | null = null
  let gone: Promise<void> = Promise.resolve()
  let restart: NodeJS.Timeout | undefined
  let crashesInARow = 0
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
  const settle = (outcome: StartOutcome): void => {
    for (const resolve of waiting) resolve(outcome)
    waiting.clear()
  }

  const read = (line: string): void => {
    const short = line.length > OUTPUT_LINE_LENGTH ? `${line.slice(0, OUTPUT_LINE_LENGTH)}…` : line
    change({ lines: [...now.lines, short].slice(-OUTPUT_LINES) })
    const screens = screensOfReadyLine(line)
    if (screens === null) return
    crashesInARow = 0
    change({ phase: 'ready', screens })
    settle({ kind: 'ready', screens })
  }

  const ended = (process: ChildProcess, code: number | null, why: string): void => {
    if (child !== process) return
    child = null
    const wanted = now.power === 'off'
    if (wanted) {
      change({ phase: 'off', screens: null, pid: null })
      settle({ kind: 'failed', why: 'The power was switched off.' })
      return
    }
    crashesInARow += 1
    change({ phase: 'crashed', screens: null, pid: null, crashes: now.crashes + 1 })
    if (code === EXIT_UNUSABLE || crashesInARow >= MAX_CRASHES) {
      change({ power: 'off' })
      settle({ kind: 'failed', why: code === EXIT_UNUSABLE ? (now.lines.at(-1) ?? why) : why })
      return
    }
    restart = setTimeout(start, RESTART_AFTER_MS)
  }

  const start = (): void => {
    const [program, ...args] = options.command
    const process = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env, ...options.environment },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    child = process
    readLines(process.stdout, read)
    readLines(process.stderr, read)
    gone = new Promise((resolve) => {
      process.once('error', (error) => {
        ended(process, EXIT_UNUSABLE, `The terminal cannot be started: ${error.message}`)
        resolve()
      })
      // `close` and not `exit`: the last lines of output say why it ended.
      process.once('close', (code, signal) => {
        ended(process, code, `The terminal ended with ${signal ?? `exit code ${code}`}.`)
        resolve()
      })
    })
    change({ phase: 'starting', pid: process.pid ?? null, starts: now.starts + 1 })
  }

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    clearTimeout(restart)
    const process = child
    change(process ? { power: 'off' } : { power: 'off', phase: 'off' })
    if (!process) {
      settle({ kind: 'failed', why: 'The power was switched off.' })
      return
    }
    process.kill(signal)
    const kill = setTimeout(() => process.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await gone
    clearTimeout(kill)
  }

  const state = (): TerminalState => now

  return {
    state,
    onChange: (listener) => void listeners.add(listener),
    async powerOn() {
      if (now.power === 'off') await gone
      // Two calls may have waited here: only the first one starts it.
      if (state().power === 'off') {
        crashesInARow = 0
        change({ power: 'on' })
        start()
      }
      if (now.phase === 'ready' && now.screens !== null) {
        return { kind: 'ready', screens: now.screens }
      }
      return await new Promise<StartOutcome>((resolve) => {
        const late = `The terminal was not ready after ${readyTimeoutMs / 1000} s.`
        const timer = setTimeout(() => {
          waiting.delete(settled)
          resolve({ kind: 'failed', why: late })
        }, readyTimeoutMs)
        const settled = (outcome: StartOutcome): void => {
          clearTimeout(timer)
          resolve(outcome)
        }
        waiting.add(settled)
      })
    },
    async powerCut() {
      if (now.power === 'on') change({ powerCuts: now.powerCuts + 1 })
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

function readLines(stream: Readable | null, read: (line: string) => void): void {
  if (stream)
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', read)
}

/** The address in `{"event":"ready","screens":"http://…"}`, or null for every other line. */
function screensOfReadyLine(line: string): string | null {
  if (!line.startsWith('{')) return null
  try {
    const event: unknown = JSON.parse(line)
    if (typeof event !== 'object' || event === null) return null
    if (!('event' in event) || event.event !== 'ready') return null
    if (!('screens' in event) || typeof event.screens !== 'string') return null
    return new URL(event.screens).href
  } catch {
    // A torn line of output is no event; it stays in the kept lines.
    return null
  }
}
