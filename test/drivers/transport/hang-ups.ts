/**
 * Hang-ups of a line with data pending, counted: the case in which the stock binding of serialport reads zero bytes for ever.
 * `node test/drivers/transport/hang-ups.ts 1000` runs it alone and prints its figures; `--stock` takes the stock binding, to see the
 * fault.
 */
import { closeSync, writeSync } from 'node:fs'
import process from 'node:process'
import { LinuxBinding, type LinuxBindingInterface } from '@serialport/bindings-cpp'
import { SerialPortStream } from '@serialport/stream'
import { open } from 'zigpty'
import { serialBinding } from '#drivers/transport/serial-binding.ts'

export type HangUpFigures = {
  readonly rounds: number
  readonly noticed: number
  /** Milliseconds until the slowest was noticed. */
  readonly slowestMs: number
  /** Share of one processor in use after the last, with nothing left to do. */
  readonly idleLoad: number
  /** Growth of memory after the first tenth of the rounds. */
  readonly grownBytes: number
}

const PENDING = new Uint8Array(256).fill(0x55)
/** Far above what a hang-up takes on a busy machine; a line that spins never says anything. */
const NOTICED_WITHIN_MS = 5000
const IDLE_MS = 500
const IDLE_LOAD_LIMIT = 0.2
const GROWN_BYTES_LIMIT = 64 * 1_048_576

/** Plugs a line, sends bytes that nobody reads in time, pulls it, and waits for the end, `rounds` times. */
export async function hangUps(
  rounds: number,
  binding: LinuxBindingInterface = serialBinding(),
): Promise<HangUpFigures> {
  let noticed = 0
  let slowestMs = 0
  let settled = process.memoryUsage().rss
  for (let round = 0; round < rounds; round++) {
    const tookMs = await hangUp(binding)
    if (tookMs !== null) {
      noticed += 1
      slowestMs = Math.max(slowestMs, Math.round(tookMs))
    }
    if (round === Math.floor(rounds / 10)) settled = process.memoryUsage().rss
  }
  const before = process.cpuUsage()
  await pause(IDLE_MS)
  const { user, system } = process.cpuUsage(before)
  return {
    rounds,
    noticed,
    slowestMs,
    idleLoad: Math.round((user + system) / IDLE_MS / 10) / 100,
    grownBytes: process.memoryUsage().rss - settled,
  }
}

/** All noticed, nothing spins, memory stays flat. A spinning line takes what the machine gives and grows by megabytes a second. */
export function isFine({ rounds, noticed, idleLoad, grownBytes }: HangUpFigures): boolean {
  return noticed === rounds && idleLoad < IDLE_LOAD_LIMIT && grownBytes < GROWN_BYTES_LIMIT
}

/** Milliseconds until the end of the line was noticed; null when it was not. */
async function hangUp(binding: LinuxBindingInterface): Promise<number | null> {
  const line = open()
  const stream = new SerialPortStream({ binding, path: line.pty, baudRate: 9600, autoOpen: false })
  stream.on('error', () => {})
  stream.on('data', () => {})
  await new Promise<void>((resolve, reject) => {
    stream.open((error) => (error === null ? resolve() : reject(error)))
  })
  const closed = new Promise<true>((resolve) => {
    stream.once('close', () => resolve(true))
  })
  writeSync(line.master, PENDING)
  // One turn: the binding is on its way to the bytes, and has not got them.
  await new Promise((resolve) => setImmediate(resolve))
  const since = performance.now()
  closeSync(line.master)
  closeSync(line.slave)
  const end = await Promise.race([closed, pause(NOTICED_WITHIN_MS)])
  return end === true ? performance.now() - since : null
}

function pause(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms).unref())
}

if (import.meta.main) {
  const [count = '1000', which] = process.argv.slice(2)
  // Keeps the process alive while only unreferenced timers wait.
  const alive = setInterval(() => {}, 1000)
  const figures = await hangUps(Number(count), which === '--stock' ? LinuxBinding : serialBinding())
  clearInterval(alive)
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  process.exit(isFine(figures) ? 0 : 1)
}
