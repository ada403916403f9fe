/**
 * Reads pictures of ITU-T T.82 (JBIG), as far as terminals send them: one layer, one plane, one stripe, three-line template. Written apart
 * from the terminal's encoder, decoding flow charts of the standard beside it, so that a mistake of either shows.
 */

export type Picture = {
  readonly width: number
  readonly height: number
  /** One character a dot, `#` black and `.` white; rows from the top. */
  readonly rows: readonly string[]
}

const HEADER_BYTES = 20
/** No signature is larger; a longer claim is not decoded. */
const MOST_DOTS = 4_000_000
const END_MARKER = 0x02

/** Null when it is no such picture. */
export function readJbig(bytes: Uint8Array): Picture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES + 2) return null
  const [firstLayer, lastLayer, planes] = bytes
  const [width, height, stripe] = [4, 8, 12].map((at) => view.getUint32(at))
  const options = view.getUint32(16)
  if (firstLayer !== 0 || lastLayer !== 0 || planes !== 1 || options !== 0) return null
  if (!width || !height || stripe !== height || width * height > MOST_DOTS) return null
  const coded = unstuffed(bytes.subarray(HEADER_BYTES))
  return coded === null ? null : { width, height, rows: decodeRows(coded, width, height) }
}

/** Everything before the end marker FF 02, which must be the last two bytes; FF 00 is an FF of the data. */
function unstuffed(bytes: Uint8Array): Uint8Array | null {
  const data: number[] = []
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    data.push(byte)
    if (byte !== 0xff) continue
    at += 1
    if (bytes[at] === END_MARKER && at === bytes.length - 1)
      return Uint8Array.from(data.slice(0, -1))
    if (bytes[at] !== 0) return null
  }
  return null
}

function decodeRows(coded: Uint8Array, width: number, height: number): string[] {
  const decode = decoder(coded)
  const rows: string[] = []
  const black = (x: number, y: number): string => (rows[y]?.[x] === '#' ? '1' : '0')
  for (let y = 0; y < height; y += 1) {
    let row = ''
    for (let x = 0; x < width; x += 1) {
      const above = [x - 1, x, x + 1].map((column) => black(column, y - 2))
      const over = [x - 2, x - 1, x, x + 1, x + 2].map((column) => black(column, y - 1))
      const before = [row.at(-2), row.at(-1)].map((dot) => (dot === '#' ? '1' : '0'))
      row += decode([...above, ...over, ...before].join('')) === 1 ? '#' : '.'
    }
    rows.push(row)
  }
  return rows
}

type Guess = { size: number; likely: 0 | 1 }

/** T.82 6.8.3: figures 35 to 38, with the register of 32 bits split into the part that is compared and the bytes that wait. */
function decoder(coded: Uint8Array): (context: string) => 0 | 1 {
  const guesses = new Map<string, Guess>()
  let at = 0
  let left = 0
  let interval = 0x10000
  let register = 0
  const takeByte = (): void => {
    register += (coded[at] ?? 0) << 8
    at += 1
    left = 8
  }
  takeByte()
  register *= 256
  takeByte()
  register *= 256
  takeByte()
  const chigh = (): number => Math.floor(register / 0x10000)
  return (context) => {
    const guess = guesses.get(context) ?? { size: 0, likely: 0 }
    guesses.set(context, guess)
    const [less = 0, onLess = 0, onMore = 0, flips = 0] = STATES[guess.size] ?? []
    interval -= less
    const inUpper = chigh() >= interval
    if (!inUpper && interval >= 0x8000) return guess.likely
    const isLikely = inUpper ? interval < less : interval >= less
    const dot: 0 | 1 = isLikely ? guess.likely : guess.likely === 1 ? 0 : 1
    if (inUpper) {
      register -= interval * 0x10000
      interval = less
    }
    if (!isLikely && flips === 1) guess.likely = dot
    guess.size = isLikely ? onMore : onLess
    do {
      if (left === 0) takeByte()
      interval *= 2
      register *= 2
      left -= 1
    } while (interval < 0x8000)
    return dot
  }
}

