/** Which modules of Debian's kernel the guest needs, and in which order they go in. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Before the root disk is there. */
export const DISK_MODULES = ['virtio_pci', 'virtio_blk', 'ext4', 'crc32c_generic'] as const

/** Afterwards, loaded by udev when a device asks for one, or by name. The last ones are for tests of updates. */
export const DEVICE_MODULES: readonly string[] = [
  'virtio_net virtio_console virtio_rng',
  'xhci_pci uhci_hcd ehci_pci usbhid hid_generic uhid',
  'cdc_acm ftdi_sio usblp dummy_hcd libcomposite',
  'usb_f_hid usb_f_printer usb_f_acm',
  'loop squashfs overlay dm_verity vfat',
].flatMap((names) => names.split(' '))

/** The kernel's release, such as `6.1.0-56-amd64`, from the unpacked tree. */
function releaseOf(tree: string): string {
  const [release] = readdirSync(join(tree, 'usr/lib/modules'))
  if (release === undefined) throw new Error(`${tree} holds no kernel modules.`)
  return release
}

/** Files of the named modules and of all that they need, relative to the release's folder, dependencies first. */
export function moduleOrder(tree: string, names: readonly string[]): readonly string[] {
  const folder = join(tree, 'usr/lib/modules', releaseOf(tree))
  const needs = new Map<string, readonly string[]>()
  for (const line of readFileSync(join(folder, 'modules.dep'), 'utf8').split('\n')) {
    const [file, rest] = line.split(':')
    if (file !== undefined && rest !== undefined) needs.set(file, rest.split(' ').filter(Boolean))
  }
  const builtIn = readFileSync(join(folder, 'modules.builtin'), 'utf8').split('\n').map(nameOf)
  const order: string[] = []
  const add = (file: string): void => {
    if (order.includes(file)) return
    for (const need of needs.get(file) ?? []) add(need)
    order.push(file)
  }
  for (const name of names) {
    const file = [...needs.keys()].find((one) => nameOf(one) === name)
    if (file !== undefined) add(file)
    else if (!builtIn.includes(name)) throw new Error(`Debian's kernel has no module ${name}.`)
  }
  return order
}

/** Writes the index of the modules below `tree`, as installing the package would have. `root` holds Debian's own program for it. */
export function indexModules(tree: string, root: string): void {
  const libraries = ['--library-path', join(root, 'usr/lib/x86_64-linux-gnu')]
  const program = ['--argv0', 'depmod', join(root, 'usr/bin/kmod')]
  execFileSync(join(root, 'usr/lib64/ld-linux-x86-64.so.2'), [
    ...libraries,
    ...program,
    '-b',
    tree,
    releaseOf(tree),
  ])
}

/** Copies the files into `root/usr/lib/modules/RELEASE` with an index of their own. */
export function copyModules(tree: string, root: string, files: readonly string[]): void {
  const release = releaseOf(tree)
  const [from, into] = [
    join(tree, 'usr/lib/modules', release),
    join(root, 'usr/lib/modules', release),
  ]
  for (const file of [...files, 'modules.builtin', 'modules.builtin.modinfo', 'modules.order']) {
    mkdirSync(dirname(join(into, file)), { recursive: true })
    cpSync(join(from, file), join(into, file))
  }
  indexModules(root, root)
}

/** What the first program of the guest reads: the modules flat in `folder`, and their order. */
export function copyFlat(tree: string, folder: string, files: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  for (const file of files)
    cpSync(join(tree, 'usr/lib/modules', releaseOf(tree), file), join(folder, basename(file)))
  writeFileSync(join(folder, 'order'), `${files.map((file) => basename(file)).join('\n')}\n`)
}

function nameOf(file: string): string {
  return basename(file).replace(/\.ko$/, '').replaceAll('-', '_')
}
