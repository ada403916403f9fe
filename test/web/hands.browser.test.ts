/** Fingers and keyboards at the pages: what reaches the terminal, and what must not. */
import { expect, test } from 'vitest'
import { INK_HEIGHT, INK_WIDTH, readInk } from '#shell/api/ink.ts'
import type { View } from '#shell/api/view.ts'
import { eachGlass } from './each-glass.ts'
import { viewOf } from './fixtures/parts.ts'
import { FIXTURES } from './fixtures.ts'
import { SIZES, SLOW, typedView } from './glass.ts'

/** Longer than the time for which keys are dropped after a page change. */
const SETTLE = 320

const { glass } = eachGlass()

/** Opens the counter and stops its clock: from here on time passes only where a test says so. */
async function open(): Promise<void> {
  await glass().page.clock.install()
  await glass().goTo('counter')
  await glass().page.clock.pauseAt(Date.now() + 60_000)
}

function viewNamed(name: string): View {
  const found = FIXTURES.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no fixture ${name}`)
  return found.view
}

type Box = { readonly x: number; readonly y: number; readonly right: number; readonly low: number }

/** As fast as a good typist; faster is a machine. */
async function type(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await glass().page.keyboard.press(key)
    await glass().page.clock.runFor(40)
  }
}

async function boxOf(selector: string): Promise<Box> {
  const box = await glass().page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not on the page`)
  return { x: box.x, y: box.y, right: box.x + box.width, low: box.y + box.height }
}

function areApart(one: Box, two: Box): boolean {
  return two.right <= one.x || one.right <= two.x || two.low <= one.y || one.low <= two.y
}

for (const size of SIZES) {
  test(`on ${size.width}×${size.height} a second tap at the confirm key does not confirm the question`, {
    timeout: SLOW,
  }, async () => {
    await glass().page.setViewportSize(size)
    await open()
    const first = await boxOf('[data-key=confirm]')
    for (const name of ['confirm-amount', 'code-doubted', 'refund-confirm', 'totals-settle']) {
      await glass().show(viewNamed(name))
      expect({ name, apart: areApart(first, await boxOf('[data-key=confirm]')) }).toEqual({
        name,
        apart: true,
      })
    }
  })
}

/** Pages on which one touch opens the question whether an amount is right, and the keys that do it. */
const OPENERS = [
  ['result-to-collect', '[data-key=confirm]'],
  ['result-partly-paid', '[data-key=confirm]'],
  ['result-not-paid', '[data-option=retry]'],
  ['void-declined', '[data-option=retry]'],
  ['void-declined', '[data-option=refund]'],
  ['correct-what-was-wrong', '[data-option=paidTwice]'],
  ['correct-what-was-wrong', '[data-option=customerWish]'],
  ['records-of-the-day', '[data-option=void]'],
  ['open-to-collect', '[data-option=collect]'],
  ['hand-over', '[data-key=cancel]'],
] as const

for (const size of SIZES) {
  test(`on ${size.width}×${size.height} no key stands where the question that it opens is confirmed`, {
    timeout: SLOW,
  }, async () => {
    await glass().page.setViewportSize(size)
    await open()
    await glass().show(viewNamed('confirm-amount'))
    const yes = await boxOf('[data-key=confirm]')
    for (const [name, key] of OPENERS) {
      await glass().show(viewNamed(name))
      expect({ name, key, apart: areApart(await boxOf(key), yes) }).toEqual({
        name,
        key,
        apart: true,
      })
    }
  })
}

test('an amount typed on a physical keyboard reaches the terminal key by key', async () => {
  await open()
  await type('3', '8', '.', '5', 'Enter')
  const keys = []
  for (let count = 0; count < 5; count += 1) keys.push(await glass().fixture.nextAction())
  expect(keys.map((action) => (action.type === 'key' ? action.key : ''))).toEqual([
    '3',
    '8',
    '.',
    '5',
    'confirm',
  ])
})

test('a held key counts once, and a key right after a page change does not count', async () => {
  await open()
  for (let repeat = 0; repeat < 5; repeat += 1) await glass().page.keyboard.down('7')
  await glass().page.keyboard.up('7')
  await glass().show(typedView)
  await glass().page.keyboard.press('Enter')
  await glass().page.clock.runFor(SETTLE)
  await glass().page.keyboard.press('Escape')
  const first = await glass().fixture.nextAction()
  const second = await glass().fixture.nextAction()
  expect([first, second]).toMatchObject([{ key: '7' }, { key: 'cancel' }])
})

test('a key on the glass is the same as one on the keyboard', async () => {
  await open()
  await glass().page.locator('[data-key="00"]').click()
  expect(await glass().fixture.nextAction()).toEqual({ type: 'key', page: 'page-1', key: '00' })
})

