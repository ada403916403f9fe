/** A code scanner in HID POS mode: sends what it reads as 64-byte reports, and takes the trigger commands in output reports. */
import type { VirtualHid } from '../hid/virtual-hid.ts'
import { createTriggerReader } from './trigger-reader.ts'

export type HidScannerSim = {
  readonly triggered: boolean
  /** Commands that were not understood. */
  readonly complaints: readonly string[]
  /** Reads a code now, light on or not, as a scanner in presentation mode does. */
  read(code: string | Uint8Array): void
  /** The same without its last report. */
  readHalf(code: string | Uint8Array): void
  /** One report as it is. */
  sendRaw(report: Uint8Array): void
  onTrigger(listener: () => void): void
}

const DATA_AT = 5
const DATA_BYTES = 56
const HONEYWELL_REPORT = 0xfd
const NEWLAND_REPORT = 0x04

export function startHidScannerSim(hid: VirtualHid, aimIdentifier = ']Q1'): HidScannerSim {
  const reader = createTriggerReader()
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  let triggered = false

  hid.onReport((report) => {
    const [id, length = 0] = report
    if (id !== HONEYWELL_REPORT && id !== NEWLAND_REPORT)
      return void complaints.push(`report ${id}`)
    if (report.subarray(2 + length).some((byte) => byte !== 0))
      complaints.push('bytes behind a command')
    for (const heard of reader.push(report.subarray(2, 2 + length)))
      if (heard.kind === 'trigger') triggered = heard.on
      else complaints.push(heard.about)
    for (const listener of listeners) listener()
  })

  function reportsOf(code: string | Uint8Array): Buffer[] {
    const bytes = Buffer.from(code)
    const count = Math.max(1, Math.ceil(bytes.length / DATA_BYTES))
    return Array.from({ length: count }, (_, index) => {
      const part = bytes.subarray(index * DATA_BYTES, (index + 1) * DATA_BYTES)
      const report = Buffer.alloc(64)
      report[0] = 0x02
      report[1] = part.length
      report.write(aimIdentifier, 2, 'latin1')
      part.copy(report, DATA_AT)
      report[63] = index + 1 < count ? 0x01 : 0x00
      return report
    })
  }

  return {
    get triggered() {
      return triggered
    },
    complaints,
    read(code) {
      for (const report of reportsOf(code)) hid.send(report)
    },
    readHalf(code) {
      for (const report of reportsOf(code).slice(0, -1)) hid.send(report)
    },
    sendRaw: (report) => hid.send(report),
    onTrigger: (listener) => void listeners.push(listener),
  }
}
