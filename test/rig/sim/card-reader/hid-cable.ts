/**
 * The USB cable of a reader that speaks in HID reports: puts its frames into reports and takes the terminal's out of them, strictly:
 * first, middle and last must come in this order.
 */
import type { VirtualHid } from '../hid/virtual-hid.ts'
import type { Pty } from '../pty.ts'

const PART_BYTES = 63
/** Length of the data, two bytes, high first; everything else of a frame is 16 bytes. */
const LENGTH_AT = 12
const FRAME_BYTES = 16

export type HidCable = Pty & {
  /** What the terminal did against the rules of the reports; empty is right. */
  readonly complaints: readonly string[]
}

export function openHidCable(hid: VirtualHid): HidCable {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  const complaints: string[] = []
  let parts: Buffer[] = []

  hid.onReport((report) => {
    const id = report.readUInt8(0)
    const begins = id === 0x01 || id === 0x02
    const within = parts.length > 0
    if (id < 0x01 || id > 0x04 || begins === within)
      complaints.push(`report ${id} ${within ? 'within' : 'outside of'} a frame`)
    if (begins) parts = []
    parts.push(Buffer.from(report.subarray(1)))
    if (id === 0x02 || id === 0x03) return
    const frame = withoutFill(Buffer.concat(parts))
    parts = []
    for (const listener of listeners) listener(frame)
  })

  /** The last report is filled up with zeros; how many, the length within the frame tells. */
  function withoutFill(bytes: Buffer): Uint8Array {
    const end = Math.min(bytes.length, bytes.readUInt16BE(LENGTH_AT) + FRAME_BYTES)
    if (bytes.subarray(end).some((byte) => byte !== 0)) complaints.push('bytes behind a frame')
    if (bytes.length - end >= PART_BYTES) complaints.push('a report too many')
    return Uint8Array.from(bytes.subarray(0, end))
  }

  return {
    path: 'hid',
    get plugged() {
      return hid.plugged
    },
    complaints,
    onBytes: (listener) => void listeners.push(listener),
    write(bytes) {
      const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
      for (let index = 0; index < count; index++) {
        const report = Buffer.alloc(PART_BYTES + 1)
        report[0] = count === 1 ? 0x01 : index === 0 ? 0x02 : index + 1 < count ? 0x03 : 0x04
        report.set(bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES), 1)
        hid.send(report)
      }
    },
    plug: () => hid.plug(),
    unplug() {
      parts = []
      hid.unplug()
    },
    stop: () => hid.unplug(),
  }
}
