import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/lay-program.ts'],
    // A device that answers late on a busy machine has answered.
    expect: { requireAssertions: true, poll: { timeout: 5000 } },
    allowOnly: false,
    passWithNoTests: false,
    sequence: { sequencer: LongestFirst, shuffle: { tests: true } },
    testTimeout: 20_000,
    // Real processes, cables and browsers on a busy machine: what fails is tried once more, and the report names it (retry x1).
    retry: 1,
    // Nothing here keeps state in a module, so one process may read many files: two fifths of the processor time of the codecs' tests.
    isolate: false,
    // Half of a test of the whole terminal is waiting for another process: three workers for two cores.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
  },
})
