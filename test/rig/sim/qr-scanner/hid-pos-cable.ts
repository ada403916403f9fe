/** The USB cable of a scanner in HID POS mode: puts what the scanner reads into reports, and takes trigger commands out of them. */
import type { Pty } from '../pty.ts'

const REPORT_BYTES = 64
const DATA_AT = 5
const DATA_BYTES = 56
const AIM_BYTES = 3
/** Honeywell's and Newland's command reports: number, length, the serial command. */
const COMMAND_REPORTS = [0xfd, 0x04]

export type HidPosCable = Pty & {
  /** What the terminal did against the rules of the reports; empty is right. */
  readonly complaints: readonly string[]
}

/** `reports` carries whole reports of 64 bytes, perhaps several at once or one in parts. `suffix` ends each code of the scanner. */
export function openHidPosCable(reports: Pty, suffix: string): HidPosCable {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  const complaints: string[] = []
  let waiting: Buffer = Buffer.alloc(0)

  reports.onBytes((bytes) => {
    waiting = Buffer.concat([waiting, bytes])
    while (waiting.length >= REPORT_BYTES) {
      take(waiting.subarray(0, REPORT_BYTES))
      waiting = waiting.subarray(REPORT_BYTES)
    }
  })

  function take(report: Buffer): void {
    const [id = 0, length = 0] = report
    if (!COMMAND_REPORTS.includes(id)) return void complaints.push(`report ${id}`)
    if (report.subarray(2 + length).some((byte) => byte !== 0))
      complaints.push('bytes behind a command')
    for (const listener of listeners) listener(Uint8Array.from(report.subarray(2, 2 + length)))
  }

  function reportsOf(code: Buffer): readonly Buffer[] {
    const aimIdentifier = code.subarray(0, AIM_BYTES)
    const data = code.subarray(AIM_BYTES)
    const count = Math.max(1, Math.ceil(data.length / DATA_BYTES))
    return Array.from({ length: count }, (_, index) => {
      const part = data.subarray(index * DATA_BYTES, (index + 1) * DATA_BYTES)
      const report = Buffer.alloc(REPORT_BYTES)
      report[0] = 0x02
      report[1] = part.length
      aimIdentifier.copy(report, 2)
      part.copy(report, DATA_AT)
      report[REPORT_BYTES - 1] = index + 1 < count ? 0x01 : 0x00
      return report
    })
  }

  return {
    path: reports.path,
    get plugged() {
      return reports.plugged
    },
    complaints,
    onBytes: (listener) => void listeners.push(listener),
    write(bytes) {
      for (const code of Buffer.from(bytes).toString('latin1').split(suffix)) {
        if (code === '') continue
        for (const report of reportsOf(Buffer.from(code, 'latin1'))) reports.write(report)
      }
    },
    plug: () => reports.plug(),
    unplug() {
      waiting = Buffer.alloc(0)
      reports.unplug()
    },
    stop: () => reports.stop(),
  }
}
