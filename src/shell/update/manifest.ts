/**
 * The first entry of a bundle: what it is, for whom, how long it may be installed, and the hash of every file. It is the only thing that is
 * signed; whatever it does not name is not in the bundle.
 */
import { z } from 'zod'
import { compareVersions, VERSION } from './version.ts'

/** Three thousand files of some eighty letters make half a megabyte. */
export const MANIFEST_LIMIT_BYTES = 8 * 1024 * 1024
const FILES_LIMIT = 20_000
/** Unpacked: two runtimes of 125 MB each, and room. */
const BUNDLE_LIMIT_BYTES = 1024 * 1024 * 1024

/** Relative, without a way up, and short enough for a header of ustar (100 + 155). */
const PATH = /^(?!\/)(?!.*\/\/)(?!(.*\/)?\.{1,2}(\/|$))[A-Za-z0-9@._+/-]{1,200}(?<!\/)$/

const version = z.string().regex(VERSION, 'three numbers')
const file = z.strictObject({
  path: z.string().regex(PATH),
  bytes: z.int().min(0).max(BUNDLE_LIMIT_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  executable: z.boolean(),
})
export type ManifestFile = z.infer<typeof file>

const manifestSchema = z
  .strictObject({
    format: z.literal(1),
    product: z.literal('suretill'),
    /** The kind of terminal it was made for. */
    model: z.string().regex(/^[a-z0-9-]{1,40}$/),
    version,
    /** Once this release is marked good, nothing older than this may be installed or gone back to. */
    minimumVersion: version,
    builtAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** Whose runtime and native parts are inside, in Node's words. */
    processors: z.array(z.enum(['x64', 'arm64'])).min(1),
    files: z.array(file).min(1).max(FILES_LIMIT),
  })
  .refine((one) => compareVersions(one.minimumVersion, one.version) <= 0, 'minimumVersion')
  .refine(({ files }) => sum(files) <= BUNDLE_LIMIT_BYTES, 'too large')
  .refine(({ files }) => standApart(files), 'two entries want one name')

export type Manifest = z.infer<typeof manifestSchema>

/** The bundle's own entries, and what an installation adds beside its files. */
const RESERVED = ['manifest.json', 'manifest.sig']

/** Null when the bytes are no manifest of this format. */
export function readManifest(bytes: Uint8Array): Manifest | null {
  try {
    const checked = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return checked.success ? checked.data : null
  } catch {
    // Not even JSON.
    return null
  }
}

function sum(files: readonly ManifestFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0)
}

/** No name twice, none of ours, and no file where another one needs a folder. */
function standApart(files: readonly ManifestFile[]): boolean {
  const names = new Set([...RESERVED, ...files.map(({ path }) => path)])
  const above = files.flatMap(({ path }) =>
    path
      .split('/')
      .slice(0, -1)
      .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
  )
  return names.size === files.length + RESERVED.length && !above.some((folder) => names.has(folder))
}
