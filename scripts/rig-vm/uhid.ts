/** A HID device out of nothing: what the kernel's uhid takes, and a script of the guest that keeps it plugged in. */
import type { Guest } from './guest.ts'

const UHID_DESTROY = 1
const UHID_CREATE2 = 11
const UHID_INPUT2 = 12
const BUS_USB = 3
const NAME_BYTES = 128
const PLACE_BYTES = 64
const DESCRIPTOR_BYTES = 4096
/** A type of four bytes, then the largest of the events (linux/uhid.h): the one that creates. */
export const CREATE_BYTES = 4 + NAME_BYTES + 2 * PLACE_BYTES + 2 + 2 + 4 * 4 + DESCRIPTOR_BYTES
/** One page of uses, 8C; input report 2 and output report FD, 63 bytes each behind their number. */
const SCANNER = '058c0902a10185020912150026ff007508953f810285fd0900953f9102c0'

/** The event that creates a scanner in HID POS mode. Numbers as `lsusb` prints them. */
export function createScanner(vendor: number, product: number): Buffer {
  const descriptor = Buffer.from(SCANNER, 'hex')
  const event = Buffer.alloc(CREATE_BYTES)
  event.writeUInt32LE(UHID_CREATE2, 0)
  event.write('Scanner out of nothing', 4, 'latin1')
  const sizes = 4 + NAME_BYTES + 2 * PLACE_BYTES
  event.writeUInt16LE(descriptor.length, sizes)
  event.writeUInt16LE(BUS_USB, sizes + 2)
  event.writeUInt32LE(vendor, sizes + 4)
  event.writeUInt32LE(product, sizes + 8)
  descriptor.copy(event, CREATE_BYTES - DESCRIPTOR_BYTES)
  return event
}

/** The event of one input report, its number first. */
export function inputReport(report: Uint8Array): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(UHID_INPUT2, 0)
  head.writeUInt16LE(report.length, 4)
  return Buffer.concat([head, report])
}

/** The guest's kernel has it from now on. */
export async function plugUhid(guest: Guest, vendor: number, product: number): Promise<void> {
  await guest.must(`modprobe uhid && rm -f /run/uhid.in && mkfifo /run/uhid.in && udevadm settle
(exec 3<> /run/uhid.in 4<> /dev/uhid; while read -r event <&3; do
  echo "$event" | base64 -d > /run/uhid.event; dd if=/run/uhid.event bs=${CREATE_BYTES} >&4
done) > /dev/null 2>&1 &
echo $! > /run/uhid.pid`)
  await tellUhid(guest, createScanner(vendor, product))
}

/** One event, in one write. */
export async function tellUhid(guest: Guest, event: Buffer): Promise<void> {
  await guest.must(`echo ${event.toString('base64')} > /run/uhid.in`)
}

/** As a cable pulled. */
export async function pullUhid(guest: Guest): Promise<void> {
  const event = Buffer.alloc(4)
  event.writeUInt32LE(UHID_DESTROY, 0)
  await tellUhid(guest, event)
}
