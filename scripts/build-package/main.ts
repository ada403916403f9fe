/**
 * Run by `make package` and by the hooks of `npm pack`: builds into `build/package`, and with `--into FOLDER` packs the tarball there.
 * Plain `npm pack` would put the terminal's manifest, with its dependencies, around the codecs; so its hook afterwards puts the tarball of
 * `build/package` in the place of that one.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackage, ROOT } from './build-package.ts'

const { values } = parseArgs({
  options: {
    build: { type: 'boolean', default: false },
    pack: { type: 'boolean', default: false },
    into: { type: 'string', default: process.env['npm_config_pack_destination'] ?? ROOT },
  },
})
const folder = join(ROOT, 'build', 'package')

if (values.build) buildPackage(folder)
if (values.pack && process.env['npm_config_dry_run'] !== 'true') {
  const { status } = spawnSync(
    'npm',
    [
      'pack',
      folder,
      '--ignore-scripts',
      '--json=false',
      '--pack-destination',
      resolve(values.into),
    ],
    // Standard output belongs to the `npm pack` around this one.
    { stdio: ['ignore', 2, 2], cwd: ROOT },
  )
  process.exitCode = status ?? 1
}
