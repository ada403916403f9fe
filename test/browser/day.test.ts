/** Every flow by touch and by keys alone, in both languages, each with its count of taps: one shop, one browser. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '#shell/api/view.ts'
import { counterHands, type Means, type Operator } from './counter-hands.ts'
import { type Customers, customersAt } from './customers.ts'
import type { Day, Step } from './flow-steps.ts'
import { FLOWS, firstPin, MOST } from './flows.ts'
import { ADMINISTRATOR, CASHIER, SUPERVISOR } from './operators.ts'
import { writePastSales } from './past-sales.ts'
import { type CounterShop, openCounterShop } from './shop.ts'
import { see } from './sight.ts'
import { countTaps } from './tap-count.ts'
import { wordsIn } from './words.ts'

const SLOW = 90_000

type Way = { readonly means: Means; readonly locale: Locale }

const WAYS: readonly Way[] = [
  { means: 'touch', locale: 'zh-CN' },
  { means: 'touch', locale: 'en' },
  { means: 'keyboard', locale: 'zh-CN' },
  { means: 'keyboard', locale: 'en' },
]

/** One for each way, in the order in which a new terminal asks them; the cashier has a PIN already. */
const NEWCOMERS: readonly { readonly who: Operator; readonly role: string; readonly way: Way }[] = [
  { who: ADMINISTRATOR, role: 'administrator', way: { means: 'touch', locale: 'zh-CN' } },
  { who: SUPERVISOR, role: 'supervisor', way: { means: 'touch', locale: 'en' } },
  {
    who: { number: '02', pin: '580317' },
    role: 'cashier',
    way: { means: 'keyboard', locale: 'zh-CN' },
  },
  {
    who: { number: '03', pin: '946205' },
    role: 'cashier',
    way: { means: 'keyboard', locale: 'en' },
  },
]

let shop: CounterShop
let customers: Customers
/** By the number of who chose a first PIN. */
const firstPinTaps = new Map<string, number>()

beforeAll(async () => {
  shop = await openCounterShop({
    means: 'touch',
    past: writePastSales,
    config: {
      operators: [
        ...NEWCOMERS.map(({ who, role }) => ({ number: who.number, role })),
        { number: CASHIER.number, role: 'cashier' },
      ],
      'amountGuard.enoughSales': 20,
      'slips.copies': ['cardholder'],
      'terminal.locale.slip': 'en',
      'alarms.refunds': 0,
      'alarms.sameCard': 0,
    },
  })
  customers = customersAt(shop.laboratory.rig)
  await shop.switchOn()
  for (const { who, role, way } of NEWCOMERS) {
    await speak(shop.counter.page, way)
    firstPinTaps.set(who.number, await walk(way, firstPin(who, role).steps))
  }
  await shop.counter.signIn(CASHIER)
}, SLOW)

afterAll(async () => {
  await shop.close()
})

/** The page in the language, by the key that stands there for it or by F2. */
async function speak(page: Page, { locale, means }: Way): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) !== locale) {
    const key = page.locator('[data-key="language"]')
    if (means === 'touch' && (await key.count()) > 0) await key.tap()
    else await page.keyboard.press('F2')
  }
  await see(page, `html[lang="${locale}"]`)
}

/** Gives the taps that it took. */
async function walk({ locale, means }: Way, steps: readonly Step[]): Promise<number> {
  const counter = counterHands(shop.counter.page, means)
  const hands = countTaps(counter)
  const day: Day = { shop, customers, counter, hands, words: wordsIn(locale), means, locale }
  for (const step of steps) await step(day)
  return hands.taps()
}

test.each(NEWCOMERS)(
  'on the first day $who.number chooses a PIN by $way.means in $way.locale; two that differ are told',
  ({ who, role }) => {
    expect(firstPinTaps.get(who.number)).toBe(firstPin(who, role).taps)
  },
)

test('no flow of an ordinary day takes more taps than its target', () => {
  const taken = new Map(FLOWS.map(({ name, taps }) => [name, taps]))
  const tooMany = Object.entries(MOST).filter(([name, most]) => (taken.get(name) ?? 99) > most)
  expect(tooMany).toEqual([])
})

describe.each(WAYS)('by $means in $locale', ({ means, locale }) => {
  test.each(FLOWS)('$name: $taps taps', async ({ taps, before = [], steps, after = [] }) => {
    const way = { means, locale }
    shop.laboratory.rig.printer.setPaper('ok')
    await shop.counter.comeHome(CASHIER)
    for (const page of [shop.counter.page, shop.customer]) await speak(page, way)
    await walk(way, before)
    expect(await walk(way, steps)).toBe(taps)
    await walk(way, after)
  })
})
