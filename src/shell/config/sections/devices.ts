/** The section `devices` of `terminal.yaml`: which device stands where, and how it is connected. */
import { z } from 'zod'

/** A device node or a link to one; a `*` in the last part finds the only node that fits. */
const path = z.string().min(1)
const serial = { path, baudRate: z.int().min(300).max(4_000_000) }
/** As `lsusb` prints them; `serial` picks one of several equal devices. */
const usb = {
  vendor: usbNumber(),
  product: usbNumber(),
  serial: z.string().min(1).max(126).exactOptional(),
}
const columns = z.union([z.literal(32), z.literal(48)])

const printer = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('escpos-serial'), ...serial, columns }),
  /** At a node of usblp, such as /dev/usb/lp0. */
  z.strictObject({ model: z.literal('escpos-usblp'), path, columns }),
  /** Without usblp, straight over USB. */
  z.strictObject({ model: z.literal('escpos-usb'), ...usb, columns }),
  z.strictObject({
    model: z.literal('escpos-tcp'),
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535),
    columns,
  }),
])

const trigger = z.enum(['honeywell', 'newland', 'none'])

const qrScanner = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('serial'),
    ...serial,
    suffix: z.enum(['\r', '\n', '\r\n', '']),
    trigger,
  }),
  /** Zebra SSI: packeted data, handshaking and AIM identifier on. */
  z.strictObject({ model: z.literal('ssi'), ...serial }),
  /** USB HID, in the scanner's HID POS mode; as a keyboard it is refused. */
  z.strictObject({ model: z.literal('hid-pos'), ...usb, trigger }),
])

export const devicesSection = z.strictObject({
  printer,
  pinPad: z.strictObject({ model: z.enum(['visa2']), ...serial }),
  cardReader: z.discriminatedUnion('model', [
    z.strictObject({ model: z.literal('neo2'), ...serial }),
    z.strictObject({ model: z.literal('neo2-hid'), ...usb }),
  ]),
  qrScanner,
})

export type DevicesSection = z.infer<typeof devicesSection>

function usbNumber() {
  return z
    .string()
    .regex(/^[0-9a-fA-F]{4}$/, 'four hexadecimal digits in quotes')
    .transform((digits) => Number.parseInt(digits, 16))
}
