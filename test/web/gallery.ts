/**
 * Takes a picture of every fixture in both languages and all sizes through the real server, and says what does not fit.
 * Run: node test/web/gallery.ts [FOLDER] [NAME …]. Needs the pages built.
 */
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startScreens } from '#web/server.ts'
import { FIND_OVERFLOW, openBrowser, SIZES } from './browser.ts'
import { fixtureApi, TOKEN } from './fixture-api.ts'
import { FIXTURES, shownIn } from './fixtures.ts'

const [wantedFolder, ...names] = process.argv.slice(2)
const folder = wantedFolder ?? (await mkdtemp(join(tmpdir(), 'gallery-')))
await mkdir(folder, { recursive: true })
const chosen = FIXTURES.filter(({ name }) => names.length === 0 || names.includes(name))

const [first] = FIXTURES
if (first === undefined) throw new Error('no fixtures')
const fixture = fixtureApi(first.view)
const screens = await startScreens({
  host: '127.0.0.1',
  port: 0,
  api: fixture.api,
  buildFolder: join(import.meta.dirname, '../../build/web'),
  log: () => {},
  token: TOKEN,
})
if (!screens.ok) throw new Error(screens.sentence)

const browser = await openBrowser()
for (const size of SIZES) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  for (const side of ['counter', 'customer']) {
    const page = await context.newPage()
    await page.goto(side === 'counter' ? screens.url : screens.customerUrl)
    for (const { name, view } of chosen) {
      for (const locale of ['zh-CN', 'en'] as const) {
        const shown = fixture.show(shownIn(view, locale))
        await page.locator(`[data-revision="${shown.revision}"]`).waitFor()
        const picture = `${side}-${name}-${locale}-${size.width}.png`
        await page.screenshot({ path: join(folder, picture) })
        const overflow: unknown = await page.evaluate(FIND_OVERFLOW)
        if (Array.isArray(overflow) && overflow.length > 0)
          console.log(picture, overflow.join('; '))
      }
    }
    await page.close()
  }
  await context.close()
}
await browser.close()
await screens.close()
console.log(`${chosen.length} fixtures in ${folder}`)
