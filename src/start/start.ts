/** The first file that a release runs. */
import process from 'node:process'
import { loadProgram } from './load.ts'
import { namedStack } from './stack-names.ts'

// Only tells: the runtime then ends the program as it always does.
process.on('uncaughtExceptionMonitor', (error) => {
  process.stderr.write(`In the source: ${namedStack(error.stack ?? String(error))}\n`)
})
loadProgram(import.meta.dirname, 'main.cjs', () => undefined)
