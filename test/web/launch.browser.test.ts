/** How a screen gets in, stays in and shows nothing when it is out, in a real browser. */
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { eachGlass } from './each-glass.ts'
import { TOKEN } from './fixture-api.ts'
import { viewOf } from './fixtures/parts.ts'
import { SLOW, typedView } from './glass.ts'

const { glass, workshop } = eachGlass()

test('a kiosk that opens the printed address is let in, and the address bar does not keep the token', async () => {
  await glass().goTo('counter')
  expect(await glass().page.locator('[data-testid=amount]').getAttribute('data-amount')).toBe(
    '38.50',
  )
  expect(glass().page.url()).not.toContain(TOKEN)
})

test('a page that is loaded again is let in again', async () => {
  for (const screen of ['counter', 'customer'] as const) {
    await glass().goTo(screen)
    await glass().page.reload()
    await glass().page.locator('[data-revision]').waitFor()
    expect(glass().page.url()).not.toContain(TOKEN)
  }
})

test('an address typed without the token shows how to get in, and neither amount nor shop', {
  timeout: SLOW,
}, async () => {
  const { origin } = new URL(glass().screens().url)
  for (const path of ['/', '/customer', '/#0000000000000000']) {
    const page = await workshop().browser.newPage()
    await page.goto(origin + path)
    await page.locator('[data-testid=locked]').waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/38|稳收示范店/)
    await page.close()
  }
  expect(glass().fixture.listening()).toBe(0)
})

test('the right address typed over a page that was not let in lets it in', async () => {
  const { origin } = new URL(glass().screens().url)
  await glass().page.goto(origin)
  await glass().page.locator('[data-testid=locked]').waitFor()
  await glass().page.goto(glass().screens().url)
  await glass().page.locator('[data-testid=amount]').waitFor()
  expect(await glass().page.locator('[data-testid=locked]').count()).toBe(0)
})

test('when the terminal goes, no amount is left on either page; when it is back, so is the state', {
  timeout: SLOW,
}, async () => {
  const { page, screens } = glass()
  const customer = await workshop().browser.newPage()
  await glass().goTo('counter')
  await customer.goto(screens().customerUrl)
  await customer.locator('[data-revision]').waitFor()
  await screens().close()
  await page.getByText('连接中断').waitFor()
  await customer.locator('[data-testid=lost]').waitFor()
  expect(await page.locator('body').innerText()).not.toMatch(/38/)
  expect(await customer.locator('body').innerText()).not.toMatch(/38/)
  await glass().restart()
  await page.locator('[data-testid=amount]').waitFor()
  expect(await page.locator('[data-testid=amount]').getAttribute('data-amount')).toBe('38.50')
  await customer.close()
})

test('a merchant name that is a script is shown as the text that it is', async () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  for (const screen of ['counter', 'customer'] as const) {
    await glass().goTo(screen)
    await glass().show(
      viewOf({
        ...typedView,
        shopName: { 'zh-CN': hostile, en: hostile },
        message: { key: 'amount.tooLarge', params: { max: hostile } },
        strip: { ...typedView.strip, operator: hostile, faults: [{ key: hostile, params: {} }] },
      }),
    )
    expect(await glass().page.locator('#screen').innerText()).toContain('<script>')
    expect(await glass().page.title()).toBe('SureTill 稳收')
    expect(await glass().page.locator('#screen script, #screen img').count()).toBe(0)
  }
  expect(glass().complaints).toEqual([])
})

test('a script that came in all the same is stopped by the policy of the page', async () => {
  await glass().goTo('counter')
  await glass().page.evaluate(`(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
    document.body.insertAdjacentHTML('beforeend', '<img src=/nothing onerror="document.title = 1">')
  })()`)
  await expect.poll(() => glass().complaints.join()).toContain('Content Security Policy')
  expect(await glass().page.title()).toBe('SureTill 稳收')
})

test.each(['counter', 'customer'] as const)(
  'the %s page loads from the terminal alone, within the content policy, below 55 kB',
  async (screen) => {
    const { complaints, page, screens } = glass()
    const foreign: string[] = []
    const bodies: Promise<Buffer>[] = []
    const { origin } = new URL(screens().url)
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) foreign.push(request.url())
    })
    page.on('response', (response) => {
      if (response.status() === 200) bodies.push(response.body())
    })
    await glass().goTo(screen)
    await page.waitForLoadState('networkidle')
    let bytes = 0
    for (const body of await Promise.all(bodies)) bytes += gzipSync(body).length
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(55_000)
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  },
)

test('a language that cannot be had is spoken for by the other one until it can, and no fact waits', {
  timeout: SLOW,
}, async () => {
  const { page } = glass()
  await glass().goTo('counter')
  await page.route('**/assets/en-*.js', (route) => route.abort())
  await glass().show({ ...typedView, locale: { counter: 'en', customer: 'en' } })
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  expect(await page.locator('.bar h1').textContent()).toBe('收款')
  await page.unroute('**/assets/en-*.js')
  await page.getByText('Charge').first().waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
})
