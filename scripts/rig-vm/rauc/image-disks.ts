/** Images of a machine that RAUC updates, built of Debian's packages: one that works, one that lacks a library, and signed bundles of both. */
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
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Base, fillRoot, writeInitramfs } from '../base.ts'
import { makeReadOnlyDisk } from '../disk-image.ts'
import { DISK_MODULES, indexModules } from '../kernel-modules.ts'
import { GUEST_PACKAGES, kernelPackage, unpackInto, versionsOf } from '../packages.ts'
import { runProgram } from '../system-program.ts'

const HERE = import.meta.dirname
const SHIPPED_CONFIG = join(HERE, '..', '..', '..', 'config', 'rauc', 'system.conf')
/** RAUC, the bus and `busctl`, with the libraries that they are linked to. */
const RAUC_PACKAGES = [
  'rauc rauc-service dbus-daemon dbus-system-bus-common systemd libsystemd-shared libaudit1 libbrotli1',
  'libapparmor1 libcap-ng0 libcom-err2 libcrypt1 libcurl3-gnutls libdbus-1-3 libexpat1 libfdisk1 libffi8',
  'libgcrypt20 libglib2.0-0 libgmp10 libgnutls30 libgpg-error0 libgssapi-krb5-2 libhogweed6',
  'libidn2-0 libip4tc2 libjson-glib-1.0-0 libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0',
  'libldap-2.5-0 liblz4-1 libmount1 libnettle8 libnghttp2-14 libp11-kit0 libpam0g libpsl5 librtmp1',
  'libsasl2-2 libseccomp2 libssh2-1 libsystemd0 libtasn1-6 libunistring2 libuuid1 zlib1g',
].flatMap((names) => names.split(' '))
/** Nobody here reads it, and an emulated processor has to hash it. */
const USELESS = ['usr/lib/systemd/system', 'usr/lib/udev', 'usr/lib/x86_64-linux-gnu/gconv']
/** Without it Node does not start. */
const LOST = 'usr/lib/x86_64-linux-gnu/libstdc++.so.6'
/** Of each root. */
export const SLOT_BYTES = 67_108_864
const KEY_DIGITS = 12

/** Versions of the bundles, each a file of that name. */
export const BUNDLES = { works: '9.9.1', lacksLibrary: '9.9.2', foreign: '9.9.3' } as const

export type Images = {
  readonly kernel: string
  readonly initramfs: string
  /** A slot as the machine leaves the factory. */
  readonly slot: string
  /** A disk with all bundles. */
  readonly bundles: string
}

/** Builds what is missing in `home`. `say` hears that it takes long. Needs `rauc`, `mksquashfs` and `openssl`. */
export function buildImages(base: Base, home: string, say: (what: string) => void): Images {
  const packages = versionsOf([kernelPackage(), ...GUEST_PACKAGES, ...RAUC_PACKAGES])
  const place = join(home, `rauc-${keyOf(base, packages)}`)
  const images = {
    kernel: base.kernel,
    initramfs: join(place, 'initramfs'),
    slot: join(place, 'slot.img'),
    bundles: join(place, 'bundles.img'),
  }
  if (existsSync(place)) return images
  say('Images for RAUC and their bundles are built. Once only.')
  for (const old of readdirSync(home).filter((name) => name.startsWith('rauc-')))
    rmSync(join(home, old), { recursive: true, force: true })
  const growing = join(home, 'rauc-growing')
  rmSync(growing, { recursive: true, force: true })
  mkdirSync(growing)
  const [kernel = '', ...others] = packages
  const [kernelTree, root] = [join(growing, 'kernel'), join(growing, 'root')]
  unpackInto(kernelTree, [kernel], join(home, 'packages'))
  unpackInto(root, others, join(home, 'packages'))
  indexModules(kernelTree, root)
  for (const signer of ['ours', 'others']) makeSigner(growing, signer)
  furnish(root, kernelTree, join(growing, 'ours-ca.pem'))
  const image = join(growing, 'slot.img')
  writeInitramfs(join(growing, 'initramfs'), {
    first: join(HERE, 'loader.sh'),
    busybox: join(root, 'usr/bin/busybox'),
    kernelTree,
    modules: [...DISK_MODULES, 'squashfs'],
  })
  squash(root, image)
  const bundles = join(growing, 'bundles')
  mkdirSync(bundles)
  makeBundle(growing, image, { version: BUNDLES.works, signer: 'ours' })
  makeBundle(growing, image, { version: BUNDLES.foreign, signer: 'others' })
  rmSync(join(root, LOST))
  const broken = join(growing, 'broken.img')
  squash(root, broken)
  makeBundle(growing, broken, { version: BUNDLES.lacksLibrary, signer: 'ours' })
  makeReadOnlyDisk(join(growing, 'bundles.img'), bundles)
  truncateSync(image, SLOT_BYTES)
  for (const done of [kernelTree, root, bundles, broken]) rmSync(done, { recursive: true })
  renameSync(growing, place)
  return images
}

