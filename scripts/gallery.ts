/**
 * Every state of counter and customer page as a picture, in both languages, and one slip of each kind, with an index.
 * Run: node scripts/gallery.ts [FOLDER] [PART OF A NAME …] (docs/gallery and everything when absent). Needs Chromium. The pages are the
 * built ones, the states those that the tests walk; exits 1 when the pictures have grown too large for the repository.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { PROFILES, shippedWords } from '../test/shell/receipt/slips.ts'
import { customerLooks } from '../test/web/fixtures/customer-looks.ts'
import { shownIn } from '../test/web/fixtures/parts.ts'
import { FIXTURES } from '../test/web/fixtures.ts'
import { openGlass, openWorkshop } from '../test/web/glass.ts'
import { toPalettePng } from './gallery/palette-png.ts'
import { SAMPLE_SLIPS } from './gallery/sample-slips.ts'
import { SCENES } from './gallery/scenes.ts'

const LOCALES = ['zh-CN', 'en'] as const
const ALL_MAX_BYTES = 7_500_000
/** Paper is white and print is black; the edges of letters need one more. */
const SLIP_COLORS = 3

const [given, ...wanted] = process.argv.slice(2)
const folder = given ?? join(import.meta.dirname, '..', 'docs', 'gallery')
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const workshop = await openWorkshop()
const glass = await openGlass(workshop)
let bytes = 0

const customers = customerLooks(FIXTURES)
await glass.goTo('counter')
await takeAll('counter', FIXTURES)
await takeScenes()
await glass.goTo('customer')
await takeAll('customer', customers)
await takeSlips()
if (wanted.length === 0) writeFileSync(join(folder, 'README.md'), index())
await glass.close()
await workshop.close()

console.log(`${folder}: ${bytes} bytes`)
if (bytes > ALL_MAX_BYTES) {
  console.error(`More than ${ALL_MAX_BYTES} bytes.`)
  process.exitCode = 1
}

async function takeAll(screen: string, all: typeof FIXTURES): Promise<void> {
  for (const { name, view } of all) {
    if (!isWanted(`${screen}-${name}`)) continue
    for (const locale of LOCALES) {
      await glass.show(shownIn(view, locale))
      keep(pictureOf(screen, name, locale), await glass.page.screenshot())
    }
  }
}

async function takeScenes(): Promise<void> {
  for (const { name, screen, of, play } of SCENES) {
    if (!isWanted(`${screen}-${name}`)) continue
    const found = FIXTURES.find((one) => one.name === of)
    if (found === undefined) throw new Error(`no state ${of}`)
    for (const locale of LOCALES) {
      await glass.goTo(screen)
      await glass.show(shownIn(found.view, locale))
      await play(glass, locale)
      keep(pictureOf(screen, name, locale), await glass.page.screenshot({ fullPage: true }))
      // Nothing of this page is left for the next one.
      await glass.page.goto('about:blank')
      await glass.restart()
    }
  }
}

async function takeSlips(): Promise<void> {
  const page = await workshop.browser.newPage()
  for (const { name, slip } of SAMPLE_SLIPS) {
    if (!isWanted(`slip-${name}`)) continue
    for (const locale of LOCALES) {
      const { svg } = renderSlip(slip, PROFILES.narrow, shippedWords(locale))
      await page.setContent(`<body style="margin:0;background:#fff">${svg}</body>`)
      keep(
        pictureOf('slip', name, locale),
        await page.locator('svg').first().screenshot(),
        SLIP_COLORS,
      )
    }
  }
  await page.close()
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((part) => name.includes(part))
}

function keep(name: string, png: Buffer, colors?: number): void {
  const small = toPalettePng(png, colors)
  bytes += small.length
  writeFileSync(join(folder, name), small)
}

function pictureOf(screen: string, name: string, locale: string): string {
  return `${screen}-${name}.${locale}.png`
}

function index(): string {
  const nameOf = ({ name }: { readonly name: string }): string => name
  const scenes = (screen: string): string[] =>
    SCENES.filter((one) => one.screen === screen).map(nameOf)
  const counter = [...FIXTURES.map(nameOf), ...scenes('counter')]
  const customer = [...customers.map(nameOf), ...scenes('customer')]
  return `# Gallery

Every state of the screens on 480 × 800 points in the light theme, and one slip of each kind. Made by \`make gallery\` from the built pages
and the states that the tests walk on every size, in both languages and all themes (\`test/web/fits.browser.test.ts\`); that none is
missing is a test of its own (\`test/web/pictured.test.ts\`).
${part('Counter', 'counter', counter)}${part('Customer', 'customer', customer)}${part('Slips', 'slip', SAMPLE_SLIPS.map(nameOf))}`
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
