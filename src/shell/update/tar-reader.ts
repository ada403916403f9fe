/**
 * Reads the one kind of archive that a bundle is: ustar with plain files alone, as scripts/bundle writes it. A general unpacker would follow
 * links and make devices before anybody has looked at a hash.
 */

export type Entry = {
  readonly name: string
  readonly bytes: number
  /** To be read to its end before the next entry is asked for. */
  readonly body: AsyncIterable<Uint8Array>
}

/** The bytes end too early or are no such archive. */
export class NotOurArchive extends Error {}

const BLOCK = 512
const NAME = { at: 0, length: 100 }
const SIZE = { at: 124, length: 12 }
const CHECKSUM = { at: 148, length: 8 }
const TYPE_AT = 156
const MAGIC = { at: 257, length: 6 }
const PREFIX = { at: 345, length: 155 }
const PLAIN_FILE = '0'

/** Throws NotOurArchive; whatever the source throws passes through. */
export async function* entriesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const source = createSource(chunks)
  for (;;) {
    const header = await source.take(BLOCK)
    if (header.every((byte) => byte === 0)) break
    const { bytes, name } = readHeader(header)
    yield { name, bytes, body: source.pass(bytes) }
    const rest = bytes % BLOCK
    if (rest > 0) await source.take(BLOCK - rest)
  }
  // POSIX 1003.1 pax, "ustar Interchange Format": two blocks of zeros end it. Anything behind them is not ours.
  if ((await source.take(BLOCK)).some((byte) => byte !== 0) || !(await source.isAtEnd()))
    throw new NotOurArchive('bytes behind the end')
}

function readHeader(header: Uint8Array): { readonly name: string; readonly bytes: number } {
  const text = ({ at, length }: { at: number; length: number }): string =>
    Buffer.from(header.subarray(at, at + length))
      .toString('latin1')
      .replace(/\0.*$/s, '')
  const sum = header.reduce(
    (total, byte, index) =>
      total + (index >= CHECKSUM.at && index < CHECKSUM.at + CHECKSUM.length ? 0x20 : byte),
    0,
  )
  const size = text(SIZE).trim()
  const isOurs =
    text(MAGIC) === 'ustar' &&
    String.fromCharCode(header[TYPE_AT] ?? 0) === PLAIN_FILE &&
    Number.parseInt(text(CHECKSUM), 8) === sum &&
    /^[0-7]{1,11}$/.test(size)
  if (!isOurs) throw new NotOurArchive('a header that is not ours')
  const prefix = text(PREFIX)
  return {
    name: prefix === '' ? text(NAME) : `${prefix}/${text(NAME)}`,
    bytes: Number.parseInt(size, 8),
  }
}

type Source = {
  /** Small counts only: the bytes are put together. */
  take(count: number): Promise<Uint8Array>
  pass(count: number): AsyncGenerator<Uint8Array>
  isAtEnd(): Promise<boolean>
}

function createSource(chunks: AsyncIterable<Uint8Array>): Source {
  const iterator = chunks[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array(0)

  /** False at the end of the source. */
  const refill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await iterator.next()
      if (next.done === true) return false
      held = next.value
    }
    return true
  }
  async function* pass(count: number): AsyncGenerator<Uint8Array> {
    let left = count
    while (left > 0) {
      if (!(await refill())) throw new NotOurArchive('it ends too early')
      const part = held.subarray(0, left)
      held = held.subarray(part.length)
      left -= part.length
      yield part
    }
  }
  return {
    pass,
    take: (count) => together(pass(count)),
    isAtEnd: async () => !(await refill()),
  }
}

/** For small bodies: all of it at once. */
export async function together(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}
