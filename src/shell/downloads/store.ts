/** Keeps what was downloaded in the data folder: one small file for each, replaced as a whole or not at all. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { DownloadName } from '#core/link/chore.ts'
import { fromHex, toHex } from '#crypto/hex.ts'
import type { Disk } from '../keys/disk.ts'

const FILES: Readonly<Record<DownloadName, string>> = {
  parameters: 'parameters.json',
  caKeys: 'ca-keys.json',
  aids: 'aids.json',
  blacklist: 'blacklist.json',
  contactless: 'contactless.json',
}
const FILE_MODE = 0o600
const VERSION = 1
const kept = z.strictObject({
  version: z.literal(VERSION),
  digest: z.string(),
  entries: z.array(z.string().regex(/^([0-9A-F]{2})+$/)),
})

export type DownloadStore = {
  /** Entries as they came; empty when there are none or the file is not whole. */
  readonly read: (name: DownloadName) => readonly Uint8Array[]
  /** On disk when it returns; gives the digest. Throws when the disk refuses. */
  readonly write: (name: DownloadName, entries: readonly Uint8Array[]) => string
}

/** `folder` must exist. */
export function createDownloadStore({
  folder,
  disk,
}: {
  readonly folder: string
  readonly disk: Disk
}): DownloadStore {
  return {
    read: (name) => {
      const bytes = disk.read(join(folder, FILES[name]))
      return bytes === null ? [] : parse(bytes)
    },
    write: (name, entries) => {
      const texts = entries.map((entry) => toHex(entry))
      const digest = digestOf(texts)
      const content = JSON.stringify({ version: VERSION, digest, entries: texts })
      disk.write(join(folder, FILES[name]), new TextEncoder().encode(`${content}\n`), FILE_MODE)
      return digest
    },
  }
}

function parse(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    const file = kept.parse(JSON.parse(new TextDecoder().decode(bytes)))
    if (file.digest !== digestOf(file.entries)) return []
    return file.entries.flatMap((entry) => fromHex(entry) ?? [])
  } catch {
    // Not ours or not whole: as good as never downloaded.
    return []
  }
}

function digestOf(entries: readonly string[]): string {
  return createHash('sha256').update(entries.join('\n')).digest('hex')
}
