/**
 * Tells a printer's answers apart in one byte stream without framing, by their fixed bits (Epson ESC/POS reference, "identification of
 * status"). Pure: fed byte by byte, so that it does not matter how the system cuts the stream.
 */

export type PrinterSaid =
  /** DLE EOT answer, one byte 0xx1xx10. It does not say which question it answers. */
  | { readonly kind: 'realTime'; readonly status: number }
  /** Automatic status back: the four bytes as they came. */
  | { readonly kind: 'statusBack'; readonly status: readonly [number, number, number, number] }
  /** GS r answer, one byte 0xx0xxxx. */
  | { readonly kind: 'paperSensor'; readonly status: number }
  /** Block answer: header 0x37 or 0x5F, then text up to NUL (for 0x37 its first character is the identifier). */
  | { readonly kind: 'block'; readonly header: 0x37 | 0x5f; readonly text: string }
  | { readonly kind: 'flow'; readonly go: boolean }
  | { readonly kind: 'garbage'; readonly count: number }

/** Longest block the manuals know is a model or serial text of GS I; 80 leaves room. */
export const BLOCK_LIMIT = 80

const XON = 0x11
const XOFF = 0x13

type Collecting =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'statusBack'; readonly bytes: number[] }
  | { readonly kind: 'block'; readonly header: 0x37 | 0x5f; readonly bytes: number[] }

export type StatusParser = {
  /** What these bytes complete, in order; often nothing. */
  push(bytes: Uint8Array): PrinterSaid[]
  /** Forgets a half answer: after a reconnect. */
  reset(): void
}

export function createStatusParser(): StatusParser {
  let collecting: Collecting = { kind: 'nothing' }

  function take(byte: number): PrinterSaid[] {
    switch (collecting.kind) {
      case 'nothing':
        return start(byte)
      case 'statusBack':
        return continueStatusBack(collecting.bytes, byte)
      case 'block':
        return continueBlock(collecting.header, collecting.bytes, byte)
    }
  }

  function start(byte: number): PrinterSaid[] {
    if (byte === 0x37 || byte === 0x5f) collecting = { kind: 'block', header: byte, bytes: [] }
    else if (byte === XON || byte === XOFF) return [{ kind: 'flow', go: byte === XON }]
    else if ((byte & 0x93) === 0x10) collecting = { kind: 'statusBack', bytes: [byte] }
    else if ((byte & 0x93) === 0x12) return [{ kind: 'realTime', status: byte }]
    else if ((byte & 0x90) === 0x00) return [{ kind: 'paperSensor', status: byte }]
    else return [{ kind: 'garbage', count: 1 }]
    return []
  }

  function continueStatusBack(bytes: number[], byte: number): PrinterSaid[] {
    if (byte === XON || byte === XOFF) return [{ kind: 'flow', go: byte === XON }]
    if ((byte & 0x90) !== 0) return giveUp(bytes.length, byte)
    bytes.push(byte)
    const [first = 0, second = 0, third = 0, fourth] = bytes
    if (fourth === undefined) return []
    collecting = { kind: 'nothing' }
    return [{ kind: 'statusBack', status: [first, second, third, fourth] }]
  }

  function continueBlock(header: 0x37 | 0x5f, bytes: number[], byte: number): PrinterSaid[] {
    if (byte === 0x00) {
      collecting = { kind: 'nothing' }
      return [{ kind: 'block', header, text: String.fromCharCode(...bytes) }]
    }
    if (byte < 0x20 || byte > 0x7e || bytes.length >= BLOCK_LIMIT)
      return giveUp(bytes.length + 1, byte)
    bytes.push(byte)
    return []
  }

  /** What was collected was noise; the byte that showed it may begin something new. */
  function giveUp(count: number, byte: number): PrinterSaid[] {
    collecting = { kind: 'nothing' }
    return [{ kind: 'garbage', count }, ...start(byte)]
  }

  return {
    push: (bytes) => Array.from(bytes).flatMap(take),
    reset() {
      collecting = { kind: 'nothing' }
    },
  }
}
