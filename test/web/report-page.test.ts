import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { ReportSource } from '#shell/api/report-view.ts'
import { reportSource } from '#shell/reports/report-view.ts'
import { startScreens } from '#web/server.ts'
import { scratchFolder, writeDay } from '../shell/journal/day.ts'
import { fixtureApi, TOKEN } from './fixture-api.ts'
import { amountView } from './served.ts'

const CONFIG = fileURLToPath(new URL('../../config', import.meta.url))
const EVENING = Date.parse('2026-11-21T23:00:00+08:00')

function today(): ReportSource {
  const journal = writeDay(scratchFolder())
  return reportSource({ journal, sharedConfig: CONFIG, wallMs: () => EVENING })
}

/** The screens' server with this report; gone with the test. */
async function served(report: ReportSource | undefined) {
  const buildFolder = await mkdtemp(join(tmpdir(), 'report-page-'))
  for (const name of ['index.html', 'customer.html', 'report.html'])
    await writeFile(join(buildFolder, name), `<title>${name}</title>`)
  const screens = await startScreens({
    host: '127.0.0.1',
    port: 0,
    api: fixtureApi(amountView).api,
    buildFolder,
    log: () => undefined,
    token: TOKEN,
    ...(report === undefined ? {} : { report }),
  })
  if (!screens.ok) throw new Error(screens.sentence)
  onTestFinished(async () => {
    await screens.close()
    await rm(buildFolder, { recursive: true })
  })
  const ask = (path: string, token = TOKEN) =>
    fetch(`http://127.0.0.1:${screens.port}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    })
  return ask
}

test('a screen with the token reads the exceptions and figures of today, in its language', async () => {
  const ask = await served(today())
  const answer = await ask('/api/report?lang=en')
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const view: unknown = await answer.json()
  expect(view).toMatchObject({ day: '2026-11-21', locale: 'en', gaps: [] })
  const text = JSON.stringify(view)
  expect(text).toContain('Its result was not known for a while; it was not paid')
  expect(text).toContain('47.00 (3)')
  expect(text).not.toMatch(/fingerprint|622202/)
  expect(await (await ask('/api/report')).text()).toContain('结果曾一度未知，后确认未付')
})

test('whoever has no token learns nothing', async () => {
  const ask = await served(today())
  expect((await ask('/api/report', 'F'.repeat(32))).status).toBe(401)
})

test('the page itself is empty and for everybody; two who ask at once are answered by one reading', async () => {
  let readings = 0
  const source = today()
  const ask = await served((locale) => {
    readings += 1
    return source(locale)
  })
  expect(await (await ask('/report', '')).text()).toContain('report.html')
  const both = await Promise.all([ask('/api/report'), ask('/api/report')])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(readings).toBe(2)
  expect(await Promise.all([source('en'), source('en')]).then(([a, b]) => a === b)).toBe(true)
})

test('a journal that cannot be read, or no report at all, is 503 and never an empty list', async () => {
  const nowhere = reportSource({
    journal: '/nowhere/journal.db',
    sharedConfig: CONFIG,
    wallMs: () => EVENING,
  })
  for (const source of [nowhere, undefined]) {
    const ask = await served(source)
    expect((await ask('/api/report')).status).toBe(503)
  }
})
