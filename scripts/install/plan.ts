/** Which files an installation puts where: from the work tree, from the lock file's production packages, and from templates. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { loadKnownDevices } from '../../src/shell/devices/known-devices.ts'
import { udevRules } from '../../src/shell/devices/udev-rules.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** `to` is absolute on the terminal; the staging folder is put before it when it is written. */
export type Planned =
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'write'
      readonly text: string
      readonly to: string
      readonly executable: boolean
    }

/** What runs on a terminal; tests, tools and the sources of the pages stay behind. */
const FOLDERS = ['src', 'drivers', 'config', 'build/web']
const FILES = ['package.json', 'LICENSE', 'docs/technician.md']
const LEFT_OUT = [
  'src/web/client',
  // The second copy of the runtime, from which its installation took the first.
  'node_modules/node/node_modules',
]
/** In packages: their tests, and what only a compiler or a debugger reads. Node runs no TypeScript below node_modules. */
const NEVER_LOADED =
  /^node_modules\/.*(\/(test|tests|benchmark|benchmarks)\/|\.(map|ts|mts|cts|flow)$)/
/** Vite has put them into the pages; the server never loads them. */
const IN_PAGES = ['lucide', 'preact', '@preact/signals', '@preact/signals-core'].map(
  (name) => `node_modules/${name}`,
)

/** `prefix` is absolute, such as `/usr/local`. Throws when the pages are not built or the device table is wrong. */
export function plan(prefix: string): readonly Planned[] {
  const library = join(prefix, 'lib', 'suretill')
  const program = join(prefix, 'bin', 'suretill')
  const copy = (file: string): Planned => ({
    kind: 'copy',
    from: join(ROOT, file),
    to: join(library, file),
  })
  const write = (to: string, text: string, executable = false): Planned => ({
    kind: 'write',
    text,
    to: join(prefix, to),
    executable,
  })
  const template = (file: string): string =>
    readFileSync(join(ROOT, 'config', 'systemd', file), 'utf8')
      .replaceAll('@PROGRAM@', program)
      .replaceAll('@LIBRARY@', library)
  const table = loadKnownDevices(join(ROOT, 'config', 'devices', 'known.yaml'))
  if (!table.ok) throw new Error(table.sentence)
  return [
    ...programFiles().map(copy),
    write('bin/suretill', launcher(library), true),
    write('lib/systemd/system/suretill.service', template('suretill.service')),
    write('lib/sysusers.d/suretill.conf', template('sysusers.conf')),
    write('lib/modules-load.d/suretill.conf', template('modules-load.conf')),
    write('lib/udev/rules.d/70-suretill.rules', udevRules(table.devices)),
  ]
}

/** What runs on a terminal: files of the work tree, named from its root. Throws when the pages are not built. */
export function programFiles(): readonly string[] {
  return [...FILES, ...[...FOLDERS, ...productionPackages()].flatMap(filesBelow)]
}

/** No signal opens a debugger, and no report shows the environment. */
function launcher(library: string): string {
  const node = join(library, 'node_modules', 'node', 'bin', 'node')
  const main = join(library, 'src', 'main.ts')
  return `#!/bin/sh\nexec '${node}' --disable-sigusr1 --report-exclude-env '${main}' "$@"\n`
}

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
})

/** Folders of the packages that the lock file wants without its development part; optional ones for other processors are absent. */
function productionPackages(): readonly string[] {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')),
  )
  const wanted = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => !IN_PAGES.includes(path))
    .filter((path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.isDirectory())
  // A package inside of another's folder comes with that one.
  return wanted.filter((path) => !wanted.some((outer) => path.startsWith(`${outer}/`)))
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !LEFT_OUT.some((left) => file.startsWith(`${left}/`)))
    .filter((file) => !NEVER_LOADED.test(file))
}
