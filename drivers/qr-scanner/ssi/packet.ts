/**
 * Packets of Zebra's Simple Serial Interface (guide 72E-40451): length, opcode, source, status, data, checksum. Pure: bytes in, packets
 * out; time comes in as `silence`.
 */
export const CMD_ACK = 0xd0
export const CMD_NAK = 0xd1
export const START_SESSION = 0xe4
export const STOP_SESSION = 0xe5
export const DECODE_DATA = 0xf3

/** First data byte of a NAK: the checksum was wrong, send again. */
export const NAK_RESEND = 0x01

const SOURCE_DECODER = 0x00
const SOURCE_HOST = 0x04
const STATUS_RETRANSMIT = 0x01
const STATUS_CONTINUED = 0x02
const HEAD_BYTES = 4
const CHECKSUM_BYTES = 2
const MAX_PACKET_BYTES = 0xff + CHECKSUM_BYTES

export type SsiPacket = {
  readonly opcode: number
  /** Sent again, because no ACK had come. */
  readonly retransmitted: boolean
  /** More packets of the same message follow. */
  readonly continued: boolean
  /** The receiver owns the bytes. */
  readonly data: Uint8Array
}

export type SsiDecoder = {
  /** Packets that these bytes complete; `garbled` for each that was damaged, after which everything held is dropped. */
  push(bytes: Uint8Array): (SsiPacket | 'garbled')[]
  /** No byte for a while: true when half a packet was dropped. */
  silence(): boolean
  /** True while a packet is half received. */
  readonly busy: boolean
}

/** A command of the host as the scanner takes it. `data` may be empty. */
export function encodeSsi(
  opcode: number,
  options: { readonly data?: Uint8Array; readonly retransmitted?: boolean } = {},
): Uint8Array {
  const { data = new Uint8Array(0), retransmitted = false } = options
  const length = HEAD_BYTES + data.length
  const packet = new Uint8Array(length + CHECKSUM_BYTES)
  packet.set([length, opcode, SOURCE_HOST, retransmitted ? STATUS_RETRANSMIT : 0])
  packet.set(data, HEAD_BYTES)
  const sum = checksum(packet.subarray(0, length))
  packet.set([sum >> 8, sum & 0xff], length)
  return packet
}

export function createSsiDecoder(): SsiDecoder {
  const held = new Uint8Array(MAX_PACKET_BYTES)
  let length = 0

  function clear(): void {
    held.fill(0)
    length = 0
  }

  function take(byte: number): (SsiPacket | 'garbled')[] {
    held[length] = byte
    length += 1
    const claimed = held[0] ?? 0
    if (claimed < HEAD_BYTES) return finish('garbled')
    if (length < claimed + CHECKSUM_BYTES) return []
    const sum = ((held[claimed] ?? 0) << 8) | (held[claimed + 1] ?? 0)
    const right = sum === checksum(held.subarray(0, claimed)) && held[2] === SOURCE_DECODER
    return finish(right ? asPacket(claimed) : 'garbled')
  }

  function finish(result: SsiPacket | 'garbled'): (SsiPacket | 'garbled')[] {
    clear()
    return [result]
  }

  function asPacket(claimed: number): SsiPacket {
    const status = held[3] ?? 0
    return {
      opcode: held[1] ?? 0,
      retransmitted: (status & STATUS_RETRANSMIT) !== 0,
      continued: (status & STATUS_CONTINUED) !== 0,
      data: held.slice(HEAD_BYTES, claimed),
    }
  }

  return {
    push(bytes) {
      const done: (SsiPacket | 'garbled')[] = []
      for (const byte of bytes) {
        done.push(...take(byte))
        // Lengths cannot be trusted behind a damaged packet: the scanner sends again after the silence.
        if (done.at(-1) === 'garbled') break
      }
      bytes.fill(0)
      return done
    },
    silence() {
      const half = length > 0
      clear()
      return half
    },
    get busy() {
      return length > 0
    },
  }
}

/** Two's complement of the sum of all bytes, 16 bits. */
function checksum(bytes: Uint8Array): number {
  return -bytes.reduce((sum, byte) => sum + byte, 0) & 0xffff
}
