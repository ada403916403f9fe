/** What `run` and the sign-on of `setup` work with: drivers, pages, service manager, slots. It decides nothing. */
import { join } from 'node:path'
import process from 'node:process'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { createServiceManager } from '#shell/service/service-manager.ts'
import { systemClock } from '#shell/system-clock.ts'
import { createFileCalls } from '#shell/update/file-calls.ts'
import type { RunParts } from './cli/run/parts.ts'
import { openDevices } from './devices.ts'
import { startScreens } from './web/server.ts'

type Place = Pick<RunParts, 'err' | 'out' | 'sharedConfig' | 'shipped'> & {
  /** The folder of package.json. */
  readonly root: string
}

export function runParts({ root, ...place }: Place): RunParts {
  return {
    ...place,
    buildFolder: join(root, 'build', 'web'),
    openDevices,
    tillCable: serialLink,
    startScreens,
    pid: process.pid,
    snapshot: process.env['SURETILL_SNAPSHOT'] ?? null,
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
}

function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
}
