/** The envelope around a message on a TCP connection: length, TPDU, application header. Reads may be split or glued. */
import { Reader, Writer } from './cursor.ts'
import type { PrefixEncoding } from './dialect/dialect-spec.ts'
import { lengthPrefix, type Prefix, readPrefix } from './prefix.ts'

export type FrameOptions = {
  /** Null: no length header, so each read is one whole frame. */
  readonly length: {
    /** Bytes when binary, digits otherwise; usually 2 or 4. */
    readonly width: number
    readonly encoding: PrefixEncoding
    /** The number counts the length header itself too. */
    readonly inclusive: boolean
  } | null
  /** Bytes of the TPDU: 5 (`60`, destination 2, origin 2) or 0. */
  readonly tpduBytes: number
  /** Bytes of the application header: 6 for UnionPay terminals, 46 for the interchange, or 0. */
  readonly headerBytes: number
  /** Longest frame taken, behind the length header. */
  readonly maxBytes: number
}

export type Frame = {
  readonly tpdu: Uint8Array
  readonly header: Uint8Array
  /** MTI to the last field. */
  readonly message: Uint8Array
}

type FrameError = {
  readonly code: 'prefix' | 'tooLong' | 'truncated'
  /** Bytes since the decoder began, up to the frame that is wrong. */
  readonly offset: number
  readonly need: number
  readonly have: number
}

/** UnionPay terminal link: two-byte binary length, TPDU, 6-byte header. The largest message seen has 467 bytes; 4 kB leaves room for texts. */
export const UNIONPAY_FRAME: FrameOptions = {
  length: { width: 2, encoding: 'binary', inclusive: false },
  tpduBytes: 5,
  headerBytes: 6,
  maxBytes: 4096,
}

/** One frame as bytes; null when a part has the wrong size or the whole is longer than the options allow. */
export function encodeFrame(options: FrameOptions, frame: Frame): Uint8Array | null {
  const { tpdu, header, message } = frame
  const body = tpdu.length + header.length + message.length
  if (tpdu.length !== options.tpduBytes || header.length !== options.headerBytes) return null
  if (body > options.maxBytes) return null
  const prefix = prefixOf(options)
  const size = prefix?.size ?? 0
  const counted = options.length?.inclusive === true ? body + size : body
  if (prefix !== null && counted > prefix.largest) return null
  const writer = new Writer(new Uint8Array(size + body))
  prefix?.write(writer, counted)
  writer.bytes.set(tpdu, writer.at)
  writer.bytes.set(header, writer.at + tpdu.length)
  writer.bytes.set(message, writer.at + tpdu.length + header.length)
  return writer.bytes
}

export type FrameDecoder = {
  /**
   * Takes the bytes of one read and gives every frame that is now complete. After an error the stream has lost its places:
   * the connection must be closed, and every further push gives the same error.
   */
  readonly push: (bytes: Uint8Array) => {
    readonly frames: readonly Frame[]
    readonly error: FrameError | null
  }
  /** Bytes that wait for the rest of their frame. */
  readonly pending: () => number
}

/** A decoder for one connection. It holds at most one frame of `maxBytes` plus its length header. */
export function createFrameDecoder(options: FrameOptions): FrameDecoder {
  const prefix = prefixOf(options)
  const size = prefix?.size ?? 0
  const inclusive = options.length?.inclusive === true
  const held = new Uint8Array(size + options.maxBytes)
  let heldBytes = 0
  let consumed = 0
  let lost: FrameError | null = null

  function fail(code: FrameError['code'], need: number, have: number): number {
    lost = { code, offset: consumed, need, have }
    held.fill(0)
    heldBytes = 0
    return -1
  }

  /** Bytes of the frame that starts in `held`, length header included; 0 when not yet known, -1 when lost. */
  function frameBytes(): number {
    if (prefix === null || heldBytes < size) return 0
    const reader = new Reader(held, 0, size)
    const counted = readPrefix(prefix, reader)
    if (counted < 0) return fail('prefix', size, size)
    const body = inclusive ? counted - size : counted
    if (body > options.maxBytes) return fail('tooLong', options.maxBytes, body)
    const least = options.tpduBytes + options.headerBytes
    return body < least ? fail('truncated', least, body) : size + body
  }

  function pushStream(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (lost === null) {
      const known = frameBytes()
      if (known < 0) break
      const wanted = (known === 0 ? size : known) - heldBytes
      const taken = bytes.subarray(at, at + wanted)
      held.set(taken, heldBytes)
      heldBytes += taken.length
      at += taken.length
      if (taken.length < wanted) break
      if (known > 0) {
        frames.push(cut(held.slice(size, known), options))
        held.fill(0, 0, known)
        heldBytes = 0
        consumed += known
      }
    }
    return frames
  }

  return {
    pending: () => heldBytes,
    push(bytes) {
      if (lost !== null) return { frames: [], error: lost }
      if (prefix !== null) return { frames: pushStream(bytes), error: lost }
      const least = options.tpduBytes + options.headerBytes
      if (bytes.length > options.maxBytes) fail('tooLong', options.maxBytes, bytes.length)
      else if (bytes.length < least) fail('truncated', least, bytes.length)
      if (lost !== null) return { frames: [], error: lost }
      consumed += bytes.length
      return { frames: [cut(new Uint8Array(bytes), options)], error: null }
    },
  }
}

function prefixOf({ length }: FrameOptions): Prefix | null {
  return length === null ? null : lengthPrefix(length.encoding, length.width)
}

function cut(body: Uint8Array, { tpduBytes, headerBytes }: FrameOptions): Frame {
  return {
    tpdu: body.subarray(0, tpduBytes),
    header: body.subarray(tpduBytes, tpduBytes + headerBytes),
    message: body.subarray(tpduBytes + headerBytes),
  }
}

/** What the host wants next, from a 6-byte UnionPay header (third byte, low nibble): 0 nothing, 3 sign on again … Null without a header. */
export function hostRequest(header: Uint8Array): number | null {
  const status = header.length === 6 ? header[2] : undefined
  return status === undefined ? null : status & 15
}

/** The TPDU of an answer: `60`, destination and origin swapped. */
export function swapTpdu(tpdu: Uint8Array): Uint8Array {
  const [id = 0x60, a = 0, b = 0, c = 0, d = 0] = tpdu
  return Uint8Array.of(id, c, d, a, b)
}
