/**
 * A HID device at the level of the device node: description, report descriptor and dialogue in the files that `umockdev-run` (Debian
 * package umockdev) takes, so that the product's own HID library finds and reads it as it does the kernel's.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type HidNodeOptions = {
  /** Files are made in here. */
  readonly folder: string
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string
  readonly product: string
  readonly reportDescriptor: Uint8Array
  readonly dialogue: readonly Turn[]
}

/** `read`: the program gets these bytes, `afterMs` later than the turn before. `written`: it must write exactly these. */
export type Turn =
  | { readonly kind: 'read'; readonly afterMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'written'; readonly bytes: Uint8Array }

const NODE = '/dev/hidraw5'
/** struct hidraw_report_descriptor: a length of four bytes and room for so many. */
const DESCRIPTOR_ROOM = 4096

/** Writes the files and returns the arguments of `umockdev-run` in front of the program. */
export function hidNode(options: HidNodeOptions): string[] {
  const file = (ending: string): string => join(options.folder, `device.${ending}`)
  writeFileSync(file('umockdev'), tree(options))
  writeFileSync(file('ioctl'), controls(options.reportDescriptor))
  writeFileSync(file('script'), script(options.dialogue))
  const at = (ending: string): string => `${NODE}=${file(ending)}`
  return ['-d', file('umockdev'), '-i', at('ioctl'), '-s', at('script'), '--']
}

function tree({
  vendorId,
  productId,
  serialNumber,
  product,
  reportDescriptor,
}: HidNodeOptions): string {
  const [vendor, model] = [hex(vendorId), hex(productId)]
  const name = `0003:${vendor}:${model}.0001`
  const port = '/devices/usb1/1-1'
  return `P: ${port}/1-1:1.0/${name}/hidraw/hidraw5
N: hidraw5
E: DEVNAME=${NODE}
E: SUBSYSTEM=hidraw
E: MAJOR=248
E: MINOR=5
L: device=../../../${name}

P: ${port}/1-1:1.0/${name}
E: SUBSYSTEM=hid
E: DRIVER=hid-generic
E: HID_ID=0003:0000${vendor}:0000${model}
E: HID_NAME=${product}
E: HID_PHYS=usb-1/input0
E: HID_UNIQ=${serialNumber}
H: report_descriptor=${Buffer.from(reportDescriptor).toString('hex').toUpperCase()}

P: ${port}/1-1:1.0
E: SUBSYSTEM=usb
E: DEVTYPE=usb_interface
A: bInterfaceNumber=00\\n
A: bInterfaceClass=03\\n

P: ${port}
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
A: idVendor=${vendor.toLowerCase()}\\n
A: idProduct=${model.toLowerCase()}\\n
A: product=${product}\\n
A: serial=${serialNumber}\\n
A: bcdDevice=0100\\n
`
}

function controls(descriptor: Uint8Array): string {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(descriptor.length)
  const whole = Buffer.concat([size, descriptor], 4 + DESCRIPTOR_ROOM)
  return `@DEV ${NODE}
HIDIOCGRDESCSIZE 0 ${size.toString('hex').toUpperCase()}
HIDIOCGRDESC 0 ${whole.toString('hex').toUpperCase()}
`
}

function script(dialogue: readonly Turn[]): Buffer {
  return Buffer.concat(
    dialogue.flatMap((turn) => [
      Buffer.from(turn.kind === 'read' ? `r ${turn.afterMs} ` : 'w 0 '),
      escaped(turn.bytes),
      Buffer.from('\n'),
    ]),
  )
}

/** Bytes up to space as `^` and the byte plus 64; `^` itself as "^`". */
function escaped(bytes: Uint8Array): Buffer {
  return Buffer.from(
    [...bytes].flatMap((byte) =>
      byte <= 0x20 ? [0x5e, byte + 0x40] : byte === 0x5e ? [0x5e, 0x60] : [byte],
    ),
  )
}

function hex(number: number): string {
  return number.toString(16).toUpperCase().padStart(4, '0')
}
