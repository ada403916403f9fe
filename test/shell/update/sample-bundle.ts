/** Small releases, signed by a key that is made for the test. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type BundleRequest, writeBundle } from '../../../scripts/bundle/write-bundle.ts'

export type Keys = { readonly key: string; readonly publicKey: Buffer }

export const BUILT_AT = '2026-11-01T00:00:00Z'
export const EXPIRES_AT = '2027-05-01T00:00:00Z'
/** Between the two. */
export const NOW = Date.UTC(2026, 10, 22)
export const MODEL = 'counter-one'

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'update-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function newKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: Buffer.from(publicKey.export({ type: 'spki', format: 'pem' })),
  }
}

/** The path of a bundle with three small files that differ from release to release. */
export async function sampleBundle(
  keys: Keys,
  version: string,
  changes: Partial<Omit<BundleRequest, 'key' | 'version'>> = {},
): Promise<string> {
  const into = join(scratch(), `${version}.bundle`)
  const text = (path: string, content: string, executable = false) => ({
    path,
    from: Buffer.from(content),
    executable,
  })
  await writeBundle({
    contents: [
      text('bin/suretill', `#!/bin/sh\necho ${version}\n`, true),
      text('boot-check', '#!/bin/sh\n', true),
      text('src/deep/er/main.ts', `// ${version}\n${'x'.repeat(1500)}`),
    ],
    builtAt: BUILT_AT,
    expiresAt: EXPIRES_AT,
    minimumVersion: '1.0.0',
    model: MODEL,
    processors: ['x64', 'arm64'],
    ...changes,
    key: keys.key,
    version,
    into,
  })
  return into
}
