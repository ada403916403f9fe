/** The built pages of a fixture terminal in a real browser, and what a person or a measure does with them. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type { ReportSource } from '#shell/api/report-view.ts'
import { supportText } from '#shell/api/support-view.ts'
import type { Look, ScreenName, View } from '#shell/api/view.ts'
import { parametersView } from '#shell/params/parameters-view.ts'
import { effectiveValues } from '#shell/params/plan-change.ts'
import { codePicture } from '#shell/receipt/code-picture.ts'
import { reportSource } from '#shell/reports/report-view.ts'
import { type ScreensStart, startScreens } from '#web/server.ts'
import { openChromium } from '../browser/chromium.ts'
import { writeDay } from '../shell/journal/day.ts'
import { type FixtureApi, fixtureApi, TOKEN } from './fixture-api.ts'
import { DINNER, viewOf } from './fixtures/parts.ts'

type Running = Extract<ScreensStart, { ok: true }>

/** For a test that walks through everything there is. */
export const SLOW = 120_000

const CONFIG = join(import.meta.dirname, '../../config')
/** Of the day that the report is about. */
const EVENING = Date.parse('2026-11-21T23:00:00+08:00')

export const SIZES = [
  { width: 480, height: 800 },
  { width: 720, height: 1280 },
  { width: 320, height: 240 },
  { width: 1280, height: 800 },
] as const

export const typedView = viewOf({ counter: { kind: 'amount', typed: '38.5', amount: DINNER } })

/** Pages, built once, and the browser to look at them. */
export type Workshop = {
  readonly browser: Browser
  readonly folder: string
  readonly close: () => Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'))
  // Under a test runner the builder would make other pages than those that ship.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  await build({
    configFile: join(import.meta.dirname, '../../src/web/vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder },
  })
  if (before === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = before
  const browser = await openChromium()
  return {
    browser,
    folder,
    close: async () => {
      await browser.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** One terminal and one page on it. */
export type Glass = {
  readonly fixture: FixtureApi
  readonly page: Page
  /** The newest server: a test may stop it and start another. */
  readonly screens: () => Running
  readonly restart: (look?: Look) => Promise<void>
  readonly goTo: (screen: ScreenName) => Promise<void>
  /** Shows a view as a new page and waits until it is drawn. */
  readonly show: (view: View) => Promise<void>
  /** Errors and complaints of the page so far. */
  readonly complaints: readonly string[]
  /** Where customers find their slips from now on; null: on paper alone. */
  readonly leadTo: (address: string | null) => void
  readonly close: () => Promise<void>
}

/** What the demonstration is set to, as its terminal reads it. */
function demoFile(): unknown {
  const folder = join(CONFIG, 'demo')
  const read = effectiveValues(readFileSync(join(folder, 'terminal.yaml'), 'utf8'), folder)
  if (!read.ok) throw new Error(read.problem)
  return read.value
}

export async function openGlass(workshop: Workshop): Promise<Glass> {
  const { browser, folder } = workshop
  const fixture = fixtureApi(typedView)
  let slipAddress: string | null = null
  const day = await mkdtemp(join(tmpdir(), 'day-'))
  let source: ReportSource | null = null
  // The day is written for the first who asks.
  const reports = (): ReportSource => {
    source ??= reportSource({
      journal: writeDay(day),
      sharedConfig: CONFIG,
      wallMs: () => EVENING,
    })
    return source
  }
  const start = async (port: number, look?: Look): Promise<Running> => {
    const started = await startScreens({
      host: '127.0.0.1',
      port,
      api: fixture.api,
      buildFolder: folder,
      log: () => {},
      token: TOKEN,
      parameters: (locale) =>
        Promise.resolve(parametersView({ file: demoFile(), sharedConfig: CONFIG, locale })),
      report: (locale) => reports()(locale),
      support: (view) => codePicture(supportText(view, '0.1.0')),
      slipLink: () => (slipAddress === null ? null : codePicture(slipAddress)),
      ...(look === undefined ? {} : { look }),
    })
    if (!started.ok) throw new Error(started.sentence)
    return started
  }
  let screens = await start(0)
  const page = await browser.newPage({ viewport: SIZES[0], reducedMotion: 'reduce' })
  const complaints: string[] = []
  page.on('console', (message) => void complaints.push(message.text()))
  page.on('pageerror', (error) => void complaints.push(error.message))
  const drawn = async (revision: number): Promise<void> => {
    await page.locator(`[data-revision="${revision}"]`).waitFor()
  }
  return {
    fixture,
    page,
    complaints,
    leadTo: (address) => {
      slipAddress = address
    },
    screens: () => screens,
    restart: async (look) => {
      await screens.close()
      screens = await start(screens.port, look)
    },
    goTo: async (screen) => {
      await page.goto(screen === 'counter' ? screens.url : screens.customerUrl)
      await drawn(fixture.api.view().revision)
    },
    show: async (view) => {
      await drawn(fixture.show(view).revision)
      // A page that comes later, with what it reads by itself.
      if (view.counter.kind === 'parameters' && (await page.locator('.counter').isVisible()))
        await page.locator(`html[lang="${view.locale.counter}"] [data-parameter]`).first().waitFor()
    },
    close: async () => {
      await page.close()
      await screens.close()
      await rm(day, { recursive: true })
    },
  }
}
