/** Pure tests only, because they run once for every mutant. `TESTS` narrows them to those that are about the mutated file. */
import process from 'node:process'
import { defineConfig } from 'vitest/config'

const tests = process.env['TESTS']

export default defineConfig({
  test: {
    include:
      tests === undefined ? ['test/core/**/*.test.ts', 'test/iso8583/**/*.test.ts'] : [tests],
    exclude: ['test/core/diagrams.test.ts', 'test/core/monkey*.test.ts'],
    testTimeout: 20_000,
  },
})
