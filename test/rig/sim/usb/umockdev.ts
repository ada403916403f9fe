/**
 * A USB printer as the system lists it, in the file that `umockdev-run` (Debian package umockdev) takes. It can be found and not be
 * opened: the product's USB library goes past the preloaded functions there, and meets a node that does not exist.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Descriptors by the USB specification, chapter 9: one interface of class 7, bidirectional, with a bulk endpoint each way. */
const DEVICE = '1201100100000040b8040202000101020301'
const CONFIGURATION = '09022000010100c032 090400000207010200 07058202400000 07050102400000'

/** Writes the file into `folder` and returns the arguments of `umockdev-run` in front of the program. */
export function listedUsbPrinter(folder: string): string[] {
  const path = join(folder, 'printer.umockdev')
  const descriptors = `${DEVICE}${CONFIGURATION}`.replaceAll(' ', '').toUpperCase()
  writeFileSync(
    path,
    `P: /devices/usb1/1-1
N: bus/usb/001/002
E: DEVNAME=/dev/bus/usb/001/002
E: DEVTYPE=usb_device
E: SUBSYSTEM=usb
E: BUSNUM=001
E: DEVNUM=002
A: busnum=1\\n
A: devnum=2\\n
A: idVendor=04b8\\n
A: idProduct=0202\\n
A: bcdDevice=0100\\n
A: version= 1.10\\n
A: bDeviceClass=00\\n
A: bDeviceSubClass=00\\n
A: bDeviceProtocol=00\\n
A: bConfigurationValue=1\\n
A: speed=12\\n
A: serial=P1\\n
H: descriptors=${descriptors}
`,
  )
  return ['-d', path, '--']
}
