/**
 * `make bundle-proof`: from the bundle to a sale on a Debian root that has nothing but its essential packages. Devices and acquirer are
 * simulated outside of the root, over pseudo-terminals and TCP. Prints each step with its time; exit 1 when there is no sale.
 * Needs root, mmdebstrap, and a mount namespace of its own (`unshare --mount`).
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
import { join, resolve } from 'node:path'
import process from 'node:process'
import { workShift } from '../test/crash/tireless-cashier.ts'
import { type Rig, startRig } from '../test/rig/rig.ts'
import { createTerminalProcess } from '../test/rig/terminal-process.ts'
import { changeConfig } from '../test/terminal/shop.ts'
import { inRoot, newestBundle, unpackDebian } from './bundle/debian-root.ts'

const ROOT = join(import.meta.dirname, '..')
/** From the bundle to the sale, on any machine that we know. */
const MOST_SECONDS = 180

const bundles = resolve(process.argv[2] ?? join(ROOT, 'build', 'bundle'))
const bundle = newestBundle(bundles)
if (bundle === null || process.getuid?.() !== 0) {
  console.error(`Wanted: root, and a bundle in ${bundles} (make bundle).`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'bundle-proof-'))
const debian = join(folder, 'debian')
let startedAt = performance.now()
let isSold = false
try {
  unpackDebian(debian)
  execFileSync('mount', ['--bind', '/dev/pts', join(debian, 'dev', 'pts')])
  tell('clean Debian root unpacked: essential packages alone')
  const rig = await startRig({
    folder: join(folder, 'rig'),
    demoConfig: oneCashier(),
    ports: { acquirer: 0, screens: 0 },
  })
  try {
    isSold = await proveWith(rig, bundle)
  } finally {
    await rig.stop()
  }
} finally {
  spawnSync('umount', [join(debian, 'dev', 'pts')])
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = isSold ? 0 : 1

async function proveWith(rig: Rig, name: string): Promise<boolean> {
  startedAt = performance.now()
  mkdirSync(join(debian, 'media'), { recursive: true })
  for (const file of [name, `${name}.sha256`, 'release.pem', 'install.sh'])
    copyFileSync(join(bundles, file), join(debian, 'media', file))
  tell('bundle, its hash, public key and install.sh copied')

  inRoot(debian, 'sh', '/media/install.sh', `/media/${name}`, '--key', '/media/release.pem')
  tell('installed into slot a, by one command')

  cpSync(rig.configFolder, join(debian, 'etc', 'suretill'), { recursive: true })
  changeConfig(join(debian, 'etc', 'suretill', 'terminal.yaml'), devicesOf(rig))
  inRoot(debian, 'chown', '-R', 'suretill:suretill', '/etc/suretill')
  tell('configured: devices on pseudo-terminals, acquirer over TCP')

  inRoot(debian, '/opt/suretill/boot-check')
  tell('boot check: every byte of the release hashed')
  const terminal = createTerminalProcess({
    command: [
      'chroot',
      '--userspec=suretill:suretill',
      '--groups=pos',
      debian,
      '/usr/local/bin/suretill',
      'run',
      '--json',
      '--config',
      '/etc/suretill',
      '--data',
      '/var/lib/suretill',
    ],
  })
  try {
    const started = await terminal.powerOn()
    if (started.kind === 'failed') return fail(started.why)
    tell('ready, as its own user')
    const { end } = await workShift(terminal, rig, 1)
    if (end !== 'sold') return fail(terminal.state().lines.join('\n'))
    tell('test sale of 20.00 approved')
  } finally {
    await terminal.stop()
  }
  const heldMinor = rig.acquirer.held()
  const seconds = (performance.now() - startedAt) / 1000
  console.log(
    `From the bundle to the sale: ${seconds.toFixed(1)} s (most: ${MOST_SECONDS} s), ${heldMinor / 100} yuan at the host`,
  )
  return seconds <= MOST_SECONDS && heldMinor === 2000
}

function oneCashier(): string {
  const demo = join(folder, 'demo')
  cpSync(join(ROOT, 'config', 'demo'), demo, { recursive: true })
  changeConfig(join(demo, 'terminal.yaml'), { operators: [{ number: '01', role: 'cashier' }] })
  return demo
}

/** The links of the rig lie outside of the root; what they point to lies inside of it too, and as udev would, the terminal's user may open it. */
function devicesOf(rig: Rig): Readonly<Record<string, string>> {
  const links = {
    printer: 'printer',
    pinPad: 'pin-pad',
    cardReader: 'card-reader',
    qrScanner: 'qr-scanner',
  }
  return Object.fromEntries(
    Object.entries(links).map(([device, link]) => {
      const path = realpathSync(join(rig.configFolder, '..', 'dev', link))
      chmodSync(path, 0o666)
      return [`devices.${device}.path`, path]
    }),
  )
}

function tell(what: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${what}`)
}

function fail(why: string): false {
  console.error(why)
  return false
}
