/**
 * `make bench-start`: how long the release of the bundle takes from nothing to a counter that can sell, and what it holds when idle, beside an
 * empty Node in the same run. Prints medians and asserts nothing: machines differ. Argument: events of the long journal.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { openJournal } from '../src/shell/journal/journal.ts'
import { workShift } from '../test/crash/tireless-cashier.ts'
import { type Rig, startRig } from '../test/rig/rig.ts'
import { createTerminalProcess } from '../test/rig/terminal-process.ts'
import { connectCashier } from '../test/terminal/cashier.ts'
import { changeConfig } from '../test/terminal/shop.ts'
import { newestBundle } from './bundle/debian-root.ts'

const ROOT = join(import.meta.dirname, '..')
const ROUNDS = 15
const BULK = 2000
/** Until what only the start needed is collected. */
const IDLE_MS = 5000
/** utime and stime, cutime and cstime of proc(5), counted from the state. */
const OWN_TIMES = [11, 12] as const
const TIMES_OF_CHILDREN = [13, 14] as const
const events = Number(process.argv[2] ?? 1_000_000)

type Sample = {
  readonly readyMs: number
  readonly sellMs: number
  /** Of all threads, until it can sell: says more than the clock on a machine that does other things too. */
  readonly cpuMs: number
  readonly idleMb: number
  /** Of that what no file holds. */
  readonly ownMb: number
}

const bundles = join(ROOT, 'build', 'bundle')
const bundle = newestBundle(bundles)
if (bundle === null) throw new Error(`no bundle in ${bundles}`)
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
const slot = join(folder, 'slot')
mkdirSync(slot)
try {
  execFileSync('tar', ['-xzf', join(bundles, bundle), '-C', slot])
  const demo = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demo, { recursive: true })
  changeConfig(join(demo, 'terminal.yaml'), { operators: [{ number: '01', role: 'cashier' }] })
  const rig = await startRig({ folder, demoConfig: demo, ports: { acquirer: 0, screens: 0 } })
  try {
    await measure(rig)
  } finally {
    await rig.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(rig: Rig): Promise<void> {
  const short = join(folder, 'short')
  const long = join(folder, 'long')
  const first = terminalOn(rig, short)
  await workShift(first, rig, 1)
  await first.stop()
  cpSync(short, long, { recursive: true, filter: (path) => !path.endsWith('.sock') })
  lengthen(join(long, 'journal.db'))
  const [empty, hashed] = [new Array<Sample>(), new Array<number>()]
  const starts = { [short]: new Array<Sample>(), [long]: new Array<Sample>() }
  for (let round = 0; round < ROUNDS; round += 1) {
    empty.push(await emptyNode())
    const before = performance.now()
    spawnSync('/usr/bin/sha256sum', ['--quiet', '-c', 'files.sha256'], { cwd: slot })
    hashed.push(performance.now() - before)
    for (const data of [short, long]) starts[data]?.push(await start(rig, data))
  }
  const base = middle(empty)
  console.log(
    `node -e 0: ${ms(base.sellMs)}, CPU ${ms(base.cpuMs)}, idle ${mb(base.idleMb)}, of that its own ${mb(base.ownMb)} (median of ${ROUNDS})`,
  )
  console.log(`boot check, hash of every file: ${ms(median(hashed))}`)
  for (const [data, words] of [
    [short, 'a first day'],
    [long, `${events} events, ${(statSync(join(long, 'journal.db')).size / 1e6).toFixed(0)} MB`],
  ] as const) {
    const { cpuMs, idleMb, ownMb, readyMs, sellMs } = middle(starts[data] ?? [])
    const beside = (value: number, empty: number): string => `${(value / empty).toFixed(2)} ×`
    console.log(
      `${words}: ready ${ms(readyMs)} (${beside(readyMs, base.readyMs)}), ready to sell ${ms(sellMs)} (${beside(sellMs, base.sellMs)}), CPU ${ms(cpuMs)} (${beside(cpuMs, base.cpuMs)}), idle ${mb(idleMb)} (${beside(idleMb, base.idleMb)}), of that its own ${mb(ownMb)}`,
    )
  }
}

function terminalOn(rig: Rig, data: string): ReturnType<typeof createTerminalProcess> {
  const config = rig.configFolder
  return createTerminalProcess({
    command: [join(slot, 'bin', 'suretill'), 'run', '--json', '--config', config, '--data', data],
  })
}

/** Ready: the screens are served. Ready to sell: somebody may sign in, the acquirer has answered, every device is well. */
async function start(rig: Rig, data: string): Promise<Sample> {
  const terminal = terminalOn(rig, data)
  const before = performance.now()
  const started = await terminal.powerOn()
  if (started.kind === 'failed') throw new Error(started.why)
  const readyMs = performance.now() - before
  const cashier = await connectCashier(started.screens)
  await cashier.until(
    ({ counter, strip }) =>
      counter.kind === 'signIn' && strip.link === 'up' && strip.faults.length === 0,
  )
  const sellMs = performance.now() - before
  const pid = terminal.state().pid ?? 0
  const cpuMs = cpuOf(pid, OWN_TIMES)
  cashier.leave()
  await pause(IDLE_MS)
  const memory = memoryOf(pid)
  await terminal.stop()
  return { readyMs, sellMs, cpuMs, ...memory }
}

async function emptyNode(): Promise<Sample> {
  const node = join(ROOT, 'node_modules', 'node', 'bin', 'node')
  const before = performance.now()
  const cpuBefore = cpuOf(process.pid, TIMES_OF_CHILDREN)
  spawnSync(node, ['-e', '0'])
  const cpuMs = cpuOf(process.pid, TIMES_OF_CHILDREN) - cpuBefore
  const sellMs = performance.now() - before
  const idle = spawn(node, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await pause(1000)
  const memory = memoryOf(idle.pid ?? 0)
  idle.stdin.end()
  await once(idle, 'exit')
  return { readyMs: sellMs, sellMs, cpuMs, ...memory }
}

/** A real journal, lengthened with keys that were pressed. */
function lengthen(file: string): void {
  const outcome = openJournal(file)
  if (!outcome.ok) throw new Error(outcome.why)
  const { journal } = outcome
  const state = journal.lastState()
  if (state === null) throw new Error('a journal without a sale')
  const event = { type: 'keyPressed', page: 'amount#1', key: '5', at: state.at } as const
  const entry = { event, effects: [], refused: null }
  for (let count = 0; count < events; count += BULK)
    journal.commit({ entries: Array.from({ length: BULK }, () => entry), state, sealed: [] })
  journal.close()
}

/** Resident, and of that what no file holds: a terminal is one process, so this is the whole service. */
function memoryOf(pid: number): Pick<Sample, 'idleMb' | 'ownMb'> {
  const said = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(said)?.[1]) / 1024
  return { idleMb: megabytes('Rss'), ownMb: megabytes('Anonymous') }
}

/** User and system time of proc(5) stat, in steps of 10 ms. The name in brackets may hold spaces; the fields are counted behind it. */
function cpuOf(pid: number, fields: readonly [number, number]): number {
  const behind = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return fields.reduce((sum, at) => sum + Number(behind[at]) * 10, 0)
}

function middle(samples: readonly Sample[]): Sample {
  return {
    readyMs: median(samples.map(({ readyMs }) => readyMs)),
    sellMs: median(samples.map(({ sellMs }) => sellMs)),
    cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
    ownMb: median(samples.map(({ ownMb }) => ownMb)),
    idleMb: median(samples.map(({ idleMb }) => idleMb)),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}
