/** Names the source lines of an error that ends the program: its stack tells of the rolled-up file, and the map lies beside that. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'

const FRAME = /^(\s+at .*?\(?)(\/[^():]+\.cjs):(\d+):(\d+)(\)?)$/

/** Only tells: the runtime then ends the program as it always does. `folder`: that of the program. */
export function tellSource(folder: string): void {
  process.on('uncaughtExceptionMonitor', (error) => {
    process.stderr.write(`In the source: ${namedStack(error.stack ?? String(error), folder)}\n`)
  })
}

/** The stack with a source line wherever a map in `folder` knows one; read only now, as an error that is handled needs no map. */
export function namedStack(stack: string, folder: string): string {
  const maps = new Map<string, ReturnType<typeof mapOf>>()
  const named = (line: string): string => {
    const [, before = '', path = '', row = '', column = '', after = ''] = FRAME.exec(line) ?? []
    if (path === '') return line
    // The name alone: a snapshot tells of the folder in which it was made.
    const file = join(folder, basename(path))
    if (!maps.has(file)) maps.set(file, mapOf(file))
    const origin = maps.get(file)?.findOrigin(Number(row), Number(column))
    if (origin === undefined || !('fileName' in origin)) return line
    return `${before}${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}${after}`
  }
  return stack.split('\n').map(named).join('\n')
}

function mapOf(file: string) {
  try {
    const { SourceMap } = process.getBuiltinModule('node:module')
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
  } catch {
    // Without a map the lines stay those of the rolled-up file.
    return null
  }
}
