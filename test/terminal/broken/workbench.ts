/** A terminal on simulated devices that can be broken for real, and the technician's command run on it as a process of its own. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import { type Rig, startRig } from '../../rig/rig.ts'
import { createTerminalProcess } from '../../rig/terminal-process.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SOURCES = join(ROOT, 'scripts', 'suretill')
/** A doctor asks silent ports in every protocol; twice that on a loaded machine. */
const DOCTOR_MS = 90_000

/**
 * A namespace in which the simulators' own hold on their ports is not seen, as it is not on a terminal: the far end of a real cable is no
 * process of this machine.
 */
const AS_ON_A_TERMINAL = ['unshare', '-r']

/** What stands in front of the command, and what is in its environment. */
export type Surroundings = {
  readonly before?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export type Workbench = {
  readonly rig: Rig
  readonly folder: string
  readonly data: string
  readonly config: (changes: Readonly<Record<string, unknown>>) => void
  /** The terminal starts, signs on, and is switched off again: the folder is that of one that has worked. */
  readonly hasWorked: () => Promise<void>
  /** Called when the bench is cleared, last first. */
  readonly afterwards: (undo: () => unknown) => void
  readonly suretill: (
    args: readonly string[],
    surroundings?: Surroundings,
  ) => Promise<{ readonly exitCode: number; readonly out: string }>
  readonly clear: () => Promise<void>
}

/** Everything stands in a folder of its own below the system's temporary one. `clear` takes it away. */
export async function layOut(program = SOURCES): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'broken-'))
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  const data = join(folder, 'data')
  const undone: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  undone.push(() => rig.stop())
  const places = ['--config', rig.configFolder, '--data', data]
  return {
    rig,
    folder,
    data,
    config: (changes) => changeConfig(join(rig.configFolder, 'terminal.yaml'), changes),
    async hasWorked() {
      const terminal = createTerminalProcess({ command: [program, 'run', '--json', ...places] })
      const started = await terminal.powerOn()
      await terminal.stop()
      if (started.kind === 'failed') throw new Error(started.why)
    },
    afterwards: (undo) => void undone.push(undo),
    suretill: ([verb = '', ...args], { before = [], environment = {} } = {}) => {
      const [first = '', ...rest] = [
        ...AS_ON_A_TERMINAL,
        ...before,
        program,
        verb,
        ...places,
        ...args,
      ]
      return new Promise((resolve) => {
        const env = { ...process.env, ...environment }
        execFile(first, rest, { env, timeout: DOCTOR_MS }, (error, stdout, stderr) => {
          const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
          resolve({ exitCode, out: stdout === '' ? stderr : stdout })
        })
      })
    },
    async clear() {
      for (const undo of undone.toReversed()) await undo()
    },
  }
}

function changeConfig(file: string, changes: Readonly<Record<string, unknown>>): void {
  const document = parseDocument(readFileSync(file, 'utf8'))
  for (const [path, value] of Object.entries(changes))
    document.setIn(path.split('.'), document.createNode(value))
  writeFileSync(file, document.toString({ lineWidth: 0 }))
}
