/** Hostile inputs from a seed: the same seed gives the same inputs on every machine. */

export type Random = () => number

/** Whole numbers of 32 bits; mulberry32, which is enough for noise and nothing else. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** Bytes of a random input; now and then a large one, beyond every limit on a message. */
const USUAL_BYTES = 300
const LARGE_BYTES = 300_000
const LARGE_ONE_IN = 5000
const RANDOM_ONE_IN = 8
const MOST_CHANGES = 4

/** Bytes that parsers stumble over: ends of ranges, signs of long lengths, fillers. */
const AWKWARD = [
  0x00, 0x01, 0x0a, 0x1f, 0x20, 0x30, 0x39, 0x3a, 0x7f, 0x80, 0x81, 0x84, 0x99, 0x9f, 0xf0, 0xff,
]

/** Noise, or one of `corpus` with a few changes. */
export function hostileInput(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  const one = corpus[random() % Math.max(corpus.length, 1)]
  if (one === undefined || random() % RANDOM_ONE_IN === 0) return noise(random)
  let bytes = one
  for (let changes = random() % (MOST_CHANGES + 1); changes > 0; changes--) {
    bytes = changed(random, bytes, corpus)
  }
  return bytes
}

function noise(random: Random): Uint8Array {
  const length = random() % (random() % LARGE_ONE_IN === 0 ? LARGE_BYTES : USUAL_BYTES)
  return Uint8Array.from({ length }, () => random() & 255)
}

type Change = (bytes: Uint8Array, place: number, random: Random) => Uint8Array

const CHANGES: readonly Change[] = [
  (bytes, place, random) => withByte(bytes, place, (bytes[place] ?? 0) ^ (1 << (random() & 7))),
  (bytes, place, random) => withByte(bytes, place, AWKWARD[random() % AWKWARD.length] ?? 0),
  (bytes, place, random) => withByte(bytes, place, random() & 255),
  (bytes, place) => bytes.slice(0, place),
  (bytes, place, random) => spliced(bytes, { from: place, to: place + (random() % 8) }, []),
  (bytes, place, random) => spliced(bytes, { from: place, to: place }, [random() & 255]),
  (bytes, place, random) =>
    spliced(bytes, { from: place, to: place }, bytes.subarray(place, place + (random() % 64))),
]

function changed(random: Random, bytes: Uint8Array, corpus: readonly Uint8Array[]): Uint8Array {
  const place = bytes.length === 0 ? 0 : random() % bytes.length
  const kind = random() % (CHANGES.length + 1)
  const change = CHANGES[kind]
  if (change !== undefined) return change(bytes, place, random)
  const other = corpus[random() % corpus.length] ?? bytes
  return spliced(
    bytes,
    { from: place, to: bytes.length },
    other.subarray(random() % (other.length + 1)),
  )
}

function withByte(bytes: Uint8Array, place: number, byte: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[place] = byte
  return copy
}

type Span = { readonly from: number; readonly to: number }

function spliced(bytes: Uint8Array, { from, to }: Span, between: ArrayLike<number>): Uint8Array {
  const before = bytes.subarray(0, from)
  const behind = bytes.subarray(Math.min(to, bytes.length))
  const whole = new Uint8Array(before.length + between.length + behind.length)
  whole.set(before)
  whole.set(between, before.length)
  whole.set(behind, before.length + between.length)
  return whole
}
