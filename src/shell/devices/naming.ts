/** How a device gets a name that stays: the udev rule for it, and the line of terminal.yaml that uses the name. */
import type { KnownDevice } from './known-devices.ts'
import type { Plugged, UsbIdentity } from './plugged.ts'

/** Names below /dev/pos, by the key of `devices:` in terminal.yaml. */
export const POS_NAMES = {
  printer: 'printer',
  pinPad: 'pin-pad',
  cardReader: 'card-reader',
  qrScanner: 'qr-scanner',
} as const

export type PosRole = keyof typeof POS_NAMES

const SUBSYSTEMS = {
  serial: 'tty',
  hidPos: 'hidraw',
  hid: 'hidraw',
  usbPrinter: 'usbmisc',
  keyboard: 'input',
  usbOnly: 'usb',
} as const

export function isPosRole(role: KnownDevice['is']): role is PosRole {
  return role in POS_NAMES
}

/**
 * A rule for this very device: by its serial number when it has one, else by the socket it is plugged into (then a label belongs on
 * that socket). Null when no node can be named.
 */
export function udevRule(plugged: Plugged, role: PosRole): string | null {
  const { usb, wears } = plugged
  if (usb === null || plugged.node === null) return null
  return rule([
    `SUBSYSTEM=="${SUBSYSTEMS[wears]}"`,
    `ATTRS{idVendor}=="${usb.vendor}"`,
    `ATTRS{idProduct}=="${usb.product}"`,
    whichOne(usb),
    ...access(wears, POS_NAMES[role]),
  ])
}

/** The line below `devices:`; null when no driver takes the device as it is. */
export function terminalLine(plugged: Plugged, known: KnownDevice): string | null {
  if (!isPosRole(known.is) || known.model === undefined) return null
  const settings = Object.entries(known.settings ?? {}).map(
    ([name, value]) => `${name}: ${typeof value === 'number' ? value : JSON.stringify(value)}`,
  )
  const place = plugged.wears === 'hidPos' ? byNumber(plugged) : byName(plugged, known.is)
  return `${known.is}: { ${[`model: ${known.model}`, ...place, ...settings].join(', ')} }`
}

function byName(plugged: Plugged, role: PosRole): readonly string[] {
  return [`path: ${steadyName(plugged) ?? `/dev/pos/${POS_NAMES[role]}`}`]
}

/** HID devices are found by their numbers, wherever they are plugged in. */
function byNumber({ usb }: Plugged): readonly string[] {
  if (usb === null) return []
  const serial = usb.serial === null ? [] : [`serial: ${JSON.stringify(usb.serial)}`]
  return [`vendor: "${usb.vendor}"`, `product: "${usb.product}"`, ...serial]
}

/** A name that is there now and stays: ours first, then the one by serial number. */
export function steadyName(plugged: Plugged): string | null {
  for (const folder of ['/dev/pos/', '/by-id/', '/by-path/']) {
    const found = plugged.names.find((name) => name.includes(folder))
    if (found !== undefined) return found
  }
  return null
}

/** The parts of every rule: a name, a group instead of root, and nobody who talks to it first. */
export function access(wears: keyof typeof SUBSYSTEMS, name: string | null): readonly string[] {
  const common = [
    ...(name === null ? [] : [`SYMLINK+="pos/${name}"`]),
    'GROUP="pos"',
    'MODE="0660"',
  ]
  // ModemManager would send AT commands to it.
  return wears === 'serial' ? [...common, 'ENV{ID_MM_PORT_IGNORE}="1"'] : common
}

export function rule(parts: readonly string[]): string {
  return parts.join(', ')
}

export function subsystemOf(wears: keyof typeof SUBSYSTEMS): string {
  return SUBSYSTEMS[wears]
}

/** A quote or backslash could end the text of the rule; such a serial number is not used. `?` and `*` would be wild cards. */
function whichOne(usb: UsbIdentity): string {
  return usb.serial !== null && /^[A-Za-z0-9 ._:/+-]+$/.test(usb.serial)
    ? `ATTRS{serial}=="${usb.serial}"`
    : `KERNELS=="${usb.port}"`
}
