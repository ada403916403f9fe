/** The envelope under attack: the same frames come out however the bytes are cut into reads, and they are made of the bytes that went in. */
import { createFrameDecoder, encodeFrame, type Frame, type FrameOptions } from '#iso8583/frame.ts'
import { broken, sameBytes, type Target, type Verdict } from './target.ts'

export function frameTarget(
  name: string,
  options: FrameOptions,
  messages: readonly Uint8Array[],
): Target {
  const corpus = messages.flatMap((message) => {
    const tpdu = new Uint8Array(options.tpduBytes)
    const header = new Uint8Array(options.headerBytes)
    const frame = encodeFrame(options, { tpdu, header, message })
    return frame === null ? [] : [frame, Buffer.concat([frame, frame])]
  })
  return { name, corpus, judge: (bytes) => judge(options, bytes) }
}

/** Longest read that is also delivered byte by byte. */
const BYTE_BY_BYTE = 600

function judge(options: FrameOptions, bytes: Uint8Array): Verdict {
  const decoder = createFrameDecoder(options)
  const { frames, error } = decoder.push(bytes)
  const written = frames.map((frame) => wire(options, frame))
  const whole = Buffer.concat(written)
  if (!sameBytes(whole, bytes.subarray(0, whole.length))) broken('frames of other bytes')
  if (
    error === null &&
    options.length !== null &&
    whole.length + decoder.pending() !== bytes.length
  )
    broken('bytes were lost')
  if (options.length !== null && bytes.length <= BYTE_BY_BYTE) {
    const slow = createFrameDecoder(options)
    const one: Uint8Array[] = []
    for (const byte of bytes)
      one.push(...slow.push(Uint8Array.of(byte)).frames.map((frame) => wire(options, frame)))
    if (!sameBytes(Buffer.concat(one), whole)) broken('byte by byte other frames come out')
  }
  return error === null ? 'taken' : 'refused'
}

function wire(options: FrameOptions, frame: Frame): Uint8Array {
  return encodeFrame(options, frame) ?? broken('a frame that was read cannot be written')
}
