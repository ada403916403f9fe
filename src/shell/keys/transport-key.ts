/** The key under which other keys arrive in key blocks (TR-31): sealed under the device key, in a file of its own, opened for one block. */
import { z } from 'zod'
import { fromHex, toHex } from '#crypto/hex.ts'
import { shortCheckValue } from './components.ts'
import type { DeviceKey, Random } from './device-key.ts'
import type { Disk } from './disk.ts'
import { open, seal } from './seal.ts'

const CONTEXT = 'key-store:transport'
const FILE_MODE = 0o600
const schema = z.strictObject({
  format: z.literal('suretill-transport-1'),
  cipher: z.enum(['tdes', 'aes']),
  key: z.string().regex(/^([0-9A-F]{2})+$/),
})

type TransportCipher = z.infer<typeof schema>['cipher']

export type TransportKey = {
  /** Check value; empty when there is none, or when it does not open under the key of this device. */
  readonly check: () => string
  /** The caller zeroes `key`. On disk when it returns; throws when the disk refuses. */
  readonly keep: (cipher: TransportCipher, key: Uint8Array) => void
  /** Lends the clear key for one call; null when there is none. */
  readonly use: <Result>(reader: (key: Uint8Array) => Result) => Result | null
}

export function openTransportKey(parts: {
  readonly file: string
  readonly disk: Disk
  readonly deviceKey: DeviceKey
  readonly random: Random
}): TransportKey {
  const { deviceKey, disk, file, random } = parts
  const read = (): { cipher: TransportCipher; sealed: Uint8Array } | null => {
    const bytes = disk.read(file)
    if (bytes === null) return null
    try {
      const checked = schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
      return { cipher: checked.cipher, sealed: fromHex(checked.key) ?? new Uint8Array() }
    } catch {
      // Not ours or not whole: as good as none.
      return null
    }
  }
  const lend = <Result>(
    reader: (cipher: TransportCipher, key: Uint8Array) => Result,
  ): Result | null => {
    const kept = read()
    const key = kept === null ? null : open(deviceKey, CONTEXT, kept.sealed)
    if (kept === null || key === null) return null
    try {
      return reader(kept.cipher, key)
    } finally {
      key.fill(0)
    }
  }
  return {
    check: () => lend((cipher, key) => shortCheckValue(cipher, key)) ?? '',
    keep: (cipher, key) => {
      const sealed = toHex(seal(deviceKey, { context: CONTEXT, bytes: key }, random))
      const content = JSON.stringify({ format: 'suretill-transport-1', cipher, key: sealed })
      disk.write(file, new TextEncoder().encode(`${content}\n`), FILE_MODE)
    },
    use: (reader) => lend((_cipher, key) => reader(key)),
  }
}
