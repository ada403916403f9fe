/** The terminal as a disk for the guest, mounted there at /usr/local: what `make install` puts on a machine. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeReadOnlyDisk } from './disk-image.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Installs into a folder of its own and makes a disk of it. Throws when pages or program are not built. */
export function makeProductDisk(file: string, folder: string): void {
  const staging = mkdtempSync(join(folder, 'product-'))
  const installer = join(ROOT, 'scripts', 'install', 'main.ts')
  execFileSync(
    process.execPath,
    [installer, 'install', '--destdir', staging, '--prefix', '/usr/local'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const local = join(staging, 'usr', 'local')
  makeReadOnlyDisk(file, local)
  rmSync(staging, { recursive: true, force: true })
}
