/** A whole shop for one scenario: its own devices, host, configuration, data folder and terminal process. Nothing is shared. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import type { View } from '#shell/api/view.ts'
import type { Controls } from '../bench/controls.ts'
import { type Rig, startRig } from '../rig.ts'
import { controlsOf } from '../rig-controls.ts'
import { type TerminalCommand, theSources } from '../shipped-program.ts'
import { createTerminalProcess, type TerminalProcess } from '../terminal-process.ts'
import { type CounterScreen, createCounterScreen } from './counter-screen.ts'
import type { Scenario } from './scenario-file.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The people of the shop and the PINs that they choose when it opens. */
export const PEOPLE = [
  { number: '01', role: 'cashier', pin: '270415' },
  { number: '00', role: 'supervisor', pin: '381926' },
] as const

/** Ready after one second on a machine with nothing else to do; starts compete with each other. */
const READY_MS = 120_000

/** Long enough for a loaded machine, short enough for scenarios that wait for their end. A scenario may set others. */
const QUICK_WAITS = {
  'acquirer.replyTimeoutMs': 3000,
  'acquirer.linkRetryMs': 300,
  'acquirer.reversal.retryAfterMs': 300,
  'slips.tearTimeoutMs': 200,
}

/** In the folder of the stage, in the place of that of the kernel. */
const POWER_FOLDER = 'power_supply'

export type Stage = {
  readonly rig: Rig
  /** The same hands as those of the bench. */
  readonly hands: Controls
  readonly terminal: TerminalProcess
  readonly dataFolder: string
  readonly screen: CounterScreen
  /** Resolves with null when `missing` finds nothing any more, else with what it still found when the time was up. */
  readonly until: (missing: () => string | null, limitMs: number) => Promise<string | null>
  /** The machine has a battery from now on, and it is so full. */
  readonly setBattery: (battery: { readonly percent: number; readonly charging: boolean }) => void
  /** Null, or why the terminal did not start. */
  readonly powerOn: () => Promise<string | null>
  readonly powerCut: () => Promise<void>
  /** The terminal ends politely; its files stay. */
  readonly powerOff: () => Promise<void>
  /** Ends everything and removes the files. */
  readonly strike: () => Promise<void>
}

export type StageOptions = Pick<Scenario, 'config' | 'linesPerSecond'> &
  Partial<Pick<Scenario, 'host'>> & {
    /** Added to that of the terminal's process. */
    readonly environment?: Readonly<Record<string, string>>
    /** What is the terminal; the sources when absent. */
    readonly program?: TerminalCommand
  }

/** The terminal is off. */
export async function setStage({
  config,
  host = {},
  linesPerSecond,
  environment = {},
  program = theSources().command,
}: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'))
  const rig = await startRig({
    folder,
    demoConfig: writeConfig(folder, config),
    ports: { acquirer: 0, screens: 0 },
    host,
    ...(linesPerSecond === null ? {} : { linesPerSecond }),
  })
  const dataFolder = join(folder, 'data')
  const terminal = createTerminalProcess({
    readyTimeoutMs: READY_MS,
    environment,
    command: [...program, 'run', '--json', '--config', rig.configFolder, '--data', dataFolder],
  })
  return stageWith({ rig, terminal, folder, dataFolder })
}

/** What there is to act on, wherever the terminal runs. The terminal is off. */
export function stageWith({
  rig,
  terminal,
  folder,
  dataFolder,
}: Pick<Stage, 'rig' | 'terminal' | 'dataFolder'> & {
  /** Removed when the stage is struck. */
  readonly folder: string
}): Stage {
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const look of watchers) look()
  }
  const screen = createCounterScreen(changed)
  rig.onChange(changed)
  terminal.onChange(changed)
  const powerOff = async (): Promise<void> => {
    await terminal.stop()
    screen.close()
  }
  return {
    rig,
    hands: controlsOf(rig, terminal),
    terminal,
    dataFolder,
    screen,
    setBattery: ({ charging, percent }) => {
      const battery = join(folder, POWER_FOLDER, 'BAT0')
      mkdirSync(battery, { recursive: true })
      writeFileSync(join(battery, 'type'), 'Battery\n')
      writeFileSync(join(battery, 'status'), charging ? 'Charging\n' : 'Discharging\n')
      writeFileSync(join(battery, 'capacity'), `${percent}\n`)
    },
    until: (missing, limitMs) => until(watchers, missing, limitMs),
    async powerOn() {
      const started = await terminal.powerOn()
      if (started.kind === 'failed') return started.why
      screen.open(started.screens)
      return null
    },
    async powerCut() {
      await terminal.powerCut()
      screen.close()
    },
    powerOff,
    async strike() {
      await powerOff()
      await rig.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Resolves with null when `missing` finds nothing any more, else with what it still found at `limitMs`. Devices speak byte by byte: many changes of one turn are looked at once. */
function until(
  watchers: Set<() => void>,
  missing: () => string | null,
  limitMs: number,
): Promise<string | null> {
  return new Promise((resolve) => {
    let looking = false
    const end = (result: string | null): void => {
      clearTimeout(timer)
      watchers.delete(soon)
      resolve(result)
    }
    const look = (): void => {
      looking = false
      if (watchers.has(soon) && missing() === null) end(null)
    }
    const soon = (): void => {
      if (looking) return
      looking = true
      setImmediate(look)
    }
    const timer = setTimeout(() => end(missing()), limitMs)
    watchers.add(soon)
    look()
  })
}

function writeConfig(folder: string, config: Readonly<Record<string, unknown>>): string {
  const copy = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), copy, { recursive: true })
  const file = join(copy, 'terminal.yaml')
  const document = parseDocument(readFileSync(file, 'utf8'))
  const operators = PEOPLE.map(({ number, role }) => ({ number, role }))
  const wanted: Readonly<Record<string, unknown>> = {
    operators,
    ...QUICK_WAITS,
    'power.folder': join(folder, POWER_FOLDER),
    ...config,
  }
  for (const [path, value] of Object.entries(wanted))
    document.setIn(path.split('.'), document.createNode(value))
  writeFileSync(file, document.toString())
  return copy
}

/** The page, what it says, and the troubles in the strip, in one short text. */
export function sightOf({ counter, message, strip }: View): string {
  const outcome = 'outcome' in counter ? ` ${counter.outcome}` : ''
  const said = message === null ? '' : ` "${message.key}"`
  const troubles = troublesOf(strip).join(' ')
  return `${counter.kind}${outcome}${said}${troubles === '' ? '' : ` [${troubles}]`}`
}

/** Standing troubles as `device.trouble`; those of the link bare. */
export function troublesOf({ faults }: View['strip']): readonly string[] {
  return faults.map(({ key, params }) =>
    params['device'] === undefined ? key : `${params['device']}.${key}`,
  )
}
