/** A supervisor reads what the terminal is set to, by touch and by keys. */
import { expect, test } from 'vitest'
import { eachGlass } from './each-glass.ts'
import { TOKEN } from './fixture-api.ts'
import { viewOf } from './fixtures/parts.ts'
import { typedView } from './glass.ts'

const settings = viewOf({ direction: 'none', counter: { kind: 'parameters' } })

const { glass } = eachGlass(async (fresh) => {
  await fresh.goTo('counter')
  await fresh.show(settings)
})

const rows = async (): Promise<number> =>
  Number(await glass().page.locator('.parameters').getAttribute('data-rows'))

test('by keys: digits search, confirm shows only what was changed, cancel goes back a step at a time', async () => {
  const { fixture, page } = glass()
  // A new page drops the keys of the first moment.
  await page.waitForTimeout(320)
  await page.keyboard.press('F2', { delay: 60 })
  expect(await fixture.nextAction()).toMatchObject({ type: 'locale', locale: 'en' })
  const all = await rows()
  expect(all).toBeGreaterThan(120)
  for (const key of '73759') await page.keyboard.press(key, { delay: 60 })
  await page.locator('[data-parameter="acquirer.replyTimeoutMs"]').waitFor()
  expect(await rows()).toBeLessThan(5)
  await page.keyboard.press('Escape', { delay: 60 })
  await expect.poll(rows).toBe(all)
  await page.keyboard.press('Enter', { delay: 60 })
  await expect.poll(rows).toBeLessThan(all)
  expect(await page.locator('[data-parameter]:not([data-changed="true"])').count()).toBe(0)
  await page.keyboard.press('ArrowDown', { delay: 60 })
  expect(await page.locator('.parameters > li').nth(1).getAttribute('class')).toBe('picked')
  expect(fixture.acted).toHaveLength(1)
  await page.keyboard.press('Escape')
  expect(await fixture.nextAction()).toMatchObject({ type: 'key', key: 'cancel' })
})

test('by touch: a group, letters, and the way back', async () => {
  const { fixture, page } = glass()
  await page.waitForTimeout(320)
  await page.locator('[data-group="3"]').click()
  await page.locator('[data-parameter="slips.copies"]').waitFor()
  expect(await page.locator('[data-parameter="merchant.number"]').count()).toBe(0)
  await page.locator('[data-letters="pqrs"]').click()
  await expect.poll(rows).toBeGreaterThan(0)
  await page.locator('[data-letters="clear"]').click()
  await page.locator('[data-parameter="merchant.number"]').waitFor()
  await page.locator('[data-key="cancel"]').click()
  expect(await fixture.nextAction()).toMatchObject({ type: 'key', key: 'cancel' })
})

test('nobody is told the settings while the page is not open at the counter, and nobody without the token', async () => {
  const { origin } = new URL(glass().screens().url)
  const ask = async (token: string): Promise<number> =>
    (await fetch(`${origin}/api/parameters`, { headers: { authorization: `Bearer ${token}` } }))
      .status
  expect(await ask(TOKEN)).toBe(200)
  expect(await ask('0'.repeat(32))).toBe(401)
  await glass().show(typedView)
  expect(await ask(TOKEN)).toBe(403)
})