function keyOf(base: Base, packages: readonly string[]): string {
  const hash = createHash('sha256').update(dirname(base.root)).update(packages.join('\n'))
  for (const file of readdirSync(HERE).toSorted()) hash.update(readFileSync(join(HERE, file)))
  return hash.update(readFileSync(SHIPPED_CONFIG)).digest('hex').slice(0, KEY_DIGITS)
}

function furnish(root: string, kernelTree: string, ca: string): void {
  const bus = join(root, 'usr/share/dbus-1')
  const kept = `${root}.bus`
  cpSync(bus, kept, { recursive: true })
  fillRoot(root, kernelTree, join(root, 'usr/bin/busybox'))
  for (const useless of USELESS) rmSync(join(root, useless), { recursive: true, force: true })
  cpSync(kept, bus, { recursive: true })
  rmSync(kept, { recursive: true })
  for (const place of ['bundles', 'data', 'etc/rauc'])
    mkdirSync(join(root, place), { recursive: true })
  for (const name of ['image', 'backend', 'confirm']) {
    cpSync(join(HERE, `${name}.sh`), join(root, 'rig', name))
    chmodSync(join(root, 'rig', name), 0o755)
  }
  const users = readFileSync(join(root, 'etc/passwd'), 'utf8')
  writeFileSync(join(root, 'etc/passwd'), `${users}messagebus:x:90:90::/:/bin/false\n`)
  cpSync(ca, join(root, 'etc/rauc/release-ca.pem'))
  writeFileSync(join(root, 'etc/rauc/system.conf'), configOfGuest())
}

/** The one that is shipped, with this machine's disks and loader. */
function configOfGuest(): string {
  return readFileSync(SHIPPED_CONFIG, 'utf8')
    .replace('bootloader=efi', 'bootloader=custom')
    .replace('/dev/disk/by-partlabel/root-a', '/dev/vdb')
    .replace('/dev/disk/by-partlabel/root-b', '/dev/vdc')
    .concat('\n[handlers]\nbootloader-custom-backend=/rig/backend\n')
}

function squash(root: string, image: string): void {
  rmSync(image, { force: true })
  runProgram('mksquashfs', [root, image, '-quiet', '-no-progress', '-comp', 'gzip', '-all-root'])
}

/** A CA and a signer of its own, for bundles of this laboratory. */
function makeSigner(folder: string, name: string): void {
  const openssl = (line: string): void =>
    void runProgram('openssl', line.split(' '), { cwd: folder })
  const key = '-newkey rsa:2048 -nodes -keyout'
  openssl(`req -x509 ${key} ${name}-ca.key -out ${name}-ca.pem -days 3650 -subj /CN=${name}-ca`)
  openssl(`req ${key} ${name}.key -out ${name}.csr -subj /CN=${name}`)
  writeFileSync(
    join(folder, 'ext'),
    'keyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n',
  )
  openssl(
    `x509 -req -in ${name}.csr -CA ${name}-ca.pem -CAkey ${name}-ca.key -CAcreateserial -days 3650 -extfile ext -out ${name}.pem`,
  )
}

function makeBundle(
  folder: string,
  image: string,
  { signer, version }: { readonly signer: string; readonly version: string },
): void {
  const content = join(folder, 'content')
  mkdirSync(content)
  cpSync(image, join(content, 'rootfs.img'))
  writeFileSync(
    join(content, 'manifest.raucm'),
    `[update]\ncompatible=suretill-linux\nversion=${version}\n\n[bundle]\nformat=verity\n\n[image.rootfs]\nfilename=rootfs.img\n`,
  )
  const keys = ['--cert', `${signer}.pem`, '--key', `${signer}.key`]
  const into = join('bundles', `${version}.raucb`)
  runProgram('rauc', ['bundle', ...keys, 'content', into], { cwd: folder })
  rmSync(content, { recursive: true })
}
