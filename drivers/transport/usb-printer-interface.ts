/** The interface of class 7 on a USB device: found, taken from the kernel, read, written and asked for its status. */
import type { UsbDeviceAccess } from './usb-access.ts'

export type PrinterInterface = {
  /** False: a printer that only listens. */
  readonly readable: boolean
  /** What came; empty after `timeoutMs`. */
  read(timeoutMs: number): Promise<Uint8Array | 'gone'>
  /** Bytes taken, at least one; `unknown` after a time-out or when the printer went. */
  write(bytes: Uint8Array, timeoutMs: number): Promise<number | 'unknown'>
  /** The byte of GET_PORT_STATUS; null when there is none. */
  portStatus(timeoutMs: number): Promise<number | null>
  close(): Promise<void>
}

/** USB printer class 1.1: interface class 7, protocol 1 only listens, 2 answers too; others wrap the data in more. */
const CLASS_PRINTER = 0x07
const PROTOCOLS = [0x02, 0x01]
const GET_PORT_STATUS = 0x01

type Place = {
  readonly interfaceNumber: number
  readonly alternateSetting: number
  readonly outEndpoint: number
  readonly inEndpoint: { readonly number: number; readonly packetSize: number } | null
}

/** Opens the device and takes its printer interface. Null: it has none, or the system does not give it. Never rejects. */
export async function claimPrinter(device: UsbDeviceAccess): Promise<PrinterInterface | null> {
  try {
    await device.open()
  } catch {
    // The rights on a fresh node come a moment after the node.
    return null
  }
  try {
    // Only now: the library opens a closed device to read this, and throws when it may not.
    const place = findPrinter(device)
    if (place === null) {
      await device.close().catch(nothing)
      return null
    }
    await device.detachKernelDriver(place.interfaceNumber).catch(nothing)
    await device.claimInterface(place.interfaceNumber)
    if (place.alternateSetting !== 0)
      await device.selectAlternateInterface(place.interfaceNumber, place.alternateSetting)
    return onPlace(device, place)
  } catch {
    await device.close().catch(nothing)
    return null
  }
}

function findPrinter(device: UsbDeviceAccess): Place | null {
  const places = (device.configuration?.interfaces ?? []).flatMap(
    ({ interfaceNumber, alternates }) =>
      alternates
        .filter(({ interfaceClass }) => interfaceClass === CLASS_PRINTER)
        .map((alternate) => ({ interfaceNumber, alternate })),
  )
  for (const protocol of PROTOCOLS) {
    const place = places.find(({ alternate }) => alternate.interfaceProtocol === protocol)
    if (place === undefined) continue
    const bulk = place.alternate.endpoints.filter(({ type }) => type === 'bulk')
    const out = bulk.find(({ direction }) => direction === 'out')
    const back = bulk.find(({ direction }) => direction === 'in')
    if (out === undefined) continue
    return {
      interfaceNumber: place.interfaceNumber,
      alternateSetting: place.alternate.alternateSetting,
      outEndpoint: out.endpointNumber,
      inEndpoint:
        back === undefined ? null : { number: back.endpointNumber, packetSize: back.packetSize },
    }
  }
  return null
}

function onPlace(device: UsbDeviceAccess, place: Place): PrinterInterface {
  const { interfaceNumber, inEndpoint, outEndpoint } = place

  async function read(timeoutMs: number): Promise<Uint8Array | 'gone'> {
    if (inEndpoint === null) return new Uint8Array(0)
    try {
      const { data, status } = await device.transferIn(
        inEndpoint.number,
        inEndpoint.packetSize,
        timeoutMs,
      )
      if (status === 'stall') await device.clearHalt('in', inEndpoint.number)
      return bytesOf(data)
    } catch (error) {
      return isTimeout(error) ? new Uint8Array(0) : 'gone'
    }
  }

  return {
    readable: inEndpoint !== null,
    read,
    async write(bytes, timeoutMs) {
      try {
        const { bytesWritten } = await device.transferOut(
          outEndpoint,
          Uint8Array.from(bytes),
          timeoutMs,
        )
        return bytesWritten > 0 ? bytesWritten : 'unknown'
      } catch {
        // Time-out and unplug alike: part of the chunk may have been taken.
        return 'unknown'
      }
    },
    async portStatus(timeoutMs) {
      const setup = {
        requestType: 'class',
        recipient: 'interface',
        request: GET_PORT_STATUS,
        value: 0,
        index: interfaceNumber,
      } as const
      try {
        const { data } = await device.controlTransferIn(setup, 1, timeoutMs)
        return bytesOf(data)[0] ?? null
      } catch {
        return null
      }
    },
    async close() {
      await device.releaseInterface(interfaceNumber).catch(nothing)
      await device.close().catch(nothing)
    },
  }
}

function bytesOf(data: DataView | undefined): Uint8Array {
  if (data === undefined) return new Uint8Array(0)
  return Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

/** The library has no code for it: its text ends in "Cancelled". */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Cancelled')
}

function nothing(): void {
  // A device that is gone complains about everything; a kernel driver that is not there cannot be detached.
}
