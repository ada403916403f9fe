/** A disk in memory that can refuse to write, and shows what stands on it. */
import type { Disk } from '#shell/keys/disk.ts'

export type MemoryDisk = Disk & {
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly mode: number }>
  full: boolean
}

export function createMemoryDisk(): MemoryDisk {
  const files: MemoryDisk['files'] = new Map()
  return {
    files,
    full: false,
    read: (file) => files.get(file)?.bytes.slice() ?? null,
    write(file, bytes, mode) {
      if (this.full) throw new Error('no space left on device')
      files.set(file, { bytes: bytes.slice(), mode })
    },
  }
}

/** Bytes that look random enough and are the same in every run. */
export function createCountedRandom(start = 1): (length: number) => Uint8Array {
  let next = start
  return (length) => Uint8Array.from({ length }, () => (next = (next * 73 + 41) % 65521) & 0xff)
}
