/** Signs what is to be shipped and packs it: manifest and signature first, then every file in the order of the manifest. */
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Manifest, readManifest } from '../../src/shell/update/manifest.ts'
import { type TarFile, tarEnd, tarFile } from './write-tar.ts'

export type Content = {
  /** Where it lies in a slot. */
  readonly path: string
  /** A file to be read, or the bytes themselves. */
  readonly from: string | Uint8Array
  readonly executable: boolean
}

type ReleaseFacts = Pick<
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
const HASHES_FILE = 'files.sha256'
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
      files: contents.map(({ bytes, executable, path, sha256 }) => ({
        path,
        bytes: bytes.length,
        sha256,
        executable,
      })),
    }),
  )
  const manifest = readManifest(manifestBytes)
  if (manifest === null)
    throw new Error('No terminal would take this manifest: check version, dates and paths.')
  const signature = sign(null, manifestBytes, createPrivateKey(key))
  const own = [
    { path: 'manifest.json', bytes: manifestBytes, executable: false },
    { path: 'manifest.sig', bytes: signature, executable: false },
  ]
  await pipeline(
    Readable.from(blocks([...own, ...contents])),
    createGzip(),
    createWriteStream(into),
  )
  return manifest
}

/** A file as it will be signed and packed. */
type Read = {
  readonly path: string
  readonly bytes: Uint8Array
  readonly executable: boolean
  readonly sha256: string
}

/** Every file is read once: a work tree in which somebody goes on working must not give a bundle whose hashes are of another moment. */
function withChecks({ contents, minimumVersion, version }: BundleRequest): readonly Read[] {
  const files = [
    ...contents.map(readOnce),
    line(VERSION_FILES.version, version),
    line(VERSION_FILES.minimumVersion, minimumVersion),
  ].toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const hashes = files.map(({ path, sha256 }) => `${sha256}  ${path}`).join('\n')
  return [...files, line(HASHES_FILE, hashes)]
}

function line(path: string, text: string): Read {
  return readOnce({ path, from: Buffer.from(`${text}\n`), executable: false })
}

function readOnce({ executable, from, path }: Content): Read {
  const bytes = typeof from === 'string' ? readFileSync(from) : from
  return { path, bytes, executable, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function* blocks(files: readonly TarFile[]): Generator<Uint8Array> {
  for (const file of files) yield* tarFile(file)
  yield tarEnd()
}
