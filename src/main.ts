/** Wires the rooms together. The only file that knows every one of them, and it decides nothing. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { Command, CommanderError } from 'commander'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { systemTree } from '#shell/devices/system-tree.ts'
import { freeBytesOf } from '#shell/doctor/gather-machine.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { createServiceManager } from '#shell/service/service-manager.ts'
import { systemClock } from '#shell/system-clock.ts'
import { createFileCalls } from '#shell/update/file-calls.ts'
import { createImageInstaller } from '#shell/update/rauc/installer.ts'
import { registerDecommission } from './cli/care/decommission.ts'
import { registerMaintenance } from './cli/care/maintenance.ts'
import { registerSupportBundle } from './cli/care/support-bundle.ts'
import { registerIso8583 } from './cli/codecs/iso8583.ts'
import { registerQr } from './cli/codecs/qr.ts'
import { registerTlv } from './cli/codecs/tlv.ts'
import { registerDevices } from './cli/doctor/devices.ts'
import { registerDoctor } from './cli/doctor/doctor.ts'
import { registerBackup } from './cli/journal/backup.ts'
import { registerJournal } from './cli/journal/journal.ts'
import { registerRestore } from './cli/journal/restore.ts'
import { registerKeys } from './cli/keys/keys.ts'
import { registerParams } from './cli/params/params.ts'
import { registerDrills } from './cli/report/drills.ts'
import { registerEvidence } from './cli/report/evidence.ts'
import { registerReport } from './cli/report/report.ts'
import { registerSlips } from './cli/report/slips.ts'
import type { RunParts } from './cli/run/parts.ts'
import { registerRun } from './cli/run/run.ts'
import { registerSetup } from './cli/setup/setup.ts'
import { registerUpdate } from './cli/update/update.ts'
import { openDevices } from './devices.ts'
import { ownKeyboard } from './keyboard.ts'
import { probePort } from './probe-port.ts'
import { startScreens } from './web/server.ts'

const root = join(import.meta.dirname, '..')
const out = (line: string): void => void process.stdout.write(`${line}\n`)
const err = (line: string): void => void process.stderr.write(`${line}\n`)

const untilStopped = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })

const technician = {
  out,
  err,
  sharedConfig: join(root, 'config'),
  // From LC_ALL, LC_MESSAGES or LANG, as the runtime reads them.
  locale: Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh-CN' : 'en',
  pid: process.pid,
  probe: (path: string) => probePort(path, { clock: systemClock, arena: createSecretArena() }),
} as const

const running: RunParts = {
  out,
  err,
  sharedConfig: join(root, 'config'),
  buildFolder: join(root, 'build', 'web'),
  openDevices,
  tillCable: serialLink,
  startScreens,
  pid: process.pid,
  serviceManager: (onFailed) =>
    createServiceManager({
      environment: {
        notifySocket: process.env['NOTIFY_SOCKET'],
        watchdogUsec: process.env['WATCHDOG_USEC'],
        watchdogPid: process.env['WATCHDOG_PID'],
      },
      pid: process.pid,
      clock: systemClock,
      onFailed,
    }),
  ownFolder: root,
  fileCalls: createFileCalls(),
  untilStopped,
  leave: () => process.exit(0),
}

const program = new Command('suretill').description('SureTill payment terminal').exitOverride()
registerRun(program, running)
registerDevices(program, technician)
const doctor = {
  ...technician,
  clock: systemClock,
  random: (length: number) => Uint8Array.from(randomBytes(length)),
  tree: systemTree('/'),
  uid: process.getuid?.() ?? 0,
  openDevices,
  freeBytes: freeBytesOf,
} as const
registerDoctor(program, doctor)
registerSupportBundle(program, doctor)
registerMaintenance(program, doctor)
registerDecommission(program, doctor)
registerJournal(program, { out, err })
registerSlips(program, { out, err })
registerDrills(program, { out, err })
registerEvidence(program, {
  out,
  err,
  sharedConfig: join(root, 'config'),
  wallMs: () => systemClock.wallMs(),
})
registerBackup(program, { out, err })
registerRestore(program, { out, err })
registerReport(program, { ...technician, nowMs: () => systemClock.wallMs() })
registerParams(program, { ...technician, clock: systemClock, keyboard: ownKeyboard() })
registerUpdate(program, {
  ...technician,
  clock: systemClock,
  calls: createFileCalls(),
  processor: process.arch,
  rauc: createImageInstaller({ clock: systemClock }),
})
registerSetup(program, {
  ...technician,
  clock: systemClock,
  keyboard: ownKeyboard(),
  tree: systemTree('/'),
  patience: { deviceMs: 20_000, scanMs: 60_000, signOnMs: 45_000 },
  running,
})
registerKeys(program, { ...technician, clock: systemClock, keyboard: ownKeyboard() })
registerQr(program, { stdin: process.stdin, out, err })
registerTlv(program, { stdin: process.stdin, out, err })
registerIso8583(program, { stdin: process.stdin, out, err })

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // Commander calls wrong usage 1; here 1 means that the thing asked about is not fine.
  process.exitCode =
    error.code.startsWith('commander.') && error.exitCode !== 0 ? 2 : error.exitCode
}
