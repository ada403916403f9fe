/**
 * A USB printer of class 7 behind the WebUSB interface of the package usb, as strict as the system: open before claim, claim only once
 * the kernel's driver is off, every transfer with a time-out and in small chunks. A time-out in the middle of a chunk has taken part of it.
 */
import type { Pty } from '../pty.ts'

export type VirtualUsbPrinter = Pty & {
  /** What the terminal did against the rules; empty is right. */
  readonly complaints: readonly string[]
  /** Opened and not closed. */
  readonly opened: boolean
  /** Takes no data, as a printer without paper: chunks time out with their first packet taken. */
  setDeaf(deaf: boolean): void
  /** Answers nothing on the way back. */
  setMute(mute: boolean): void
  setPortStatus(status: number): void
  /** The next read finds the endpoint halted. */
  haltNext(): void
  /** What a program finds on the bus. */
  devices(): Promise<readonly VirtualUsbDevice[]>
}

type VirtualUsbDevice = ReturnType<typeof createDevice>['device']

export type UsbPrinterShape = {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string
  /** 2 answers, 1 only listens. */
  readonly protocol?: number
  readonly interfaceClass?: number
}

const CHUNK_LIMIT = 4096
const PACKET_BYTES = 64
const PRINTER = 3
const IN = 1
const OUT = 2

/** Plugged in, with usblp on it. */
export function startVirtualUsbPrinter(shape: UsbPrinterShape): VirtualUsbPrinter {
  const complaints: string[] = []
  const listeners: ((bytes: Uint8Array) => void)[] = []
  const printer: Printer = {
    shape,
    complaints,
    deaf: false,
    mute: false,
    halted: false,
    portStatus: 0x18,
    take(bytes) {
      for (const listener of listeners) listener(bytes)
    },
  }
  let current: ReturnType<typeof createDevice> | null = createDevice(printer)

  return {
    path: 'usb',
    complaints,
    get plugged() {
      return current !== null
    },
    get opened() {
      return current?.isOpen() ?? false
    },
    onBytes: (listener) => void listeners.push(listener),
    write(bytes) {
      if (!printer.mute) current?.answer(bytes)
    },
    plug() {
      current ??= createDevice(printer)
    },
    unplug() {
      current?.unplug()
      current = null
    },
    stop() {
      current?.unplug()
      current = null
    },
    setDeaf: (deaf) => void (printer.deaf = deaf),
    setMute: (mute) => void (printer.mute = mute),
    setPortStatus: (status) => void (printer.portStatus = status),
    haltNext: () => void (printer.halted = true),
    devices: () => Promise.resolve(current === null ? [] : [current.device]),
  }
}

type Printer = {
  readonly shape: UsbPrinterShape
  readonly complaints: string[]
  deaf: boolean
  mute: boolean
  halted: boolean
  portStatus: number
  take(bytes: Uint8Array): void
}

type Reader = { resolve(bytes: Buffer): void; reject(error: Error): void }

