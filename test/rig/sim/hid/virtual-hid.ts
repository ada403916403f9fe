/**
 * HID devices in the place of node-hid's: they appear and vanish, take reports of their own length only, and fail as node-hid fails
 * (a text, not an Error, as the payload of `error`).
 */
import { EventEmitter } from 'node:events'

export type VirtualHidDescription = {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string
  readonly manufacturer?: string
  readonly product?: string
  /** One entry in the list for each. */
  readonly uses: readonly { readonly usagePage: number; readonly usage: number }[]
  /** Length of an output report with its id; anything else is refused. */
  readonly outputBytes: number
}

export type VirtualHid = {
  readonly plugged: boolean
  /** Opened and not closed. */
  readonly opened: number
  /** What was done against the rules, newest last; empty is right. */
  readonly complaints: readonly string[]
  onReport(listener: (report: Buffer) => void): void
  /** A report for whoever has it open, its id first; lost when nobody has. */
  send(report: Uint8Array): void
  /** Everyone who has it open hears an error; then the path is gone. */
  unplug(): void
  /** On a new path. */
  plug(): void
}

type Opened = EventEmitter & {
  write(report: Buffer): Promise<number>
  close(): Promise<void>
}

export type VirtualHidBus = {
  /** Plugged in. */
  add(description: VirtualHidDescription): VirtualHid
  devices(
    vendorId: number,
    productId: number,
  ): Promise<
    readonly (Omit<VirtualHidDescription, 'uses'> & {
      path: string
      usagePage: number
      usage: number
    })[]
  >
  open(path: string): Promise<Opened>
}

export function createVirtualHidBus(): VirtualHidBus {
  const plugged = new Map<string, { description: VirtualHidDescription; open(): Opened }>()
  let nextNumber = 0

  function add(description: VirtualHidDescription): VirtualHid {
    const opened = new Set<Opened>()
    const listeners: ((report: Buffer) => void)[] = []
    const complaints: string[] = []
    let path: string | null = null

    function open(): Opened {
      let closed = false
      const device: Opened = Object.assign(new EventEmitter(), {
        write(report: Buffer) {
          if (closed || !opened.has(device)) {
            complaints.push('a report for a closed device')
            return Promise.reject(new TypeError('device has been closed'))
          }
          if (report.length !== description.outputBytes) {
            complaints.push(`a report of ${report.length} bytes`)
            return Promise.reject(new Error('could not send HID report'))
          }
          for (const listener of listeners) listener(Buffer.from(report))
          return Promise.resolve(report.length)
        },
        close() {
          if (closed) complaints.push('closed twice')
          closed = true
          opened.delete(device)
          return Promise.resolve()
        },
      })
      opened.add(device)
      return device
    }

    const hid: VirtualHid = {
      get plugged() {
        return path !== null
      },
      get opened() {
        return opened.size
      },
      complaints,
      onReport: (listener) => void listeners.push(listener),
      send(report) {
        for (const device of opened) device.emit('data', Buffer.from(report))
      },
      plug() {
        if (path !== null) return
        path = `/dev/hidraw${nextNumber}`
        nextNumber += 1
        plugged.set(path, { description, open })
      },
      unplug() {
        if (path === null) return
        plugged.delete(path)
        path = null
        const all = [...opened]
        opened.clear()
        for (const device of all) device.emit('error', 'could not read from HID device')
      },
    }
    hid.plug()
    return hid
  }

  return {
    add,
    devices(vendorId, productId) {
      const fitting = [...plugged].filter(
        ([, { description }]) =>
          description.vendorId === vendorId && description.productId === productId,
      )
      return Promise.resolve(
        fitting.flatMap(([path, { description }]) => {
          const { uses, ...rest } = description
          return uses.map((use) => ({ ...rest, ...use, path }))
        }),
      )
    },
    open(path) {
      const found = plugged.get(path)
      return found === undefined
        ? Promise.reject(new TypeError(`cannot open device with path ${path}`))
        : Promise.resolve(found.open())
    },
  }
}
