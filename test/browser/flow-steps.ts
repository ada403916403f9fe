/** What flows are made of: what a person does at the counter and what is to be seen there, in the language that is spoken. */
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import type { CounterPage, Key, Locale } from '#shell/api/view.ts'
import type { CounterHands, Means, Operator } from './counter-hands.ts'
import type { Customers } from './customers.ts'
import { drawingOfSlip, wordsOf as slipWords, wordsOfDrawing } from './pictures-of-slips.ts'
import type { CounterShop } from './shop.ts'
import { see, seeGone, spotOf, wordsOf } from './sight.ts'
import type { CountedHands } from './tap-count.ts'
import { type Words, wordsIn } from './words.ts'

/** The shop for one way of working the counter, in one language. */
export type Day = {
  readonly shop: CounterShop
  readonly customers: Customers
  readonly counter: CounterHands
  /** The same hands, counting. */
  readonly hands: CountedHands
  readonly words: Words
  readonly means: Means
  readonly locale: Locale
}

export type Step = (day: Day) => Promise<void>

export const press =
  (...keys: readonly Key[]): Step =>
  async ({ hands }) => {
    for (const key of keys) await hands.press(key)
  }

export const type =
  (digits: string): Step =>
  ({ hands }) =>
    hands.type(digits)

export const option =
  (id: string): Step =>
  ({ hands }) =>
    hands.option(id)

export const identify =
  (operator: Operator): Step =>
  ({ hands }) =>
    hands.identify(operator)

/** Which of the operators is asked to choose a PIN, by number and role. */
export const askedToChoose =
  ({ number }: Operator, role: string): Step =>
  async ({ counter, words }) => {
    await on('setPin')({ counter, words })
    const asked = words
      .at('pages/setPin/question')
      .replace('{role}', words.at(`roles/${role}`))
      .replace('{operator}', number)
    expect(await wordsOf(counter.page, '.question')).toBe(asked)
  }

/** The page with its title; `title` where another word than its own stands in the bar. */
export const on =
  (kind: CounterPage['kind'], title = `pages/${kind}/title`) =>
  async ({ counter, words }: Pick<Day, 'counter' | 'words'>): Promise<void> => {
    await counter.on(kind)
    expect(await wordsOf(counter.page, '.bar h1')).toBe(words.at(title))
  }

/** What the page says, whole, with whatever fills its blanks. */
export const told =
  (key: string): Step =>
  async ({ counter, words }) => {
    expect(await counter.told(key)).toMatch(words.message(key))
  }

/** The result page with its one word, and what the customer is told of it. */
export const ended =
  (outcome: string): Step =>
  async ({ counter, shop, words }) => {
    await counter.on('result')
    expect(await wordsOf(counter.page, '.result-word')).toBe(words.at(`outcomes/${outcome}`))
    const [how = '', work = ''] = outcome.split('.')
    const told = [how, FOR_CUSTOMERS[work] ?? work].filter((part) => part !== '').join('.')
    expect(await wordsOf(shop.customer, '[data-page="result"] [data-testid="say"]')).toBe(
      words.at(`customer/result.${told}`),
    )
  }

/** Kinds that customers know by the way of the money. */
const FOR_CUSTOMERS: Readonly<Record<string, string>> = { refund: 'out', preAuth: 'hold' }

/** The newest paper says this, and the terminal's archive the same, word by word. */
export const onPaper =
  (says: RegExp): Step =>
  async ({ counter, shop }) => {
    await seeGone(counter.page, '[data-slip]:not([data-state="printed"])')
    const id = await counter.page.locator('[data-slip]').last().getAttribute('data-slip')
    const paper = slipWords(shop.laboratory.rig.printer.papers().at(-1)?.text ?? '')
    expect(paper).toMatch(says)
    expect(wordsOfDrawing(await drawingOfSlip(shop, id ?? ''))).toBe(paper)
  }

export const menu =
  (id: string, sheet = 1): Step =>
  async (day) => {
    await press('menu')(day)
    await on('menu')(day)
    for (let turned = 1; turned < sheet; turned += 1) {
      const shown = await day.counter.page.locator('[data-page-id]').getAttribute('data-page-id')
      await option('next')(day)
      await seeGone(day.counter.page, `[data-page-id="${shown}"]`)
      await on('menu')(day)
    }
    await option(id)(day)
  }

export const card =
  (action: 'insert' | 'tap', id: string): Step =>
  ({ customers }) =>
    customers.card(action, id)

export const pin =
  (digits: string): Step =>
  ({ customers }) =>
    customers.pin(digits)

export const phone =
  (show: string): Step =>
  ({ customers }) =>
    customers.phone(show)

