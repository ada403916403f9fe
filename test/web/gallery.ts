/**
 * Takes a picture of every fixture in both languages and all sizes through the real server, and says what does not fit.
 * Run: node test/web/gallery.ts FOLDER [NAME …].
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { shownIn } from './fixtures/parts.ts'
import { FIXTURES } from './fixtures.ts'
import { openGlass, openWorkshop, SIZES } from './glass.ts'
import { FIND_OVERFLOW } from './measures.ts'

const [folder = 'build/gallery', ...names] = process.argv.slice(2)
const chosen = FIXTURES.filter(({ name }) => names.length === 0 || names.includes(name))
await mkdir(folder, { recursive: true })

const workshop = await openWorkshop()
const glass = await openGlass(workshop)
const { page } = glass
for (const size of SIZES) {
  await page.setViewportSize(size)
  for (const screen of ['counter', 'customer'] as const) {
    await glass.goTo(screen)
    for (const { name, view } of chosen) {
      for (const locale of ['zh-CN', 'en'] as const) {
        await glass.show(shownIn(view, locale))
        const picture = `${screen}-${name}-${locale}-${size.width}.png`
        await page.screenshot({ path: join(folder, picture) })
        const overflow: unknown = await page.evaluate(FIND_OVERFLOW)
        if (Array.isArray(overflow) && overflow.length > 0)
          console.log(picture, overflow.join('; '))
      }
    }
  }
}
await glass.close()
await workshop.close()
console.log(`${chosen.length} fixtures in ${folder}`)
