/** The one kind of archive that a bundle is: ustar (POSIX 1003.1 pax), plain files, no dates and no owners, so that equal files give equal bytes. */

const BLOCK = 512
const NAME_LIMIT = 100
const PREFIX_LIMIT = 155
const CHECKSUM_AT = 148

export type TarFile = {
  readonly path: string
  readonly bytes: Uint8Array
  readonly executable: boolean
}

/** Blocks of one file, its bytes among them. Throws when the path is too long. */
export function* tarFile({ bytes, executable, path }: TarFile): Generator<Uint8Array> {
  yield header(path, bytes.length, executable)
  yield bytes
  const rest = bytes.length % BLOCK
  if (rest > 0) yield new Uint8Array(BLOCK - rest)
}

/** Two blocks of zeros. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * BLOCK)
}

function header(path: string, size: number, executable: boolean): Uint8Array {
  const { name, prefix } = split(path)
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number): void => {
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  }
  block.write(name, 0, 'latin1')
  octal(executable ? 0o755 : 0o644, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(size, 124, 11)
  octal(0, 136, 11)
  block.fill(' ', CHECKSUM_AT, CHECKSUM_AT + 8)
  block.write('0', 156, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  block.write(prefix, 345, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT, 'latin1')
  return block
}

function split(path: string): { readonly name: string; readonly prefix: string } {
  if (path.length <= NAME_LIMIT) return { name: path, prefix: '' }
  const cut = path.indexOf('/', path.length - NAME_LIMIT - 1)
  if (cut < 1 || cut > PREFIX_LIMIT) throw new Error(`${path} is too long for a tar header`)
  return { name: path.slice(cut + 1), prefix: path.slice(0, cut) }
}
