/** Compiles the four codec rooms twice, to ES modules and to CommonJS, with types beside both: Node before 20.19 cannot require the former. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const ROOMS = ['iso8583', 'emv', 'qr', 'crypto'] as const

const COMMON = {
  noEmit: false,
  allowImportingTsExtensions: false,
  declaration: true,
  rootDir: '.',
  /** What Node 20 runs and knows: newer names in a codec fail here, not at the user's. */
  target: 'es2022',
  lib: ['es2023'],
} as const

const FORMS = {
  esm: COMMON,
  cjs: {
    ...COMMON,
    module: 'commonjs',
    moduleResolution: 'bundler',
    verbatimModuleSyntax: false,
  },
} as const

/** Writes `esm/` and `cjs/` below `outFolder`. Throws with the compiler's words when it complains. */
export function compileRooms(root: string, outFolder: string): void {
  mkdirSync(join(root, 'build'), { recursive: true })
  const stage = mkdtempSync(join(root, 'build', 'package-sources-'))
  try {
    stageSources(join(root, 'src'), stage)
    for (const [form, compilerOptions] of Object.entries(FORMS)) {
      compile(root, join(stage, `tsconfig.${form}.json`), {
        extends: '../../tsconfig.json',
        compilerOptions: { ...compilerOptions, outDir: join(outFolder, form) },
        include: [],
        exclude: [],
        files: ROOMS.map((room) => `${room}/public.ts`),
      })
    }
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/**
 * Copies the rooms with imports as they stand in the package: `#emv/tlv.ts` becomes `../emv/tlv.js`. The compiler then finds the sources by
 * these names, and leaves them alone in code and in types.
 */
function stageSources(src: string, stage: string): void {
  for (const room of ROOMS) {
    for (const file of readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const path = join(room, file)
      const text = readFileSync(join(src, path), 'utf8')
      mkdirSync(dirname(join(stage, path)), { recursive: true })
      writeFileSync(join(stage, path), withPackageImports(text, path))
    }
  }
}

/** `path` is that of the file below `src`. */
function withPackageImports(text: string, path: string): string {
  const up = relative(dirname(path), '.').split(sep).join('/')
  return text.replace(
    /(from |import )'(#|\.\.?\/)([^']+)\.ts'/g,
    (_, word: string, start: string, rest: string) =>
      `${word}'${start === '#' ? `${up}/` : start}${rest}.js'`,
  )
}

function compile(root: string, file: string, config: object): void {
  writeFileSync(file, JSON.stringify(config))
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', file], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the rooms do not compile:\n${stdout}${stderr}`)
}
