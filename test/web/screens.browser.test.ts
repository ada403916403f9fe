/** The pages in a real browser: they fit, they obey keys, and without a terminal they show no amount. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ScreensStart, startScreens } from '#web/server.ts'
import { FIND_FAINT_AMOUNTS, FIND_OVERFLOW, openBrowser, SIZES } from './browser.ts'
import { type FixtureApi, fixtureApi, TOKEN } from './fixture-api.ts'
import { DINNER, FIXTURES, shownIn, viewOf } from './fixtures.ts'

type Running = Extract<ScreensStart, { ok: true }>

const SLOW = 120_000
/** Longer than the time for which keys are dropped after a page change. */
const SETTLE = 320
const amountView = viewOf({ counter: { kind: 'amount', typed: '38.5', amount: DINNER } })

let folder = ''
let browser: Browser
let fixture: FixtureApi
let screens: Running
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'))
  await build({
    configFile: join(import.meta.dirname, '../../src/web/vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder },
  })
  browser = await openBrowser()
}, SLOW)

afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true })
}, SLOW)

beforeEach(async () => {
  fixture = fixtureApi(amountView)
  screens = await start(0)
  page = await browser.newPage({ viewport: SIZES[0], reducedMotion: 'reduce' })
}, SLOW)

afterEach(async () => {
  await page.close()
  await screens.close()
}, SLOW)

function addressOf(path: string): string {
  return path === '' ? screens.url : screens.customerUrl
}

async function start(port: number): Promise<Running> {
  const started = await startScreens({
    host: '127.0.0.1',
    port,
    api: fixture.api,
    buildFolder: folder,
    log: () => {},
    token: TOKEN,
  })
  if (!started.ok) throw new Error(started.sentence)
  return started
}

async function see(revision: number): Promise<void> {
  await page.locator(`[data-revision="${revision}"]`).waitFor()
}

/** Opens the counter and stops its clock: from here on time passes only where a test says so. */
async function open(): Promise<void> {
  await page.clock.install()
  await page.goto(screens.url)
  await see(fixture.api.view().revision)
  await page.clock.pauseAt(Date.now() + 60_000)
}

async function show(view: typeof amountView): Promise<void> {
  await see(fixture.show(view).revision)
}

async function boxOf(
  selector: string,
): Promise<{ x: number; y: number; right: number; low: number }> {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not on the page`)
  return { x: box.x, y: box.y, right: box.x + box.width, low: box.y + box.height }
}

for (const size of SIZES) {
  test(`every page fits on ${size.width}×${size.height} in both languages, and amounts stand out`, {
    timeout: SLOW,
  }, async () => {
    await page.setViewportSize(size)
    const faults: string[] = []
    for (const path of ['', 'customer']) {
      await page.goto(addressOf(path))
      for (const { name, view } of FIXTURES) {
        for (const locale of ['zh-CN', 'en'] as const) {
          await show(shownIn(view, locale))
          for (const look of [FIND_OVERFLOW, FIND_FAINT_AMOUNTS]) {
            const found: string[] = await page.evaluate(look)
            faults.push(...found.map((fault) => `${path} ${name} ${locale}: ${fault}`))
          }
        }
      }
    }
    expect(faults).toEqual([])
  })

  test(`on ${size.width}×${size.height} a second tap at the confirm key does not confirm the question`, {
    timeout: SLOW,
  }, async () => {
    await page.setViewportSize(size)
    await open()
    const first = await boxOf('[data-key=confirm]')
    for (const name of ['confirm-amount', 'confirm-code', 'refund-confirm']) {
      const found = FIXTURES.find((one) => one.name === name)
      if (found === undefined) throw new Error(`no fixture ${name}`)
      await show(found.view)
      const second = await boxOf('[data-key=confirm]')
      const apart =
        second.right <= first.x ||
        first.right <= second.x ||
        second.low <= first.y ||
        first.low <= second.y
      expect({ name, apart }).toEqual({ name, apart: true })
    }
  })
}

test('an amount typed on a physical keyboard reaches the terminal key by key', async () => {
  await open()
  for (const key of ['3', '8', '.', '5', 'Enter']) await page.keyboard.press(key)
  const keys = []
  for (let count = 0; count < 5; count += 1) keys.push(await fixture.nextAction())
  expect(keys.map((action) => (action.type === 'key' ? action.key : ''))).toEqual([
    '3',
    '8',
    '.',
    '5',
    'confirm',
  ])
})

test('a held key counts once, and a key right after a page change does not count', async () => {
  await open()
  for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('7')
  await page.keyboard.up('7')
  await show(amountView)
  await page.keyboard.press('Enter')
  await page.clock.runFor(SETTLE)
  await page.keyboard.press('Escape')
  const first = await fixture.nextAction()
  const second = await fixture.nextAction()
  expect([first, second]).toMatchObject([{ key: '7' }, { key: 'cancel' }])
})

test('a key on the glass is the same as one on the keyboard', async () => {
  await open()
  await page.locator('[data-key="00"]').click()
  expect(await fixture.nextAction()).toEqual({ type: 'key', page: 'page-1', key: '00' })
})

test('the PIN of an operator is shown as dots and sent once', async () => {
  await open()
  await show(viewOf({ counter: { kind: 'signIn' } }))
  await page.clock.runFor(SETTLE)
  for (const key of ['0', '1', 'Enter', '9', '7', '9', '7']) await page.keyboard.press(key)
  expect(await page.locator('[data-field=pin] dd').textContent()).toBe('●●●●')
  expect(await page.content()).not.toContain('9797')
  await page.keyboard.press('Enter')
  expect(await fixture.nextAction()).toMatchObject({ type: 'signIn', operator: '01', pin: '9797' })
  expect(await page.locator('[data-field=pin] dd').textContent()).toBe('')
})

test('when the terminal goes, no amount is left on either page; when it is back, so is the state', {
  timeout: SLOW,
}, async () => {
  const customer = await browser.newPage({ viewport: SIZES[0] })
  await page.goto(screens.url)
  await customer.goto(screens.customerUrl)
  await page.locator('[data-testid=amount]').waitFor()
  await screens.close()
  await page.getByText('连接中断').waitFor()
  await customer.locator('[data-testid=lost]').waitFor()
  expect(await page.locator('body').innerText()).not.toMatch(/38/)
  expect(await customer.locator('body').innerText()).not.toMatch(/38/)
  screens = await start(screens.port)
  await page.locator('[data-testid=amount]').waitFor()
  expect(await page.locator('[data-testid=amount]').getAttribute('data-amount')).toBe('38.50')
  await customer.close()
})

test('the customer changes the language with one tap', async () => {
  await page.goto(screens.customerUrl)
  await page.locator('[data-swap=en]').click()
  expect(await fixture.nextAction()).toEqual({ type: 'locale', screen: 'customer', locale: 'en' })
})

test.each(['', 'customer'])(
  'page /%s loads from the terminal alone, within the content policy, below 60 kB',
  async (path) => {
    const complaints: string[] = []
    const foreign: string[] = []
    const bodies: Promise<Buffer>[] = []
    page.on('console', (message) => void complaints.push(message.text()))
    page.on('pageerror', (error) => void complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(screens.url).origin)) foreign.push(request.url())
    })
    page.on('response', (response) => {
      if (response.status() === 200) bodies.push(response.body())
    })
    await page.goto(addressOf(path), { waitUntil: 'networkidle' })
    let bytes = 0
    for (const body of await Promise.all(bodies)) bytes += gzipSync(body).length
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(60_000)
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  },
)
