/**
 * What the bundle is made of, as CycloneDX: npm's own list, from the lock file alone, cut down to what runs on a terminal. npm's `--omit dev`
 * is not used: it also leaves out what a tool needs besides the product, such as `zod` (npm 11.19).
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
const OUTPUT_LIMIT = 64 * 1024 * 1024

const bomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z
    .array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() }))
    .min(1),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
})
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      libc: z.array(z.string()).optional(),
    }),
  ),
})

/** JSON text, CycloneDX 1.5 as npm writes it from version 10 on. Throws when npm cannot. */
export function softwareBill(name: string): string {
  const said = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: OUTPUT_LIMIT,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const bom = bomSchema.parse(JSON.parse(said))
  // npm names the folder, which says nothing of the product.
  bom.metadata.component.name = name
  const shipped = shippedPackages()
  const gone = new Set(
    bom.components
      .filter((one) => !shipped.has(`${one.name}@${one.version}`))
      .map((one) => one['bom-ref']),
  )
  const components = bom.components.filter((one) => !gone.has(one['bom-ref']))
  const dependencies = bom.dependencies
    .filter(({ ref }) => !gone.has(ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => !gone.has(ref)) }))
  return `${JSON.stringify({ ...bom, components, dependencies }, null, 2)}\n`
}

/** `name@version`; of the native parts those for Linux with the usual C library. */
function shippedPackages(): ReadonlySet<string> {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')),
  )
  return new Set(
    Object.entries(packages)
      .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
      .filter(([, { libc, os }]) => os?.includes('linux') !== false && !libc?.includes('musl'))
      .map(
        ([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`,
      ),
  )
}
