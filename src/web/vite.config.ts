/** Builds the counter and the customer page into `build/web`, with nothing inline, as the content policy demands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const client = join(import.meta.dirname, 'client')

/** What the cashier is told is two thirds of all words, and none of it is ever said to a customer: `virtual:customer-words/en` is the rest. */
const wordsForCustomers = {
  name: 'words-for-customers',
  resolveId: (id: string): string | null =>
    id.startsWith('virtual:customer-words/') ? `\0${id}` : null,
  load(id: string): string | null {
    const locale = id.split('\0virtual:customer-words/')[1]
    if (locale === undefined) return null
    const file = join(import.meta.dirname, '../../config/locales', `${locale}.json`)
    const words = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), messages: {} })
    return `export default ${words}`
  },
} as const

export default {
  root: client,
  base: '/',
  plugins: [wordsForCustomers],
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
