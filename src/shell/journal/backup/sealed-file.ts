/**
 * A file under a key that a person gives: AES-256-GCM, the key made with scrypt. One line of JSON in front says what is in it and how the
 * key was made; it is sealed with the rest. Streams: a journal of a year fits in no memory.
 */
import { createCipheriv, createDecipheriv, createHash, scrypt } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { finished, pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { syncFile } from '../durable.ts'

/** Shorter keys are guessed. */
export const KEY_CHARACTERS_LEAST = 12
/** OWASP's setting for scrypt; 32 MiB while it runs. */
const SCRYPT = { N: 32_768, r: 8, p: 1, maxmem: 67_108_864 }
const [KEY_BYTES, SALT_BYTES, IV_BYTES, TAG_BYTES] = [32, 16, 12, 16]
const HEADER_BYTES_LIMIT = 4096

const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
const headerSchema = z.object({
  suretill: z.literal('backup'),
  format: z.literal(1),
  kdf: z.literal('scrypt-32768-8-1'),
  salt: hexOf(SALT_BYTES),
  iv: hexOf(IV_BYTES),
  /** Last event, its hash, and when it was taken. */
  seq: z.int().min(0),
  head: hexOf(32),
  at: z.number(),
})

export type BackupFacts = Pick<z.infer<typeof headerSchema>, 'seq' | 'head' | 'at'>

/** Writes `target` whole and synced, or throws and leaves none. `random` gives fresh bytes. */
export async function sealFile(
  source: string,
  target: string,
  seal: { key: string; facts: BackupFacts; random: (length: number) => Uint8Array },
): Promise<void> {
  const salt = seal.random(SALT_BYTES)
  const iv = seal.random(IV_BYTES)
  const kdf = { kdf: 'scrypt-32768-8-1', salt: hex(salt), iv: hex(iv) } as const
  const header = JSON.stringify({ suretill: 'backup', format: 1, ...kdf, ...seal.facts })
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(seal.key, salt), iv)
  cipher.setAAD(Buffer.from(header))
  try {
    const out = createWriteStream(target, { mode: 0o600, flags: 'w' })
    out.write(`${header}\n`)
    await pipeline(createReadStream(source), cipher, out, { end: false })
    out.end(cipher.getAuthTag())
    // The last write may be the one that the disk refuses.
    await finished(out)
    syncFile(target)
  } catch (cause) {
    rmSync(target, { force: true })
    throw cause
  }
}

export type Unsealed =
  | { readonly ok: true; readonly facts: BackupFacts }
  | { readonly ok: false; readonly why: 'notABackup' | 'wrongKeyOrDamaged' }

/** Writes `target` only when every byte was as it was sealed; otherwise it is gone again. Throws when a file cannot be read or written. */
export async function unsealFile(source: string, target: string, key: string): Promise<Unsealed> {
  const front = readHeader(source)
  if (front === null) return { ok: false, why: 'notABackup' }
  const { header, text } = front
  const start = Buffer.byteLength(text) + 1
  const end = statSync(source).size - TAG_BYTES
  if (end < start) return { ok: false, why: 'notABackup' }
  const made = await deriveKey(key, Buffer.from(header.salt, 'hex'))
  const decipher = createDecipheriv('aes-256-gcm', made, Buffer.from(header.iv, 'hex'))
  decipher.setAAD(Buffer.from(text))
  decipher.setAuthTag(readAt(source, end, TAG_BYTES))
  try {
    const sealed = createReadStream(source, { start, end: end - 1 })
    await pipeline(sealed, decipher, createWriteStream(target, { mode: 0o600 }))
    syncFile(target)
    return { ok: true, facts: { seq: header.seq, head: header.head, at: header.at } }
  } catch (cause) {
    rmSync(target, { force: true })
    if (cause instanceof Error && /authenticate/.test(cause.message))
      return { ok: false, why: 'wrongKeyOrDamaged' }
    throw cause
  }
}

/** SHA-256 of a file, hex. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

function readHeader(file: string) {
  const start = readAt(file, 0, Math.min(HEADER_BYTES_LIMIT, statSync(file).size))
  const length = start.indexOf(10)
  if (length < 0) return null
  const text = start.subarray(0, length).toString('utf8')
  try {
    const checked = headerSchema.safeParse(JSON.parse(text))
    return checked.success ? { header: checked.data, text } : null
  } catch {
    // No JSON: some other file.
    return null
  }
}

function readAt(file: string, position: number, length: number): Buffer {
  const handle = openSync(file, 'r')
  const bytes = Buffer.alloc(length)
  try {
    return bytes.subarray(0, readSync(handle, bytes, { position }))
  } finally {
    closeSync(handle)
  }
}

function deriveKey(key: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(key.normalize('NFC'), salt, KEY_BYTES, SCRYPT, (error, made) =>
      error === null ? resolve(made) : reject(error),
    )
  })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
