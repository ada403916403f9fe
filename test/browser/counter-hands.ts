/** Somebody at the counter screen in the browser: reads the page, then touches the glass or types on the keyboard. */
import type { Page } from 'playwright-core'
import { type CounterPage, DIGIT_KEYS, type Key } from '#shell/api/view.ts'
import { PAGE_SETTLE_MS } from '../../src/web/client/keys/keys.ts'
import { HOLD_MS } from '../../src/web/client/keys/long-press.ts'

/** A person looks at a new page before touching it; the page drops what comes sooner. */
const READING_MS = PAGE_SETTLE_MS + 60
/** Between two keys of a person who types fast; the page does not obey what types faster than a hand. */
const TYPING_MS = 40
/** How long a cashier looks at an unchanged page before something is wrong. */
export const PATIENCE_MS = 12_000

export type Means = 'touch' | 'keyboard'

export type Operator = { readonly number: string; readonly pin: string }

export type CounterHands = {
  readonly page: Page
  /** Waits for the page and reads it. */
  readonly on: (kind: CounterPage['kind']) => Promise<void>
  readonly press: (...keys: readonly Key[]) => Promise<void>
  readonly type: (digits: string) => Promise<void>
  readonly option: (id: string) => Promise<void>
  /** The last slip again: its key held on the glass, or its key on the keyboard. */
  readonly reprint: () => Promise<void>
  /** Gives an operator a PIN of their own, typed twice, on the page that asks for that operator; gives its question. */
  readonly choosePin: (operator: Operator) => Promise<string>
  readonly signIn: (operator: Operator) => Promise<void>
  /** From the home page: types the amount and confirms it on its own page, so that the customer may present. */
  readonly ask: (typed: string) => Promise<void>
  /** The word of the result, once the page says how it ended. */
  readonly result: () => Promise<'approved' | 'notPaid' | 'unknown'>
  /** Waits for the message with this key and gives its words. */
  readonly told: (key: string) => Promise<string>
  /** On the result page: waits until both copies are printed, tearing off when asked; gives the ids of the slips. */
  readonly slipsPrinted: (tear: () => Promise<void>) => Promise<readonly string[]>
  /** Leaves the result for the next sale. */
  readonly next: () => Promise<void>
}

const KEYBOARD: Readonly<Partial<Record<Key, readonly string[]>>> = {
  '00': ['0', '0'],
  backspace: ['Backspace'],
  clear: ['Delete'],
  confirm: ['Enter'],
  cancel: ['Escape'],
  menu: ['F1'],
}

/** In the order in which one may lead to the other. */
const WAYS_HOME = [
  ['present', 'cancel'],
  ['confirmAmount', 'cancel'],
  ['pin', 'cancel'],
  ['result', 'confirm'],
  ['menu', 'cancel'],
] as const satisfies readonly (readonly [CounterPage['kind'], Key])[]

/** Hands on a page that shows the counter screen. `touch` needs a browser context with touch. */
export function counterHands(page: Page, means: Means): CounterHands {
  page.setDefaultTimeout(PATIENCE_MS)
  const on = async (kind: CounterPage['kind']): Promise<void> => {
    await page.locator(`[data-page="${kind}"]`).waitFor()
    await page.waitForTimeout(READING_MS)
  }
  const strike = async (name: string): Promise<void> => {
    await page.keyboard.press(name)
    await page.waitForTimeout(TYPING_MS)
  }
  const press = async (...keys: readonly Key[]): Promise<void> => {
    for (const key of keys) {
      if (means === 'touch') await page.locator(`[data-key="${key}"]`).tap()
      else for (const name of KEYBOARD[key] ?? [key]) await strike(name)
    }
  }
  /** Leaves what an earlier, failed test may have left open. */
  const goHome = async (): Promise<void> => {
    for (const [kind, key] of WAYS_HOME) {
      if ((await page.locator(`[data-page="${kind}"]`).count()) === 0) continue
      await on(kind)
      await press(key)
    }
  }
  const type = async (digits: string): Promise<void> => {
    for (const digit of digits) await press(toKey(digit))
  }

  return {
    page,
    on,
    press,
    type,
    option: async (id) => {
      const option = page.locator(`[data-option="${id}"]`)
      if (means === 'touch') await option.tap()
      else await page.keyboard.press((await option.locator('kbd').textContent()) ?? '')
    },
    reprint: async () => {
      if (means === 'keyboard') return page.keyboard.press('F4')
      const box = await page.locator('[data-hold="reprintLast"]').boundingBox()
      if (box === null) throw new Error('there is no key for the last slip')
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      await page.mouse.down()
      await page.waitForTimeout(HOLD_MS + 100)
      await page.mouse.up()
    },
    choosePin: async ({ number, pin }) => {
      await on('setPin')
      const question = page.locator('.question', { hasText: number })
      const asked = await question.innerText()
      await type(pin)
      await press('confirm')
      await type(pin)
      await press('confirm')
      await question.waitFor({ state: 'hidden' })
      return asked
    },
    signIn: async ({ number, pin }) => {
      await on('signIn')
      await type(number)
      await press('confirm')
      await type(pin)
      await press('confirm')
      await on('amount')
    },
    ask: async (typed) => {
      await goHome()
      await on('amount')
      await page.locator('[data-link="up"]').waitFor()
      await press('clear')
      await type(typed)
      await press('confirm')
      await on('confirmAmount')
      const asked = await page.getByTestId('amount').getAttribute('data-amount')
      if (Number(asked?.replaceAll(',', '')) !== Number(typed)) {
        throw new Error(`typed ${typed}, and the page asks about ${asked}`)
      }
      await press('confirm')
      await on('present')
    },
    result: async () => {
      await on('result')
      const outcome = await page.getByTestId('result').getAttribute('data-outcome')
      if (outcome === 'approved' || outcome === 'notPaid' || outcome === 'unknown') return outcome
      throw new Error(`the result page says ${outcome}`)
    },
    told: async (key) => {
      const told = page.locator(`[data-message="${key}"]`).first()
      await told.waitFor()
      await page.waitForTimeout(READING_MS)
      return await told.innerText()
    },
    slipsPrinted: async (tear) => {
      await on('result')
      await page.locator('[data-slip][data-state="printed"]').first().waitFor()
      await tear()
      if ((await page.locator('[data-state="awaitingTear"]').count()) > 0) await press('confirm')
      await page
        .locator('[data-slip]:not([data-state="printed"])')
        .first()
        .waitFor({ state: 'detached' })
      return await page
        .locator('[data-slip]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-slip') ?? ''))
    },
    next: async () => {
      await press('confirm')
      await page.locator('[data-page="amount"]').waitFor()
    },
  }
}

function toKey(character: string): Key {
  if (character === '.') return '.'
  const digit = DIGIT_KEYS.find((one) => one === character)
  if (digit === undefined) throw new Error(`no key types ${character}`)
  return digit
}
