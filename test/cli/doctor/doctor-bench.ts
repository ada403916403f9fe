/** A shop whose terminal is switched off, and a technician who runs the doctor on it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { systemTree } from '#shell/devices/system-tree.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { systemClock } from '#shell/system-clock.ts'
import { registerDoctor } from '../../../src/cli/doctor/doctor.ts'
import type { DoctorIo } from '../../../src/cli/doctor/doctor-examine.ts'
import { openDevices } from '../../../src/devices.ts'
import { probePort } from '../../../src/probe-port.ts'
import { type Rig, startRig } from '../../rig/rig.ts'
import { fakeTree } from '../../shell/devices/fake-tree.ts'
import { changeConfig } from '../../terminal/shop.ts'

const reportSchema = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      level: z.enum(['good', 'open', 'warning', 'bad']),
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      what: z.string(),
      since: z.string(),
      now: z.string(),
    }),
  ),
})

export type Report = z.infer<typeof reportSchema> & { readonly exitCode: number }
export type Wishes = Partial<
  Omit<DoctorIo, 'out' | 'err' | 'sharedConfig' | 'locale' | 'pid' | 'clock'>
> & {
  /** What the box believes the time is. */
  readonly wallMs?: number
}

export type Bench = {
  readonly rig: Rig
  readonly folder: string
  readonly data: string
  readonly config: (changes: Readonly<Record<string, unknown>>) => void
  readonly text: (args?: readonly string[], wishes?: Wishes) => Promise<string>
  readonly doctor: (args?: readonly string[], wishes?: Wishes) => Promise<Report>
}

export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  const demoConfig = join(folder, 'demo')
  cpSync('config/demo', demoConfig, { recursive: true })
  const rig = await startRig({ folder, demoConfig, ports: { acquirer: 0, screens: 0 } })
  onTestFinished(async () => {
    await rig.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const data = join(folder, 'data')
  const places = { config: rig.configFolder, data }
  return {
    rig,
    folder,
    data,
    config: (changes) => changeConfig(join(rig.configFolder, 'terminal.yaml'), changes),
    text: async (args = [], wishes = {}) => (await run(places, args, wishes)).out.join('\n'),
    doctor: (args = [], wishes = {}) => examine(places, ['--json', ...args], wishes),
  }
}

type Places = { readonly config: string; readonly data: string }

/** One run of `suretill doctor` on these folders; `args` must ask for JSON. */
export async function examine(
  places: Places,
  args: readonly string[] = ['--json'],
  wishes: Wishes = {},
): Promise<Report> {
  const { exitCode, out } = await run(places, args, wishes)
  return { ...reportSchema.parse(JSON.parse(out.join(''))), exitCode }
}

async function run({ config, data }: Places, args: readonly string[], wishes: Wishes) {
  const out: string[] = []
  const { wallMs, ...others } = wishes
  const program = new Command().exitOverride()
  registerDoctor(program, {
    sharedConfig: 'config',
    locale: 'en',
    clock: wallMs === undefined ? systemClock : { ...systemClock, wallMs: () => wallMs },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    // Nothing is plugged into this machine.
    tree: systemTree(fakeTree().root),
    pid: process.pid,
    uid: process.getuid?.() ?? 0,
    openDevices,
    probe: (path) => probePort(path, { clock: systemClock, arena: createSecretArena() }),
    freeBytes: () => 8_000_000_000,
    snapshot: () => 'none',
    ...others,
    out: (line) => out.push(line),
    err: (line) => out.push(line),
  })
  try {
    const flags = ['--config', config, '--data', data]
    await program.parseAsync(['doctor', ...flags, ...args], { from: 'user' })
    return { out, exitCode: 0 }
  } catch (cause) {
    if (cause instanceof CommanderError) return { out, exitCode: cause.exitCode }
    throw cause
  }
}

/** Codes of what is red, in the order of the report. */
export function red(report: Report): readonly string[] {
  return report.findings.filter(({ level }) => level === 'bad').map(({ code }) => code)
}
