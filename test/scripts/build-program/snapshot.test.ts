/** The release's terminal goes on from the snapshot of its heap that `npm run build` made, and is the same terminal. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { snapshotFile } from '../../../scripts/build-program/snapshot.ts'
import { startRig } from '../../rig/rig.ts'
import { createTerminalProcess } from '../../rig/terminal-process.ts'
import { connectCashier } from '../../terminal/cashier.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node')
/** Of signal(7), counted from the lowest bit. */
const SIGUSR1 = 10

test('a terminal that goes on from its snapshot is ready to sell, and no signal opens a debugger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const slot = join(folder, 'slot')
  mkdirSync(join(slot, 'build'), { recursive: true })
  for (const name of ['config', 'node_modules', 'build/web'])
    symlinkSync(join(ROOT, name), join(slot, name))
  symlinkSync(join(ROOT, 'build', 'program'), join(slot, 'program'))
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  onTestFinished(() => rig.stop())
  const program = join(slot, 'program')
  const flags = ['--disable-sigusr1', '--snapshot-blob', snapshotFile(program, process.arch)]
  const place = ['--config', rig.configFolder, '--data', join(folder, 'data')]
  const terminal = createTerminalProcess({
    command: [NODE, ...flags, join(program, 'start.cjs'), 'run', '--json', ...place],
  })
  onTestFinished(() => terminal.stop())
  const started = await terminal.powerOn()
  if (started.kind === 'failed') throw new Error(started.why)
  const cashier = await connectCashier(started.screens)
  await cashier.until(({ strip }) => strip.link === 'up' && strip.faults.length === 0)
  cashier.leave()
  const status = readFileSync(`/proc/${terminal.state().pid}/status`, 'utf8')
  const caught = BigInt(`0x${/^SigCgt:\s+(\w+)$/m.exec(status)?.[1] ?? ''}`)
  expect((caught >> BigInt(SIGUSR1 - 1)) & 1n).toBe(0n)
  await terminal.stop()
  expect(terminal.state()).toMatchObject({ crashes: 0, starts: 1 })
}, 60_000)
