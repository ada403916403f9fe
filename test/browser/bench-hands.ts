/** Somebody at the bench page in the browser: cards, phones, PIN pad, printer and plugs, all by clicks on the drawing. */
import type { Page } from 'playwright-core'
import type { BenchState, DeviceId } from '../rig/bench/state.ts'
import { PATIENCE_MS } from './sight.ts'

export type BenchHands = {
  readonly page: Page
  /** Picks a card up and puts it to its place as soon as the reader is lit. */
  readonly card: (action: 'insert' | 'tap' | 'swipe', card: string) => Promise<void>
  /** Takes the card out of the slot. */
  readonly takeCard: () => Promise<void>
  /** Types on the PIN pad as soon as it asks. */
  readonly typePin: (pin: string) => Promise<void>
  /** Turns the left phone to a wallet or a wrong code, and holds it up as soon as the scanner looks. */
  readonly phone: (show: string) => Promise<void>
  readonly click: (testId: string) => Promise<void>
  /** Clicks what has several states, and waits until it shows another one: a second click sooner would mean the state of before. */
  readonly turn: (testId: string) => Promise<void>
  /** Pulls or puts in a plug, and waits until it is so. */
  readonly plug: (what: DeviceId | 'network' | 'power', plugged: boolean) => Promise<void>
  /** Puts the plug in, and waits until the terminal says ready; gives the address of its screens. */
  readonly powerOn: () => Promise<string>
  /** The same state as the page shows, as data. */
  readonly state: () => Promise<BenchState>
}

/** More than there are things to show on a phone. */
const MAX_TURNS = 20

/** Hands on a page that shows the bench at `address`. */
export function benchHands(page: Page, address: string): BenchHands {
  page.setDefaultTimeout(PATIENCE_MS)
  const click = (testId: string): Promise<void> => page.getByTestId(testId).click()
  const seen = (testId: string, attribute: string, value: string): Promise<void> =>
    page.locator(`[data-testid="${testId}"][${attribute}="${value}"]`).waitFor()
  const plug = async (what: string, plugged: boolean): Promise<void> => {
    const socket = page.getByTestId(`plug-${what}`)
    if ((await socket.getAttribute('aria-pressed')) !== String(plugged)) await socket.click()
    await seen(`plug-${what}`, 'aria-pressed', String(plugged))
  }

  return {
    page,
    click,
    turn: async (testId) => {
      const looks = (): Promise<string> =>
        page.getByTestId(testId).evaluate(({ outerHTML }) => outerHTML)
      const before = await looks()
      await click(testId)
      const end = performance.now() + PATIENCE_MS
      while ((await looks()) === before)
        if (performance.now() > end) throw new Error(`${testId} was clicked and did not turn`)
    },
    plug,
    card: async (action, card) => {
      // A test that failed may have left one in the slot.
      if ((await page.getByTestId('card-in-slot').count()) > 0) await click('card-in-slot')
      await seen('card-reader', 'data-lit', 'true')
      await click(`card-${card}`)
      await click(`target-${action}`)
    },
    takeCard: () => click('card-in-slot'),
    typePin: async (pin) => {
      await seen('pin-pad', 'data-entering', 'true')
      for (const digit of pin) await click(`key-${digit}`)
      await click('key-enter')
    },
    phone: async (show) => {
      const phone = page.getByTestId('phone-left')
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        const before = await phone.getAttribute('data-show')
        if (before === show) break
        await click('phone-left-next')
        await page.locator(`[data-testid="phone-left"]:not([data-show="${before}"])`).waitFor()
      }
      await seen('scanner', 'data-triggered', 'true')
      await click('phone-left-show')
    },
    powerOn: async () => {
      await plug('power', true)
      await seen('terminal', 'data-phase', 'ready')
      return (await page.getByTestId('open-counter').getAttribute('href')) ?? ''
    },
    state: async () => {
      const body: BenchState = JSON.parse(await (await fetch(`${address}api/state`)).text())
      return body
    },
  }
}
