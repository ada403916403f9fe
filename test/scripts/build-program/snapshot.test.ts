/** The release's terminal goes on from the snapshot of its heap that `npm run build` made, and is the same terminal; without it too. */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { askSnapshot } from '#shell/doctor/ask-snapshot.ts'
import { snapshotFile } from '../../../scripts/build-program/snapshot.ts'
import { launcher } from '../../../scripts/install/plan.ts'
import { startRig } from '../../rig/rig.ts'
import { createTerminalProcess, type TerminalProcess } from '../../rig/terminal-process.ts'
import { connectCashier } from '../../terminal/cashier.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const RUNTIME = join(ROOT, 'node_modules', 'node', 'bin', 'node')
/** Of signal(7), counted from the lowest bit. */
const SIGUSR1 = 10
const WITHOUT = 'The terminal starts without it'
const SLOW_MS = 60_000

test(
  'a terminal that goes on from its snapshot is ready to sell, no signal opens a debugger, and it is not tried again',
  async () => {
    const { data, slot, terminal } = await installed()
    await sellsOnceStarted(terminal)
    const blob = snapshotFile(join(slot, 'program'), process.arch)
    expect(readFileSync(join(data, 'snapshot.fits'), 'utf8')).toBe(`${blob}\n`)
    expect(startedFrom(terminal)).toBe(blob)
    const status = readFileSync(`/proc/${terminal.state().pid}/status`, 'utf8')
    const caught = BigInt(`0x${/^SigCgt:\s+(\w+)$/m.exec(status)?.[1] ?? ''}`)
    expect((caught >> BigInt(SIGUSR1 - 1)) & 1n).toBe(0n)
    await terminal.stop()
    expect(terminal.state()).toMatchObject({ crashes: 0, starts: 1 })
    expect(ask(slot)).toBe('taken')
    // With a mark nothing is tried: a hash that fits no more is not looked at.
    rmSync(blob.replace('blob', 'sha256'))
    await sellsOnceStarted(terminal)
    expect(startedFrom(terminal)).toBe(blob)
  },
  SLOW_MS,
)

test(
  'a snapshot of another runtime, and one with wrong bytes, are left alone: the terminal says so once, sells, and the doctor knows',
  async () => {
    const { data, slot, terminal } = await installed()
    const blob = snapshotFile(join(slot, 'program'), process.arch)
    const good = readFileSync(blob)
    const version = process.versions.node
    const other = Buffer.from(good)
    other.write(version.replace(/\d$/, 'x'), other.indexOf(version), 'latin1')
    const wrong = Buffer.from(good)
    wrong.fill(0xff, 6_000_000, 6_000_016)
    const hash = createHash('sha256').update(other).digest('hex')
    const hashes = blob.replace('blob', 'sha256')
    for (const [bytes, hashed] of [
      [wrong, readFileSync(hashes, 'utf8')],
      [other, `${hash}  ${process.arch}.blob\n`],
    ] as const) {
      writeFileSync(blob, bytes)
      writeFileSync(hashes, hashed)
      await sellsOnceStarted(terminal)
      expect(startedFrom(terminal)).toBe('refused')
      await terminal.stop()
      expect(existsSync(join(data, 'snapshot.fits'))).toBe(false)
      expect(ask(slot)).toBe('refused')
    }
    const { crashes, lines } = terminal.state()
    expect([crashes, lines.filter((line) => line.includes(WITHOUT)).length]).toEqual([0, 2])
    expect(readFileSync(join(data, 'terminal.log'), 'utf8')).toContain('snapshot refused')
  },
  SLOW_MS,
)

test(
  'a snapshot that was cut short after a good start costs one start, and the next one sells without it',
  async () => {
    const { slot, terminal } = await installed()
    await sellsOnceStarted(terminal)
    await terminal.stop()
    const blob = snapshotFile(join(slot, 'program'), process.arch)
    writeFileSync(blob, readFileSync(blob).subarray(0, 8_000_000))
    // As a file system loses it: nothing but the bytes tells.
    utimesSync(blob, 0, 0)
    await sellsOnceStarted(terminal)
    const { crashes, lines } = terminal.state()
    expect([crashes, lines.filter((line) => line.includes(WITHOUT)).length]).toEqual([1, 1])
    await terminal.stop()
  },
  SLOW_MS,
)

function ask(slot: string): ReturnType<typeof askSnapshot> {
  return askSnapshot({ root: slot, processor: process.arch, runtime: RUNTIME })
}

async function sellsOnceStarted(terminal: TerminalProcess): Promise<void> {
  const started = await terminal.powerOn()
  if (started.kind === 'failed') throw new Error(started.why)
  const cashier = await connectCashier(started.screens)
  await cashier.until(({ strip }) => strip.link === 'up' && strip.faults.length === 0)
  cashier.leave()
}

/** What its launcher has told the program. */
function startedFrom(terminal: TerminalProcess): string | undefined {
  const environment = readFileSync(`/proc/${terminal.state().pid}/environ`, 'latin1').split('\0')
  return environment.find((one) => one.startsWith('SURETILL_SNAPSHOT='))?.split('=')[1]
}

/** The built program with its launcher, on a shop's devices; switched off. */
async function installed() {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const slot = join(folder, 'slot')
  mkdirSync(join(slot, 'build'), { recursive: true })
  for (const name of ['config', 'node_modules', 'build/web'])
    symlinkSync(join(ROOT, name), join(slot, name))
  cpSync(join(ROOT, 'build', 'program'), join(slot, 'program'), { recursive: true })
  const program = join(slot, 'suretill')
  writeFileSync(program, launcher(slot), { mode: 0o755 })
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  onTestFinished(() => rig.stop())
  const data = join(folder, 'data')
  const place = ['--config', rig.configFolder, '--data', data]
  const terminal = createTerminalProcess({ command: [program, 'run', '--json', ...place] })
  onTestFinished(() => terminal.stop())
  return { data, slot, terminal }
}
