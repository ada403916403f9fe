/**
 * Every state of counter and customer page as a picture, in both languages, and one slip of each kind, with an index.
 * Run: node scripts/gallery.ts [FOLDER] (docs/gallery when absent). Needs Chromium. The pages are the built ones, the states those
 * that the tests walk; exits 1 when the pictures have grown too large for the repository.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { PROFILES, shippedWords } from '../test/shell/receipt/slips.ts'
import { shownIn } from '../test/web/fixtures/parts.ts'
import { FIXTURES } from '../test/web/fixtures.ts'
import { openGlass, openWorkshop } from '../test/web/glass.ts'
import { toPalettePng } from './gallery/palette-png.ts'
import { SAMPLE_SLIPS } from './gallery/sample-slips.ts'

const LOCALES = ['zh-CN', 'en'] as const
const ALL_MAX_BYTES = 4_000_000

const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'gallery')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const workshop = await openWorkshop()
const glass = await openGlass(workshop)
let bytes = 0

const counters = FIXTURES.map(({ name }) => name)
const customers = [
  ...new Map(FIXTURES.map(({ name, view }) => [customerLook(view), name])).values(),
]
await glass.goTo('counter')
await takeAll('counter', counters)
await glass.goTo('customer')
await takeAll('customer', customers)
await takeSlips()
writeFileSync(join(folder, 'README.md'), index())
await glass.close()
await workshop.close()

console.log(`${folder}: ${bytes} bytes`)
if (bytes > ALL_MAX_BYTES) {
  console.error(`More than ${ALL_MAX_BYTES} bytes.`)
  process.exitCode = 1
}

async function takeAll(screen: string, names: readonly string[]): Promise<void> {
  for (const { name, view } of FIXTURES.filter((one) => names.includes(one.name))) {
    for (const locale of LOCALES) {
      await glass.show(shownIn(view, locale))
      keep(pictureOf(screen, name, locale), await glass.page.screenshot())
    }
  }
}

async function takeSlips(): Promise<void> {
  const page = await workshop.browser.newPage()
  for (const { name, slip } of SAMPLE_SLIPS) {
    for (const locale of LOCALES) {
      const { svg } = renderSlip(slip, PROFILES.narrow, shippedWords(locale))
      await page.setContent(`<body style="margin:0;background:#fff">${svg}</body>`)
      keep(pictureOf('slip', name, locale), await page.locator('svg').first().screenshot())
    }
  }
  await page.close()
}

/** States that look the same to the customer are shown once. */
function customerLook({
  customer,
  direction,
  drill,
  work,
}: (typeof FIXTURES)[number]['view']): string {
  return JSON.stringify({
    customer,
    drill,
    work: customer.kind === 'result' ? work : '',
    direction,
  })
}

function keep(name: string, png: Buffer): void {
  const small = toPalettePng(png)
  bytes += small.length
  writeFileSync(join(folder, name), small)
}

function pictureOf(screen: string, name: string, locale: string): string {
  return `${screen}-${name}.${locale}.png`
}

function index(): string {
  const slips = SAMPLE_SLIPS.map(({ name }) => name)
  return `# Gallery

Every state of the screens on 480 × 800 points in the light theme, and one slip of each kind. Made by \`make gallery\` from the built pages
and the states that the tests walk on every size, in both languages and all themes (\`test/web/fits.browser.test.ts\`).
${part('Counter', 'counter', counters)}${part('Customer', 'customer', customers)}${part('Slips', 'slip', slips)}`
}

function part(title: string, screen: string, names: readonly string[]): string {
  const rows = names.map((name) => {
    const cells = LOCALES.map(
      (locale) =>
        `<img src="${pictureOf(screen, name, locale)}" width="240" alt="${name}, ${locale}">`,
    )
    return `| ${name.replaceAll('-', ' ')} | ${cells.join(' | ')} |`
  })
  return `\n## ${title}\n| state | 中文 | English |\n|---|---|---|\n${rows.join('\n')}\n`
}
