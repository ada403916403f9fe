/** All of it together: rig, bench and, if wanted, a terminal. What `suretill-rig` starts, and whole-system tests too. */
import { fileURLToPath } from 'node:url'
import { type Bench, startBench } from './bench/server.ts'
import { type Rig, startRig } from './rig.ts'
import { controlsOf } from './rig-controls.ts'
import { createTerminalProcess, type TerminalProcess } from './terminal-process.ts'

const SURETILL = fileURLToPath(new URL('../../scripts/suretill', import.meta.url))

export type LaboratoryOptions = {
  /** Where device links and the configuration are made. */
  readonly folder: string
  /** 0 takes a free one. */
  readonly ports: { readonly acquirer: number; readonly bench: number; readonly screens: number }
  /** A terminal with this data folder; null: it is started by hand. */
  readonly dataFolder: string | null
  /** The program that is the terminal; `scripts/suretill` when absent. */
  readonly terminalProgram?: string
  /** Speed of the printer; at once when absent. */
  readonly linesPerSecond?: number
}

export type Laboratory = {
  readonly rig: Rig
  readonly bench: Bench
  /** Off at first: `powerOn()` starts it. */
  readonly terminal: TerminalProcess | null
  /** Terminal first, so that it can still talk to its devices while it puts things away. */
  stop(): Promise<void>
}

export type LaboratoryOutcome =
  | { readonly kind: 'running'; readonly laboratory: Laboratory }
  /** One sentence that names the port and the option that changes it. */
  | { readonly kind: 'portTaken'; readonly why: string }

/** Starts rig and bench. Rejects only when the machine or the shipped files are broken. */
export async function startLaboratory(options: LaboratoryOptions): Promise<LaboratoryOutcome> {
  const { folder, ports, dataFolder, terminalProgram = SURETILL, linesPerSecond } = options
  const rig = await startRig({
    folder,
    ports,
    ...(linesPerSecond === undefined ? {} : { linesPerSecond }),
  }).catch((error: unknown) => {
    if (isPortTaken(error)) return null
    throw error
  })
  if (rig === null) {
    const why = `Port ${ports.acquirer} for the acquirer is taken; choose another with --acquirer-port.`
    return { kind: 'portTaken', why }
  }
  const terminal =
    dataFolder === null
      ? null
      : createTerminalProcess({
          command: runCommand(terminalProgram, rig.configFolder, dataFolder),
        })
  const started = await startBench({ port: ports.bench, controls: controlsOf(rig, terminal) })
  if (started.kind === 'portTaken') {
    await rig.stop()
    const why = `Port ${ports.bench} for the bench page is taken; choose another with --bench-port.`
    return { kind: 'portTaken', why }
  }
  const { bench } = started
  rig.allowFraming(new URL(bench.url).origin)
  return {
    kind: 'running',
    laboratory: {
      rig,
      bench,
      terminal,
      async stop() {
        await terminal?.stop()
        await bench.stop()
        await rig.stop()
      },
    },
  }
}

function runCommand(program: string, config: string, data: string): [string, ...string[]] {
  return [program, 'run', '--json', '--config', config, '--data', data]
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
