/**
 * The frames of a VISA-II PIN pad: STX data ETX LRC for transactions, SI data SO LRC for administration, and the single
 * characters ACK, NAK and EOT. Pure: bytes in, events out.
 */
export type FrameFamily = 'transaction' | 'administration'

export type LineEvent =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak' }
  | { readonly kind: 'eot' }
  /** A frame whose LRC fits. The receiver owns `data` and zeroes it when it held secrets. */
  | { readonly kind: 'frame'; readonly family: FrameFamily; readonly data: Uint8Array }
  /** A frame that is broken: wrong LRC, too long, or cut off by the next start character. */
  | { readonly kind: 'garbled' }

export type FrameDecoder = {
  /** Takes a chunk of any size and overwrites it with zeros; returns what is complete now. */
  push(chunk: Uint8Array): LineEvent[]
  /** Forgets a half frame and zeroes its bytes. */
  reset(): void
}

/** The longest packet of the family is a rotating display of seven lines (Z3), well below this. */
export const MAX_FRAME_DATA_BYTES = 512

const STX = 0x02
const ETX = 0x03
const EOT = 0x04
const ACK = 0x06
const SO = 0x0e
const SI = 0x0f
const NAK = 0x15

export const LINE_ACK: readonly number[] = [ACK]
export const LINE_NAK: readonly number[] = [NAK]
export const LINE_EOT: readonly number[] = [EOT]

/** Start, data, end, LRC. The LRC is the XOR of everything behind the start character, end character included. */
export function encodeFrame(family: FrameFamily, data: Uint8Array): Uint8Array {
  const end = family === 'transaction' ? ETX : SO
  const frame = new Uint8Array(data.length + 3)
  frame[0] = family === 'transaction' ? STX : SI
  frame.set(data, 1)
  frame[data.length + 1] = end
  frame[data.length + 2] = data.reduce((lrc, byte) => lrc ^ byte, end)
  return frame
}

/** Keeps at most `MAX_FRAME_DATA_BYTES` of one frame; noise between frames is skipped. */
export function createFrameDecoder(): FrameDecoder {
  const held = new Uint8Array(MAX_FRAME_DATA_BYTES)
  let length = 0
  let lrc = 0
  let family: FrameFamily | null = null
  let atLrc = false

  const reset = (): void => {
    held.fill(0)
    length = 0
    lrc = 0
    family = null
    atLrc = false
  }

  const finish = (received: number): LineEvent => {
    const whole = family !== null && received === lrc
    const event: LineEvent =
      whole && family !== null
        ? { kind: 'frame', family, data: held.slice(0, length) }
        : { kind: 'garbled' }
    reset()
    return event
  }

  const take = (byte: number, events: LineEvent[]): void => {
    if (atLrc) {
      events.push(finish(byte))
      return
    }
    const control = lineEvent(byte)
    if (byte === STX || byte === SI || control !== null) {
      if (family !== null) events.push({ kind: 'garbled' })
      reset()
      if (control === null) family = byte === STX ? 'transaction' : 'administration'
      else events.push(control)
      return
    }
    if (family === null) return
    lrc ^= byte
    if (byte === (family === 'transaction' ? ETX : SO)) atLrc = true
    else if (length < held.length) held[length++] = byte
    else {
      events.push({ kind: 'garbled' })
      reset()
    }
  }

  return {
    push(chunk) {
      const events: LineEvent[] = []
      for (const byte of chunk) take(byte, events)
      chunk.fill(0)
      return events
    },
    reset,
  }
}

function lineEvent(byte: number): LineEvent | null {
  if (byte === ACK) return { kind: 'ack' }
  if (byte === NAK) return { kind: 'nak' }
  return byte === EOT ? { kind: 'eot' } : null
}
