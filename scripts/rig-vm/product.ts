/**
 * The terminal as a disk for the guest, mounted there at /usr/local: what `make install` puts on a machine, with the program rolled into
 * one file. An emulated processor reads hundreds of TypeScript files in half a minute and the one file in a few seconds.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { makeReadOnlyDisk } from './disk-image.ts'

const ROOT = join(import.meta.dirname, '..', '..')
/** Programs for one kind of processor; they stay files of their own. */
const NATIVE = ['usb', 'node-hid', '@serialport/bindings-cpp']

/** Installs into a folder of its own and makes a disk of it. Throws when the pages are not built or the program cannot be rolled up. */
export async function makeProductDisk(file: string, folder: string): Promise<void> {
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
  await rollUp(join(local, 'lib', 'suretill'))
  const launcher = join(local, 'bin', 'suretill')
  const said = readFileSync(launcher, 'utf8')
  if (!said.includes('/src/main.ts'))
    throw new Error(`${launcher} does not start src/main.ts any more.`)
  writeFileSync(launcher, said.replace('/src/main.ts', '/src/main.js'))
  makeReadOnlyDisk(file, local)
  rmSync(staging, { recursive: true, force: true })
}

/** Puts `src/main.js` in the place of `src` and `drivers`: the folder that the program takes its root from stays the same. */
async function rollUp(library: string): Promise<void> {
  for (const rolled of ['src', 'drivers'])
    rmSync(join(library, rolled), { recursive: true, force: true })
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true, external: NATIVE, target: 'node' },
    build: {
      ssr: join(ROOT, 'src', 'main.ts'),
      outDir: join(library, 'src'),
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
    },
  })
  if (!existsSync(join(library, 'src', 'main.js'))) throw new Error('Rolling up gave no program.')
}
