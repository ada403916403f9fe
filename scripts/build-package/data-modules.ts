/** The shipped dialects and the table of payment codes as modules, because a package that reads YAML would need a YAML parser. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCodeTable } from '#shell/config/code-table-file.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'

export type ModuleFile = { readonly file: string; readonly text: string }

/** All data modules with their types; paths are below the package. Throws with a sentence when a file of the configuration is wrong. */
export function dataModules(root: string): readonly ModuleFile[] {
  return [...dialectModules(join(root, 'config', 'dialects')), ...codeTableModule(root)]
}

function dialectModules(folder: string): readonly ModuleFile[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
  return names.flatMap((name) => {
    const loaded = loadDialect(name, folder)
    if (!loaded.ok) throw new Error(loaded.problem)
    const { spec } = loaded.dialect
    return moduleFiles(`dialects/${name}`, camelCase(name), {
      value: spec,
      // The literal itself is the type, so that `defineDialect` knows every field and part.
      type: literalType(spec),
      head: `/** ${spec.title?.en ?? name}. */`,
    })
  })
}

function codeTableModule(root: string): readonly ModuleFile[] {
  const read = readCodeTable(readFileSync(join(root, 'config', 'code-classes.yaml'), 'utf8'))
  if (!read.ok) throw new Error(read.error)
  return moduleFiles('code-classes', 'codeClasses', {
    value: read.table,
    type: "import('./qr/public.js').CodeTable",
    head: '/** Prefixes, lengths and hosts of payment codes, bills and links. They change: mind `version`. */',
  })
}

type Content = { readonly value: unknown; readonly type: string; readonly head: string }

function moduleFiles(
  path: string,
  name: string,
  { value, type, head }: Content,
): readonly ModuleFile[] {
  const data = JSON.stringify(value, null, 2)
  const types = `${head}\nexport declare const ${name}: ${type};\n`
  const compat = "'use strict';\nObject.defineProperty(exports, '__esModule', { value: true });\n"
  return [
    { file: `esm/${path}.js`, text: `${head}\nexport const ${name} = ${data};\n` },
    { file: `esm/${path}.d.ts`, text: types },
    { file: `cjs/${path}.js`, text: `${compat}${head}\nexports.${name} = ${data};\n` },
    { file: `cjs/${path}.d.ts`, text: types },
  ]
}

/** `iso87-ascii` → `iso87Ascii`. */
function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** The TypeScript type that has exactly this value, deeply read-only. */
function literalType(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const properties = Object.entries(value).map(
    ([key, inner]) => `readonly ${JSON.stringify(key)}: ${literalType(inner)}`,
  )
  return `{ ${properties.join('; ')} }`
}
