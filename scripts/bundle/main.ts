/** `make bundle`: the release as one signed file, with the few lines that bring it onto a machine without anything. */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { bundleContents } from './contents.ts'
import { nativeParts, type Processor } from './native-parts.ts'
import { publicPart } from './release-keys.ts'
import { softwareBill } from './sbom.ts'
import { writeBundle } from './write-bundle.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const DAY_MS = 86_400_000

const { values } = parseArgs({
  options: {
    into: { type: 'string', default: join(ROOT, 'build', 'bundle') },
    key: { type: 'string', default: '' },
    model: { type: 'string', default: 'suretill-linux' },
    processors: { type: 'string', default: process.arch },
    version: { type: 'string', default: '' },
    minimum: { type: 'string', default: '0.1.0' },
    days: { type: 'string', default: '180' },
  },
})
const processors = z
  .array(z.enum(['x64', 'arm64']))
  .min(1)
  .safeParse(values.processors.split(/[\s,]+/))
const days = Number(values.days)
if (!processors.success || !Number.isInteger(days) || days < 1) {
  console.error('--processors: x64, arm64 or both with a comma; --days: a whole number.')
  process.exit(2)
}

mkdirSync(values.into, { recursive: true })
const { version: ownVersion } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
const version = values.version || ownVersion
const key = values.key === '' ? testKey(values.into) : readFileSync(values.key, 'utf8')
const native = processors.data.map((processor: Processor) => nativeParts(processor))
const contents = bundleContents(native, Buffer.from(softwareBill('suretill')))
const into = join(values.into, `suretill-${version}-${processors.data.join('-')}.bundle`)
const now = Date.now()
const manifest = await writeBundle({
  contents,
  key,
  into,
  model: values.model,
  version,
  minimumVersion: values.minimum,
  builtAt: new Date(now).toISOString(),
  expiresAt: new Date(now + days * DAY_MS).toISOString(),
  processors: processors.data,
})
const hash = createHash('sha256').update(readFileSync(into)).digest('hex')
writeFileSync(`${into}.sha256`, `${hash}  ${into.slice(values.into.length + 1)}\n`)
writeFileSync(join(values.into, 'release.pem'), publicPart(key))
copyFileSync(join(import.meta.dirname, 'install.sh'), join(values.into, 'install.sh'))
const megabytes = (statSync(into).size / 1e6).toFixed(1)
console.log(`${into}
${manifest.files.length} files, ${megabytes} MB, release ${version} for ${values.model} on ${processors.data.join(' and ')}, until ${manifest.expiresAt}
Beside it: its SHA-256, release.pem (the public key) and install.sh, which brings it onto a machine.`)

/** For trying it out: made on the spot and kept beside the bundle, which no shop would trust. */
function testKey(folder: string): string {
  const file = join(folder, 'test-release.key')
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  console.error(
    `No KEY was named: signed with a test key (${file}), not for a shop. A release key: openssl genpkey -algorithm ed25519 -out release.key`,
  )
  return readFileSync(file, 'utf8')
}
