/** What this program needs of USB devices, as a port: the WebUSB interface of the package usb fulfils it, and tests put theirs behind it. */

type UsbEndpointInfo = {
  readonly endpointNumber: number
  readonly direction: 'in' | 'out'
  readonly type: string
  readonly packetSize: number
}

type UsbAlternateInfo = {
  readonly alternateSetting: number
  readonly interfaceClass: number
  readonly interfaceProtocol: number
  readonly endpoints: readonly UsbEndpointInfo[]
}

export type UsbDeviceAccess = {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string | null | undefined
  readonly configuration?:
    | {
        readonly interfaces: readonly {
          readonly interfaceNumber: number
          readonly alternates: readonly UsbAlternateInfo[]
        }[]
      }
    | null
    | undefined
  open(): Promise<void>
  close(): Promise<void>
  /** Rejects when no kernel driver holds the interface. */
  detachKernelDriver(interfaceNumber: number): Promise<void>
  claimInterface(interfaceNumber: number): Promise<void>
  releaseInterface(interfaceNumber: number): Promise<void>
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>
  /** `timeoutMs` goes beyond WebUSB; without it a second passes for ever. Rejects with "Cancelled" when it is over. */
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<UsbIn>
  /** A time-out does not say how much was taken. */
  transferOut(
    endpoint: number,
    data: Uint8Array<ArrayBuffer>,
    timeoutMs: number,
  ): Promise<{ readonly bytesWritten: number; readonly status?: string | undefined }>
  controlTransferIn(setup: UsbSetup, length: number, timeoutMs: number): Promise<UsbIn>
}

type UsbSetup = {
  readonly requestType: 'class'
  readonly recipient: 'interface'
  readonly request: number
  readonly value: number
  readonly index: number
}

type UsbIn = {
  readonly data?: DataView | undefined
  readonly status?: string | undefined
}

export type UsbAccess = { devices(): Promise<readonly UsbDeviceAccess[]> }

/** Loads the package usb when a device is first looked for: terminals without raw USB devices do not need it. */
export function nodeUsb(): UsbAccess {
  return {
    async devices() {
      const { usb } = await import('usb')
      const all: readonly unknown[] = await usb.getDevices()
      return all.filter(isUsbDevice)
    },
  }
}

const METHODS = ['open', 'claimInterface', 'transferIn', 'transferOut', 'controlTransferIn']

/** The package's own types leave the transfers to a type package for browsers. */
function isUsbDevice(device: unknown): device is UsbDeviceAccess {
  if (typeof device !== 'object' || device === null) return false
  return METHODS.every((name) => typeof Reflect.get(device, name) === 'function')
}
