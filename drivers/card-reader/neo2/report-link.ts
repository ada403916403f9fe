/**
 * The bytes of a NEO2 reader in USB HID reports of 64 bytes. The report id says which part of a frame it is; it is no part of the frame
 * and not of its CRC.
 */
import type { ByteLink } from '../../transport/byte-link.ts'
import type { ReportLink } from '../../transport/report-link.ts'

const REPORT_BYTES = 64
const PART_BYTES = REPORT_BYTES - 1
const SINGLE = 0x01
const FIRST = 0x02
const MIDDLE = 0x03
const LAST = 0x04

/**
 * Returns the reports as a stream. One `write` is one frame; the last report is filled up with zeros. Reports with another id are no
 * part of a frame and are dropped; zeros behind a frame are noise to the decoder. A keyboard in the reader's place counts as gone.
 */
export function neo2ReportLink(reports: ReportLink): ByteLink {
  let last: Promise<unknown> = Promise.resolve()

  async function send(frame: Uint8Array): Promise<boolean> {
    for (const report of reportsOf(frame)) {
      const taken = await reports.write(report)
      report.fill(0)
      if (!taken) return false
    }
    return true
  }

  return {
    get state() {
      return reports.state === 'open' ? 'open' : 'gone'
    },
    start: () => reports.start(),
    write(frame) {
      const sent = last.then(() => send(frame))
      last = sent
      return sent
    },
    onBytes(listener) {
      reports.onReport((report) => {
        const [id = 0] = report
        const part = id >= SINGLE && id <= LAST ? report.slice(1) : null
        report.fill(0)
        if (part !== null) listener(part)
      })
    },
    onState: (listener) => reports.onState((state) => listener(state === 'open' ? 'open' : 'gone')),
    close: () => reports.close(),
  }
}

function reportsOf(frame: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(frame.length / PART_BYTES))
  return Array.from({ length: count }, (_, index) => {
    const report = new Uint8Array(REPORT_BYTES)
    report[0] = partId(index, count)
    report.set(frame.subarray(index * PART_BYTES, (index + 1) * PART_BYTES), 1)
    return report
  })
}

function partId(index: number, count: number): number {
  if (count === 1) return SINGLE
  if (index === 0) return FIRST
  return index + 1 < count ? MIDDLE : LAST
}
