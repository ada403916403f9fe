/** What the software key store keeps on disk: JSON whose two secrets are sealed under the device key. */
import { z } from 'zod'
import { fromHex, toHex } from '#crypto/hex.ts'
import type { DeviceKey, Random } from './device-key.ts'
import { open, seal } from './seal.ts'
import type { WorkingKeys, WrappedKey } from './working-keys.ts'

const MASTER_CONTEXT = 'key-store:master'
const WORKING_CONTEXT = 'key-store:working'

const hexText = z.string().regex(/^([0-9A-F]{2})+$/)
const fileSchema = z.strictObject({
  format: z.literal('suretill-keys-1'),
  master: hexText,
  working: hexText.nullable(),
})
const wrappedSchema = z.strictObject({
  cipher: z.enum(['tdes', 'sm4']).default('tdes'),
  wrapped: hexText,
  check: hexText,
  master: z.enum(['single', 'double']),
})
const workingSchema = z.strictObject({
  pin: wrappedSchema,
  mac: wrappedSchema,
  /** The key of data was called after what it enciphers. */
  track: wrappedSchema.nullable(),
})

/** The master key stays sealed while in memory too; it is opened for one operation at a time. */
export type KeyState = {
  readonly sealedMaster: Uint8Array
  readonly working: WorkingKeys | null
}

/** Null when the bytes are no key file of this box: changed, cut off, or sealed under another device key. */
export function readKeyFile(deviceKey: DeviceKey, bytes: Uint8Array): KeyState | null {
  const file = fileSchema.safeParse(parseJson(bytes))
  if (!file.success) return null
  const sealedMaster = fromHex(file.data.master)
  if (sealedMaster === null || !openMaster(deviceKey, sealedMaster, () => true)) return null
  if (file.data.working === null) return { sealedMaster, working: null }
  const clear = open(deviceKey, WORKING_CONTEXT, fromHex(file.data.working) ?? new Uint8Array())
  const working = clear === null ? null : workingSchema.safeParse(parseJson(clear))
  if (!working?.success) return null
  const pin = wrappedKey(working.data.pin)
  const mac = wrappedKey(working.data.mac)
  const data = working.data.track === null ? null : wrappedKey(working.data.track)
  return { sealedMaster, working: { pin, mac, data } }
}

export function writeKeyFile(deviceKey: DeviceKey, state: KeyState, random: Random): Uint8Array {
  const { working } = state
  const text =
    working === null
      ? null
      : JSON.stringify({
          pin: plain(working.pin),
          mac: plain(working.mac),
          track: working.data === null ? null : plain(working.data),
        })
  const sealedWorking =
    text === null
      ? null
      : toHex(
          seal(deviceKey, { context: WORKING_CONTEXT, bytes: Buffer.from(text, 'utf8') }, random),
        )
  const file = {
    format: 'suretill-keys-1',
    master: toHex(state.sealedMaster),
    working: sealedWorking,
  }
  return Uint8Array.from(Buffer.from(`${JSON.stringify(file)}\n`, 'utf8'))
}

export function sealMaster(deviceKey: DeviceKey, master: Uint8Array, random: Random): Uint8Array {
  return seal(deviceKey, { context: MASTER_CONTEXT, bytes: master }, random)
}

/** Lends the clear master key for one call and zeroes it; null when the seal does not open. */
export function openMaster<Result>(
  deviceKey: DeviceKey,
  sealed: Uint8Array,
  reader: (master: Uint8Array) => Result,
): Result | null {
  const master = open(deviceKey, MASTER_CONTEXT, sealed)
  if (master === null) return null
  try {
    return reader(master)
  } finally {
    master.fill(0)
  }
}

function plain(key: WrappedKey): z.infer<typeof wrappedSchema> {
  const { cipher, master } = key
  return { cipher, wrapped: toHex(key.wrapped), check: toHex(key.check), master }
}

function wrappedKey(record: z.infer<typeof wrappedSchema>): WrappedKey {
  const empty = new Uint8Array()
  return {
    cipher: record.cipher,
    wrapped: fromHex(record.wrapped) ?? empty,
    check: fromHex(record.check) ?? empty,
    master: record.master,
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // Not JSON is one more way of not being a key file; the schema refuses it.
    return null
  }
}