/** T.82 table 24: size of the less probable part, state after it, state after the other, whether the two change places. */
const STATES: readonly (readonly number[])[] = [
  [0x5a1d, 1, 1, 1],
  [0x2586, 14, 2, 0],
  [0x1114, 16, 3, 0],
  [0x080b, 18, 4, 0],
  [0x03d8, 20, 5, 0],
  [0x01da, 23, 6, 0],
  [0x00e5, 25, 7, 0],
  [0x006f, 28, 8, 0],
  [0x0036, 30, 9, 0],
  [0x001a, 33, 10, 0],
  [0x000d, 35, 11, 0],
  [0x0006, 9, 12, 0],
  [0x0003, 10, 13, 0],
  [0x0001, 12, 13, 0],
  [0x5a7f, 15, 15, 1],
  [0x3f25, 36, 16, 0],
  [0x2cf2, 38, 17, 0],
  [0x207c, 39, 18, 0],
  [0x17b9, 40, 19, 0],
  [0x1182, 42, 20, 0],
  [0x0cef, 43, 21, 0],
  [0x09a1, 45, 22, 0],
  [0x072f, 46, 23, 0],
  [0x055c, 48, 24, 0],
  [0x0406, 49, 25, 0],
  [0x0303, 51, 26, 0],
  [0x0240, 52, 27, 0],
  [0x01b1, 54, 28, 0],
  [0x0144, 56, 29, 0],
  [0x00f5, 57, 30, 0],
  [0x00b7, 59, 31, 0],
  [0x008a, 60, 32, 0],
  [0x0068, 62, 33, 0],
  [0x004e, 63, 34, 0],
  [0x003b, 32, 35, 0],
  [0x002c, 33, 9, 0],
  [0x5ae1, 37, 37, 1],
  [0x484c, 64, 38, 0],
  [0x3a0d, 65, 39, 0],
  [0x2ef1, 67, 40, 0],
  [0x261f, 68, 41, 0],
  [0x1f33, 69, 42, 0],
  [0x19a8, 70, 43, 0],
  [0x1518, 72, 44, 0],
  [0x1177, 73, 45, 0],
  [0x0e74, 74, 46, 0],
  [0x0bfb, 75, 47, 0],
  [0x09f8, 77, 48, 0],
  [0x0861, 78, 49, 0],
  [0x0706, 79, 50, 0],
  [0x05cd, 48, 51, 0],
  [0x04de, 50, 52, 0],
  [0x040f, 50, 53, 0],
  [0x0363, 51, 54, 0],
  [0x02d4, 52, 55, 0],
  [0x025c, 53, 56, 0],
  [0x01f8, 54, 57, 0],
  [0x01a4, 55, 58, 0],
  [0x0160, 56, 59, 0],
  [0x0125, 57, 60, 0],
  [0x00f6, 58, 61, 0],
  [0x00cb, 59, 62, 0],
  [0x00ab, 61, 63, 0],
  [0x008f, 61, 32, 0],
  [0x5b12, 65, 65, 1],
  [0x4d04, 80, 66, 0],
  [0x412c, 81, 67, 0],
  [0x37d8, 82, 68, 0],
  [0x2fe8, 83, 69, 0],
  [0x293c, 84, 70, 0],
  [0x2379, 86, 71, 0],
  [0x1edf, 87, 72, 0],
  [0x1aa9, 87, 73, 0],
  [0x174e, 72, 74, 0],
  [0x1424, 72, 75, 0],
  [0x119c, 74, 76, 0],
  [0x0f6b, 74, 77, 0],
  [0x0d51, 75, 78, 0],
  [0x0bb6, 77, 79, 0],
  [0x0a40, 77, 48, 0],
  [0x5832, 80, 81, 1],
  [0x4d1c, 88, 82, 0],
  [0x438e, 89, 83, 0],
  [0x3bdd, 90, 84, 0],
  [0x34ee, 91, 85, 0],
  [0x2eae, 92, 86, 0],
  [0x299a, 93, 87, 0],
  [0x2516, 86, 71, 0],
  [0x5570, 88, 89, 1],
  [0x4ca9, 95, 90, 0],
  [0x44d9, 96, 91, 0],
  [0x3e22, 97, 92, 0],
  [0x3824, 99, 93, 0],
  [0x32b4, 99, 94, 0],
  [0x2e17, 93, 86, 0],
  [0x56a8, 95, 96, 1],
  [0x4f46, 101, 97, 0],
  [0x47e5, 102, 98, 0],
  [0x41cf, 103, 99, 0],
  [0x3c3d, 104, 100, 0],
  [0x375e, 99, 93, 0],
  [0x5231, 105, 102, 0],
  [0x4c0f, 106, 103, 0],
  [0x4639, 107, 104, 0],
  [0x415e, 103, 99, 0],
  [0x5627, 105, 106, 1],
  [0x50e7, 108, 107, 0],
  [0x4b85, 109, 103, 0],
  [0x5597, 110, 109, 0],
  [0x504f, 111, 107, 0],
  [0x5a10, 110, 111, 1],
  [0x5522, 112, 109, 0],
  [0x59eb, 112, 111, 1],
]
