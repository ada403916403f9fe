/** What a person or the world does at a page before its picture is taken: help, half a PIN, a lost terminal, the report of the day. */
import type { Locale, ScreenName } from '#shell/api/view.ts'
import { TOKEN } from '../../test/web/fixture-api.ts'
import type { Glass } from '../../test/web/glass.ts'

export type Scene = {
  readonly name: string
  readonly screen: ScreenName
  /** The state that it begins with. */
  readonly of: string
  readonly play: (glass: Glass, locale: Locale) => Promise<void>
}

/** Keys are dropped for a moment after a page change, and so fast only a machine types. */
const SETTLE_MS = 400
const BETWEEN_MS = 60

async function type({ page }: Glass, ...keys: readonly string[]): Promise<void> {
  await page.waitForTimeout(SETTLE_MS)
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(BETWEEN_MS)
  }
}

const help = (of: string): Scene => ({
  name: `help-of-${of}`,
  screen: 'counter',
  of,
  play: async (glass) => {
    await type(glass, 'F3')
    await glass.page.locator('[data-testid=help]').waitFor()
  },
})

const typed = (name: string, of: string, ...keys: readonly string[]): Scene => ({
  name,
  screen: 'counter',
  of,
  play: (glass) => type(glass, ...keys),
})

const large = (of: string): Scene => ({
  name: `large-print-of-${of}`,
  screen: 'customer',
  of,
  play: ({ page }) => page.locator('[data-large=false]').click(),
})

export const SCENES: readonly Scene[] = [
  ...[
    'amount-typed',
    'sale-present',
    'sale-unknown',
    'sign-in-asked',
    'records-of-the-day',
    'refund-present',
    'hold-amount',
  ].map(help),
  typed('sign-in-half-a-pin', 'sign-in-asked', '0', '1', 'Enter', '2', '7', '0'),
  typed(
    'set-pin-differs',
    'first-pin',
    ...'270415'.split(''),
    'Enter',
    ...'270416'.split(''),
    'Enter',
  ),
  typed('settings-changed-only', 'settings', 'Enter'),
  typed('settings-searched', 'settings', '8', '4', '6', '3'),
  {
    name: 'notice-hold-to-reprint',
    screen: 'counter',
    of: 'amount-typed',
    play: async (glass) => {
      await type(glass)
      await glass.page.locator('[data-hold=reprintLast]').click()
      await glass.page.locator('[data-notice]').waitFor()
    },
  },
  {
    name: 'notice-machine-types',
    screen: 'counter',
    of: 'amount-empty',
    play: async (glass) => {
      await type(glass)
      // All in one moment, as only a machine can.
      await glass.page.evaluate(`for (const key of '1234567890123') {
        dispatchEvent(new KeyboardEvent('keydown', { key }))
        dispatchEvent(new KeyboardEvent('keyup', { key }))
      }`)
      await glass.page.locator('[data-notice]').waitFor()
    },
  },
  {
    name: 'lost',
    screen: 'counter',
    of: 'amount-typed',
    play: async (glass) => {
      await glass.screens().close()
      await glass.page.locator('[data-testid=lost] h1').waitFor()
    },
  },
  {
    name: 'locked',
    screen: 'counter',
    of: 'amount-typed',
    play: async ({ page, screens }, locale) => {
      await page.goto('about:blank')
      await page.goto(screens().url.replace(TOKEN, 'F'.repeat(TOKEN.length)))
      await page.locator('[data-testid=locked] h1').waitFor()
      await page.evaluate(`document.documentElement.lang = ${JSON.stringify(locale)}`)
    },
  },
  {
    name: 'report',
    screen: 'counter',
    of: 'totals-shown',
    play: async ({ page }) => {
      await page.locator('[data-link=report]').click()
      await page.locator('[data-table=sums]').waitFor()
    },
  },
  ...['sale-present', 'sale-paid', 'code-password', 'home-with-alarms', 'refund-present'].map(
    large,
  ),
]
