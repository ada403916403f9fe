/** Length, TPDU, header: what stands in front of the MTI on the line. */
import { joinBytes } from './hex.ts'
import { readLength, USUAL_FORM, type WireForm, withLength } from './wire-form.ts'

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
export function createFrameSplitter(form: WireForm = USUAL_FORM): FrameSplitter {
  let rest: Uint8Array = new Uint8Array(0)
  return (chunk) => {
    rest = joinBytes(rest, chunk)
    const frames: Uint8Array[] = []
    for (;;) {
      if (rest.length < form.lengthBytes) return { frames, overflow: false }
      const length = readLength(form, rest)
      if (length < 0 || length > MAX_FRAME_BYTES) return { frames, overflow: true }
      const end = form.lengthBytes + length
      if (rest.length < end) return { frames, overflow: false }
      frames.push(rest.slice(form.lengthBytes, end))
      rest = rest.slice(end)
    }
  }
}

/** Splits a frame without its length; null when it is too short to be one. */
export function readFrame(frame: Uint8Array, form: WireForm = USUAL_FORM): Frame | null {
  const headerAt = form.tpdu ? TPDU_BYTES : 0
  const bodyAt = headerAt + (form.header ? HEADER_BYTES : 0)
  if (frame.length < bodyAt) return null
  return {
    tpdu: frame.slice(0, headerAt),
    header: frame.slice(headerAt, bodyAt),
    body: frame.slice(bodyAt),
  }
}

/** Builds a frame with its length bytes. */
export function writeFrame(frame: Frame, form: WireForm = USUAL_FORM): Uint8Array {
  return withLength(form, joinBytes(frame.tpdu, frame.header, frame.body))
}

/** The way back: TPDU with destination and origin swapped, and the host's wish in the low nibble of header byte 3. */
export function answerFrame(request: Frame, body: Uint8Array, hostRequest: number): Frame {
  if (request.tpdu.length === 0) return { tpdu: request.tpdu, header: wish(request), body }
  const [id = 0, to1 = 0, to2 = 0, from1 = 0, from2 = 0] = request.tpdu
  return { tpdu: Uint8Array.of(id, from1, from2, to1, to2), header: wish(request), body }

  function wish({ header }: Frame): Uint8Array {
    return header.map((byte, index) =>
      index === HOST_REQUEST_INDEX ? (byte & 0xf0) | (hostRequest & 0x0f) : byte,
    )
  }
}
