/**
 * The programs that are recorded and broken. As they lie in the sources they start slowly: thousands of starts are made with rolled-up ones,
 * whose compiled form node keeps.
 */
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

type Program = readonly [string, ...string[]]
export type Programs = {
  /** Lives a scripted day: folder, day, planted fault. */
  readonly workload: Program
  /** The product's command. */
  readonly terminal: Program
  readonly environment: Readonly<Record<string, string>>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WORKLOAD = join(ROOT, 'scripts', 'crash-workload.ts')

export const FROM_SOURCES: Programs = {
  workload: [process.execPath, WORKLOAD],
  terminal: [join(ROOT, 'scripts', 'suretill')],
  environment: {},
}

/** What the program of a release looks for beside its own folder. */
const BESIDE = ['config', 'node_modules', 'build/web'] as const

/** Into an empty folder. The terminal is that of `npm run build`, when it has been built. */
export async function rolledUp(folder: string): Promise<Programs> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: join(folder, 'workload'),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { workload: WORKLOAD },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  })
  return {
    workload: [process.execPath, join(folder, 'workload', 'workload.cjs')],
    terminal: terminalIn(join(folder, 'slot')),
    environment: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
  }
}

/** As it lies in an installation. */
function terminalIn(slot: string): Program {
  const program = join(ROOT, 'build', 'program')
  if (!existsSync(join(program, 'start.cjs'))) return FROM_SOURCES.terminal
  mkdirSync(join(slot, 'build'), { recursive: true })
  for (const name of BESIDE) symlinkSync(join(ROOT, name), join(slot, name))
  // Not as a link: node would look beside the folder behind it.
  cpSync(program, join(slot, 'program'), { recursive: true })
  return [process.execPath, join(slot, 'program', 'start.cjs')]
}
