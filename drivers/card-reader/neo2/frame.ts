/**
 * The frames of an ID TECH NEO2 reader: the words `ViVOtech2`, command, sub-command or status, length, data, CRC. The reader
 * sends its CRC high byte first and takes ours low byte first. Pure: bytes in, answers out.
 */
export type ReaderEvent =
  /** An answer or notice with a fitting CRC. The receiver owns `data` and zeroes it when it held card data. */
  | {
      readonly kind: 'answer'
      readonly command: number
      readonly status: number
      readonly data: Uint8Array
    }
  /** Something with the right head and a wrong CRC or length. */
  | { readonly kind: 'garbled' }

export type AnswerDecoder = {
  /** Takes a chunk of any size and overwrites it with zeros; returns what is complete now. */
  push(chunk: Uint8Array): ReaderEvent[]
  /** Forgets a half frame and zeroes its bytes. */
  reset(): void
}

/** Card data of one transaction stays well below; a longer length field is damage. */
const MAX_ANSWER_DATA_BYTES = 2_048

const HEAD = Uint8Array.from('ViVOtech2\0', (character) => character.charCodeAt(0))
const DATA_AT = HEAD.length + 4
const CRC_BYTES = 2
const MAX_FRAME_BYTES = DATA_AT + MAX_ANSWER_DATA_BYTES + CRC_BYTES

/** A command as the reader takes it. `data` is copied. */
export function encodeCommand(command: number, sub: number, data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(DATA_AT + data.length + CRC_BYTES)
  frame.set(HEAD)
  frame.set([command, sub, data.length >> 8, data.length & 0xff], HEAD.length)
  frame.set(data, DATA_AT)
  const crc = crc16(frame.subarray(0, -CRC_BYTES))
  frame.set([crc & 0xff, crc >> 8], frame.length - CRC_BYTES)
  return frame
}

/** Noise between frames is skipped; after a damaged frame the search goes on right behind its head. */
export function createAnswerDecoder(): AnswerDecoder {
  const held = new Uint8Array(MAX_FRAME_BYTES)
  let length = 0

  const drop = (count: number): void => {
    held.copyWithin(0, count, length)
    held.fill(0, length - count, length)
    length -= count
  }

  /** Drops bytes until the buffer starts with (the beginning of) a head. */
  const align = (): void => {
    let at = 0
    while (at < length && !isHeadStart(held.subarray(at, Math.min(length, at + HEAD.length)))) at++
    if (at > 0) drop(at)
  }

  const take = (events: ReaderEvent[]): boolean => {
    align()
    if (length < DATA_AT) return false
    const dataLength = ((held[HEAD.length + 2] ?? 0) << 8) | (held[HEAD.length + 3] ?? 0)
    const end = DATA_AT + dataLength
    if (dataLength <= MAX_ANSWER_DATA_BYTES && length < end + CRC_BYTES) return false
    if (dataLength > MAX_ANSWER_DATA_BYTES || !crcFits(end)) {
      events.push({ kind: 'garbled' })
      drop(HEAD.length)
      return true
    }
    events.push({
      kind: 'answer',
      command: held[HEAD.length] ?? 0,
      status: held[HEAD.length + 1] ?? 0,
      data: held.slice(DATA_AT, end),
    })
    drop(end + CRC_BYTES)
    return true
  }

  const crcFits = (end: number): boolean =>
    crc16(held.subarray(0, end)) === (((held[end] ?? 0) << 8) | (held[end + 1] ?? 0))

  return {
    push(chunk) {
      const events: ReaderEvent[] = []
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.subarray(at, at + held.length - length)
        held.set(part, length)
        length += part.length
        at += part.length
        while (take(events));
      }
      chunk.fill(0)
      return events
    },
    reset() {
      held.fill(0)
      length = 0
    },
  }
}

function isHeadStart(bytes: Uint8Array): boolean {
  return bytes.every((byte, at) => byte === HEAD[at])
}

/** CRC-16, polynomial 1021, start FFFF, not reflected (known answers: test/vectors/card-reader.jsonl). */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc
}
