/** The first file that a release runs, unless it goes on from a snapshot. */
import { loadProgram } from './load.ts'
import { tellSource } from './stack-names.ts'

tellSource(import.meta.dirname)
loadProgram(import.meta.dirname, 'main.cjs', () => undefined)
