/**
 * The programs that are recorded and broken. As they lie in the sources they start slowly: thousands of starts are made with rolled-up ones,
 * whose compiled form node keeps.
 */
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { layProgram, theSources } from '../rig/shipped-program.ts'

type Program = readonly [string, ...string[]]
export type Programs = {
  /** Lives a scripted day: folder, day, planted fault. */
  readonly workload: Program
  /** The product's command. */
  readonly terminal: Program
  readonly environment: Readonly<Record<string, string>>
  /** Takes away what lies outside of the folder. */
  readonly remove: () => void
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WORKLOAD = join(ROOT, 'scripts', 'crash-workload.ts')

export const FROM_SOURCES: Programs = {
  workload: [process.execPath, WORKLOAD],
  terminal: theSources().command,
  environment: {},
  remove: () => undefined,
}

/** Into an empty folder. The terminal is that of `npm run build`, when it was built from the sources as they are now. */
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
  const laid = layProgram()
  return {
    workload: [process.execPath, join(folder, 'workload', 'workload.cjs')],
    terminal: laid.command,
    environment: { NODE_COMPILE_CACHE: join(folder, 'compiled') },
    remove: laid.remove,
  }
}
