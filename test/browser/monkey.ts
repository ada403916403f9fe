/**
 * Somebody who knows nothing and stops at nothing: random keys, touches, double taps and shortcuts on the real counter page,
 * while a customer now and then presents whatever is at hand. Everything it does follows from its seed.
 */
import type { Page } from 'playwright-core'
import type { Rig } from '../rig/rig.ts'
import { watchForTraps } from './traps.ts'

export type Monkey = {
  /** Does so many things. */
  readonly play: (steps: number) => Promise<void>
  /** Confirm keys of a question that stood under the finger that had opened it. */
  readonly traps: () => readonly string[]
  readonly done: () => Readonly<Record<string, number>>
}

/** The page has rested for so long after a deed; slower, too, than the pace from which on it takes the typist for a machine. */
const QUIET_MS = 26
/** A page that never rests is not waited for. */
const RESTLESS_MS = 150
/** Longer than keys are dropped after a page change: the page's clock is put forward by it, and nobody sits it out. */
const LOOK_MS = 400

const KEYS = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '0',
  '.',
  'Enter',
  'Enter',
  'Enter',
  'Escape',
  'Backspace',
  'Delete',
  'F1',
  'F2',
  'ArrowDown',
  'ArrowUp',
  'Tab',
  ' ',
  'Control+p',
  'Control+Enter',
  'Alt+Enter',
  'q',
] as const

/** Unusual in the shop, and so usual that one key asks the customer. */
const AMOUNTS = [
  ['1', '2', 'Enter'],
  ['4', '2', 'Enter'],
] as const

/** Resolves when the page has not changed for a moment, which it tells by its own changes. */
const QUIET = `new Promise((resolve) => {
  const done = () => {
    watcher.disconnect()
    clearTimeout(rest)
    clearTimeout(last)
    resolve(null)
  }
  let rest = setTimeout(done, ${QUIET_MS})
  const last = setTimeout(done, ${RESTLESS_MS})
  const watcher = new MutationObserver(() => {
    clearTimeout(rest)
    rest = setTimeout(done, ${QUIET_MS})
  })
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
})`

/** A monkey on a page that shows the counter. The page must have touch. */
export async function createMonkey(page: Page, rig: Rig, seed: number): Promise<Monkey> {
  const random = mulberry(seed)
  const done: Record<string, number> = {}
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
  const traps = await watchForTraps(page)
  const look = (): Promise<void> => page.clock.fastForward(LOOK_MS)
  const settle = (): Promise<unknown> => ask(page, QUIET)
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }

  const deeds: Readonly<Record<string, () => Promise<void>>> = {
    key: () => page.keyboard.press(pick(KEYS) ?? 'Enter'),
    confirm: () => page.keyboard.press('Enter'),
    touch: () => page.touchscreen.tap(random() * width, random() * height),
    button: async () => {
      const box = await boxOfButton(page, random())
      if (box !== null) await page.touchscreen.tap(box.x, box.y)
    },
    doubleTap: async () => {
      const box = await boxOfButton(page, random())
      if (box === null) return
      await page.touchscreen.tap(box.x, box.y)
      await page.touchscreen.tap(box.x, box.y)
    },
    amount: async () => {
      for (const key of pick(AMOUNTS) ?? []) {
        await page.keyboard.press(key)
        await page.waitForTimeout(QUIET_MS)
      }
      await settle()
      if (random() < 0.5) return
      await look()
      await page.keyboard.press('Enter')
      await settle()
      await look()
    },
    look,
  }
  const often = [
    'key',
    'key',
    'key',
    'key',
    'touch',
    'button',
    'button',
    'doubleTap',
    'amount',
    'look',
    'confirm',
  ]
  return {
    done: () => done,
    traps,
    async play(steps) {
      for (let step = 0; step < steps; step += 1) {
        const deed = pick(often) ?? 'key'
        done[deed] = (done[deed] ?? 0) + 1
        await deeds[deed]?.()
        await settle()
        present(rig, random)
      }
    },
  }
}

/** The customer does the next thing that a device asks for. */
function present(rig: Rig, random: () => number): void {
  if (rig.pinPad.state().entering) {
    for (const digit of ['1', '2', '3', '4', '5', '6'] as const) rig.pinPad.press(digit)
    rig.pinPad.press('enter')
    return
  }
  if (!rig.cardReader.state().lit) return
  const chance = random()
  if (chance < 0.4) rig.cardReader.tap('debit')
  else if (chance < 0.6) rig.cardReader.insert('debit')
  else if (rig.phones.open('left', chance < 0.9 ? 'wechat' : 'contact-card'))
    rig.scanner.show(rig.phones.holdUp('left'))
}

/** The middle of one of the buttons that are shown. */
async function boxOfButton(page: Page, chance: number): Promise<{ x: number; y: number } | null> {
  return await ask(
    page,
    `(() => {
    const all = [...document.querySelectorAll('button')]
    const box = all[Math.floor(${chance} * all.length)]?.getBoundingClientRect()
    return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  })()`,
  )
}

/** What a script in the page gives. A document that is left meanwhile for another, as the counter for the day's report, is asked no more. */
async function ask<T>(page: Page, script: string): Promise<T> {
  try {
    return await page.evaluate(script)
  } catch (cause) {
    if (!/navigation|context was destroyed/i.test(String(cause))) throw cause
    await page.waitForLoadState()
    return await page.evaluate(script)
  }
}

/** Mulberry32: the same numbers for the same seed, from 0 up to 1. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
