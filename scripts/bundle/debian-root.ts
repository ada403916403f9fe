/** A clean Debian, made once by mmdebstrap and then only unpacked: where a bundle has to show that it brings all it needs. As root. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const BUILD = join(import.meta.dirname, '..', '..', 'build')
const SUITE = 'bookworm'

/** `folder` is made. Throws when mmdebstrap or the rights for it are missing. */
export function unpackDebian(folder: string): void {
  const packed = join(BUILD, `debian-${SUITE}.tar`)
  if (!existsSync(packed)) {
    mkdirSync(BUILD, { recursive: true })
    const args = ['--quiet', '--variant=minbase', SUITE, packed]
    execFileSync('/usr/bin/mmdebstrap', args, { stdio: 'inherit' })
  }
  mkdirSync(folder)
  execFileSync('tar', ['-xf', packed, '-C', folder])
}

const SAID_LIMIT = 16 * 1024 * 1024

/** Runs a command inside of the root and resolves with what it said; rejects with that when it fails. Devices simulated by this process go on meanwhile. */
export function inRoot(folder: string, ...command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      '/usr/sbin/chroot',
      [folder, ...command],
      { encoding: 'utf8', maxBuffer: SAID_LIMIT },
      (failure, out, err) => {
        if (failure === null) resolve(out)
        else reject(new Error(`${command.join(' ')}: ${out}${err}`))
      },
    )
  })
}

/** Name of the bundle that was made last, or null. */
export function newestBundle(folder: string): string | null {
  if (!existsSync(folder)) return null
  const madeAt = (name: string): number => statSync(join(folder, name)).mtimeMs
  const bundles = readdirSync(folder).filter((name) => name.endsWith('.bundle'))
  return bundles.toSorted((one, other) => madeAt(other) - madeAt(one))[0] ?? null
}
