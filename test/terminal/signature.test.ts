/** Signing on the customer's screen, from the finger to the paper and the journal. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { A_NAME, signOnScreen } from '../rig/scenario/customer-screen.ts'
import { OPERATOR, openShop, type Shop, suretill } from './shop.ts'

/** A sale whose slip is to be signed, paid. */
async function paid(config: Readonly<Record<string, unknown>> = {}): Promise<Shop> {
  const shop = await openShop({ config: { 'slips.signOnScreenMs': 20_000, ...config } })
  await shop.cashier().ask('1280')
  await shop.present('insert', 'debit')
  await shop.typePin('123456')
  await shop.cashier().told('signature.ask')
  return shop
}

test('signed on the screen: the money was in before, the slip prints with its code, and the journal keeps the lines', async () => {
  const shop = await paid()
  expect(shop.rig.acquirer.held()).toBe(128_000)
  expect(shop.rig.printer.papers().filter((paper) => paper.cut)).toEqual([])
  const page = await signOnScreen(shop.terminal.state().screens ?? '', A_NAME)
  await shop.cashier().until(() => shop.rig.printer.papers().some((paper) => paper.cut), 'a slip')
  const paper = shop.rig.printer.papers().find((one) => one.cut)
  expect(paper?.text).toContain(page.code)
  expect(shop.cashier().view().strip.openItems).toBe(0)
  await shop.terminal.stop()
  const journal = execFileSync(suretill(), ['journal', 'export', '--data', shop.dataFolder], {
    encoding: 'utf8',
  })
  expect(journal).toContain(`"ink":"${A_NAME}"`)
})

test('power lost while the customer signs: the paper comes with a line, and somebody has to see it signed', async () => {
  const shop = await paid()
  await shop.powerCut()
  await shop.powerOn()
  await shop.cashier().signIn(OPERATOR)
  await shop.cashier().until(({ strip }) => strip.openItems === 1, 'the signature to be owed')
  expect(shop.rig.acquirer.held()).toBe(128_000)
  await shop.cashier().page('amount')
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().option('openItems')
  const { items } = await shop.cashier().page('openItems')
  expect(items.map((item) => item.message.key)).toEqual(['signature.owed'])
  shop.cashier().option('signedOnPaper', items[0]?.id ?? '')
  await shop.cashier().until(({ strip }) => strip.openItems === 0, 'an empty list')
})

test('an acquirer that takes signatures gets this one: the picture, its code and what stands on the slip', async () => {
  const shop = await paid({ 'acquirer.signatureUpload': { tries: 3, retryAfterMs: 300 } })
  const { code } = await signOnScreen(shop.terminal.state().screens ?? '', A_NAME)
  const { acquirer } = shop.rig
  await expect.poll(() => acquirer.state().signatures).toHaveLength(1)
  const [entry] = acquirer.state().entries
  expect(acquirer.state().signatures[0]).toMatchObject({
    stan: entry?.stan,
    rrn: entry?.rrn,
    amountMinor: 128_000,
    width: 288,
    height: 96,
    packets: 1,
    elements: { FF01: '消费', FF02: '01', FF0A: '156', FF07: entry?.authCode },
  })
  expect(acquirer.state().signatures[0]?.blackDots).toBeGreaterThan(500)
  expect(code).toMatch(/^[0-9A-F]{8}$/)
  expect(shop.cashier().view().strip.openItems).toBe(0)
})
