/** Somebody at the counter screen in the browser: reads the page, then touches the glass or types on the keyboard. */
import type { Page } from 'playwright-core'
import { type CounterPage, DIGIT_KEYS, type Key } from '#shell/api/view.ts'
import { PAGE_SETTLE_MS } from '../../src/web/client/keys/keys.ts'
import { HOLD_MS } from '../../src/web/client/keys/long-press.ts'
import { PATIENCE_MS, see, seeGone, spotOf, wordsOf } from './sight.ts'

/** A person looks at a new page before touching it; the page drops what comes sooner. */
const READING_MS = PAGE_SETTLE_MS + 60
/** Between two keys of a person who types fast; the page does not obey what types faster than a hand. */
const TYPING_MS = 30

export type Means = 'touch' | 'keyboard'

export type Operator = { readonly number: string; readonly pin: string }

export type CounterHands = {
  readonly page: Page
  /** Waits for the page and reads it. */
  readonly on: (kind: CounterPage['kind']) => Promise<void>
  readonly press: (...keys: readonly Key[]) => Promise<void>
  readonly type: (digits: string) => Promise<void>
  readonly option: (id: string) => Promise<void>
  /** What matches, with a finger. */
  readonly touch: (selector: string) => Promise<void>
  /** A key of the keyboard by its name. */
  readonly strike: (name: string) => Promise<void>
  /** The last slip again: its key held on the glass, or its key on the keyboard. */
  readonly reprint: () => Promise<void>
  /** Gives an operator a PIN of their own, typed twice, on the page that asks for that operator; gives its question. */
  readonly choosePin: (operator: Operator) => Promise<string>
  readonly signIn: (operator: Operator) => Promise<void>
  /** Leaves what an earlier, failed test may have left open; `cashier` signs in where nobody is. */
  readonly comeHome: (cashier?: Operator) => Promise<void>
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

/** The one amount page from which something else may begin. */
const HOME = '[data-page="amount"]:has([data-key="menu"])'
/** More pages than lie one behind the other. */
const MOST_PAGES = 8

/** Hands on a page that shows the counter screen, with a clock that can be put forward and a context with touch. */
export function counterHands(page: Page, means: Means): CounterHands {
  page.setDefaultTimeout(PATIENCE_MS)
  const read = (): Promise<void> => page.clock.fastForward(READING_MS)
  const on = async (kind: CounterPage['kind']): Promise<void> => {
    await see(page, `[data-page="${kind}"]`)
    await read()
  }
  const touch = async (selector: string): Promise<void> => {
    const { x, y } = await spotOf(page, selector)
    await page.touchscreen.tap(x, y)
  }
  const strike = async (name: string): Promise<void> => {
    await page.keyboard.press(name)
    await page.waitForTimeout(TYPING_MS)
  }
  const press = async (...keys: readonly Key[]): Promise<void> => {
    for (const key of keys) {
      if (means === 'touch') await touch(`[data-key="${key}"]`)
      else for (const name of KEYBOARD[key] ?? [key]) await strike(name)
    }
  }
  const type = async (digits: string): Promise<void> => {
    for (const digit of digits) await press(toKey(digit))
  }
  const signIn = async ({ number, pin }: Operator): Promise<void> => {
    await on('signIn')
    await type(number)
    await press('confirm')
    await type(pin)
    await press('confirm')
    await on('amount')
  }
  const comeHome = async (cashier?: Operator): Promise<void> => {
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const kind = await page.locator('[data-page]').getAttribute('data-page')
      if ((await page.locator(HOME).count()) > 0) return
      await read()
      if (kind === 'signIn' && cashier !== undefined) await signIn(cashier)
      else await strike(kind === 'result' ? 'Enter' : 'Escape')
    }
  }

  return {
    page,
    on,
    press,
    type,
    touch,
    strike,
    comeHome,
    option: async (id) => {
      if (means === 'touch') await touch(`[data-option="${id}"]`)
      else await strike(await wordsOf(page, `[data-option="${id}"] kbd`))
    },
    reprint: async () => {
      if (means === 'keyboard') return strike('F4')
      const { x, y } = await spotOf(page, '[data-hold="reprintLast"]')
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.clock.fastForward(HOLD_MS + 100)
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
    signIn,
    ask: async (typed) => {
      await comeHome()
      await on('amount')
      await see(page, '[data-link="up"]')
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
      const told = await wordsOf(page, `[data-message="${key}"]`)
      await read()
      return told
    },
    slipsPrinted: async (tear) => {
      await on('result')
      await see(page, '[data-slip][data-state="printed"]')
      await tear()
      if ((await page.locator('[data-state="awaitingTear"]').count()) > 0) await press('confirm')
      await seeGone(page, '[data-slip]:not([data-state="printed"])')
      return await page
        .locator('[data-slip]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-slip') ?? ''))
    },
    next: async () => {
      await press('confirm')
      await see(page, '[data-page="amount"]')
    },
  }
}

function toKey(character: string): Key {
  if (character === '.') return '.'
  const digit = DIGIT_KEYS.find((one) => one === character)
  if (digit === undefined) throw new Error(`no key types ${character}`)
  return digit
}
