/**
 * What is different for each processor and does not lie in a package for all of them: the runtime, and the part of `usb` that npm installs
 * for the machine at hand alone. For another processor both come from the package registry, in the versions of the lock file.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import type { Content } from './write-bundle.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const usbPart = (processor: Processor): string => `@node-usb/usb-linux-${processor}-gnu`

export type Processor = 'x64' | 'arm64'

export type NativeParts = { readonly processor: Processor; readonly files: readonly Content[] }

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional() }),
  ),
})

/** From node_modules for this machine's processor, from the registry for another. Throws when npm cannot get it or its hash is not the one of the lock file. */
export function nativeParts(processor: Processor): NativeParts {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')))
  const usb = usbPart(processor)
  const usbFolder = join(ROOT, 'node_modules', usb)
  const isHere = process.arch === processor && existsSync(usbFolder)
  if (isHere)
    return {
      processor,
      // The files of the package itself are among the program's files already.
      files: [runtime(processor, join(ROOT, 'node_modules', 'node', 'bin', 'node'))],
    }
  const nodeVersion = lock.packages['node_modules/node']?.version ?? ''
  const { integrity, version = '' } = lock.packages[`node_modules/${usb}`] ?? {}
  const node = fetched(`node-linux-${processor}@${nodeVersion}`, null)
  const part = fetched(`${usb}@${version}`, integrity ?? null)
  return {
    processor,
    files: [
      { ...runtime(processor, ''), from: node.get('bin/node') ?? missing(processor) },
      ...[...part].map(([path, from]) => ({
        path: `node_modules/${usb}/${path}`,
        from,
        executable: false,
      })),
    ],
  }
}

function runtime(processor: Processor, from: string): Content {
  return { path: `runtime/${processor}/node`, from, executable: true }
}

function missing(processor: Processor): never {
  throw new Error(`There is no runtime in the package for ${processor}.`)
}

const packedSchema = z.array(z.object({ filename: z.string(), integrity: z.string() })).length(1)

/** Files of a package by their path in it. */
function fetched(spec: string, integrity: string | null): ReadonlyMap<string, Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'native-'))
  try {
    const said = execFileSync(
      'npm',
      ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', folder],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [packed] = packedSchema.parse(JSON.parse(said))
    if (packed === undefined || (integrity !== null && packed.integrity !== integrity))
      throw new Error(`${spec} is not what the lock file names.`)
    execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder])
    const inner = join(folder, 'package')
    return new Map(
      readdirSync(inner, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => statSync(file).isFile())
        .map((file) => [relative(inner, file), Uint8Array.from(readFileSync(file))]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
