/**
 * A terminal on a clean Debian root, with everything else outside of it: simulated devices on pseudo-terminals, acquirer over TCP. Needs root and a
 * mount namespace of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Rig, startRig } from '../../test/rig/rig.ts'
import { createTerminalProcess, type TerminalProcess } from '../../test/rig/terminal-process.ts'
import { changeConfig } from '../../test/terminal/shop.ts'
import { inRoot, unpackDebian } from './debian-root.ts'

export type DebianTerminal = {
  readonly rig: Rig
  /** The root's folder, from outside. */
  readonly root: string
  /** `install.sh` with a bundle and what lies beside it. */
  readonly firstInstall: (bundle: string) => Promise<void>
  /** Puts a bundle where the root can read it; returns its path inside. */
  readonly bringIn: (bundle: string) => string
  /** The demo configuration with this rig's devices, one cashier, and these values by dotted path. */
  readonly configure: (changes?: Readonly<Record<string, unknown>>) => Promise<void>
  /** As the unit starts it: the boot check as root, then the program as its own user. */
  readonly terminal: TerminalProcess
  readonly close: () => Promise<void>
}

const ROOT = join(import.meta.dirname, '..', '..')
const LINKS = {
  printer: 'printer',
  pinPad: 'pin-pad',
  cardReader: 'card-reader',
  qrScanner: 'qr-scanner',
}
const RUN = '/usr/local/bin/suretill run --json --config /etc/suretill --data /var/lib/suretill'

/** Unpacks the root and starts the rig; nothing is installed yet. */
export async function openDebianTerminal(): Promise<DebianTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'debian-terminal-'))
  const root = join(folder, 'debian')
  unpackDebian(root)
  execFileSync('/usr/bin/mount', ['--bind', '/dev/pts', join(root, 'dev', 'pts')])
  const demoConfig = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demoConfig, { recursive: true })
  const yaml = join(demoConfig, 'terminal.yaml')
  changeConfig(yaml, { operators: [{ number: '01', role: 'cashier' }] })
  const ports = { acquirer: 0, screens: 0 }
  const rig = await startRig({ folder: join(folder, 'rig'), demoConfig, ports })
  const bringIn = (bundle: string): string => {
    mkdirSync(join(root, 'media'), { recursive: true })
    copyFileSync(bundle, join(root, 'media', basename(bundle)))
    return `/media/${basename(bundle)}`
  }
  const terminal = createTerminalProcess({
    command: [
      'sh',
      '-c',
      `chroot ${root} /opt/suretill/boot-check && exec chroot --userspec=suretill:suretill --groups=pos ${root} ${RUN}`,
    ],
  })
  return {
    rig,
    root,
    bringIn,
    terminal,
    firstInstall: async (bundle) => {
      const beside = dirname(bundle)
      const [key, script] = ['release.pem', 'install.sh'].map((name) => bringIn(join(beside, name)))
      bringIn(`${bundle}.sha256`)
      await inRoot(root, 'sh', script ?? '', bringIn(bundle), '--key', key ?? '')
    },
    configure: async (changes = {}) => {
      cpSync(rig.configFolder, join(root, 'etc', 'suretill'), { recursive: true })
      const file = join(root, 'etc', 'suretill', 'terminal.yaml')
      changeConfig(file, { ...devicesOf(rig), ...changes })
      await inRoot(root, 'chown', '-R', 'suretill:suretill', '/etc/suretill')
    },
    close: async () => {
      await terminal.stop()
      await rig.stop()
      spawnSync('/usr/bin/umount', [join(root, 'dev', 'pts')])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The links of the rig lie outside of the root; what they point to lies inside of it too, and as udev would, the terminal's user may open it. */
function devicesOf(rig: Rig): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(LINKS).map(([device, link]) => {
      const path = realpathSync(join(rig.configFolder, '..', 'dev', link))
      chmodSync(path, 0o666)
      return [`devices.${device}.path`, path]
    }),
  )
}
