/** The reader's end of the line: commands in, answers out. Written from the protocol facts alone. */
export type Command = { readonly command: number; readonly sub: number; readonly data: Buffer }

const NAME = Buffer.from('ViVOtech2\0', 'latin1')
const LONGEST_DATA = 1_024

export type ReaderEar = {
  /** Takes what arrived; calls back for each whole command or complaint. */
  take(bytes: Uint8Array): void
  forget(): void
}

export type ReaderHears = {
  readonly command: (command: Command) => void
  /** The frame was whole and its CRC wrong. */
  readonly wrongCrc: (command: number) => void
  readonly noise: (why: string) => void
}

export function readerEar(hears: ReaderHears): ReaderEar {
  let pending: Buffer = Buffer.alloc(0)

  const next = (): boolean => {
    const start = pending.indexOf(NAME)
    if (start > 0) {
      hears.noise(`${start} bytes in front of a command`)
      pending = pending.subarray(start)
    }
    if (start < 0) {
      if (pending.length > NAME.length) {
        hears.noise('bytes that are no command')
        pending = Buffer.alloc(0)
      }
      return false
    }
    if (pending.length < 14) return false
    const length = pending.readUInt16BE(12)
    if (length > LONGEST_DATA) {
      hears.noise('a command that is too long')
      pending = pending.subarray(NAME.length)
      return true
    }
    const end = 14 + length
    if (pending.length < end + 2) return false
    const command = pending.readUInt8(10)
    if (pending.readUInt16LE(end) !== crcCcitt(pending.subarray(0, end))) hears.wrongCrc(command)
    else {
      const data = Buffer.from(pending.subarray(14, end))
      hears.command({ command, sub: pending.readUInt8(11), data })
    }
    pending = pending.subarray(end + 2)
    return pending.length > 0
  }

  return {
    take(bytes) {
      pending = Buffer.concat([pending, bytes])
      while (next());
    },
    forget() {
      pending = Buffer.alloc(0)
    },
  }
}

/** An answer; its CRC goes out high byte first, unlike that of a command. */
export function readerFrame(command: number, status: number, data: Buffer): Buffer {
  const head = Buffer.from([command, status, data.length >> 8, data.length & 0xff])
  const body = Buffer.concat([NAME, head, data])
  const crc = Buffer.alloc(2)
  crc.writeUInt16BE(crcCcitt(body))
  return Buffer.concat([body, crc])
}

/** CCITT polynomial by a table of nibbles, starting from FFFF. */
function crcCcitt(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc = nibble(crc, byte >> 4)
    crc = nibble(crc, byte & 0x0f)
  }
  return crc
}

function nibble(crc: number, value: number): number {
  let remainder = ((crc >> 12) ^ value) << 12
  for (let bit = 0; bit < 4; bit++) {
    remainder =
      remainder & 0x8000 ? ((remainder << 1) ^ 0x1021) & 0xffff : (remainder << 1) & 0xffff
  }
  return ((crc << 4) & 0xffff) ^ remainder
}
