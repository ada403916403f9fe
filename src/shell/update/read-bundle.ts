/** Reads a bundle from its first byte to its last and believes nothing of it before the signature is checked. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { MANIFEST_LIMIT_BYTES, type Manifest, type ManifestFile, readManifest } from './manifest.ts'
import { isSignedBy, type ReleaseKey } from './release-key.ts'
import { type Entry, entriesOf, NotOurArchive, together } from './tar-reader.ts'

/** Why it is not a bundle of ours, whatever it may be for. `detail` is for the log: a name, never content. */
export type Unfit = {
  readonly ok: false
  readonly why: 'unreadable' | 'notABundle' | 'torn' | 'badSignature' | 'tampered'
  readonly detail: string
}

export type Bundle = {
  readonly ok: true
  readonly manifest: Manifest
  readonly manifestBytes: Uint8Array
  readonly signature: Uint8Array
}

/** Takes the bytes of one file; `end` is called only when they have the hash that was signed. */
export type FileSink = { write(bytes: Uint8Array): void; end(): void }

const SIGNATURE_BYTES = 64

/**
 * Every byte is read and every hash compared. With `sinkOf` the files are handed on as they come: what was handed on of a bundle that turns
 * out unfit must be thrown away. Rejects only with what a sink throws.
 */
export async function readBundle(
  path: string,
  keys: readonly ReleaseKey[],
  sinkOf: (file: ManifestFile) => FileSink = () => NOWHERE,
): Promise<Bundle | Unfit> {
  const source = createReadStream(path)
  const plain = createGunzip()
  source.on('error', (error) => plain.destroy(error))
  source.pipe(plain)
  const entries = entriesOf(plain)
  try {
    return await readEntries(entries, keys, sinkOf)
  } catch (cause) {
    if (cause instanceof SinkFailed) throw cause.cause
    if (cause instanceof NotOurArchive) return unfit('torn', cause.message)
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'Z_BUF_ERROR') return unfit('torn', 'it ends too early')
    return code.startsWith('Z_') ? unfit('notABundle', code) : unfit('unreadable', code)
  } finally {
    source.destroy()
    plain.destroy()
  }
}

async function readEntries(
  entries: AsyncGenerator<Entry>,
  keys: readonly ReleaseKey[],
  sinkOf: (file: ManifestFile) => FileSink,
): Promise<Bundle | Unfit> {
  const manifestBytes = await small(entries, 'manifest.json', MANIFEST_LIMIT_BYTES)
  const signature = await small(entries, 'manifest.sig', SIGNATURE_BYTES)
  if (manifestBytes === null || signature === null) return unfit('notABundle', 'no manifest')
  if (!keys.some((key) => isSignedBy(key, manifestBytes, signature)))
    return unfit('badSignature', 'by none of the release keys of this terminal')
  const manifest = readManifest(manifestBytes)
  if (manifest === null) return unfit('notABundle', 'a manifest of another format')
  for (const file of manifest.files) {
    const { done, value: entry } = await entries.next()
    if (done === true) return unfit('torn', `${file.path} is missing`)
    if (entry.name !== file.path || entry.bytes !== file.bytes) return unfit('tampered', file.path)
    if (!(await handOn(entry, file, sinkOf))) return unfit('tampered', file.path)
  }
  const { done } = await entries.next()
  return done === true
    ? { ok: true, manifest, manifestBytes, signature }
    : unfit('tampered', 'a file that the manifest does not name')
}

/** True when the bytes were those that were signed. */
async function handOn(
  entry: Entry,
  file: ManifestFile,
  sinkOf: (file: ManifestFile) => FileSink,
): Promise<boolean> {
  const hash = createHash('sha256')
  const sink = guarded(() => sinkOf(file))
  for await (const bytes of entry.body) {
    hash.update(bytes)
    guarded(() => sink.write(bytes))
  }
  if (!timingSafeEqual(hash.digest(), Buffer.from(file.sha256, 'hex'))) return false
  guarded(() => sink.end())
  return true
}

async function small(
  entries: AsyncGenerator<Entry>,
  name: string,
  limit: number,
): Promise<Uint8Array | null> {
  const { done, value } = await entries.next()
  if (done === true || value.name !== name || value.bytes > limit) return null
  return together(value.body)
}

/** Keeps a disk that is full apart from a bundle that is torn. */
class SinkFailed extends Error {}

function guarded<Result>(call: () => Result): Result {
  try {
    return call()
  } catch (cause) {
    throw new SinkFailed('the files cannot be written', { cause })
  }
}

const NOWHERE: FileSink = { write: () => undefined, end: () => undefined }

function unfit(why: Unfit['why'], detail: string): Unfit {
  return { ok: false, why, detail }
}
