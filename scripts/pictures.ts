/**
 * Takes the pictures of the documentation from the running product: counter page, a slip and the bench, in both languages.
 * Run: node scripts/pictures.ts [FOLDER] (docs when absent). Needs the pages built, and Chromium.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { PNG } from 'pngjs'
import { drawingOfPaper, pictureOf } from '../test/browser/pictures-of-slips.ts'
import { openShop, type Shop } from '../test/browser/shop.ts'

/** Pictures are loaded with every look at the project's front page. */
const MAX_BYTES = 150_000
/** Wide enough for the three columns of the bench, and small enough for a page of text. */
const BENCH = { width: 1200, height: 750 }

const LANGUAGES = [
  // The acquirer's name is whatever the technician writes.
  { locale: 'en', ending: '.png', acquirer: 'UnionPay demo host' },
  { locale: 'zh-CN', ending: '.zh-CN.png', acquirer: '银联演示主机' },
] as const

type Language = (typeof LANGUAGES)[number]

const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'docs')
mkdirSync(folder, { recursive: true })
for (const language of LANGUAGES) {
  const { locale, acquirer } = language
  const shop = await openShop({
    means: 'touch',
    cashierOnly: true,
    config: {
      'terminal.locale': { counter: locale, customer: locale, slip: locale },
      'acquirer.name': acquirer,
    },
  })
  try {
    await takePictures(shop, language)
  } finally {
    await shop.close()
  }
}

async function takePictures(shop: Shop, { locale, ending }: Language): Promise<void> {
  const { bench, counter, laboratory } = shop
  await bench.page.setViewportSize(BENCH)
  await bench.page.goto(`${laboratory.bench.url}?lang=${locale}`)
  await shop.switchOn()
  await shop.firstRun()
  await counter.page.locator('[data-link="up"]').waitFor()
  await counter.type('38.5')
  await counter.page.locator('[data-amount="38.50"]').waitFor()
  keep(`counter${ending}`, await counter.page.screenshot())

  await counter.ask('38.5')
  await bench.card('insert', 'debit')
  await bench.typePin('123456')
  await counter.slipsPrinted(() => bench.click('tear'))
  const paper = (await bench.state()).printer.papers.at(-1)
  keep(`slip${ending}`, (await pictureOf(shop, await drawingOfPaper(shop, paper?.id ?? ''))).png)

  const framed = bench.page.frameLocator('[data-testid="counter-screen"] iframe')
  await framed.locator('[data-page="result"]').waitFor()
  await bench.page.locator(`[data-paper="${paper?.id}"]`).waitFor()
  const customers = bench.page.frameLocator('[data-testid="customer-screen"] iframe')
  await customers.locator('[data-page="result"]').waitFor()
  keep(`bench${ending}`, await bench.page.screenshot())
}

/** Writes a picture, and says when it has grown too large for a page of text. */
function keep(name: string, png: Buffer): void {
  const small = compact(png)
  const path = join(folder, name)
  writeFileSync(path, small)
  console.log(`${path} ${small.length} bytes`)
  if (small.length <= MAX_BYTES) return
  console.error(`${name} is larger than ${MAX_BYTES} bytes.`)
  process.exitCode = 1
}

/** The same dots in fewer bytes: flat areas and letters pack best unfiltered, and nothing here is transparent. */
function compact(png: Buffer): Buffer {
  const options = { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 } as const
  return PNG.sync.write(PNG.sync.read(png), options)
}