/** Between two tries to hold a slip under the scanner, which looks away for a moment when a page opens; and how often people try. */
const HELD_MS = 1500
const MOST_TRIES = 3

/** The newest slip, held under the scanner until the page goes on. */
export const lastSlip: Step = async ({ counter: { page }, customers }) => {
  const found = seeGone(page, '[data-page="findOriginal"]').then(() => true)
  // Whoever holds the slip may have found out first that nobody looks; it is told below.
  found.catch(() => {})
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await customers.lastSlip()
    if (await Promise.race([found, setTimeout(HELD_MS, false)])) return
  }
  await found
}

/** Home, with the line to the acquirer up. */
export const home: Step = async (day) => {
  await on('amount', 'screen/direction/in')(day)
  await see(day.counter.page, '[data-link="up"]')
}

/** From home with a usual amount until the customer may present; the customer's screen shows it by then. */
export const charge =
  (typed: string): Step =>
  async (day) => {
    await home(day)
    await type(typed)(day)
    await press('confirm')(day)
    await on('present', 'screen/direction/in')(day)
    const { customer } = day.shop
    await see(customer, '[data-page="present"]')
    const shown = await customer.getByTestId('amount').getAttribute('data-amount')
    expect(Number(shown)).toBe(Number(typed))
  }

/** On the result page: the slip is on paper; then on to the next customer. */
export const onward: Step = async (day) => {
  const { counter } = day
  await seeGone(counter.page, '[data-slip]:not([data-state="printed"])')
  await counter.press('confirm')
  await home(day)
}

/** Takes what the last flow said off the page. */
export const clear: Step = ({ counter }) => counter.press('clear')

export const there =
  (selector: string): Step =>
  ({ counter }) =>
    see(counter.page, selector)

export const gone =
  (selector: string): Step =>
  ({ counter }) =>
    seeGone(counter.page, selector)

/** What lies in the printer. */
export const paper =
  (state: 'ok' | 'out'): Step =>
  async ({ shop }) =>
    shop.laboratory.rig.printer.setPaper(state)

/** The last slip comes out once more. */
export const reprint: Step = async ({ counter, customers, hands, shop }) => {
  const papers = (): number => shop.laboratory.rig.printer.papers().length
  const before = papers()
  await hands.once(counter.reprint)
  await customers.until('one more slip', () => papers() === before + 1)
}

/** Help lies over the page with these words, or is gone. */
export const help =
  (how: 'open' | 'close', words = ''): Step =>
  async ({ counter, hands, means, words: all }) => {
    await hands.once(async () => {
      if (means === 'touch') await counter.touch(`[data-help="${how}"]`)
      else await counter.strike(how === 'open' ? 'F3' : 'Escape')
    })
    if (how === 'close') return await seeGone(counter.page, '[data-testid="help"]')
    expect(await wordsOf(counter.page, '[data-testid="help"] .question')).toBe(all.at(words))
  }

/** The page of the report lies beside the counter's: one goes there and comes back. */
export const dayReport =
  (way: 'open' | 'leave'): Step =>
  async ({ counter, hands, locale, means }) => {
    const isGoing = way === 'open'
    await hands.once(async () => {
      if (means === 'touch') await counter.touch(isGoing ? '[data-link="report"]' : '.report-back')
      else await counter.strike(isGoing ? '1' : 'Escape')
    })
    await counter.page.locator(isGoing ? '[data-table="sums"]' : '[data-page]').waitFor()
    if (!isGoing) return
    const title = wordsIn(locale, 'report').at('labels/title')
    expect(await wordsOf(counter.page, 'h1')).toBe(title)
  }

const OTHER = { 'zh-CN': 'en', en: 'zh-CN' } as const

/** The menu has changed its language. */
export const otherLanguage: Step = async ({ counter, locale }) => {
  await see(counter.page, `html[lang="${OTHER[locale]}"]`)
  await counter.on('menu')
}

export const ownLanguage: Step = async ({ counter, locale }) => {
  await see(counter.page, `html[lang="${locale}"]`)
  await counter.on('menu')
}

/** The customer's screen begins in the language of the counter. */
export const customerSwaps =
  (way: 'there' | 'back'): Step =>
  async ({ hands, locale, means, shop: { customer } }) => {
    await hands.once(async () => {
      if (means === 'keyboard') return await customer.keyboard.press('F2')
      const { x, y } = await spotOf(customer, '[data-swap]')
      await customer.touchscreen.tap(x, y)
    })
    await see(customer, `html[lang="${way === 'there' ? OTHER[locale] : locale}"]`)
  }
