/** What the system says is plugged in, before anybody has asked the device itself. */

export type UsbIdentity = {
  /** Four hex digits, lower case. */
  readonly vendor: string
  readonly product: string
  /** As the device says them; null when it says nothing. */
  readonly serial: string | null
  readonly maker: string | null
  readonly productName: string | null
  /** The socket, such as `1-1.2`: it stays while devices change. */
  readonly port: string
}

/** How the system reaches it: `usbOnly` has no node that a driver of ours could open. */
type Wears = 'serial' | 'hidPos' | 'hid' | 'keyboard' | 'usbPrinter' | 'usbOnly'

export type Plugged = {
  readonly wears: Wears
  /** As the kernel numbers it now, such as `/dev/ttyUSB0`; null for `usbOnly`. */
  readonly node: string | null
  /** Names that stay: `/dev/pos/…`, by-id, by-path. Sorted. */
  readonly names: readonly string[]
  /** Null for a port that is soldered in. */
  readonly usb: UsbIdentity | null
  /** Name of the kernel driver, or null. */
  readonly kernelDriver: string | null
  /** Usage page and usage of the first application collection, for `hidPos` and `hid`. */
  readonly hidUsage: { readonly page: number; readonly usage: number } | null
}
