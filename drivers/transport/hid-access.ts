/** What this program needs of HID devices, as a port: node-hid fulfils it, and tests put their own devices behind it. */

export type HidInfo = {
  readonly vendorId: number
  readonly productId: number
  readonly path?: string | undefined
  readonly serialNumber?: string | undefined
  readonly manufacturer?: string | undefined
  readonly product?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}

export type HidDevice = {
  on(event: 'data', listener: (report: Buffer) => void): unknown
  /** node-hid hands over a text here, not an Error. */
  on(event: 'error', listener: (problem: unknown) => void): unknown
  /** Report id first. Resolves with the bytes taken. */
  write(report: Buffer): Promise<number>
  close(): Promise<void>
}

export type HidAccess = {
  devices(vendorId: number, productId: number): Promise<readonly HidInfo[]>
  open(path: string): Promise<HidDevice>
}

/** Loads node-hid when a device is first looked for: terminals without HID devices need neither it nor its system libraries. */
export function nodeHid(): HidAccess {
  return {
    async devices(vendorId, productId) {
      const { devicesAsync } = await import('node-hid')
      return devicesAsync(vendorId, productId)
    },
    async open(path) {
      const { HIDAsync } = await import('node-hid')
      return HIDAsync.open(path)
    },
  }
}
