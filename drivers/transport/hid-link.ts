/** A HID device as a `ReportLink`, found by its numbers and by what it says it is for. */
import type { Clock } from '#core/ports/clock.ts'
import type { HidAccess, HidDevice, HidInfo } from './hid-access.ts'
import { createPendingWrites } from './pending-writes.ts'
import { type OpenPort, reopeningLink } from './reopening-link.ts'
import { REPORT_LIMIT, type ReportLink, type ReportLinkState } from './report-link.ts'

export type HidMatch = {
  readonly vendorId: number
  readonly productId: number
  /** Only this one of several equal devices. */
  readonly serialNumber?: string | undefined
  /** What the device must be for (HID usage tables), such as 0x8C for scanners; absent: any use but keyboard and mouse. */
  readonly usagePage?: number | undefined
}

export type HidLinkOptions = {
  readonly access: HidAccess
  readonly match: HidMatch
  readonly clock: Clock
  readonly reopenEveryMs?: number
}

/** There are no hot-plug events: a missing device is looked for twice a second, an open one says itself that it went. */
const LOOK_EVERY_MS = 500
/** A report is one interrupt transfer; a device that takes none for so long is stuck. */
const WRITE_STALL_MS = 2000
/** Generic desktop, keyboard (HID usage tables 1.x). */
const USAGE_PAGE_DESKTOP = 0x01
const USAGE_KEYBOARD = 0x06

/**
 * Returns a link that does nothing until `start`. When several devices fit none is taken. A device that fits by its numbers and
 * offers nothing but a keyboard gives the state `wrongDevice`: it must be switched to its HID POS or serial mode.
 */
export function hidLink(options: HidLinkOptions): ReportLink {
  const { access, match, clock, reopenEveryMs = LOOK_EVERY_MS } = options
  const stateListeners: ((state: ReportLinkState) => void)[] = []
  let opened: HidInfo | null = null
  let path = ''
  let keyboard: HidInfo | null = null
  let told: ReportLinkState = 'gone'

  async function identify(): Promise<string | null> {
    // An open device reports its end by itself, and its node is not used again before that.
    if (link.state === 'open') return path
    const found = await look(access, match)
    opened = found.usable
    keyboard = found.keyboard
    tell()
    path = opened?.path ?? ''
    return path === '' ? null : path
  }

  async function open(): Promise<OpenPort | null> {
    try {
      return asOpenPort(await access.open(path), clock)
    } catch {
      // The rights on a fresh node come a moment after the node.
      return null
    }
  }

  function tell(): void {
    const now = state()
    if (now === told) return
    told = now
    for (const listener of stateListeners) listener(now)
  }

  function state(): ReportLinkState {
    if (link.state === 'open') return 'open'
    return keyboard === null ? 'gone' : 'wrongDevice'
  }

  const link = reopeningLink({ source: { identify, open }, clock, reopenEveryMs })
  link.onState(tell)

  return {
    get state() {
      return state()
    },
    get found() {
      if (link.state === 'open' && opened !== null) return describe(opened)
      return keyboard === null ? '' : `${describe(keyboard)}, a keyboard (usage page 1, usage 6)`
    },
    start: () => link.start(),
    write: (report) => (report.length > REPORT_LIMIT ? Promise.resolve(false) : link.write(report)),
    onReport: (listener) => link.onBytes(listener),
    onState: (listener) => void stateListeners.push(listener),
    close: () => link.close(),
  }
}

type Found = { readonly usable: HidInfo | null; readonly keyboard: HidInfo | null }

async function look(access: HidAccess, match: HidMatch): Promise<Found> {
  const { vendorId, productId, serialNumber, usagePage } = match
  let all: readonly HidInfo[]
  try {
    all = await access.devices(vendorId, productId)
  } catch {
    // The list itself cannot be read (no library, no rights): nothing is there until that changes.
    return { usable: null, keyboard: null }
  }
  const ours = all.filter(
    (info) =>
      info.vendorId === vendorId &&
      info.productId === productId &&
      (serialNumber === undefined || info.serialNumber === serialNumber),
  )
  const fitting = ours.filter((info) =>
    usagePage === undefined ? info.usagePage !== USAGE_PAGE_DESKTOP : info.usagePage === usagePage,
  )
  const keyboard = ours.find(
    (info) => info.usagePage === USAGE_PAGE_DESKTOP && info.usage === USAGE_KEYBOARD,
  )
  // One device may be listed once for each of its uses.
  const paths = new Set(fitting.map((info) => info.path))
  return {
    usable: paths.size === 1 ? (fitting[0] ?? null) : null,
    keyboard: paths.size === 0 ? (keyboard ?? null) : null,
  }
}

function asOpenPort(device: HidDevice, clock: Clock): OpenPort {
  const goneListeners: (() => void)[] = []
  const writes = createPendingWrites({
    clock,
    stallMs: WRITE_STALL_MS,
    onStall: () => void leave(),
  })
  let closed: Promise<void> | null = null
  device.on('error', () => void leave())

  function leave(): Promise<void> {
    closed ??= end()
    return closed
  }

  async function end(): Promise<void> {
    writes.end()
    for (const listener of goneListeners) listener()
    await device.close().catch(() => {
      // A device that is gone may complain about being closed.
    })
  }

  async function send(report: Uint8Array, done: (taken: boolean) => void): Promise<void> {
    try {
      const taken = await device.write(Buffer.from(report))
      done(taken >= report.length)
    } catch {
      done(false)
      void leave()
    }
  }

  return {
    write: (report) => writes.write(report.length, (done) => void send(report, done)),
    onBytes(listener) {
      device.on('data', (report) => {
        if (closed !== null || report.length > REPORT_LIMIT) return
        const own = Uint8Array.from(report)
        report.fill(0)
        listener(own)
      })
    },
    onGone(listener) {
      if (closed === null) goneListeners.push(listener)
      else listener()
    },
    close: leave,
  }
}

function describe(info: HidInfo): string {
  const names = [info.manufacturer, info.product, info.serialNumber]
  const numbers = `${hex(info.vendorId)}:${hex(info.productId)}`
  return [numbers, ...names].filter((part) => part !== undefined && part !== '').join(' ')
}

function hex(number: number): string {
  return number.toString(16).padStart(4, '0')
}
