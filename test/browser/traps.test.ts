import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChromium } from './chromium.ts'
import { watchForTraps } from './traps.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openChromium()
}, 60_000)
afterAll(() => browser.close())

/** A counter on which a touch of "go on" opens a question; its key to confirm stands where that says, and may come later than the page. */
function counterWith(confirmAt: string, afterMs: number): string {
  const page = '<div data-page=confirmAmount data-page-id=confirmAmount#2></div>'
  const key = `<button data-key=confirm style="position:absolute;${confirmAt}">yes</button>`
  const open = `document.body.innerHTML = ${JSON.stringify(page)}; setTimeout(() => (document.body.firstChild.innerHTML = ${JSON.stringify(key)}), ${afterMs})`
  return `<div data-page=amount data-page-id=amount#1>
    <button style="position:absolute;left:20px;top:20px;width:80px;height:40px" onclick='${open}'>go on</button></div>`
}

const UNDER_THE_FINGER = 'left:20px;top:20px;width:80px;height:40px'
const ELSEWHERE = 'left:20px;top:200px;width:80px;height:40px'

test.for([
  [
    'a key that confirms under the finger that opened the question is a trap',
    UNDER_THE_FINGER,
    0,
    1,
  ],
  ['one that comes there a moment later is one too', UNDER_THE_FINGER, 200, 1],
  ['one that stands elsewhere is none', ELSEWHERE, 0, 0],
] as const)(
  '%s, in the first document and in one that is opened later',
  async ([, confirmAt, afterMs, perDocument]) => {
    const page = await browser.newPage({ hasTouch: true })
    const show = (): Promise<unknown> =>
      page.goto(`data:text/html,${encodeURIComponent(counterWith(confirmAt, afterMs))}`)
    const goOn = (): Promise<void> => page.touchscreen.tap(60, 40)
    await show()
    const traps = await watchForTraps(page)
    await goOn()
    await page.locator('[data-page=confirmAmount] [data-key=confirm]').waitFor()
    await expect.poll(() => traps().length).toBe(perDocument)
    await page.goto('about:blank')
    await show()
    await goOn()
    await page.locator('[data-page=confirmAmount] [data-key=confirm]').waitFor()
    await expect.poll(() => traps().length).toBe(2 * perDocument)
    for (const trap of traps()) expect(trap).toMatch(/^confirmAmount#2 from/)
    await page.close()
  },
)
