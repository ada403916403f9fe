/** What only the system can break: the disk, the clock, the names of devices. Each in a namespace or a process of its own; nothing of this machine is changed. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Surroundings } from './workbench.ts'

/** A disk of 24 MB in memory in the place of the data folder, filled up to the last 3.5 MB. Gone with the process. */
const FULL_DISK = [
  'set -e; data=$1; shift',
  'kept=$(mktemp -d); cp -a "$data/." "$kept"',
  'mount -t tmpfs -o size=24m,mode=700 tmpfs "$data"',
  'cp -a "$kept/." "$data"; rm -r "$kept"',
  'free=$(df --output=avail -k "$data" | tail -n 1)',
  'dd if=/dev/zero of="$data/photographs" bs=1024 count=$((free - 3584)) status=none',
  'exec "$@"',
].join('\n')

export function onFullDisk(data: string): Surroundings {
  return { before: ['unshare', '-m', 'sh', '-c', FULL_DISK, 'sh', data] }
}

export function inClockOf1970(): Surroundings {
  const preload = new URL('old-clock.ts', import.meta.url).href
  return { environment: { NODE_OPTIONS: `--import=${preload}` } }
}

/** A code scanner that the kernel sees and no rule gives a name to: /sys as it is laid out for it, over the one of this machine. */
export function withScannerPluggedIn(folder: string): Surroundings {
  const sys = join(folder, 'sys')
  const port = join(sys, 'devices', 'pci0000:00', 'usb1', '1-1')
  const face = join(port, '1-1:1.0')
  const node = join(face, 'node')
  for (const made of [node, join(sys, 'class', 'tty'), join(sys, 'bus', 'usb', 'devices')])
    mkdirSync(made, { recursive: true })
  const facts = { idVendor: '1eab', idProduct: '0106', bDeviceClass: '02' }
  for (const [name, text] of Object.entries(facts)) writeFileSync(join(port, name), `${text}\n`)
  writeFileSync(join(face, 'bInterfaceClass'), '02\n')
  symlinkSync('../../../../bus/drivers/cdc_acm', join(face, 'driver'))
  symlinkSync('..', join(node, 'device'))
  symlinkSync('../../devices/pci0000:00/usb1/1-1', join(sys, 'bus', 'usb', 'devices', '1-1'))
  symlinkSync(
    '../../devices/pci0000:00/usb1/1-1/1-1:1.0/node',
    join(sys, 'class', 'tty', 'ttyACM0'),
  )
  const over = 'sys=$1; shift; mount --bind "$sys" /sys; exec "$@"'
  return { before: ['unshare', '-m', 'sh', '-c', over, 'sh', sys] }
}
