import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBench } from '../rig/bench/server.ts'
import { type PaperCounter, paperCounter } from './paper-counter.ts'

const VITE_CONFIG = fileURLToPath(new URL('../rig/bench/vite.config.ts', import.meta.url))
const buildFolder = mkdtempSync(join(tmpdir(), 'bench-page-'))
let browser: Browser

beforeAll(async () => {
  await build({ configFile: VITE_CONFIG, logLevel: 'silent', build: { outDir: buildFolder } })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  })
}, 60_000)

afterAll(async () => {
  await browser.close()
  rmSync(buildFolder, { recursive: true, force: true })
})

/** Opens the page over a counter, and fails when the page had an error of its own. */
async function onPage(work: (page: Page, counter: PaperCounter) => Promise<void>): Promise<void> {
  const counter = paperCounter()
  const outcome = await startBench({ port: 0, controls: counter, buildFolder })
  if (outcome.kind !== 'listening') throw new Error(outcome.why)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(outcome.bench.url)
  await work(page, counter)
  await page.close()
  await outcome.bench.stop()
  expect(errors).toEqual([])
}

/** Waits until the counter was told `what`. */
async function told(counter: PaperCounter, what: string): Promise<void> {
  await expect.poll(() => counter.done).toContain(what)
}

test('a card is picked up and clicked to each of its places', () =>
  onPage(async (page, counter) => {
    for (const action of ['tap', 'swipe', 'insert']) {
      await page.getByTestId('card-debit').click()
      await page.getByTestId(`target-${action}`).click()
      await told(counter, `${action} debit`)
    }
    expect(counter.done).toEqual(['tap debit', 'swipe debit', 'insert debit'])
  }))

test('a card is dragged onto the tap field', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('card-debit').hover()
    await page.mouse.down()
    const field = await page.getByTestId('target-tap').boundingBox()
    if (!field) throw new Error('no tap field')
    await page.mouse.move(field.x + field.width / 2, field.y + field.height / 2, { steps: 5 })
    await page.mouse.up()
    await told(counter, 'tap debit')
    expect(await page.getByTestId('card-debit').getAttribute('aria-pressed')).toBe('false')
  }))

test('a card dropped beside the reader does nothing', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('card-debit').hover()
    await page.mouse.down()
    await page.mouse.move(640, 560, { steps: 5 })
    await page.mouse.up()
    await page.getByTestId('key-1').click()
    await told(counter, 'key 1')
    expect(counter.done).toEqual(['key 1'])
  }))

test('a card is inserted and taken out with the keyboard alone', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('card-debit').press('Enter')
    await page.getByTestId('target-insert').press('Enter')
    await told(counter, 'insert debit')
    await page.getByTestId('card-in-slot').press('Enter')
    await told(counter, 'remove')
    expect(counter.done).toEqual(['insert debit', 'remove'])
  }))

test('a PIN is typed on the keyboard of the computer', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('key-5').focus()
    await page.keyboard.type('1234')
    await page.getByTestId('key-enter').press('Enter')
    await told(counter, 'key enter')
    expect(counter.done).toEqual(['key 1', 'key 2', 'key 3', 'key 4', 'key enter'])
  }))

test('a phone that is clicked shows the code that is on its screen', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('phone-right-show').click()
    await told(counter, 'show 287777777777777777')
    expect(counter.done).toHaveLength(1)
  }))

test('a phone turns to a wrong code and says that it is one', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('phone-left-previous').click()
    await told(counter, 'open left alipayPayee')
    await page.getByText('错码').waitFor()
    expect(await page.getByTestId('phone-left').getAttribute('data-show')).toBe('alipayPayee')
  }))

const SWITCHES: Readonly<Record<string, string>> = {
  'plug-network': 'network false',
  'plug-printer': 'printer false',
  'plug-pin-pad': 'pin-pad false',
  paper: 'paper nearEnd',
  cover: 'cover open',
  cutter: 'cutter true',
  tear: 'tear',
  'phones-both': 'show 137777777777777777 and 287777777777777777',
  'clear-faults': 'clear',
}

test('every switch of the counter does what it says', () =>
  onPage(async (page, counter) => {
    counter.change({
      host: { port: 1, signedOn: true, faults: [{ kind: 'dropReply', times: 1 }], messages: [] },
    })
    for (const [testId, expected] of Object.entries(SWITCHES)) {
      await page.getByTestId(testId).click()
      await told(counter, expected)
    }
    expect(counter.done).toEqual(Object.values(SWITCHES))
  }))

test('a lost answer is ordered for the next sale only', () =>
  onPage(async (page, counter) => {
    await page.getByTestId('fault-dropReply').click()
    await told(counter, 'fault {"kind":"dropReply","times":1,"mti":"0200"}')
    expect(counter.done).toHaveLength(1)
  }))

test('what the host holds for the shop stands on the page as soon as it changes', () =>
  onPage(async (page, counter) => {
    await page.getByText('38.50').waitFor()
    counter.change({ ledger: { heldMinor: 123_456, entries: [], accounts: [] } })
    await page.getByText('1,234.56').waitFor()
    expect(await page.getByTestId('held').getAttribute('data-minor')).toBe('123456')
  }))

test('the page speaks both languages', () =>
  onPage(async (page) => {
    await page.getByText('主机账本').waitFor()
    await page.getByTestId('language').click()
    await page.getByText('Host’s ledger').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  }))
