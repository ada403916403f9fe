/** Every page on every size, in both languages and every theme: nothing cut, nothing faint, nothing too small to hit. */
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { Look, ScreenName } from '#shell/api/view.ts'
import en from '../../config/locales/en.json' with { type: 'json' }
import { eachGlass } from './each-glass.ts'
import { customerLooks } from './fixtures/customer-looks.ts'
import { EMPTY, type Fixture, message, viewOf } from './fixtures/parts.ts'
import { eachFault, eachMessage, onWorstDay } from './fixtures/worst-day.ts'
import { FIXTURES } from './fixtures.ts'
import { SIZES, SLOW, typedView } from './glass.ts'
import {
  FIND_OVERFLOW,
  FIND_SMALL_AMOUNTS,
  FIND_TALL_FAULTS,
  FIND_UNSAID,
  findFaintWords,
  findSmallTargets,
} from './measures.ts'
import { OWN_SOCKET, type Parade, parade } from './parade.ts'

const SCREENS = ['counter', 'customer'] as const

// Contrast is measured above, also where this tool cannot.
const RUN_AXE = `axe.run(document, { preload: false, resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html.slice(0, 120))))`

const { glass } = eachGlass(async ({ fixture, page }) => {
  await page.addInitScript(OWN_SOCKET)
  // The settings are read besides the socket, and only while their page is open.
  const settings = FIXTURES.find(({ view }) => view.counter.kind === 'parameters')
  if (settings !== undefined) fixture.show(settings.view)
})

/** Most states are one to the customer. */
const CUSTOMER_STATES = customerLooks(FIXTURES)

const LOOK: Look = { theme: 'light', quietHours: null, volume: 100, voice: true }

/** Opens a screen on which states are shown by the parade alone. */
async function open(screen: ScreenName): Promise<void> {
  const { customerUrl, url } = glass().screens()
  // The same address again would only be a step within the page.
  await glass().page.goto('about:blank')
  await glass().page.goto(screen === 'counter' ? url : customerUrl)
  await glass().page.waitForFunction('window.ours?.onmessage')
}

type How = Pick<Parade, 'measures' | 'by' | 'look'> & {
  /** What each state becomes before it is shown. */
  readonly on?: (state: Fixture) => Fixture
}

/** All there is past these measures on both screens; gives the faults of each state, by name. */
async function faultsOf({ on = (state) => state, ...how }: How): Promise<readonly string[]> {
  const faults: string[] = []
  for (const screen of SCREENS) {
    await open(screen)
    const states = (screen === 'customer' ? CUSTOMER_STATES : FIXTURES).map(on)
    const done = await parade(glass().page, { look: LOOK, ...how, screen, states })
    expect(done.measured).toBeGreaterThan(20)
    faults.push(...done.faults)
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
    expect(
      await faultsOf({ measures: [FIND_OVERFLOW, FIND_SMALL_AMOUNTS, FIND_UNSAID, targets] }),
    ).toEqual([])
  })
}

test.each(SIZES)(
  'on the worst day there is, nothing is cut and no message scrolls on $width×$height',
  {
    timeout: SLOW,
  },
  async (size) => {
    await glass().page.setViewportSize(size)
    const measures = [FIND_OVERFLOW]
    expect(await faultsOf({ measures, on: onWorstDay })).toEqual([])
  },
)

test('each standing fault has one line on the smallest screen, with the count of the others', async () => {
  await glass().page.setViewportSize(SIZES[2])
  await open('counter')
  const states = eachFault({ name: 'typed', view: typedView }, Object.keys(en.faults))
  const order: Parade = { look: LOOK, screen: 'counter', states, measures: [FIND_TALL_FAULTS] }
  expect((await parade(glass().page, order)).faults).toEqual([])
})

test('every message there is has room on the smallest screen, beside the keys and beside a result', {
  timeout: SLOW,
}, async () => {
  await glass().page.setViewportSize(SIZES[2])
  const pages = FIXTURES.filter(({ name }) => ['amount-typed', 'result-not-paid'].includes(name))
  const states = pages.flatMap((page) => eachMessage(page, en.messages))
  expect(states).toHaveLength(2 * Object.keys(en.messages).length)
  await open('counter')
  const order: Parade = { look: LOOK, screen: 'counter', states, measures: [FIND_OVERFLOW] }
  expect((await parade(glass().page, order)).faults).toEqual([])
})

test.each([SIZES[2], SIZES[3]])(
  'why a cause cannot be chosen has room beside all causes on $width×$height',
  {
    timeout: SLOW,
  },
  async (size) => {
    await glass().page.setViewportSize(size)
    const page = FIXTURES.filter(({ name }) => name === 'what-was-wrong-refused')
    // The way that is taken is told on the next page.
    const told = Object.fromEntries(
      Object.entries(en.messages).filter(([key]) =>
        /^(correct|original|refund|followUp)\.(?!.*ThenCollect$)/.test(key),
      ),
    )
    const states = page.flatMap((one) => eachMessage(one, told))
    expect(states.length).toBeGreaterThan(40)
    await open('counter')
    const measures = [FIND_OVERFLOW, FIND_UNSAID]
    const order: Parade = { look: LOOK, screen: 'counter', states, measures }
    expect((await parade(glass().page, order)).faults).toEqual([])
  },
)