function createDevice(printer: Printer) {
  const { complaints, shape } = printer
  let waiting: Buffer = Buffer.alloc(0)
  let reader: Reader | null = null
  let kernelDriver = true
  let open = false
  let claimed = false
  let there = true

  function check(rule: boolean, complaint: string): Promise<void> {
    if (!there) return Promise.reject(new Error('Disconnected'))
    if (rule) return Promise.resolve()
    complaints.push(complaint)
    return Promise.reject(new Error(complaint))
  }

  function transferable(timeoutMs: unknown): Promise<void> {
    if (typeof timeoutMs !== 'number') complaints.push('a transfer without time-out')
    return check(open && claimed, 'a transfer without claim')
  }

  function read(timeoutMs: number): Promise<Buffer> {
    if (reader !== null) complaints.push('two reads at once')
    if (waiting.length > 0) {
      const bytes = waiting.subarray(0, PACKET_BYTES)
      waiting = waiting.subarray(bytes.length)
      return Promise.resolve(bytes)
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error('transferIn error: Cancelled'))),
        timeoutMs,
      )
      function settle(done: () => void): void {
        clearTimeout(timer)
        reader = null
        done()
      }
      reader = {
        resolve: (bytes) => settle(() => resolve(bytes)),
        reject: (error) => settle(() => reject(error)),
      }
    })
  }

  const interfaces = [
    { interfaceNumber: 0, alternates: [alternate(0x03, 0, [])] },
    {
      interfaceNumber: PRINTER,
      alternates: [
        alternate(shape.interfaceClass ?? 0x07, shape.protocol ?? 2, [
          ...(shape.protocol === 1 ? [] : [endpoint(IN, 'in')]),
          endpoint(OUT, 'out'),
        ]),
      ],
    },
  ]

  const device = {
    vendorId: shape.vendorId,
    productId: shape.productId,
    serialNumber: shape.serialNumber ?? null,
    /** The library opens a closed device to read this, which fails without rights: nobody may rely on it. */
    get configuration() {
      if (!open) complaints.push('configuration read while closed')
      return { interfaces }
    },
    async open() {
      await check(!open, 'opened twice')
      open = true
    },
    async close() {
      await check(open, 'closed without open')
      if (claimed) complaints.push('closed while claimed')
      open = false
    },
    async detachKernelDriver(number: number) {
      await check(open && number === PRINTER, 'detached without open')
      if (!kernelDriver) throw new Error('no driver attached')
      kernelDriver = false
    },
    async claimInterface(number: number) {
      await check(open && number === PRINTER, 'claimed without open')
      if (kernelDriver) throw new Error('interface is busy (errno 16)')
      claimed = true
    },
    async releaseInterface(number: number) {
      await check(claimed && number === PRINTER, 'released without claim')
      if (reader !== null) complaints.push('released during a read')
      claimed = false
    },
    async selectAlternateInterface() {
      await check(false, 'there is one alternate only')
    },
    async clearHalt(direction: string, number: number) {
      await check(direction === 'in' && number === IN, 'cleared what was not halted')
      printer.halted = false
    },
    async transferIn(number: number, length: number, timeoutMs: number) {
      await transferable(timeoutMs)
      await check(number === IN && length % PACKET_BYTES === 0, `a read of ${length} at ${number}`)
      if (printer.halted) return { status: 'stall' }
      const bytes = await read(timeoutMs)
      return { status: 'ok', data: new DataView(Uint8Array.from(bytes).buffer) }
    },
    async transferOut(number: number, data: Uint8Array, timeoutMs: number) {
      await transferable(timeoutMs)
      await check(number === OUT && data.length <= CHUNK_LIMIT, `a write of ${data.length}`)
      if (printer.deaf) {
        printer.take(Uint8Array.from(data.subarray(0, PACKET_BYTES)))
        await new Promise((resolve) => setTimeout(resolve, timeoutMs))
        throw new Error('transferOut error: Cancelled')
      }
      printer.take(Uint8Array.from(data))
      return { status: 'ok', bytesWritten: data.length }
    },
    async controlTransferIn(
      setup: { requestType: string; recipient: string; request: number; index: number },
      length: number,
      timeoutMs: number,
    ) {
      await transferable(timeoutMs)
      const { requestType, recipient, request, index } = setup
      const right = requestType === 'class' && recipient === 'interface' && request === 1
      await check(right && index === PRINTER && length === 1, 'an unknown request')
      return { status: 'ok', data: new DataView(Uint8Array.of(printer.portStatus).buffer) }
    },
  }

  return {
    device,
    isOpen: () => open,
    answer(bytes: Uint8Array) {
      if (!open) return
      waiting = Buffer.concat([waiting, bytes])
      const ready = reader
      if (ready === null) return
      const part = waiting.subarray(0, PACKET_BYTES)
      waiting = waiting.subarray(part.length)
      ready.resolve(part)
    },
    unplug() {
      there = false
      reader?.reject(new Error('transferIn error: Disconnected'))
    },
  }
}

function alternate(interfaceClass: number, interfaceProtocol: number, endpoints: Endpoint[]) {
  return { alternateSetting: 0, interfaceClass, interfaceProtocol, endpoints }
}

type Endpoint = ReturnType<typeof endpoint>

function endpoint(endpointNumber: number, direction: 'in' | 'out') {
  return { endpointNumber, direction, type: 'bulk', packetSize: PACKET_BYTES }
}
