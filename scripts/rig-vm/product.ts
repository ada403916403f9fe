/** The terminal as a disk for the guest, mounted there at /usr/local: what `make install` puts on a machine. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { plan } from '../install/plan.ts'
import { makeReadOnlyDisk } from './disk-image.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Of the disk, whatever is on it. */
export const PRODUCT_BYTES = 268_435_456

/** The rules for udev that an installation writes, by which devices get their names. */
export function installedRules(): string {
  const rules = plan('/usr/local').find(({ to }) => to.endsWith('70-suretill.rules'))
  if (rules?.kind !== 'write') throw new Error('The installation writes no rules for udev.')
  return rules.text
}

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
  // A guest that was saved before it saw this disk must find one as large as it knows.
  if (statSync(file).size > PRODUCT_BYTES) throw new Error(`${file} has outgrown its disk.`)
  truncateSync(file, PRODUCT_BYTES)
  rmSync(staging, { recursive: true, force: true })
}
