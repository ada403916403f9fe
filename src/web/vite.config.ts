/** Builds the counter and the customer page into `build/web`, with nothing inline, as the content policy demands. */
import { join } from 'node:path'

const client = join(import.meta.dirname, 'client')

export default {
  root: client,
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, '../../build/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: [
        join(client, 'index.html'),
        join(client, 'customer.html'),
        join(client, 'report.html'),
      ],
    },
  },
}
