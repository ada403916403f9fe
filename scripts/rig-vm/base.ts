/** The guest's own parts, built of Debian packages and kept until those change: a kernel, what it needs to find its disk, a root disk. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeReadOnlyDisk } from './disk-image.ts'
import {
  copyFlat,
  copyModules,
  DEVICE_MODULES,
  DISK_MODULES,
  indexModules,
  moduleOrder,
} from './kernel-modules.ts'
import { GUEST_PACKAGES, kernelPackage, unpackInto, versionsOf } from './packages.ts'

const GUEST_FILES = join(import.meta.dirname, 'guest')

export type Base = {
  readonly kernel: string
  readonly initramfs: string
  /** The root disk; the guest only reads it. */
  readonly root: string
  /** What it is made of, as `name=version`. */
  readonly packages: readonly string[]
}

type InitramfsParts = {
  readonly first: string
  readonly busybox: string
  readonly kernelTree: string
  readonly modules: readonly string[]
}

/** Groups that udev's rules name, and those of the terminal; the last has its user. Numbers are the guest's own. */
const GROUPS = [
  'root',
  'tty',
  'disk',
  'lp',
  'kmem',
  'dialout',
  'audio',
  'video',
  'input',
  'render',
  'cdrom',
  'tape',
  'kvm',
  'sgx',
  'pos',
  'suretill',
]
/** Those whose devices the unit of the terminal lets it open. */
const TERMINAL_GROUPS = ['pos', 'dialout', 'lp']

/**
 * Builds what is missing in `folder`; the second time it takes no time. Needs `apt-get`, `dpkg-deb` and `mke2fs`, and the network
 * the first time. `say` hears what takes long. Throws when a package cannot be had.
 */
export function buildBase(folder: string, say: (what: string) => void): Base {
  const packages = versionsOf([kernelPackage(), ...GUEST_PACKAGES])
  const key = keyOf(packages)
  const home = join(folder, `base-${key}`)
  const base = {
    kernel: join(home, 'vmlinuz'),
    initramfs: join(home, 'initramfs'),
    root: join(home, 'root.img'),
    packages,
  }
  if (existsSync(home)) return base
  say('The base of the guest is built: a kernel and some libraries of this Debian. Once only.')
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder).filter((name) => name.startsWith('base-')))
    rmSync(join(folder, old), { recursive: true, force: true })
  const growing = join(folder, 'growing')
  rmSync(growing, { recursive: true, force: true })
  mkdirSync(growing)
  const [kernelVersion = '', ...others] = packages
  const cache = join(folder, 'packages')
  const kernelTree = join(growing, 'kernel')
  const root = join(growing, 'root')
  unpackInto(kernelTree, [kernelVersion], cache)
  unpackInto(root, others, cache)
  const busybox = join(root, 'usr/bin/busybox')
  indexModules(kernelTree, root)
  fillRoot(root, kernelTree, busybox)
  const first = join(GUEST_FILES, 'initramfs-init.sh')
  writeInitramfs(join(growing, 'initramfs'), { first, busybox, kernelTree, modules: DISK_MODULES })
  makeReadOnlyDisk(join(growing, 'root.img'), root)
  const [kernel = ''] = readdirSync(join(kernelTree, 'boot')).filter((name) =>
    name.startsWith('vmlinuz'),
  )
  cpSync(join(kernelTree, 'boot', kernel), join(growing, 'vmlinuz'))
  for (const done of [kernelTree, root]) rmSync(done, { recursive: true, force: true })
  renameSync(growing, home)
  return base
}

/** Everything that goes in: versions, the guest's own programs, and the code that puts them together. */
function keyOf(packages: readonly string[]): string {
  const hash = createHash('sha256').update(packages.join('\n'))
  for (const folder of [GUEST_FILES, import.meta.dirname])
    for (const name of readdirSync(folder).toSorted())
      if (folder === GUEST_FILES || BUILDERS.includes(name))
        hash.update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}

const BUILDERS = ['base.ts', 'disk-image.ts', 'kernel-modules.ts', 'packages.ts']

export function fillRoot(root: string, kernelTree: string, busybox: string): void {
  const modules = moduleOrder(kernelTree, [...DISK_MODULES, ...DEVICE_MODULES])
  copyModules(kernelTree, root, modules)
  for (const place of [
    'proc',
    'sys',
    'dev',
    'run',
    'tmp',
    'var',
    'root',
    'mnt',
    'rig',
    'usr/local',
    'etc',
  ])
    mkdirSync(join(root, place), { recursive: true })
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
  for (const applet of applets) {
    const own = ['usr/bin', 'usr/sbin'].some((place) => existsSync(join(root, place, applet)))
    if (!own) symlinkSync('busybox', join(root, 'usr/bin', applet))
  }
  for (const [file, name] of [
    ['init.sh', 'init'],
    ['agent.sh', 'agent'],
  ] as const) {
    cpSync(join(GUEST_FILES, file), join(root, 'rig', name))
    chmodSync(join(root, 'rig', name), 0o755)
  }
  writeFileSync(join(root, 'etc/passwd'), passwords())
  writeFileSync(join(root, 'etc/group'), groups())
  for (const useless of ['usr/share', 'usr/lib/udev/hwdb.d'])
    rmSync(join(root, useless), { recursive: true, force: true })
}

function passwords(): string {
  const id = GROUPS.indexOf('suretill') + FIRST_GROUP
  return `root:x:0:0:root:/root:/bin/sh\nsuretill:x:${id}:${id}::/var/lib/suretill:/bin/sh\n`
}

const FIRST_GROUP = 100

function groups(): string {
  const line = (name: string, index: number): string =>
    `${name}:x:${name === 'root' ? 0 : FIRST_GROUP + index}:${TERMINAL_GROUPS.includes(name) ? 'suretill' : ''}`
  return `${GROUPS.map(line).join('\n')}\n`
}

/** `first` is the guest's first program; `modules` those that it loads, with what they need. */
export function writeInitramfs(
  file: string,
  { busybox, first, kernelTree, modules }: InitramfsParts,
): void {
  const tree = `${file}.tree`
  for (const place of ['bin', 'modules']) mkdirSync(join(tree, place), { recursive: true })
  cpSync(busybox, join(tree, 'bin/busybox'))
  cpSync(first, join(tree, 'init'))
  chmodSync(join(tree, 'init'), 0o755)
  copyFlat(kernelTree, join(tree, 'modules'), moduleOrder(kernelTree, modules))
  const pack = `cd "$1" && find . | "$2" cpio -o -H newc > "$3"`
  execFileSync('sh', ['-c', pack, 'sh', tree, busybox, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  rmSync(tree, { recursive: true, force: true })
}
