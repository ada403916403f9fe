/** The code of the help page, as a phone would read it off the glass. */
import { expect, test } from 'vitest'
import { message } from '#core/message.ts'
import { eachGlass } from './each-glass.ts'
import { SLOW, typedView } from './glass.ts'
import { readCode, squaresOf } from './read-code.ts'

const troubled = { ...typedView, message: message('link.down') }

const { glass } = eachGlass(async (fresh) => {
  await fresh.goTo('counter')
  await fresh.show(troubled)
})

/** Sides of one square in the path. */
const SIDE = 3

test('the help shows a code with terminal number, last voucher and the message of the page, on white and large enough', {
  timeout: SLOW,
}, async () => {
  const { page } = glass()
  await page.locator('[data-help=open]').click()
  const code = page.locator('[data-testid=support-code]')
  await code.waitFor()
  const path = (await code.locator('path').getAttribute('d')) ?? ''
  const [, , side = '0'] = ((await code.getAttribute('viewBox')) ?? '').split(' ')
  const size = Number(side) - 8 * SIDE
  const text = readCode(squaresOf(path, size, SIDE))
  const { hotline, terminalNumber, trace } = troubled.support
  expect(text).toContain(`terminal ${terminalNumber}`)
  expect(text).toContain(`trace ${trace}`)
  expect(text).toContain('message link.down')
  expect(text).toContain(`hotline ${hotline}`)
  const box = await code.boundingBox()
  expect(box?.width).toBeGreaterThanOrEqual(180)
})