test('the PIN of an operator is shown as dots and sent once', async () => {
  await open()
  await glass().show(viewOf({ counter: { kind: 'signIn' } }))
  await glass().page.clock.runFor(SETTLE)
  await type('0', '1', 'Enter', '9', '7', '9', '7')
  expect(await glass().page.locator('[data-field=pin] dd').textContent()).toBe('●●●●')
  expect(await glass().page.content()).not.toContain('9797')
  await glass().page.keyboard.press('Enter')
  expect(await glass().fixture.nextAction()).toMatchObject({
    type: 'signIn',
    operator: '01',
    pin: '9797',
  })
  expect(await glass().page.locator('[data-field=pin] dd').textContent()).toBe('')
})

test('a scanner that plays a keyboard cannot confirm: its digits stop and its Enter does nothing', async () => {
  await open()
  for (const key of '28763443825664394') await glass().page.keyboard.down(key)
  await glass().page.keyboard.press('Enter')
  await glass().page.locator('[data-notice=machineTypes]').waitFor()
  await glass().page.clock.runFor(SETTLE)
  await glass().page.keyboard.press('Escape')
  await expect.poll(() => glass().fixture.acted.at(-1)).toMatchObject({ key: 'cancel' })
  const keys = glass().fixture.acted.map((action) => (action.type === 'key' ? action.key : ''))
  expect(keys).not.toContain('confirm')
  expect(keys.length).toBeLessThan(8)
})

test('control keys, Tab and the space bar do nothing, to the terminal or to the browser', async () => {
  await open()
  await glass().page.locator('[data-key="7"]').click()
  await type(
    'Tab',
    ' ',
    'Control+p',
    'Control+Enter',
    'Alt+Enter',
    'Meta+1',
    'F5',
    'F6',
    'Tab',
    ' ',
  )
  await type('Escape')
  await expect.poll(() => glass().fixture.acted.length).toBeGreaterThan(1)
  const keys = glass().fixture.acted.map((action) => (action.type === 'key' ? action.key : ''))
  expect(keys).toEqual(['7', 'cancel'])
  expect(await glass().page.evaluate('document.activeElement.tagName')).toBe('BODY')
})

test('the language changes by keyboard on the sign-in page and everywhere else', async () => {
  await open()
  const pages = new Map(FIXTURES.map(({ view }) => [view.counter.kind, view]))
  for (const view of pages.values()) {
    // It reads what it shows, for which a clock that stands gives it no time; parameters.browser.test.ts asks it the same.
    if (view.counter.kind === 'parameters') continue
    await glass().show(view)
    await type('F2')
    expect(await glass().fixture.nextAction()).toEqual({
      type: 'locale',
      screen: 'counter',
      locale: 'en',
    })
  }
})

test('while a copy waits for the tear, the next customer can be served by touch and by key', async () => {
  await open()
  const view = viewNamed('result-approved')
  if (view.counter.kind !== 'result') throw new Error('no result')
  const slips = [{ id: 's2', copy: 'cardholder', state: 'awaitingTear' }] as const
  await glass().show({ ...view, counter: { ...view.counter, slips } })
  await glass().page.clock.runFor(SETTLE)
  await glass().page.locator('[data-key=cancel]').click()
  await type('Escape')
  expect(await glass().fixture.nextAction()).toMatchObject({ key: 'cancel' })
  expect(await glass().fixture.nextAction()).toMatchObject({ key: 'cancel' })
})

test('the customer changes the language with one tap', async () => {
  await glass().goTo('customer')
  await glass().page.locator('[data-swap=en]').click()
  expect(await glass().fixture.nextAction()).toEqual({
    type: 'locale',
    screen: 'customer',
    locale: 'en',
  })
})

test('what the customer draws is what leaves, and a touch alone cannot be sent', async () => {
  await glass().goTo('customer')
  await glass().show(viewNamed('result-signing'))
  const pad = await boxOf('.sign-pad')
  const done = glass().page.locator('[data-sign=done]')
  const { mouse } = glass().page
  await mouse.click(pad.x + 40, pad.y + 20)
  expect(await done.isDisabled()).toBe(true)
  await glass().page.locator('[data-sign=clear]').click()
  await mouse.move(pad.x + 10, pad.low - 10)
  await mouse.down()
  await mouse.move(pad.right - 10, pad.y + 10, { steps: 12 })
  await mouse.up()
  await mouse.move(pad.x + 60, pad.low - 10, { steps: 3 })
  await done.click()
  const action = await glass().fixture.nextAction()
  if (action.type !== 'sign') throw new Error(action.type)
  expect(action.record).toBe('000001-000987')
  const ink = readInk(action.ink) ?? []
  expect(ink).toHaveLength(1)
  const [from, to] = [ink[0]?.[0], ink[0]?.at(-1)]
  expect(from?.[0]).toBeLessThan(INK_WIDTH * 0.1)
  expect(from?.[1]).toBeGreaterThan(INK_HEIGHT * 0.8)
  expect(to?.[0]).toBeGreaterThan(INK_WIDTH * 0.9)
  expect(to?.[1]).toBeLessThan(INK_HEIGHT * 0.2)
})

test('who would rather sign on paper says so with one touch', async () => {
  await glass().goTo('customer')
  await glass().show(viewNamed('result-signing'))
  await glass().page.locator('[data-sign=paper]').click()
  expect(await glass().fixture.nextAction()).toMatchObject({ type: 'sign', ink: '' })
})
