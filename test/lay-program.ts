/**
 * Before all tests: the shipped program is laid out once, and every test of a whole terminal starts that one, for a third of what its sources
 * cost. Where it was not built from the sources as they are, and while tests are repeated as files change, the sources are started.
 */
import type { TestProject } from 'vitest/node'
import { layProgram, theSources } from './rig/shipped-program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly terminalProgram: string
  }
}

/** Gives what takes it away again. */
export function setup(project: TestProject): () => void {
  const { command, remove } = project.config.watch
    ? { ...theSources(), remove: () => undefined }
    : layProgram()
  project.provide('terminalProgram', command[0])
  return remove
}
