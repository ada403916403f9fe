/** Signs what is to be shipped and packs it: manifest and signature first, then every file in the order of the manifest. */
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Manifest, readManifest } from '../../src/shell/update/manifest.ts'
import { tarEnd, tarFile } from './write-tar.ts'

export type Content = {
  /** Where it lies in a slot. */
  readonly path: string
  /** A file to be read, or the bytes themselves. */
  readonly from: string | Uint8Array
  readonly executable: boolean
}

export type ReleaseFacts = Pick<
  Manifest,
  'model' | 'version' | 'minimumVersion' | 'builtAt' | 'expiresAt' | 'processors'
>

export type BundleRequest = ReleaseFacts & {
  readonly contents: readonly Content[]
  /** PEM of an Ed25519 private key. */
  readonly key: string
  readonly into: string
}

/** Checked at every start, before anything of the release runs; the manifest covers it. */
export const HASHES_FILE = 'files.sha256'
/** The manifest's two versions again, for the boot check, which reads no JSON. */
const VERSION_FILES = { version: 'version', minimumVersion: 'minimum-version' }

/** Returns the manifest. Throws when a terminal would refuse it for its form. */
export async function writeBundle(request: BundleRequest): Promise<Manifest> {
  const { builtAt, expiresAt, into, key, minimumVersion, model, processors, version } = request
  const contents = withChecks(request)
  const manifestBytes = Buffer.from(
    JSON.stringify({
      format: 1,
      product: 'suretill',
      model,
      version,
      minimumVersion,
      builtAt,
      expiresAt,
      processors,
      files: contents.map((one) => {
        const bytes = bytesOf(one)
        const { executable, path } = one
        return { path, bytes: bytes.length, sha256: sha256(bytes), executable }
      }),
    }),
  )
  const manifest = readManifest(manifestBytes)
  if (manifest === null)
    throw new Error('No terminal would take this manifest: check version, dates and paths.')
  const signature = sign(null, manifestBytes, createPrivateKey(key))
  const own = [
    { path: 'manifest.json', from: manifestBytes, executable: false },
    { path: 'manifest.sig', from: signature, executable: false },
  ]
  await pipeline(
    Readable.from(blocks([...own, ...contents])),
    createGzip(),
    createWriteStream(into),
  )
  return manifest
}

function withChecks({ contents, minimumVersion, version }: BundleRequest): readonly Content[] {
  const line = (path: string, text: string): Content => ({
    path,
    from: Buffer.from(`${text}\n`),
    executable: false,
  })
  const all: readonly Content[] = [
    ...contents,
    line(VERSION_FILES.version, version),
    line(VERSION_FILES.minimumVersion, minimumVersion),
  ]
  const sorted = all.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const hashes = sorted.map((one) => `${sha256(bytesOf(one))}  ${one.path}\n`).join('')
  return [...sorted, { path: HASHES_FILE, from: Buffer.from(hashes), executable: false }]
}

function* blocks(contents: readonly Content[]): Generator<Uint8Array> {
  for (const one of contents) yield* tarFile({ ...one, bytes: bytesOf(one) })
  yield tarEnd()
}

function bytesOf({ from }: Content): Uint8Array {
  return typeof from === 'string' ? readFileSync(from) : from
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
