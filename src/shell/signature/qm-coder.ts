/**
 * The adaptive arithmetic encoder of ITU-T T.82 (JBIG), section 6.8: each dot narrows an interval by how well its neighbourhood foretold it.
 * Written from the standard; its own test sequence (section 7.1) is a test.
 */
import { qmStates } from './qm-states.ts'

export type QmCoder = {
  /** One dot (0 or 1) in its neighbourhood; `context` below the number of contexts. */
  readonly encode: (context: number, dot: 0 | 1) => void
  /** The coded bytes: trailing zeros left out, FF followed by the stuffed 00. To be called once, at the end. */
  readonly flush: () => Uint8Array
}

/** Width of the interval at the start; halved to this and it is doubled again. */
const FULL = 0x1_0000
const HALF = 0x8000
/** The code register: byte to put out above bit 19, carry above bit 27. */
const BYTE_AT = 19
const CARRY = 0x800_0000
const BELOW_BYTE = 0x7_ffff
/** Shifts until the first byte is whole, and from byte to byte. */
const FIRST_SHIFTS = 11
const BYTE_SHIFTS = 8
const ESCAPE = 0xff

export function createQmCoder(contexts: number): QmCoder {
  const states = qmStates()
  const state = new Uint8Array(contexts)
  const likely = new Uint8Array(contexts)
  const bytes: number[] = []
  let interval = FULL
  let code = 0
  let shifts = FIRST_SHIFTS

  const putByte = (): void => {
    if (code >= CARRY) addCarry(bytes)
    bytes.push((code >>> BYTE_AT) & 0xff)
    code &= BELOW_BYTE
    shifts = BYTE_SHIFTS
  }

  const renormalize = (): void => {
    do {
      interval <<= 1
      code <<= 1
      shifts -= 1
      if (shifts === 0) putByte()
    } while (interval < HALF)
  }

  return {
    encode: (context, dot) => {
      const now = states[state[context] ?? 0]
      if (now === undefined) return
      const isLikely = dot === likely[context]
      interval -= now.lsz
      if (isLikely && interval >= HALF) return
      // Conditional exchange: the larger part of the interval is always that of what was foretold.
      if (isLikely === interval < now.lsz) {
        code += interval
        interval = now.lsz
      }
      if (!isLikely && now.swaps) likely[context] = dot
      state[context] = isLikely ? now.afterMore : now.afterLess
      renormalize()
    },
    flush: () => {
      // Of all codes in the interval the one with the most zeros at its end.
      const most = ((code + interval - 1) & ~0xffff) >>> 0
      code = (most < code ? most + HALF : most) << shifts
      if (code >>> 0 >= CARRY) addCarry(bytes)
      bytes.push((code >>> BYTE_AT) & 0xff, (code >>> (BYTE_AT - BYTE_SHIFTS)) & 0xff)
      while (bytes.at(-1) === 0) bytes.pop()
      return Uint8Array.from(bytes.flatMap((byte) => (byte === ESCAPE ? [byte, 0] : [byte])))
    },
  }
}

/** A carry runs through every FF in front of it. */
function addCarry(bytes: number[]): void {
  let at = bytes.length - 1
  while (bytes[at] === 0xff) {
    bytes[at] = 0
    at -= 1
  }
  if (at >= 0) bytes[at] = (bytes[at] ?? 0) + 1
}
