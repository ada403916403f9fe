/** A USB printer of class 7 as a `ByteLink`, without the kernel's usblp: for terminals whose kernel lacks it. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from './byte-link.ts'
import { createPendingWrites } from './pending-writes.ts'
import { type OpenPort, reopeningLink } from './reopening-link.ts'
import type { UsbAccess, UsbDeviceAccess } from './usb-access.ts'
import { claimPrinter, type PrinterInterface } from './usb-printer-interface.ts'

type UsbPrinterMatch = {
  readonly vendorId: number
  readonly productId: number
  /** Only this one of several equal printers. */
  readonly serialNumber?: string | undefined
}

export type UsbPrinterLinkOptions = {
  readonly access: UsbAccess
  readonly match: UsbPrinterMatch
  readonly clock: Clock
  readonly reopenEveryMs?: number
  readonly stallMs?: number
  /** Closing never waits longer than this for a silent printer. */
  readonly readTimeoutMs?: number
}

/** GET_PORT_STATUS (USB printer class 1.1, 4.2.2). */
type PortStatus = {
  readonly paperEmpty: boolean
  readonly selected: boolean
  readonly error: boolean
}

export type UsbPrinterLink = ByteLink & {
  /** Asked beside the data, so that it is answered also by a printer that takes none. Null: no printer, or no answer. */
  portStatus(): Promise<PortStatus | null>
  /** The same, in the word that a printer driver asks for. */
  paper(): Promise<'there' | 'empty' | null>
}

/** A missing printer is looked for twice a second; an open one fails its pending read when it goes. */
const LOOK_EVERY_MS = 500
/** A chunk that times out leaves nobody knowing how much of it was taken: small ones keep the doubt small. */
const CHUNK_BYTES = 4096
/** A printer that takes nothing for so long is out of paper or stuck; its driver decides long before. */
const WRITE_TIMEOUT_MS = 15_000
const READ_TIMEOUT_MS = 1000
/** After a read that brought nothing: a printer that keeps sending empty packets must not keep the processor busy. */
const READ_AGAIN_MS = 10
const STATUS_TIMEOUT_MS = 1000

/**
 * Returns a link that does nothing until `start`. Takes the interface from the kernel's driver. When several printers fit, none is
 * taken. A write that is not taken in time closes the printer and opens it afresh.
 */
export function usbPrinterLink(options: UsbPrinterLinkOptions): UsbPrinterLink {
  const { access, match, clock, reopenEveryMs = LOOK_EVERY_MS } = options
  let found: UsbDeviceAccess | null = null
  let printer: PrinterInterface | null = null

  async function identify(): Promise<string | null> {
    // An open printer reports its end by itself.
    if (link.state === 'open') return OPEN
    found = await look(access, match)
    return found === null ? null : OPEN
  }

  async function open(): Promise<OpenPort | null> {
    const claimed = found === null ? null : await claimPrinter(found)
    if (claimed === null) return null
    printer = claimed
    return asOpenPort(claimed, options)
  }

  const link = reopeningLink({ source: { identify, open }, clock, reopenEveryMs })

  return {
    get state() {
      return link.state
    },
    start: () => link.start(),
    write: (bytes) => link.write(bytes),
    onBytes: (listener) => link.onBytes(listener),
    onState: (listener) => link.onState(listener),
    close: () => link.close(),
    portStatus,
    async paper() {
      const status = await portStatus()
      if (status === null) return null
      return status.paperEmpty ? 'empty' : 'there'
    },
  }

  async function portStatus(): Promise<PortStatus | null> {
    const status = link.state === 'open' ? await printer?.portStatus(STATUS_TIMEOUT_MS) : null
    if (status === null || status === undefined) return null
    return {
      paperEmpty: (status & 0x20) !== 0,
      selected: (status & 0x10) !== 0,
      error: (status & 0x08) === 0,
    }
  }
}

const OPEN = 'printer'

async function look(access: UsbAccess, match: UsbPrinterMatch): Promise<UsbDeviceAccess | null> {
  const { vendorId, productId, serialNumber } = match
  try {
    const fitting = (await access.devices()).filter(
      (device) =>
        device.vendorId === vendorId &&
        device.productId === productId &&
        (serialNumber === undefined || device.serialNumber === serialNumber),
    )
    return fitting.length === 1 ? (fitting[0] ?? null) : null
  } catch {
    // The list cannot be read (no library, no rights): nothing is there until that changes.
    return null
  }
}

function asOpenPort(printer: PrinterInterface, options: UsbPrinterLinkOptions): OpenPort {
  const { clock, stallMs = WRITE_TIMEOUT_MS, readTimeoutMs = READ_TIMEOUT_MS } = options
  const bytesListeners: ((bytes: Uint8Array) => void)[] = []
  const goneListeners: (() => void)[] = []
  // The transfers have time-outs of their own; this one is for a library that forgets them.
  const writes = createPendingWrites({ clock, stallMs: stallMs * 2, onStall: () => void leave() })
  let gone = false
  let closed: Promise<void> | null = null
  const reading = read()
  let writing: Promise<unknown> = Promise.resolve()

  async function read(): Promise<void> {
    while (!gone && printer.readable) {
      const bytes = await printer.read(readTimeoutMs)
      if (bytes === 'gone') return void leave()
      if (gone) return
      if (bytes.length > 0) for (const listener of bytesListeners) listener(bytes)
      else await new Promise<void>((resolve) => clock.after(READ_AGAIN_MS, resolve))
    }
  }

  async function writeAll(bytes: Uint8Array): Promise<boolean> {
    for (let at = 0; at < bytes.length && !gone; ) {
      const taken = await printer.write(bytes.subarray(at, at + CHUNK_BYTES), stallMs)
      if (taken === 'unknown') {
        void leave()
        return false
      }
      at += taken
    }
    return !gone
  }

  async function inTurn(
    before: Promise<unknown>,
    bytes: Uint8Array,
    done: (taken: boolean) => void,
  ): Promise<void> {
    await before
    done(await writeAll(bytes))
  }

  function leave(): Promise<void> {
    closed ??= end()
    return closed
  }

  async function end(): Promise<void> {
    gone = true
    writes.end()
    for (const listener of goneListeners) listener()
    await Promise.allSettled([reading, writing])
    await printer.close()
  }

  return {
    write: (bytes) =>
      writes.write(bytes.length, (done) => {
        writing = inTurn(writing, bytes, done)
      }),
    onBytes: (listener) => void bytesListeners.push(listener),
    onGone(listener) {
      if (gone) listener()
      else goneListeners.push(listener)
    },
    close: leave,
  }
}
