/** The verbs, each loaded with what it needs only when it is asked for: a terminal that starts to sell loads no doctor. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import type { Command } from 'commander'
import { systemClock } from '#shell/system-clock.ts'
import type { RunParts } from './cli/run/parts.ts'
import type { registerRun as register } from './cli/run/run.ts'
import type { Shipped } from './cli/run/shipped.ts'
import type { runParts as partsOf } from './running.ts'

type Register = (program: Command) => Promise<void>

const io = {
  out: (line: string): void => void process.stdout.write(`${line}\n`),
  err: (line: string): void => void process.stderr.write(`${line}\n`),
}

/** In the order in which they are listed; `root` and `shipped` as of `begin`. */
export function verbs(root: string, shipped: Shipped | null): ReadonlyMap<string, Register> {
  const sharedConfig = join(root, 'config')
  return new Map<string, Register>([
    [
      'run',
      async (program) => {
        const { registerRun } = await loadRunning()
        registerRun(program, await running(root, shipped))
      },
    ],
    [
      'devices',
      async (program) => {
        const { registerDevices } = await import('./cli/doctor/devices.ts')
        registerDevices(program, technician(root))
      },
    ],
    [
      'doctor',
      async (program) => {
        const { registerDoctor } = await import('./cli/doctor/doctor.ts')
        registerDoctor(program, await doctor(root))
      },
    ],
    [
      'support-bundle',
      async (program) => {
        const { registerSupportBundle } = await import('./cli/care/support-bundle.ts')
        registerSupportBundle(program, await doctor(root))
      },
    ],
    [
      'maintenance',
      async (program) => {
        const { registerMaintenance } = await import('./cli/care/maintenance.ts')
        registerMaintenance(program, await doctor(root))
      },
    ],
    [
      'decommission',
      async (program) => {
        const { registerDecommission } = await import('./cli/care/decommission.ts')
        registerDecommission(program, await doctor(root))
      },
    ],
    [
      'journal',
      async (program) => (await import('./cli/journal/journal.ts')).registerJournal(program, io),
    ],
    [
      'slips',
      async (program) => (await import('./cli/report/slips.ts')).registerSlips(program, io),
    ],
    [
      'link-history',
      async (program) => {
        const { registerLinkHistory } = await import('./cli/report/link-history.ts')
        registerLinkHistory(program, { ...io, wallMs: () => systemClock.wallMs() })
      },
    ],
    [
      'drills',
      async (program) => (await import('./cli/report/drills.ts')).registerDrills(program, io),
    ],
    [
      'evidence',
      async (program) => {
        const { registerEvidence } = await import('./cli/report/evidence.ts')
        registerEvidence(program, { ...io, sharedConfig, wallMs: () => systemClock.wallMs() })
      },
    ],
    [
      'backup',
      async (program) => (await import('./cli/journal/backup.ts')).registerBackup(program, io),
    ],
    [
      'restore',
      async (program) => (await import('./cli/journal/restore.ts')).registerRestore(program, io),
    ],
    [
      'report',
      async (program) => {
        const { registerReport } = await import('./cli/report/report.ts')
        registerReport(program, { ...technician(root), nowMs: () => systemClock.wallMs() })
      },
    ],
    [
      'params',
      async (program) => {
        const { registerParams } = await import('./cli/params/params.ts')
        registerParams(program, await atKeyboard(root))
      },
    ],
    [
      'update',
      async (program) => {
        const { registerUpdate } = await import('./cli/update/update.ts')
        const { createFileCalls } = await import('#shell/update/file-calls.ts')
        const { createImageInstaller } = await import('#shell/update/rauc/installer.ts')
        registerUpdate(program, {
          ...technician(root),
          clock: systemClock,
          calls: createFileCalls(),
          processor: process.arch,
          rauc: createImageInstaller({ clock: systemClock }),
        })
      },
    ],
    [
      'setup',
      async (program) => {
        const { registerSetup } = await import('./cli/setup/setup.ts')
        const { systemTree } = await import('#shell/devices/system-tree.ts')
        registerSetup(program, {
          ...(await atKeyboard(root)),
          tree: systemTree('/'),
          patience: { deviceMs: 20_000, scanMs: 60_000, signOnMs: 45_000 },
          running: await running(root, shipped),
        })
      },
    ],
    [
      'keys',
      async (program) => {
        const { registerKeys } = await import('./cli/keys/keys.ts')
        registerKeys(program, await atKeyboard(root))
      },
    ],
    [
      'qr',
      async (program) => {
        const { registerQr } = await import('./cli/codecs/qr.ts')
        registerQr(program, { ...io, stdin: process.stdin, sharedConfig })
      },
    ],
    [
      'tlv',
      async (program) => {
        const { registerTlv } = await import('./cli/codecs/tlv.ts')
        registerTlv(program, { ...io, stdin: process.stdin })
      },
    ],
    [
      'iso8583',
      async (program) => {
        const { registerIso8583 } = await import('./cli/codecs/iso8583.ts')
        const dialectFolder = join(sharedConfig, 'dialects')
        registerIso8583(program, { ...io, stdin: process.stdin, dialectFolder })
      },
    ],
  ])
}

async function running(root: string, shipped: Shipped | null): Promise<RunParts> {
  const { runParts } = await loadRunning()
  return runParts({ ...io, sharedConfig: join(root, 'config'), shipped, root })
}

/** What `run` is made of, loaded and not begun. */
export async function loadRunning(): Promise<{
  readonly registerRun: typeof register
  readonly runParts: typeof partsOf
}> {
  const { config } = await import('zod')
  // Compiling a check pays for itself only when it is made again and again; a start makes each once. Before any check is written down.
  config({ jitless: true })
  const { runParts } = await import('./running.ts')
  const { registerRun } = await import('./cli/run/run.ts')
  return { registerRun, runParts }
}

function technician(root: string) {
  // From LC_ALL, LC_MESSAGES or LANG, as the runtime reads them.
  const isChinese = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh')
  return {
    ...io,
    sharedConfig: join(root, 'config'),
    locale: isChinese ? 'zh-CN' : 'en',
    pid: process.pid,
    probe: async (path: string) => {
      const { createSecretArena } = await import('#shell/secrets/arena.ts')
      const { probePort } = await import('./probe-port.ts')
      return await probePort(path, { clock: systemClock, arena: createSecretArena() })
    },
  } as const
}

async function atKeyboard(root: string) {
  const { ownKeyboard } = await import('./keyboard.ts')
  return { ...technician(root), clock: systemClock, keyboard: ownKeyboard() }
}

async function doctor(root: string) {
  const { freeBytesOf } = await import('#shell/doctor/gather-machine.ts')
  const { systemTree } = await import('#shell/devices/system-tree.ts')
  const { openDevices } = await import('./devices.ts')
  const { askSnapshot } = await import('#shell/doctor/ask-snapshot.ts')
  const release = { root, processor: process.arch, runtime: process.execPath }
  return {
    ...technician(root),
    clock: systemClock,
    random: (length: number) => Uint8Array.from(randomBytes(length)),
    tree: systemTree('/'),
    uid: process.getuid?.() ?? 0,
    openDevices,
    freeBytes: freeBytesOf,
    snapshot: () => askSnapshot(release),
  }
}
