/** A night of a monkey at the counter: what it did, and what journal and page say about it afterwards. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { customersAt } from './customers.ts'
import { createMonkey } from './monkey.ts'
import { CASHIER } from './operators.ts'
import { writePastSales } from './past-sales.ts'
import { type CounterShop, openCounterShop } from './shop.ts'

const SURETILL = fileURLToPath(new URL('../../scripts/suretill', import.meta.url))
/** Between two looks whether there is a way home from where the monkey went. */
const STEPS_AT_A_TIME = 100
const WAY_HOME_MS = 25_000
/** Longer than keys are dropped after a page change. */
const LOOKING_MS = 400
/** The terminal decides in this time what it decides alone. */
const ANSWER_MS = 60
const JOURNAL_MAX_BYTES = 512 * 1024 * 1024

export type Night = {
  /** What the monkey did, by kind. */
  readonly done: Readonly<Record<string, number>>
  /** Requests for money that the terminal sent. */
  readonly requests: number
  /** Of them, those whose amount nobody had confirmed, on its own page or by the key that opened the wait. Always to be empty. */
  readonly unconfirmed: readonly (string | number)[]
  readonly traps: readonly string[]
  /** What the page complained about. */
  readonly complaints: readonly string[]
  /** Pages from which there was no way home. */
  readonly deadEnds: readonly string[]
}

/** Lets a monkey do `steps` things. Rejects when the laboratory cannot be started. */
export async function spendNight(steps: number, seed: number): Promise<Night> {
  const shop = await openCounterShop({
    means: 'touch',
    cashierOnly: true,
    past: writePastSales,
    config: {
      'amountGuard.enoughSales': 20,
      'limits.presentTimeoutMs': 6000,
      'limits.pinTimeoutMs': 4000,
      'slips.tearTimeoutMs': 1000,
    },
  })
  const { counter, laboratory } = shop
  const complaints: string[] = []
  counter.page.on('console', (message) => void complaints.push(message.text()))
  counter.page.on('pageerror', (error) => void complaints.push(error.message))
  try {
    await shop.switchOn()
    await counter.signIn(CASHIER)
    await counter.page.locator('[data-link="up"]').waitFor()
    const monkey = await createMonkey(counter.page, laboratory.rig, seed)
    const deadEnds: string[] = []
    for (let left = steps; left > 0; left -= STEPS_AT_A_TIME) {
      await monkey.play(Math.min(left, STEPS_AT_A_TIME))
      const stuck = await goHome(shop)
      if (stuck !== null) deadEnds.push(stuck)
    }
    await sellOnce(shop)
    const traps = monkey.traps()
    const heard = [...complaints]
    await laboratory.terminal?.stop()
    return { done: monkey.done(), traps, complaints: heard, deadEnds, ...(await askJournal(shop)) }
  } finally {
    await shop.close()
  }
}

const AFTERWARDS = '45'
const LIT_WITHIN_MS = 12_000

/** After all that the terminal still does its work. What is usual by now depends on the night, so every question is answered. */
async function sellOnce({ counter, laboratory }: CounterShop): Promise<void> {
  await counter.on('amount')
  await counter.press('clear')
  await counter.type(AFTERWARDS)
  await counter.press('confirm')
  const until = Date.now() + LIT_WITHIN_MS
  while (!laboratory.rig.cardReader.state().lit && Date.now() < until) {
    await counter.page.waitForTimeout(ANSWER_MS)
    await counter.page.clock.fastForward(LOOKING_MS)
    const kind = await counter.page.locator('[data-page]').getAttribute('data-page')
    if (kind === 'rekeyAmount') await counter.type(AFTERWARDS)
    if (kind === 'rekeyAmount' || kind === 'confirmAmount') await counter.press('confirm')
  }
  await customersAt(laboratory.rig).card('tap', 'debit')
  const outcome = await counter.result()
  if (outcome !== 'approved') throw new Error(`after the monkey a sale is ${outcome}`)
}

/** What a cashier does who wants to get away from any page. Gives the page on which that failed. */
async function goHome({ counter }: CounterShop): Promise<string | null> {
  const { page } = counter
  const until = Date.now() + WAY_HOME_MS
  let kind = ''
  while (Date.now() < until) {
    await page.waitForTimeout(ANSWER_MS)
    await page.clock.fastForward(LOOKING_MS)
    kind = await pageShown(page)
    if (kind === 'amount') {
      const title = await page.locator('.bar h1').innerText()
      if (/收款|Sale/.test(title)) return null
    }
    if (kind === 'signIn') {
      await page.keyboard.press('Escape')
      await signIn(counter)
    } else if (kind === 'result') {
      await page.keyboard.press('Enter')
    } else await page.keyboard.press('Escape')
  }
  return kind
}

/** The day's report is a document of its own, and has none. */
async function pageShown(page: Page): Promise<string> {
  const shown = page.locator('[data-page]')
  return (await shown.count()) === 0 ? '' : ((await shown.getAttribute('data-page')) ?? '')
}

/** Signing in may lead home or back to the sale that was handed over. */
async function signIn(counter: CounterShop['counter']): Promise<void> {
  await counter.type(CASHIER.number)
  await counter.press('confirm')
  await counter.type(CASHIER.pin)
  await counter.press('confirm')
}

type JournalLine = {
  readonly line: string
  readonly refused?: string | null
  readonly event?: { readonly type: string; readonly page?: string; readonly key?: string }
  readonly effects?: readonly {
    readonly do: string
    readonly timer?: string
    readonly attempt?: { readonly order: { readonly id: string | number; readonly kind?: string } }
  }[]
}

type Verdict = Pick<Night, 'requests' | 'unconfirmed'>

async function askJournal({ dataFolder }: CounterShop): Promise<Verdict> {
  const args = ['journal', 'export', '--data', dataFolder]
  const { stdout } = await promisify(execFile)(SURETILL, args, { maxBuffer: JOURNAL_MAX_BYTES })
  return judge(stdout.trim().split('\n').map(readLine))
}

/** The wait for a card, the moment to look before it, or the old debt that goes first: no page asks again. */
function leadsToCustomer(effect: { readonly do: string; readonly timer?: string }): boolean {
  const { do: does, timer } = effect
  return ['readCard', 'sendReversal', 'sendQuery'].includes(does) || timer === 'look'
}

function readLine(text: string): JournalLine {
  const line: JournalLine = JSON.parse(text)
  return line
}

/** Every order that was sent must have been confirmed before, each confirmation counting for one order. */
export function judge(lines: readonly JournalLine[]): Verdict {
  const orders = new Set<string | number>()
  const unconfirmed: (string | number)[] = []
  let requests = 0
  let isConfirmed = false
  for (const { event, effects = [], refused } of lines) {
    const pressed = event?.type === 'keyPressed' && event.key === 'confirm' && refused === null
    const where = event?.page?.split('#')[0]
    // A usual amount is confirmed where it was typed; then the same line goes on to the customer.
    const goesOn = where === 'amount' && effects.some(leadsToCustomer)
    if (pressed && (where === 'confirmAmount' || goesOn)) isConfirmed = true
    for (const effect of effects) {
      if (effect.do !== 'sendRequest' || effect.attempt === undefined) continue
      const { id, kind } = effect.attempt.order
      // A balance inquiry has no amount to confirm and moves no money.
      if (kind === 'balance') continue
      requests += 1
      if (!orders.has(id) && !isConfirmed) unconfirmed.push(id)
      if (!orders.has(id)) isConfirmed = false
      orders.add(id)
    }
  }
  return { requests, unconfirmed }
}
