/** Fetches packages of the Debian that runs here and unpacks them into a folder: nothing is installed on this machine. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './system-program.ts'

/** A download of all of them is some 80 MB. */
const FETCH_TIMEOUT_MS = 300_000

/** What the guest is made of besides the kernel: what the terminal's own packages want on a real one, udev, and a shell. */
export const GUEST_PACKAGES = [
  'busybox-static',
  'udev',
  'kmod',
  'libudev1',
  'libusb-1.0-0',
  'libc6',
  'libgcc-s1',
  'libstdc++6',
  'libatomic1',
  'libacl1',
  'libblkid1',
  'libcap2',
  'libkmod2',
  'liblzma5',
  'libpcre2-8-0',
  'libselinux1',
  'libssl3',
  'libzstd1',
] as const

/** Name of the package that holds Debian's standard kernel now, such as `linux-image-6.1.0-56-amd64`. Throws when apt knows none. */
export function kernelPackage(): string {
  const told = runProgram('apt-cache', ['depends', 'linux-image-amd64'])
  const name = /Depends: (linux-image-\S+)/.exec(told)?.[1]
  if (name === undefined) throw new Error('apt knows no linux-image-amd64; run apt-get update.')
  return name
}

/** The exact version that apt would install of each, as `name=version`; the key of everything that is built of them. */
export function versionsOf(names: readonly string[]): readonly string[] {
  const told = runProgram('apt-cache', ['show', '--no-all-versions', ...names])
  const versions = new Map<string, string>()
  for (const block of told.split('\n\n')) {
    const name = /^Package: (.+)$/m.exec(block)?.[1]
    const version = /^Version: (.+)$/m.exec(block)?.[1]
    if (name !== undefined && version !== undefined) versions.set(name, version)
  }
  return names.map((name) => {
    const version = versions.get(name)
    if (version === undefined) throw new Error(`apt knows no package ${name}; run apt-get update.`)
    return `${name}=${version}`
  })
}

/** Unpacks `versions` (as `versionsOf` gives them) into `folder`, which appears only when it is whole. Downloads stay in `cache`. */
export function unpackInto(folder: string, versions: readonly string[], cache: string): void {
  const growing = `${folder}.new`
  rmSync(growing, { recursive: true, force: true })
  // As an installed Debian: one place for programs and libraries, and links at the old ones.
  for (const real of ['bin', 'sbin', 'lib', 'lib64'])
    mkdirSync(join(growing, 'usr', real), { recursive: true })
  for (const real of ['bin', 'sbin', 'lib', 'lib64'])
    symlinkSync(join('usr', real), join(growing, real))
  for (const version of versions) {
    const archive = fetched(version, cache)
    runProgram('sh', [
      '-c',
      `dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink -C "$2"`,
      'sh',
      archive,
      growing,
    ])
  }
  renameSync(growing, folder)
}

function fetched(version: string, cache: string): string {
  const name = version.slice(0, version.indexOf('='))
  const own = join(cache, version.replaceAll(/[^A-Za-z0-9.+-]/g, '_'))
  const there = (): string | undefined => readdirSync(own).find((file) => file.endsWith('.deb'))
  if (!existsSync(own) || there() === undefined) {
    mkdirSync(own, { recursive: true })
    runProgram('apt-get', ['download', '-q', version], { cwd: own, timeoutMs: FETCH_TIMEOUT_MS })
  }
  const archive = there()
  if (archive === undefined) throw new Error(`apt-get download gave no file for ${name}.`)
  return join(own, archive)
}
