/** The pad's end of the VISA-II line: strict about every byte it gets, and written from the protocol facts alone. */
export type PadHears = {
  readonly frame: (family: 'STX' | 'SI', text: string) => void
  readonly badFrame: (why: string) => void
  readonly ack: () => void
  readonly nak: () => void
  readonly eot: () => void
  readonly stray: (byte: number) => void
}

export const PAD_ACK = '\x06'
export const PAD_NAK = '\x15'
export const PAD_EOT = '\x04'

const LONGEST_FRAME = 600

/** Start, text, end, and the exclusive-or of all that follows the start. */
export function padFrame(family: 'STX' | 'SI', text: string): Buffer {
  const body = Buffer.from(`${text}${family === 'STX' ? '\x03' : '\x0e'}`, 'latin1')
  return Buffer.concat([
    Buffer.of(family === 'STX' ? 0x02 : 0x0f),
    body,
    Buffer.of(exclusiveOr(body)),
  ])
}

/** Returns the function that takes what arrives, and one that forgets a half frame. */
export function padEar(hears: PadHears): {
  readonly take: (bytes: Uint8Array) => void
  readonly forget: () => void
} {
  let collected: number[] | null = null

  const single: Readonly<Record<number, () => void>> = {
    0x06: hears.ack,
    0x15: hears.nak,
    0x04: hears.eot,
  }

  const takeByte = (byte: number): void => {
    if (collected === null) {
      if (byte === 0x02 || byte === 0x0f) collected = [byte]
      else (single[byte] ?? (() => hears.stray(byte)))()
      return
    }
    collected.push(byte)
    const end = collected[0] === 0x02 ? 0x03 : 0x0e
    if (collected.length > LONGEST_FRAME) {
      collected = null
      hears.badFrame('frame too long')
    } else if (collected.length > 2 && collected.at(-2) === end) {
      const whole = Buffer.from(collected)
      collected = null
      judge(whole)
    }
  }

  const judge = (whole: Buffer): void => {
    const body = whole.subarray(1, -1)
    if (exclusiveOr(body) !== whole.at(-1)) hears.badFrame('wrong LRC')
    else hears.frame(whole[0] === 0x02 ? 'STX' : 'SI', body.subarray(0, -1).toString('latin1'))
  }

  return {
    take(bytes) {
      for (const byte of bytes) takeByte(byte)
    },
    forget() {
      collected = null
    },
  }
}

function exclusiveOr(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value ^= byte
  return value
}
