/** The USB library itself on a list made by `umockdev-run`: prints what it finds and what becomes of the link, as JSON. */
import process from 'node:process'
import { nodeUsb } from '#drivers/transport/usb-access.ts'
import { usbPrinterLink } from '#drivers/transport/usb-printer-link.ts'
import { realClock } from './real-clock.ts'

const clock = realClock()
const access = nodeUsb()
const found = await access.devices()
const link = usbPrinterLink({
  access,
  match: { vendorId: 0x04b8, productId: 0x0202, serialNumber: 'P1' },
  clock,
  reopenEveryMs: 20,
})
link.start()
await new Promise<void>((resolve) => clock.after(200, resolve))
const state = link.state
await link.close()
const devices = found.map(({ vendorId, productId, serialNumber }) => ({
  vendorId,
  productId,
  serialNumber,
}))
process.stdout.write(JSON.stringify({ devices, state }), () => process.exit(0))
