/** A picture of a screen in the fewest bytes: half a byte a dot, a table of its colours, packed as tightly as zlib can. */
import { crc32, deflateSync } from 'node:zlib'
import { PNG } from 'pngjs'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Half a byte names so many. */
const COLORS_MAX = 16
/** Two shades nearer than this (squared, in steps of 255) are one: the table is for the areas and the edges of letters in each of them. */
const APART = 400

/** The same picture with at most `most` colours, and never more than 16 (PNG, third edition, 11.2.1–11.2.3). Nothing in it may be transparent. */
export function toPalettePng(png: Buffer, most = COLORS_MAX): Buffer {
  const { width, height, data } = PNG.sync.read(png)
  const keys = new Uint32Array(data.length / 4)
  const counts = new Map<number, number>()
  for (let dot = 0; dot < keys.length; dot += 1) {
    const key = data.readUInt32BE(dot * 4) >>> 8
    keys[dot] = key
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  // Areas are many dots of one colour and stay as they are; what is left over are the edges of letters.
  const colors = [...counts].toSorted(([, one], [, two]) => two - one).map(([key]) => key)
  const palette: number[] = []
  for (const key of colors) {
    if (palette.length === Math.min(most, COLORS_MAX)) break
    if (palette.every((other) => distance(other, key) >= APART)) palette.push(key)
  }
  const places = new Map(palette.map((key, place) => [key, place]))
  const dots = Uint8Array.from(keys, (key) => {
    const known = places.get(key)
    if (known !== undefined) return known
    const place = nearest(palette, key)
    places.set(key, place)
    return place
  })
  return encode(width, height, { palette, dots })
}

function nearest(palette: readonly number[], key: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [place, other] of palette.entries()) {
    const far = distance(other, key)
    if (far >= least) continue
    best = place
    least = far
  }
  return best
}

function distance(one: number, other: number): number {
  return [16, 8, 0].reduce(
    (sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2,
    0,
  )
}

type Indexed = { readonly palette: readonly number[]; readonly dots: Uint8Array }

function encode(width: number, height: number, { palette, dots }: Indexed): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Four bits a dot, colour type 3: an index into the palette.
  header.set([4, 3, 0, 0, 0], 8)
  const colors = Buffer.from(palette.flatMap((key) => [key >> 16, (key >> 8) & 255, key & 255]))
  const long = Math.ceil(width / 2) + 1
  const lines = Buffer.alloc(long * height)
  for (const [index, dot] of dots.entries()) {
    const column = index % width
    const place = Math.floor(index / width) * long + 1 + (column >> 1)
    // The left one of two in the upper half.
    lines[place] = (lines[place] ?? 0) | (column % 2 === 0 ? dot << 4 : dot)
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(body.length, 0)
  framed.set(named, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
