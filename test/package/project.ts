/** An empty project somewhere else, with nothing in it but the packed tarball: what a stranger starts with. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const ROOT: string = join(import.meta.dirname, '..', '..')

/** Folders and files that building the package needs. */
const SOURCES = ['package.json', 'tsconfig.json', 'LICENSE', 'src', 'config', 'scripts'] as const

export type Project = {
  readonly folder: string
  /** The tarball that is installed. */
  readonly tarball: string
  /** Runs a program of that text in the project; gives its complaint, or an empty text. */
  readonly run: (name: string, code: string) => string
  /** Type-checks a program; gives the compiler's words, or an empty text. */
  readonly typeCheck: (name: string, code: string, options: object) => string
  readonly remove: () => void
}

/** Copies the repository, runs plain `npm pack` there, and installs the result offline. */
export function installedProject(): Project {
  const base = mkdtempSync(join(tmpdir(), 'suretill-package-'))
  const repository = join(base, 'repository')
  const folder = join(base, 'project')
  mkdirSync(folder)
  for (const name of SOURCES) cpSync(join(ROOT, name), join(repository, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(repository, 'node_modules'))
  const npm = (cwd: string, ...words: string[]): string =>
    execFileSync('npm', [...words, '--cache', join(base, 'cache')], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  // The name of the tarball stands on the last line, below those of the hooks.
  const packed = npm(repository, 'pack', '--pack-destination', base).trim().split('\n')
  const tarball = join(base, packed.at(-1) ?? '')
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true }')
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', tarball)

  function node(...words: string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, {
      cwd: folder,
      encoding: 'utf8',
    })
    return status === 0 ? '' : `${stdout}${stderr}`
  }

  return {
    folder,
    tarball,
    run(name, code) {
      writeFileSync(join(folder, name), code)
      return node(name)
    },
    typeCheck(name, code, options) {
      writeFileSync(join(folder, name), code)
      const compilerOptions = { strict: true, noEmit: true, types: [], lib: ['es2023'], ...options }
      const config = `tsconfig.${name}.json`
      writeFileSync(join(folder, config), JSON.stringify({ compilerOptions, files: [name] }))
      return node(join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config)
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  }
}
