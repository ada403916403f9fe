/** What the engine has compiled by the time a terminal can sell, kept beside the program: on simulated devices, with the runtime that is shipped. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRig } from '../../test/rig/rig.ts'
import { createTerminalProcess } from '../../test/rig/terminal-process.ts'
import { connectCashier } from '../../test/terminal/cashier.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const RUNTIME = join(ROOT, 'node_modules', 'node', 'bin', 'node')

/** What the program looks for beside its own folder. */
const BESIDE = ['config', 'node_modules', 'build/web']

/** For this machine's kind of processor. Throws when the terminal does not become ready. */
export async function compileProgram(folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'compile-'))
  try {
    const demoConfig = join(work, 'demo')
    cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
    const ports = { acquirer: 0, screens: 0 }
    const rig = await startRig({ folder: work, demoConfig, ports })
    try {
      const prime = join(import.meta.dirname, 'prime.ts')
      const place = ['--config', rig.configFolder, '--data', join(work, 'data')]
      const terminal = createTerminalProcess({
        command: [RUNTIME, prime, asInstalled(folder, work), 'run', '--json', ...place],
      })
      const started = await terminal.powerOn()
      if (started.kind === 'failed') throw new Error(started.why)
      const cashier = await connectCashier(started.screens)
      await cashier.until(({ strip }) => strip.link === 'up' && strip.faults.length === 0)
      cashier.leave()
      await terminal.stop()
    } finally {
      await rig.stop()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The folder of the program as it lies in an installation. */
function asInstalled(folder: string, work: string): string {
  const slot = join(work, 'slot')
  mkdirSync(join(slot, 'build'), { recursive: true })
  for (const name of BESIDE) symlinkSync(join(ROOT, name), join(slot, name))
  symlinkSync(folder, join(slot, 'program'))
  return join(slot, 'program')
}
