/** Within the sandbox: one process, and tests that are collected instead of run. */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '../../..')

export default defineConfig({
  root,
  plugins: [
    {
      name: 'tests are collected',
      enforce: 'pre',
      resolveId: (source, importer) =>
        source === 'vitest' && importer?.startsWith(join(root, 'test')) === true
          ? join(import.meta.dirname, 'collect.ts')
          : null,
    },
  ],
  test: {
    include: ['scripts/mutation/inside/each-mutant.ts'],
    pool: 'threads',
    maxWorkers: 1,
    reporters: [['default', { summary: false }]],
    testTimeout: 7_200_000,
  },
})
