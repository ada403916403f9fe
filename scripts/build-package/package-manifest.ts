/** The package.json of the package: entry points as the repository's own says them, and none of the terminal's dependencies. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Where the repository's package.json says that the package is built. */
const BUILD_FOLDER = './build/package/'

/** What people type who look for one of the four. */
const KEYWORDS =
  'iso8583 iso-8583 unionpay emv tlv ber-tlv emvco qr payment dukpt tr-31 pin-block retail-mac sm4 pos jpos'

const ownManifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  exports: z.record(z.string(), z.json()),
})

/** As text. Throws when the repository's own package.json has not the expected shape. */
export function packageManifest(root: string): string {
  const own = ownManifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const manifest = {
    name: own.name,
    version: own.version,
    description:
      'ISO 8583, EMV TLV, payment QR codes and card cryptography: typed, fast, without dependencies.',
    keywords: KEYWORDS.split(' '),
    license: own.license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: JSON.parse(JSON.stringify(own.exports).replaceAll(BUILD_FOLDER, './')),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
