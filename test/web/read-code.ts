/**
 * Reads a QR code (ISO/IEC 18004) off its squares: versions 1 to 10, bytes only, no damage mended. Written for tests apart from whatever drew
 * the code; a phone does the same with a worse picture.
 */

/** Squares from the top, each row from the left; true is black. */
export type Squares = readonly (readonly boolean[])[]

/** Of a path that draws each black square of `side` as a part of its own, beginning `Mx,y`. */
export function squaresOf(path: string, size: number, side: number): Squares {
  const black = new Set(
    [...path.matchAll(/M(\d+),(\d+)/g)].map(
      ([, x, y]) => `${Number(x) / side},${Number(y) / side}`,
    ),
  )
  const count = size / side
  return Array.from({ length: count }, (_, y) =>
    Array.from({ length: count }, (_square, x) => black.has(`${x},${y}`)),
  )
}

/** Code words of data in each block, by error correction level (L, M) and version. */
const BLOCKS: Readonly<Record<'L' | 'M', readonly (readonly number[])[]>> = {
  L: [[19], [34], [55], [80], [108], [68, 68], [78, 78], [97, 97], [116, 116], [68, 68, 69, 69]],
  M: [
    [16],
    [28],
    [44],
    [32, 32],
    [43, 43],
    [27, 27, 27, 27],
    [31, 31, 31, 31],
    [38, 38, 39, 39],
    [36, 36, 36, 37, 37],
    [43, 43, 43, 43, 44],
  ],
}
/** Centres of the small squares, by version. */
const CENTRES = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
] as const
const FORMAT_MASK = 0b101_0100_0001_0010
const BYTES = 0b0100

/** Null when it is none that this can read. */
export function readCode(squares: Squares): string | null {
  const size = squares.length
  const version = (size - 17) / 4
  const format = formatOf(squares) ^ FORMAT_MASK
  const level = ({ 1: 'L', 0: 'M' } as const)[format >> 13]
  const sizes = level === undefined ? undefined : BLOCKS[level][version - 1]
  if (sizes === undefined) return null
  const words = codeWords(squares, version, (format >> 10) & 0b111)
  return textOf(untangled(words, sizes), version)
}

/** Fifteen bits beside the upper left finder. */
function formatOf(squares: Squares): number {
  const along = [0, 1, 2, 3, 4, 5, 7].map((x) => squares[8]?.[x])
  const up = [8, 7, 5, 4, 3, 2, 1, 0].map((y) => squares[y]?.[8])
  return [...along, ...up].reduce((bits, square) => bits * 2 + (square === true ? 1 : 0), 0)
}

/** Up and down in columns two wide, from the right; the sixth column belongs to the timing. */
function codeWords(squares: Squares, version: number, mask: number): readonly number[] {
  const size = squares.length
  const bits: number[] = []
  let isUp = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1) {
      const y = isUp ? size - 1 - step : step
      for (const x of [right, right - 1])
        if (!isFunction(x, y, version))
          bits.push((squares[y]?.[x] === true) !== flips(mask, x, y) ? 1 : 0)
    }
    isUp = !isUp
  }
  return Array.from({ length: bits.length >> 3 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((word, bit) => word * 2 + bit, 0),
  )
}

function isFunction(x: number, y: number, version: number): boolean {
  const size = version * 4 + 17
  const isFinder = (x < 9 && y < 9) || (x > size - 9 && y < 9) || (x < 9 && y > size - 9)
  const isVersion = version > 6 && ((x > size - 12 && y < 6) || (y > size - 12 && x < 6))
  const centres: readonly number[] = CENTRES[version - 1] ?? []
  const last = centres.at(-1) ?? 0
  const isAligned = centres.some((cx) =>
    centres.some((cy) => {
      const isAtFinder = (cx === 6 && (cy === 6 || cy === last)) || (cx === last && cy === 6)
      return !isAtFinder && Math.abs(x - cx) < 3 && Math.abs(y - cy) < 3
    }),
  )
  return isFinder || isVersion || isAligned || x === 6 || y === 6
}

function flips(mask: number, x: number, y: number): boolean {
  const masks = [
    (x + y) % 2,
    y % 2,
    x % 3,
    (x + y) % 3,
    (Math.floor(y / 2) + Math.floor(x / 3)) % 2,
    ((x * y) % 2) + ((x * y) % 3),
    (((x * y) % 2) + ((x * y) % 3)) % 2,
    (((x + y) % 2) + ((x * y) % 3)) % 2,
  ]
  return masks[mask] === 0
}

/** Blocks take turns, word by word; shorter ones end first. */
function untangled(words: readonly number[], sizes: readonly number[]): readonly number[] {
  const blocks: number[][] = sizes.map(() => [])
  let at = 0
  for (let turn = 0; turn < Math.max(...sizes); turn += 1)
    for (const [index, size] of sizes.entries())
      if (turn < size) {
        blocks[index]?.push(words[at] ?? 0)
        at += 1
      }
  return blocks.flat()
}

function textOf(words: readonly number[], version: number): string | null {
  const bits = words.map((word) => word.toString(2).padStart(8, '0')).join('')
  const number = (from: number, count: number): number =>
    Number.parseInt(bits.slice(from, from + count), 2)
  if (number(0, 4) !== BYTES) return null
  const lengthBits = version < 10 ? 8 : 16
  const length = number(4, lengthBits)
  const bytes = Array.from({ length }, (_, at) => number(4 + lengthBits + at * 8, 8))
  return new TextDecoder().decode(Uint8Array.from(bytes))
}
