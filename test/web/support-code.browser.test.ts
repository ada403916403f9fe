/** Codes on the pages, as a phone would read them off the glass: for support, and for a customer's slip. */
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { eachGlass } from './each-glass.ts'
import { DINNER } from './fixtures/parts.ts'
import { SIZES, SLOW, typedView } from './glass.ts'
import { FIND_OVERFLOW } from './measures.ts'
import { readCode, squaresOf } from './read-code.ts'

const troubled = { ...typedView, message: message('link.down') }

const { glass } = eachGlass(async (fresh) => {
  await fresh.goTo('counter')
  await fresh.show(troubled)
})

const SLIP_ADDRESS = 'https://slips.shop.example/10000001/000001/000123?t=AbC123'
/** Sides of one square in the path. */
const SIDE = 3

test('the help shows a code with terminal number, last voucher and the message of the page, on white and large enough', {
  timeout: SLOW,
}, async () => {
  const { page } = glass()
  await page.locator('[data-help=open]').click()
  const code = page.locator('[data-testid=support-code]')
  await code.waitFor()
  const text = await textOf(code)
  const { hotline, terminalNumber, trace } = troubled.support
  expect(text).toContain(`terminal ${terminalNumber}`)
  expect(text).toContain(`trace ${trace}`)
  expect(text).toContain('message link.down')
  expect(text).toContain(`hotline ${hotline}`)
  const box = await code.boundingBox()
  expect(box?.width).toBeGreaterThanOrEqual(180)
})

test('a paid customer sees a code that leads to the slip; whoever was refused sees none', {
  timeout: SLOW,
}, async () => {
  const { page } = glass()
  const code = page.locator('[data-testid=slip-link]')
  await glass().goTo('customer')
  glass().leadTo(SLIP_ADDRESS)
  const shown = (outcome: 'approved' | 'notPaid') => ({
    ...typedView,
    customer: { kind: 'result' as const, outcome, amount: DINNER },
  })
  await glass().show(shown('notPaid'))
  expect(await code.count()).toBe(0)
  await glass().show(shown('approved'))
  await code.waitFor()
  expect(await textOf(code)).toBe(SLIP_ADDRESS)
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const faults: string[] = await page.evaluate(FIND_OVERFLOW)
    expect([size.width, faults]).toEqual([size.width, []])
  }
  glass().leadTo(null)
})

async function textOf(code: Locator): Promise<string | null> {
  const path = (await code.locator('path').getAttribute('d')) ?? ''
  const [, , side = '0'] = ((await code.getAttribute('viewBox')) ?? '').split(' ')
  return readCode(squaresOf(path, Number(side) - 8 * SIDE, SIDE))
}
