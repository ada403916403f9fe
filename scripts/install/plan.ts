/** Which files an installation puts where: from the work tree, from the lock file's production packages, and from templates. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { loadKnownDevices } from '../../src/shell/devices/known-devices.ts'
import { udevRules } from '../../src/shell/devices/udev-rules.ts'
import { nativePackages } from '../build-program/packages.ts'

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
const FOLDERS = ['config', 'build/web']
/** Rolled up by `scripts/build-program`. */
const PROGRAM = 'build/program'
const PARSED = 'build/parsed'
const FILES = ['package.json', 'LICENSE', 'docs/technician.md']
const LEFT_OUT = [
  // The second copy of the runtime, from which its installation took the first.
  'node_modules/node/node_modules',
]
/** In packages: their tests, and what only a compiler or a debugger reads. Node runs no TypeScript below node_modules. */
const NEVER_LOADED =
  /^node_modules\/.*(\/(test|tests|benchmark|benchmarks)\/|\.(map|ts|mts|cts|flow)$)/

/** `prefix` is absolute, such as `/usr/local`. Throws when pages or program are not built or the device table is wrong. */
export function plan(prefix: string): readonly Planned[] {
  const library = join(prefix, 'lib', 'suretill')
  const program = join(prefix, 'bin', 'suretill')
  const copy = ({ from, path }: ProgramFile): Planned => ({
    kind: 'copy',
    from,
    to: join(library, path),
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

/** A file of the work tree, and where it lies below the folder of an installation. */
export type ProgramFile = { readonly from: string; readonly path: string }

/** What runs on a terminal. Throws when pages or program are not built. */
export function programFiles(): readonly ProgramFile[] {
  const asTheyLie = [...FILES, ...[...FOLDERS, ...packages()].flatMap(filesBelow)]
  return [
    ...asTheyLie.map((path) => ({ from: join(ROOT, path), path })),
    ...moved(PROGRAM, 'program'),
    ...moved(PARSED, 'config'),
  ]
}

function moved(folder: string, into: string): readonly ProgramFile[] {
  return filesBelow(folder).map((file) => ({
    from: join(ROOT, file),
    path: join(into, relative(folder, file)),
  }))
}

/** No crash leaves a core; the rest is what every launcher does. */
export function launcher(library: string): string {
  return `#!/bin/sh
ulimit -c 0
here='${library}'
node="$here/node_modules/node/bin/node"
processor=${process.arch}
. "$here/config/launch.sh"
`
}

/** All others are rolled into the program. */
function packages(): readonly string[] {
  return ['node_modules/node', ...nativePackages()]
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !LEFT_OUT.some((left) => file.startsWith(`${left}/`)))
    .filter((file) => !NEVER_LOADED.test(file))
}
