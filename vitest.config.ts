import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    expect: { requireAssertions: true },
    allowOnly: false,
    passWithNoTests: false,
    sequence: { shuffle: true },
    testTimeout: 20_000,
    // Most of a test of the whole terminal is waiting for another process: a worker for each core.
    maxWorkers: '100%',
  },
})
