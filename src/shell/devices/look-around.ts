/** Walks /sys for serial ports, HID devices, keyboards and USB printers. Opens no device node, so nothing that runs is disturbed. */
import { firstUsage, HID_KEYBOARD, HID_POS_SCANNER } from './hid-usage.ts'
import type { Plugged, UsbIdentity } from './plugged.ts'
import { nameOf, type SystemTree } from './system-tree.ts'

/** Folders of links that keep their name when the kernel counts differently. */
const NAME_FOLDERS = [
  '/dev/pos',
  '/dev/serial/by-id',
  '/dev/serial/by-path',
  '/dev/input/by-id',
  '/dev/input/by-path',
  '/dev/usb/by-path',
]
const CLASS_HUB = '09'
const CLASS_PRINTER = '07'
const CLASS_SMART_CARD = '0b'
/** A device hangs at most seven hubs deep; a folder of /sys is a few steps below it. */
const PARENTS_LIMIT = 16

/** In the order: serial ports, HID, keyboards, USB printers, USB devices that no node reaches. */
export function lookAround(tree: SystemTree): readonly Plugged[] {
  const names = namesOfNodes(tree)
  const at = (node: string): readonly string[] => names.get(node) ?? []
  const reached = [
    ...serialPorts(tree, at),
    ...hidDevices(tree, at),
    ...keyboards(tree, at),
    ...usbPrinters(tree, at),
  ]
  const ports = new Set(reached.map(({ usb }) => usb?.port))
  return [...reached, ...unreached(tree).filter(({ usb }) => !ports.has(usb?.port))]
}

type NamesAt = (node: string) => readonly string[]

function namesOfNodes(tree: SystemTree): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const folder of NAME_FOLDERS) {
    for (const name of tree.list(folder)) {
      const path = `${folder}/${name}`
      const node = tree.link(path)
      if (node !== null) found.set(node, [...(found.get(node) ?? []), path].sort())
    }
  }
  return found
}

function serialPorts(tree: SystemTree, names: NamesAt): Plugged[] {
  return tree.list('/sys/class/tty').flatMap((tty) => {
    const device = tree.real(`/sys/class/tty/${tty}/device`)
    // Without a device it is a console; type 0 is an 8250 port that nobody soldered.
    if (device === null || tree.text(`/sys/class/tty/${tty}/type`) === '0') return []
    const node = `/dev/${tty}`
    return [plug(tree, { wears: 'serial', node, names: names(node) }, device)]
  })
}

function hidDevices(tree: SystemTree, names: NamesAt): Plugged[] {
  return tree.list('/sys/class/hidraw').flatMap((hidraw) => {
    const device = tree.real(`/sys/class/hidraw/${hidraw}/device`)
    if (device === null) return []
    const descriptor = tree.bytes(`${device}/report_descriptor`)
    const usage = descriptor === null ? null : firstUsage(descriptor)
    if (usage !== null && usage.page === HID_KEYBOARD.page) return []
    const isScanner = usage?.page === HID_POS_SCANNER.page
    const node = `/dev/${hidraw}`
    const found = plug(
      tree,
      { wears: isScanner ? 'hidPos' : 'hid', node, names: names(node) },
      device,
    )
    return [{ ...found, hidUsage: usage }]
  })
}

/** A scanner that pretends to be a keyboard types codes into whatever has the focus. */
function keyboards(tree: SystemTree, names: NamesAt): Plugged[] {
  return tree.list('/sys/class/input').flatMap((input) => {
    if (!input.startsWith('event')) return []
    const device = tree.real(`/sys/class/input/${input}/device`)
    if (device === null || !hasLetters(tree.text(`${device}/capabilities/key`))) return []
    const node = `/dev/input/${input}`
    const found = plug(tree, { wears: 'keyboard', node, names: names(node) }, device)
    return found.usb === null ? [] : [found]
  })
}

/** Codes 16 to 25 (Q to P) of linux/input-event-codes.h: the lowest word of the bit map, printed last. */
const TOP_LETTERS = 0x3ff0000n

function hasLetters(bitmap: string | null): boolean {
  const lowest = bitmap?.trim().split(' ').at(-1) ?? ''
  if (!/^[0-9a-f]{1,16}$/.test(lowest)) return false
  return (BigInt(`0x${lowest}`) & TOP_LETTERS) === TOP_LETTERS
}

function usbPrinters(tree: SystemTree, names: NamesAt): Plugged[] {
  return tree.list('/sys/class/usbmisc').flatMap((name) => {
    const device = tree.real(`/sys/class/usbmisc/${name}/device`)
    if (!/^lp\d+$/.test(name) || device === null) return []
    const node = `/dev/usb/${name}`
    return [plug(tree, { wears: 'usbPrinter', node, names: names(node) }, device)]
  })
}

/** Printers without usblp, chip card readers, and devices of a class of their own. */
function unreached(tree: SystemTree): Plugged[] {
  return tree.list('/sys/bus/usb/devices').flatMap((port) => {
    const device = tree.real(`/sys/bus/usb/devices/${port}`)
    if (device === null || port.includes(':')) return []
    if (tree.text(`${device}/bDeviceClass`) === CLASS_HUB) return []
    const usb = usbIdentity(tree, device)
    if (usb === null) return []
    const classes = tree
      .list(device)
      .filter((child) => child.startsWith(`${port}:`))
      .map((child) => tree.text(`${device}/${child}/bInterfaceClass`))
    const isPrinter = classes.includes(CLASS_PRINTER)
    const isOurs = isPrinter || classes.includes(CLASS_SMART_CARD) || classes.includes('ff')
    const kernelDriver = isPrinter ? 'usb printer class without usblp' : null
    return isOurs
      ? [{ wears: 'usbOnly', node: null, names: [], usb, kernelDriver, hidUsage: null } as const]
      : []
  })
}

function plug(
  tree: SystemTree,
  what: Pick<Plugged, 'wears' | 'node' | 'names'>,
  device: string,
): Plugged {
  const driver = tree.link(`${device}/driver`)
  return {
    ...what,
    usb: usbParent(tree, device),
    kernelDriver: driver === null ? null : nameOf(driver),
    hidUsage: null,
  }
}

function usbParent(tree: SystemTree, device: string): UsbIdentity | null {
  let at = device
  for (let step = 0; step < PARENTS_LIMIT && at.length > 1; step += 1) {
    const usb = usbIdentity(tree, at)
    if (usb !== null) return usb
    at = at.slice(0, at.lastIndexOf('/'))
  }
  return null
}

function usbIdentity(tree: SystemTree, device: string): UsbIdentity | null {
  const vendor = tree.text(`${device}/idVendor`)
  const product = tree.text(`${device}/idProduct`)
  if (vendor === null || product === null) return null
  const said = (name: string): string | null => printable(tree.text(`${device}/${name}`))
  return {
    vendor,
    product,
    serial: said('serial'),
    maker: said('manufacturer'),
    productName: said('product'),
    port: nameOf(device),
  }
}

/** Texts of a device are from outside: shown on a terminal and put into rules, they must carry no control character. */
function printable(text: string | null): string | null {
  const clean =
    text
      ?.replace(/[^\x20-\x7e]/g, '?')
      .trim()
      .slice(0, 64) ?? ''
  return clean === '' ? null : clean
}
