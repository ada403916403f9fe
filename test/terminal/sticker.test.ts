import { expect, test } from 'vitest'
import type { Cashier } from './cashier.ts'
import { OPERATOR, openShop, type Shop } from './shop.ts'

const OURS = 'https://qr.95516.com/00010000/01EXAMPLE'

/** Morning: the cashier has signed in, and the sticker is asked for. */
async function morning(): Promise<{ shop: Shop; cashier: Cashier }> {
  const config = { payee: { references: [OURS], daily: true } }
  const shop = await openShop({ closed: true, config })
  await shop.powerOn()
  const cashier = shop.cashier()
  await cashier.chooseFirstPin(OPERATOR)
  await cashier.until(({ strip }) => strip.faults.length === 0, 'every device to be well')
  cashier.tryPin(OPERATOR.number, OPERATOR.pin)
  await cashier.page('checkSticker')
  return { shop, cashier }
}

test('in the morning a foreign code is found on the counter: alarm, standing fault, and cards are still taken', async () => {
  const { cashier, shop } = await morning()
  shop.holdUp('wechat')
  await cashier.told('sticker.paymentCode')
  shop.rig.scanner.show('https://qr.alipay.com/fkxEXAMPLE0000000000')
  await cashier.told('sticker.foreign')
  cashier.press('confirm')
  const { strip } = await cashier.until(({ counter }) => counter.kind === 'amount')
  expect(strip.faults.map(({ key }) => key)).toContain('foreignSticker')
  await cashier.ask('5')
  await shop.present('tap', 'debit')
  expect(await cashier.page('result')).toMatchObject({ outcome: 'approved' })
}, 30_000)

test('the sticker is our own: the day begins', async () => {
  const { cashier, shop } = await morning()
  shop.rig.scanner.show(OURS)
  const { counter, strip } = await cashier.told('sticker.right')
  expect(counter.kind).toBe('amount')
  expect(strip.openItems).toBe(0)
}, 30_000)
