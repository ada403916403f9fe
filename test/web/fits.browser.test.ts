/** Every page on every size, in both languages and every theme: nothing cut, nothing faint, nothing too small to hit. */
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { ScreenName } from '#shell/api/view.ts'
import { eachGlass } from './each-glass.ts'
import { customerLooks } from './fixtures/customer-looks.ts'
import { shownIn } from './fixtures/parts.ts'
import { FIXTURES } from './fixtures.ts'
import { SIZES, SLOW } from './glass.ts'
import { FIND_OVERFLOW, FIND_SMALL_AMOUNTS, findFaintWords, findSmallTargets } from './measures.ts'

const LOCALES = ['zh-CN', 'en'] as const
const SCREENS = ['counter', 'customer'] as const

// Contrast is measured above, also where this tool cannot.
const RUN_AXE = `axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html.slice(0, 120))))`

const { glass } = eachGlass()

/** Shows everything there is and gives the faults of each, by name; of the customer page alone in large print. */
async function faultsOf(
  scripts: readonly string[],
  screens: readonly ScreenName[] = SCREENS,
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const screen of screens) {
    await glass().goTo(screen)
    if (screens.length === 1) await glass().page.locator('[data-large=false]').click()
    // Most states are one to the customer.
    const states = screen === 'customer' ? customerLooks(FIXTURES) : FIXTURES
    for (const { name, view } of states) {
      for (const locale of LOCALES) {
        await glass().show(shownIn(view, locale))
        for (const script of scripts) {
          const found: string[] = await glass().page.evaluate(script)
          faults.push(...found.map((fault) => `${screen} ${name} ${locale}: ${fault}`))
        }
      }
    }
  }
  return faults
}

for (const size of SIZES) {
  // Terminals with the smallest screen have keys of metal; the glass is the second way there.
  const targets = size.height < 320 ? findSmallTargets(32, 4) : findSmallTargets(44, 8)

  test(`every page fits on ${size.width}×${size.height} in both languages, amounts stand out and keys can be hit`, {
    timeout: SLOW,
  }, async () => {
    await glass().page.setViewportSize(size)
    expect(await faultsOf([FIND_OVERFLOW, FIND_SMALL_AMOUNTS, targets])).toEqual([])
  })
}

test('in large print the customer page fits on every size, and its words are half as large again', {
  timeout: SLOW,
}, async () => {
  const sizeOfWords = async (): Promise<number> =>
    await glass().page.evaluate(
      `parseFloat(getComputedStyle(document.querySelector('.customer-say')).fontSize)`,
    )
  // A page that says something: what was shown last may be one that only draws.
  const speaking = FIXTURES.find(({ view }) => view.customer.kind === 'present')?.view
  if (speaking === undefined) throw new Error('no page on which the customer presents')
  for (const size of SIZES) {
    await glass().page.setViewportSize(size)
    await glass().goTo('customer')
    await glass().show(speaking)
    const normal = await sizeOfWords()
    expect(await faultsOf([FIND_OVERFLOW], ['customer'])).toEqual([])
    expect(await sizeOfWords()).toBeGreaterThan(normal * 1.45)
    await glass().page.locator('[data-large=true]').click()
  }
})

test('the help of every page fits on the narrowest and the widest size, and names hotline and numbers', {
  timeout: SLOW,
}, async () => {
  // Before a start nobody has told the screen of a hotline yet.
  const told = FIXTURES.filter(({ view }) => view.support.hotline !== '')
  const pages = [...new Map(told.map((one) => [one.view.counter.kind, one.view])).values()]
  const faults: string[] = []
  const help = glass().page.locator('[data-testid=help]')
  const openHelp = async (): Promise<void> => {
    for (let tries = 0; tries < 5 && !(await help.isVisible()); tries++) {
      // The smallest screens have no room for the button; the key is there on every one.
      const button = glass().page.locator('[data-help=open]')
      if (await button.isVisible()) await button.click()
      else await glass().page.keyboard.press('F3')
      // Pressed while a page was still coming, it lay over the page before: people press again too.
      await help.waitFor({ timeout: 2000 }).catch(() => undefined)
    }
  }
  for (const size of [SIZES[2], SIZES[3]]) {
    await glass().page.setViewportSize(size)
    await glass().goTo('counter')
    for (const view of pages) {
      for (const locale of LOCALES) {
        await glass().show(shownIn(view, locale))
        await openHelp()
        expect(await glass().page.locator('[data-testid=help]').textContent()).toContain(
          '400-000-0000',
        )
        const found: string[] = await glass().page.evaluate(FIND_OVERFLOW)
        faults.push(...found.map((one) => `${size.width} ${view.counter.kind} ${locale}: ${one}`))
      }
    }
  }
  expect(faults).toEqual([])
})

test.each([
  { theme: 'light', least: 4.5, leastFaint: 3 },
  { theme: 'dark', least: 4.5, leastFaint: 3 },
  { theme: 'contrast', least: 7, leastFaint: 4.5 },
] as const)(
  'in the $theme theme every word has a contrast of at least $least',
  { timeout: SLOW },
  async ({ theme, least, leastFaint }) => {
    await glass().restart({ theme, quietHours: null, volume: 100, voice: true })
    expect(await faultsOf([findFaintWords(least, leastFaint)])).toEqual([])
    expect(await glass().page.locator('html').getAttribute('data-theme')).toBe(theme)
  },
)

test('a screen reader finds names, roles and structure on every page', {
  timeout: SLOW,
}, async () => {
  await glass().page.setViewportSize(SIZES[0])
  await glass().page.addInitScript(axe.source)
  expect(await faultsOf([RUN_AXE])).toEqual([])
})

test('the measures see what they are for', async () => {
  await glass().restart({ theme: 'light', quietHours: null, volume: 100, voice: true })
  await glass().page.addInitScript(axe.source)
  await glass().goTo('counter')
  const spoil = (css: string): Promise<unknown> =>
    glass().page.evaluate(`document.documentElement.style.cssText = '${css}'`)
  const count = async (script: string): Promise<number> => {
    const found: string[] = await glass().page.evaluate(script)
    return found.length
  }
  await spoil('--question: 90px')
  expect(await count(FIND_OVERFLOW)).toBeGreaterThan(0)
  await spoil('--amount: 10px')
  expect(await count(FIND_SMALL_AMOUNTS)).toBeGreaterThan(0)
  await spoil('--ink: #b0b0b0')
  expect(await count(findFaintWords(4.5, 3))).toBeGreaterThan(0)
  await spoil('--gap: 1px')
  expect(await count(findSmallTargets(44, 8))).toBeGreaterThan(0)
  expect(await count(findSmallTargets(300, 0))).toBeGreaterThan(0)
  await glass().page.evaluate(`document.documentElement.removeAttribute('lang')`)
  expect(await count(RUN_AXE)).toBeGreaterThan(0)
})
