/**
 * The client of RAUC, the updater of the operating system's image: it verifies, writes and switches; we say when, show how far it is, and
 * mark the image good. Over D-Bus with systemd's own `busctl`: no package for D-Bus is needed on the terminal for four calls a month.
 */
import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Clock } from '#core/ports/clock.ts'
import {
  type ImageProgress,
  type ImageSlot,
  readCompleted,
  readProgress,
  readSlotStatus,
  readText,
} from './answers.ts'

type ImageOutcome =
  | { readonly ok: true }
  /** `detail` is RAUC's own sentence. */
  | {
      readonly ok: false
      readonly why: 'noService' | 'refused' | 'tooLong'
      readonly detail: string
    }

export interface ImageInstaller {
  /** Resolves when RAUC has said Completed. Not to be called twice at once: RAUC refuses the second. */
  install(bundle: string, onProgress: (progress: ImageProgress) => void): Promise<ImageOutcome>
  /** Null when there is no service. */
  slots(): Promise<readonly ImageSlot[] | null>
  /** The image that runs has shown that it works: the boot loader stops counting. */
  markGood(): Promise<ImageOutcome>
}

export type ImageInstallerParts = {
  readonly clock: Clock
  /** Of the bus; the machine's own when absent. */
  readonly environment?: Readonly<Record<string, string>>
}

/** systemd's own, wherever RAUC is. */
const BUSCTL = '/usr/bin/busctl'
const SERVICE = ['de.pengutronix.rauc', '/', 'de.pengutronix.rauc.Installer'] as const
const COMPLETED =
  "type='signal',interface='de.pengutronix.rauc.Installer',member='Completed',path='/'"
const CALL_MS = 30_000
const LOOK_EVERY_MS = 500
/** An image of a gigabyte on a slow card. */
const INSTALL_MOST_MS = 60 * 60 * 1000

export function createImageInstaller({ clock, environment }: ImageInstallerParts): ImageInstaller {
  const env = { PATH: '/usr/bin:/bin', ...environment }
  const call = (...args: readonly string[]): Promise<Said> => busctl(args, env)

  return {
    slots: async () => {
      const said = await call('call', ...SERVICE, 'GetSlotStatus')
      return said.ok ? readSlotStatus(said.lines[0] ?? '') : null
    },
    markGood: async () => {
      const said = await call('call', ...SERVICE, 'Mark', 'ss', 'good', 'booted')
      return said.ok ? { ok: true } : refusalOf(said)
    },
    install: async (bundle, onProgress) => {
      const ending = awaitCompleted(env, clock)
      try {
        if (!(await ending.listening))
          return { ok: false, why: 'noService', detail: 'busctl monitor' }
        const asked = await call('call', ...SERVICE, 'InstallBundle', 'sa{sv}', bundle, '0')
        if (!asked.ok) return refusalOf(asked)
        const shown = showProgress(call, clock, onProgress)
        const result = await ending.result
        await shown.stop()
        if (result === 0) return { ok: true }
        if (result === null) return { ok: false, why: 'tooLong', detail: '' }
        const told = await call('get-property', ...SERVICE, 'LastError')
        return { ok: false, why: 'refused', detail: readText(told.lines[0] ?? '') ?? '' }
      } finally {
        ending.stop()
      }
    },
  }
}

type Said =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly lines: readonly string[]; readonly detail: string }

function busctl(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Said> {
  return new Promise((resolve) => {
    execFile(
      BUSCTL,
      ['--system', '--json=short', ...args],
      { env, timeout: CALL_MS, encoding: 'utf8' },
      (failure, out, err) => {
        const lines = out.split('\n')
        const detail = err.trim().split('\n')[0] ?? ''
        resolve(failure === null ? { ok: true, lines } : { ok: false, lines, detail })
      },
    )
  })
}

function refusalOf({ detail }: Extract<Said, { ok: false }>): ImageOutcome {
  const isThere = !/not provided|no such file|connect|ENOENT|activat/i.test(detail) && detail !== ''
  return { ok: false, why: isThere ? 'refused' : 'noService', detail }
}

type Ending = {
  /** False when nobody can listen on this bus. */
  readonly listening: Promise<boolean>
  /** What RAUC said at its end; null when it took too long. */
  readonly result: Promise<number | null>
  stop(): void
}

/** Listens before anything is asked for: an installation that fails at once has said so before the first question could be asked. */
function awaitCompleted(env: Readonly<Record<string, string>>, clock: Clock): Ending {
  const child = spawn(BUSCTL, ['--system', '--json=short', 'monitor', '--match', COMPLETED], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const listening = Promise.withResolvers<boolean>()
  const result = Promise.withResolvers<number | null>()
  const stopTimer = clock.after(INSTALL_MOST_MS, () => result.resolve(null))
  const hear = (line: string): void => {
    if (line.startsWith('Monitoring bus message stream')) listening.resolve(true)
    const completed = readCompleted(line)
    if (completed !== null) result.resolve(completed)
  }
  createInterface({ input: child.stdout }).on('line', hear)
  createInterface({ input: child.stderr }).on('line', hear)
  child.once('error', () => listening.resolve(false))
  child.once('close', () => {
    listening.resolve(false)
    result.resolve(null)
  })
  return {
    listening: listening.promise,
    result: result.promise,
    stop: () => {
      stopTimer()
      child.kill()
    },
  }
}

/** Whatever is quick has an end to be told all the same. */
function showProgress(
  call: (...args: readonly string[]) => Promise<Said>,
  clock: Clock,
  onProgress: (progress: ImageProgress) => void,
): { stop(): Promise<void> } {
  let stopTimer = (): void => undefined
  let hasStopped = false
  let last = ''
  const tell = async (): Promise<void> => {
    const said = await call('get-property', ...SERVICE, 'Progress')
    const progress = readProgress(said.lines[0] ?? '')
    if (progress !== null && progress.what !== last) onProgress(progress)
    last = progress?.what ?? last
  }
  const look = async (): Promise<void> => {
    await tell()
    if (!hasStopped) stopTimer = clock.after(LOOK_EVERY_MS, () => void look())
  }
  void look()
  return {
    stop: async () => {
      hasStopped = true
      stopTimer()
      await tell()
    },
  }
}
