/** The program as a few scripts: parsing hundreds of files of TypeScript took the greater part of a start. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { NATIVE_FILES, nativeFinder } from './native-finder.ts'
import { NATIVE, NOT_SHIPPED, ROLLED_NATIVE } from './packages.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const EXTERNAL = [...NATIVE.filter((name) => name !== ROLLED_NATIVE), ...NOT_SHIPPED]
const BEYOND_ASCII = /[^\0-\x7f]/g

/** Into an empty folder. Lines stay lines: the runtime prints the one in which it failed. Throws what Vite says. */
export async function rollUp(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  await rolled(folder, { main: join(ROOT, 'src', 'main.ts'), held: join(ROOT, 'src', 'held.ts') })
  // By itself: what it loads must not wait for it.
  await rolled(folder, { start: join(ROOT, 'src', 'start', 'start.ts') })
  await rolled(folder, { hold: join(ROOT, 'src', 'start', 'hold.ts') })
  for (const name of readdirSync(folder)) if (name.endsWith('.cjs')) inAscii(join(folder, name))
}

async function rolled(folder: string, input: Readonly<Record<string, string>>): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    plugins: [nativeFinder],
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      sourcemap: 'hidden',
      minify: false,
      rolldownOptions: {
        input: { ...input },
        external: [...NATIVE_FILES],
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name].cjs',
          comments: false,
          dynamicImportInCjs: false,
          sourcemapExcludeSources: true,
        },
      },
    },
  })
}

/**
 * A text with one letter beyond Latin 1 takes two bytes for each of its letters, as long as the program runs. Lines stay where the map
 * has them; columns behind such a letter do not.
 */
function inAscii(file: string): void {
  const escaped = readFileSync(file, 'utf8').replace(
    BEYOND_ASCII,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  writeFileSync(file, escaped)
}
