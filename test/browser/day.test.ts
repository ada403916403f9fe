/** Every flow by touch and by keys alone, in both languages, each with its count of taps: one shop, one browser. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '#shell/api/view.ts'
import { counterHands, type Means } from './counter-hands.ts'
import { type Customers, customersAt } from './customers.ts'
import type { Day, Step } from './flow-steps.ts'
import { FLOWS, MOST } from './flows.ts'
import { CASHIER, EVERYBODY } from './operators.ts'
import { writePastSales } from './past-sales.ts'
import { type CounterShop, openCounterShop } from './shop.ts'
import { see } from './sight.ts'
import { countTaps } from './tap-count.ts'
import { wordsIn } from './words.ts'

const SLOW = 90_000

let shop: CounterShop
let customers: Customers

beforeAll(async () => {
  shop = await openCounterShop({
    means: 'touch',
    past: writePastSales,
    config: {
      'amountGuard.enoughSales': 20,
      'slips.copies': ['cardholder'],
      'terminal.locale.slip': 'en',
      'alarms.refunds': 0,
      'alarms.sameCard': 0,
    },
  })
  customers = customersAt(shop.laboratory.rig)
  await shop.switchOn()
  for (const operator of EVERYBODY)
    if (operator.number !== CASHIER.number) await shop.counter.choosePin(operator)
  await shop.counter.signIn(CASHIER)
}, SLOW)

afterAll(async () => {
  await shop.close()
})

const WAYS: readonly { readonly means: Means; readonly locale: Locale }[] = [
  { means: 'touch', locale: 'zh-CN' },
  { means: 'touch', locale: 'en' },
  { means: 'keyboard', locale: 'zh-CN' },
  { means: 'keyboard', locale: 'en' },
]

test('no flow of an ordinary day takes more taps than its target', () => {
  const taken = new Map(FLOWS.map(({ name, taps }) => [name, taps]))
  const tooMany = Object.entries(MOST).filter(([name, most]) => (taken.get(name) ?? 99) > most)
  expect(tooMany).toEqual([])
})

describe.each(WAYS)('by $means in $locale', ({ means, locale }) => {
  test.each(FLOWS)('$name: $taps taps', async ({ taps, before = [], steps, after = [] }) => {
    const { counter: mine } = shop
    shop.laboratory.rig.printer.setPaper('ok')
    await mine.comeHome(CASHIER)
    for (const page of [mine.page, shop.customer]) {
      if ((await page.locator('html').getAttribute('lang')) !== locale)
        await page.keyboard.press('F2')
      await see(page, `html[lang="${locale}"]`)
    }
    const counter = counterHands(mine.page, means)
    const day = (): Day => ({
      shop,
      customers,
      counter,
      hands: countTaps(counter),
      words: wordsIn(locale),
      means,
      locale,
    })
    const walk = async (those: readonly Step[]): Promise<number> => {
      const now = day()
      for (const step of those) await step(now)
      return now.hands.taps()
    }
    await walk(before)
    expect(await walk(steps)).toBe(taps)
    await walk(after)
  })
})
