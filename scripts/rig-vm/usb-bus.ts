/** The terminal's devices as the guest's kernel shows them, and their cables in our hand. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeviceId } from '../../test/rig/bench/state.ts'
import type { Guest } from './guest.ts'

const GADGETS = readFileSync(join(import.meta.dirname, 'devices', 'gadgets.sh'), 'utf8')
const RULES = readFileSync(join(import.meta.dirname, 'devices', '80-rig.rules'), 'utf8')

/** Devices on the guest's own bus, whose far end a line of the same name carries to us. */
export const GADGET_LINES = [
  'printer',
  'pin-pad',
  'qr-scanner',
] as const satisfies readonly DeviceId[]

/** The card reader hangs behind a serial converter (FTDI) on a bus of QEMU's; QEMU cannot save it, so it is plugged in later. */
export const CONVERTER_ARGUMENTS = [
  '-device',
  'qemu-xhci,id=bus',
  '-chardev',
  '{line:card-reader}',
] as const

/** Writes into the guest the rules of the installation and what a technician would have added, and plugs in all devices but the converter. */
export async function connectGadgets(guest: Guest, installed: string): Promise<void> {
  await guest.must(`cat > /run/gadgets <<'EOF'\n${GADGETS}\nEOF`)
  await guest.must(`cat > /run/udev/rules.d/70-suretill.rules <<'EOF'\n${installed}\nEOF`)
  await guest.must(`cat > /run/udev/rules.d/80-rig.rules <<'EOF'\n${RULES}\nEOF
udevadm control --reload
sh /run/gadgets make`)
  for (const device of GADGET_LINES) await plug(guest, device)
  await guest.must('udevadm settle --timeout=30')
}

/** Puts a cable in. Resolves when the guest's kernel has been told. */
export async function plug(guest: Guest, device: DeviceId): Promise<void> {
  if (device === 'card-reader')
    await guest.qmp.command('device_add', {
      driver: 'usb-serial',
      chardev: 'card-reader',
      id: 'converter',
      bus: 'bus.0',
    })
  else await guest.must(`sh /run/gadgets plug ${device}`)
}

/** Pulls it out. */
export async function pull(guest: Guest, device: DeviceId): Promise<void> {
  if (device === 'card-reader') await guest.qmp.command('device_del', { id: 'converter' })
  else await guest.must(`sh /run/gadgets pull ${device}`)
}
