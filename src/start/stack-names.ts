/** Names the source lines of an error that ends the program: its stack tells of the rolled-up file, and the map lies beside that. */
import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'

const FRAME = /^(\s+at .*?\(?)(\/[^():]+\.cjs):(\d+):(\d+)(\)?)$/

/** The stack with a source line wherever the map knows one; read only now, as an error that is handled needs no map. */
export function namedStack(stack: string): string {
  const maps = new Map<string, SourceMap | null>()
  const named = (line: string): string => {
    const [, before = '', file = '', row = '', column = '', after = ''] = FRAME.exec(line) ?? []
    if (file === '') return line
    if (!maps.has(file)) maps.set(file, mapOf(file))
    const origin = maps.get(file)?.findOrigin(Number(row), Number(column))
    if (origin === undefined || !('fileName' in origin)) return line
    return `${before}${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}${after}`
  }
  return stack.split('\n').map(named).join('\n')
}

function mapOf(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')))
  } catch {
    // Without a map the lines stay those of the rolled-up file.
    return null
  }
}
