/** Two length bytes, TPDU, header: what stands in front of the MTI on the line. */
import { joinBytes } from './hex.ts'

export const LENGTH_BYTES = 2
export const TPDU_BYTES = 5
export const HEADER_BYTES = 6
/** Longest frame taken; terminals of this kind use buffers of 1–2 kB. */
export const MAX_FRAME_BYTES = 4096
const HOST_REQUEST_INDEX = 2

/** `body` = MTI onwards. */
export type Frame = {
  readonly tpdu: Uint8Array
  readonly header: Uint8Array
  readonly body: Uint8Array
}

export type FrameSplitter = (chunk: Uint8Array) => {
  /** Complete frames without their length bytes. */
  readonly frames: readonly Uint8Array[]
  /** True: a length nobody can mean; the line is to be closed. */
  readonly overflow: boolean
}

/** Collects bytes of one connection into frames: split and glued reads both happen. */
export function createFrameSplitter(): FrameSplitter {
  let rest: Uint8Array = new Uint8Array(0)
  return (chunk) => {
    rest = joinBytes(rest, chunk)
    const frames: Uint8Array[] = []
    for (;;) {
      if (rest.length < LENGTH_BYTES) return { frames, overflow: false }
      const length = ((rest[0] ?? 0) << 8) | (rest[1] ?? 0)
      if (length > MAX_FRAME_BYTES) return { frames, overflow: true }
      if (rest.length < LENGTH_BYTES + length) return { frames, overflow: false }
      frames.push(rest.slice(LENGTH_BYTES, LENGTH_BYTES + length))
      rest = rest.slice(LENGTH_BYTES + length)
    }
  }
}

/** Splits a frame without its length; null when it is too short to be one. */
export function readFrame(frame: Uint8Array): Frame | null {
  if (frame.length < TPDU_BYTES + HEADER_BYTES) return null
  return {
    tpdu: frame.slice(0, TPDU_BYTES),
    header: frame.slice(TPDU_BYTES, TPDU_BYTES + HEADER_BYTES),
    body: frame.slice(TPDU_BYTES + HEADER_BYTES),
  }
}

/** Builds a frame with its length bytes. */
export function writeFrame(frame: Frame): Uint8Array {
  const content = joinBytes(frame.tpdu, frame.header, frame.body)
  return joinBytes(Uint8Array.of(content.length >> 8, content.length & 0xff), content)
}

/** The way back: TPDU with destination and origin swapped, and the host's wish in the low nibble of header byte 3. */
export function answerFrame(request: Frame, body: Uint8Array, hostRequest: number): Frame {
  const [id = 0, to1 = 0, to2 = 0, from1 = 0, from2 = 0] = request.tpdu
  const header = request.header.slice()
  header[HOST_REQUEST_INDEX] = ((header[HOST_REQUEST_INDEX] ?? 0) & 0xf0) | (hostRequest & 0x0f)
  return { tpdu: Uint8Array.of(id, from1, from2, to1, to2), header, body }
}
