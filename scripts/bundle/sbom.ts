/** What the bundle is made of, as CycloneDX: npm's own list of the production packages, from the lock file alone. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')

const bomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })).min(1),
})

/** JSON text. npm 10 and later write CycloneDX 1.5; throws when npm cannot. */
export function softwareBill(name: string): string {
  const said = execFileSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const bom = bomSchema.parse(JSON.parse(said))
  // npm names the folder, which says nothing of the product.
  bom.metadata.component.name = name
  return `${JSON.stringify(bom, null, 2)}\n`
}
