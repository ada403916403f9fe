/**
 * A terminal on a clean Debian root, with everything else outside of it: simulated devices on pseudo-terminals, acquirer over TCP. Needs root and a
 * mount namespace of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { type Rig, startRig } from '../../test/rig/rig.ts'
import { createTerminalProcess, type TerminalProcess } from '../../test/rig/terminal-process.ts'
import { inRoot, unpackDebian } from './debian-root.ts'

export type DebianTerminal = {
  readonly rig: Rig
  /** The root's folder, from outside. */
  readonly root: string
  /** `install.sh` with a bundle, what lies beside it, and answers: a set-up with this rig's devices and these values by dotted name. */
  readonly firstInstall: (
    bundle: string,
    values?: Readonly<Record<string, unknown>>,
  ) => Promise<void>
  /** Puts a bundle where the root can read it; returns its path inside. */
  readonly bringIn: (bundle: string) => string
  /** As the unit starts it: the boot check as root, then the program as its own user. */
  readonly terminal: TerminalProcess
  readonly close: () => Promise<void>
}

/** The rig's own. */
const TEST_MASTER_KEY = '258FB0AB70D025CDB99DF2C4D302D646'
const RUN = '/usr/local/bin/suretill run --json --config /etc/suretill --data /var/lib/suretill'

/** Unpacks the root and starts the rig; nothing is installed yet. */
export async function openDebianTerminal(): Promise<DebianTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'debian-terminal-'))
  const root = join(folder, 'debian')
  unpackDebian(root)
  execFileSync('/usr/bin/mount', ['--bind', '/dev/pts', join(root, 'dev', 'pts')])
  const ports = { acquirer: 0, screens: 0 }
  const rig = await startRig({ folder: join(folder, 'rig'), ports })
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
    firstInstall: async (bundle, values = {}) => {
      const beside = dirname(bundle)
      const [key, script] = ['release.pem', 'install.sh'].map((name) => bringIn(join(beside, name)))
      bringIn(`${bundle}.sha256`)
      const answers = '/media/answers.yaml'
      writeFileSync(join(root, answers), stringify(answersFor(rig, values)), { mode: 0o600 })
      const named = ['--key', key ?? '', '--answers', answers]
      await inRoot(root, 'sh', script ?? '', bringIn(bundle), ...named)
    },
    close: async () => {
      await terminal.stop()
      await rig.stop()
      spawnSync('/usr/bin/umount', [join(root, 'dev', 'pts')])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** docs/setup.md. What needs a hand at the device is left to the sale that follows. */
function answersFor(rig: Rig, values: Readonly<Record<string, unknown>>): object {
  return {
    setup: 1,
    set: {
      'merchant.name.zh-CN': '新店',
      'merchant.name.en': 'New Shop',
      'merchant.number': '898100012345678',
      'terminal.number': '10000001',
      'terminal.serial': 'ST0000000042',
      'acquirer.name': '银联',
      'acquirer.host': '127.0.0.1',
      'acquirer.port': rig.acquirer.port,
      'screens.port': rig.screenPort,
      ...devicesOf(rig),
      ...values,
    },
    people: [
      { number: '99', role: 'administrator', pin: '904617' },
      { number: '00', role: 'supervisor', pin: '381592' },
      { number: '01', role: 'cashier', pin: '270415' },
    ],
    keys: { how: 'demonstration', masterKey: TEST_MASTER_KEY },
    tests: { printer: true, scanner: false, signOn: true, drill: false },
  }
}

/** The links of the rig lie outside of the root; what they point to lies inside of it too, and as udev would, the terminal's user may open it. */
function devicesOf(rig: Rig): Readonly<Record<string, unknown>> {
  const at = (link: string): string => {
    const path = realpathSync(join(rig.configFolder, '..', 'dev', link))
    chmodSync(path, 0o666)
    return path
  }
  const line = { baudRate: 115_200 }
  return {
    'devices.printer': { model: 'escpos-serial', path: at('printer'), ...line, columns: 32 },
    'devices.pinPad.path': at('pin-pad'),
    'devices.cardReader': { model: 'neo2', path: at('card-reader'), ...line },
    'devices.qrScanner': {
      model: 'serial',
      path: at('qr-scanner'),
      baudRate: 9600,
      suffix: '\r',
      trigger: 'honeywell',
    },
  }
}
