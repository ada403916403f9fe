/** What a DUKPT key store keeps on disk: the initial key, sealed, and the last serial number that was used. */
import { z } from 'zod'
import { fromHex, toHex } from '#crypto/hex.ts'
import type { DeviceKey, Random } from './device-key.ts'
import { open, seal } from './seal.ts'

const CONTEXT = 'key-store:dukpt'

const hexText = z.string().regex(/^([0-9A-F]{2})+$/)
const fileSchema = z.strictObject({
  format: z.literal('suretill-dukpt-1'),
  cipher: z.enum(['tdes', 'aes']),
  initial: hexText,
  ksn: hexText,
  spent: z.boolean(),
})

export type DukptState = {
  readonly cipher: 'tdes' | 'aes'
  readonly sealedInitial: Uint8Array
  /** The one last used. */
  readonly ksn: Uint8Array
  /** No counter is left. */
  readonly spent: boolean
}

/** Null when the bytes are no key file of this box. */
export function readDukptFile(deviceKey: DeviceKey, bytes: Uint8Array): DukptState | null {
  const file = fileSchema.safeParse(parseJson(bytes))
  if (!file.success) return null
  const { cipher, initial, ksn, spent } = file.data
  const sealedInitial = fromHex(initial)
  const number = fromHex(ksn)
  if (sealedInitial === null || number === null || number.length !== ksnBytes(cipher)) return null
  const state = { cipher, sealedInitial, ksn: number, spent }
  return withInitialKey(deviceKey, state, () => true) === null ? null : state
}

export function writeDukptFile({ cipher, ksn, sealedInitial, spent }: DukptState): Uint8Array {
  const initial = toHex(sealedInitial)
  const file = { format: 'suretill-dukpt-1', cipher, initial, ksn: toHex(ksn), spent }
  return new TextEncoder().encode(`${JSON.stringify(file)}\n`)
}

export function sealInitialKey(deviceKey: DeviceKey, key: Uint8Array, random: Random): Uint8Array {
  return seal(deviceKey, { context: CONTEXT, bytes: key }, random)
}

/** Lends the clear initial key for one call and zeroes it; null when the seal does not open. */
export function withInitialKey<Result>(
  deviceKey: DeviceKey,
  { sealedInitial }: Pick<DukptState, 'sealedInitial'>,
  reader: (key: Uint8Array) => Result,
): Result | null {
  const key = open(deviceKey, CONTEXT, sealedInitial)
  if (key === null) return null
  try {
    return reader(key)
  } finally {
    key.fill(0)
  }
}

/** ANSI X9.24-1: ten bytes; X9.24-3: twelve. */
export function ksnBytes(cipher: DukptState['cipher']): 10 | 12 {
  return cipher === 'tdes' ? 10 : 12
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // Not JSON is one more way of not being a key file; the schema refuses it.
    return null
  }
}