test('in large print the customer page fits on every size, and its words are half as large again', {
  timeout: SLOW,
}, async () => {
  const sizeOfWords = async (): Promise<number> =>
    await glass().page.evaluate(
      `parseFloat(getComputedStyle(document.querySelector('.customer-say')).fontSize)`,
    )
  // A page that says something: what was shown last may be one that only draws.
  const speaking = FIXTURES.filter(({ view }) => view.customer.kind === 'present').slice(0, 1)
  const show = async (states: readonly Fixture[]): Promise<readonly string[]> =>
    (
      await parade(glass().page, {
        look: LOOK,
        screen: 'customer',
        states,
        measures: [FIND_OVERFLOW],
      })
    ).faults
  for (const size of SIZES) {
    await glass().page.setViewportSize(size)
    await open('customer')
    await show(speaking)
    const normal = await sizeOfWords()
    await glass().page.locator('[data-large=false]').click()
    expect(await show(CUSTOMER_STATES.map(onWorstDay))).toEqual([])
    await show(speaking)
    expect(await sizeOfWords()).toBeGreaterThan(normal * 1.45)
  }
})

/** The button, also where a small screen has no room for it: the key that does the same is there on every one. */
const OPEN_HELP = `
  document.querySelector('[data-help=open]').click()
  for (let turns = 0; turns < 50 && document.querySelector('[data-testid=help]') === null; turns++) await Promise.resolve()`

const FIND_NO_HELP = `(document.querySelector('[data-testid=help]')?.textContent.includes('400-000-0000') ? [] : ['no help, or no hotline in it'])`

test('the help of every page fits on the narrowest and the widest size, and names hotline and numbers', {
  timeout: SLOW,
}, async () => {
  // Before a start nobody has told the screen of a hotline yet.
  const told = FIXTURES.filter(({ view }) => view.support.hotline !== '')
  const states = [...new Map(told.map((one) => [one.view.counter.kind, one])).values()]
  for (const size of [SIZES[2], SIZES[3]]) {
    await glass().page.setViewportSize(size)
    await open('counter')
    const { faults, measured } = await parade(glass().page, {
      look: LOOK,
      screen: 'counter',
      states,
      first: OPEN_HELP,
      measures: [FIND_OVERFLOW, FIND_NO_HELP],
    })
    expect(measured).toBeGreaterThan(states.length)
    expect(faults).toEqual([])
  }
})

test.each([
  { theme: 'light', least: 4.5, leastFaint: 3 },
  { theme: 'dark', least: 4.5, leastFaint: 3 },
  { theme: 'contrast', least: 7, leastFaint: 4.5 },
] as const)(
  'in the $theme theme every word has a contrast of at least $least',
  { timeout: SLOW },
  async ({ theme, least, leastFaint }) => {
    const measures = [findFaintWords(least, leastFaint)]
    expect(await faultsOf({ look: { ...LOOK, theme }, measures, by: 'structure' })).toEqual([])
    expect(await glass().page.locator('html').getAttribute('data-theme')).toBe(theme)
  },
)

test('a screen reader finds names, roles and structure on every page', {
  timeout: SLOW,
}, async () => {
  await glass().page.setViewportSize(SIZES[0])
  await glass().page.addInitScript(axe.source)
  expect(await faultsOf({ measures: [RUN_AXE], by: 'structure' })).toEqual([])
})

/** A shop that did one thing wrong, on a page with everything else in order. */
const SPOILT = [
  {
    fault: 'a message of more words than the smallest type has room for',
    words: 'one more word '.repeat(45),
    css: '',
    measure: FIND_OVERFLOW,
    says: /^counter spoilt (zh-CN|en): say scrolls by/,
  },
  { fault: 'a label that is too long', css: '', measure: FIND_OVERFLOW, says: /is cut|leaves/ },
  {
    fault: 'a tiny key',
    css: '[data-key="7"] { max-width: 20px }',
    measure: findSmallTargets(44, 8),
    says: /^counter spoilt (zh-CN|en): 7 is 20×/,
  },
  {
    fault: 'a faint word',
    css: '.question { color: #b0b0b0 }',
    measure: findFaintWords(4.5, 3),
    says: /question\) has contrast 2/,
  },
  {
    fault: 'a page without a language',
    css: '',
    first: `document.documentElement.removeAttribute('lang')`,
    measure: RUN_AXE,
    says: /html-has-lang/,
  },
] as const

test.each(SPOILT)('$fault is found, by the name of the state', async (spoilt) => {
  const { css, measure, says } = spoilt
  const view = viewOf({
    counter: { kind: 'amount', typed: '', amount: EMPTY },
    message: message('words' in spoilt ? spoilt.words : 'x'.repeat(80)),
  })
  await glass().page.setViewportSize(SIZES[0])
  await glass().page.addInitScript(axe.source)
  await open('counter')
  await glass().page.evaluate(`(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(${JSON.stringify(css)})
    document.adoptedStyleSheets.push(sheet)
  })()`)
  const { faults } = await parade(glass().page, {
    look: LOOK,
    screen: 'counter',
    states: [{ name: 'spoilt', view: css === '' ? view : { ...view, message: null } }],
    measures: [measure],
    ...('first' in spoilt ? { first: spoilt.first } : {}),
  })
  expect(faults.length).toBeGreaterThan(0)
  expect(faults.some((fault) => says.test(fault))).toBe(true)
})

test('the measures see what they are for', async () => {
  await glass().page.addInitScript(axe.source)
  await open('counter')
  await parade(glass().page, {
    look: LOOK,
    screen: 'counter',
    states: [{ name: 'typed', view: typedView }],
    measures: [],
  })
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
