import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'
import { proveSlips } from './slips-on-both-sides.ts'

let shop: Shop
let asked: readonly string[]

beforeAll(async () => {
  shop = await openShop({ means: 'touch' })
  await shop.switchOn()
  asked = await shop.firstRun()
}, 60_000)

afterAll(async () => {
  await shop.close()
})

test('on the first day everybody is asked for a PIN of their own, and then the cashier may sell', () => {
  expect(asked).toEqual([
    '管理员 99：设置自己的密码',
    '主管 00：设置自己的密码',
    '收银员 01：设置自己的密码',
  ])
})

test('38.50 by an inserted card with its PIN is approved; counter, customer, host and slips say the same', async () => {
  const { bench, counter, customer } = shop
  const { heldMinor } = (await bench.state()).ledger
  await counter.ask('38.5')
  expect(await customer.getByTestId('amount').getAttribute('data-amount')).toBe('38.50')
  await bench.card('insert', 'debit')
  await customer.locator('[data-page="pin"]').waitFor()
  await bench.typePin('123456')
  expect(await counter.result()).toBe('approved')
  await customer.getByText('支付成功').waitFor()
  expect((await bench.state()).ledger.heldMinor - heldMinor).toBe(3850)
  const slip = await proveSlips(shop, 'chip-with-pin.zh-CN')
  expect(slip).toMatch(/持卡人存根.*622202\*{9}0012.*消费.*RMB38\.50.*TC:[0-9A-F]{16}/)
  expect(await counter.told('host.approved')).toContain('已收款 ￥38.50')
  await bench.takeCard()
  await counter.next()
})

test('a tap below the limit asks for no PIN and is approved', async () => {
  const { bench, counter } = shop
  await counter.ask('20')
  await bench.card('tap', 'debit')
  expect(await counter.result()).toBe('approved')
  expect((await bench.state()).pinPad.entering).toBe(false)
  const slip = await proveSlips(shop, 'tap.zh-CN')
  expect(slip).toMatch(/622202\*{9}0012.*RMB20\.00/)
  await counter.next()
})

test('a WeChat payment code is known as one and approved', async () => {
  const { bench, counter } = shop
  await counter.ask('6.66')
  await bench.phone('wechat')
  expect(await counter.result()).toBe('approved')
  expect(await counter.page.locator('.result-facts').innerText()).toContain('微信支付')
  const slip = await proveSlips(shop, 'code.zh-CN')
  expect(slip).toContain('RMB6.66')
  await counter.next()
})

test('a card without funds is declined as 余额不足: nothing is charged and no slip comes', async () => {
  const { bench, counter, customer } = shop
  const before = await bench.state()
  await counter.ask('38.5')
  await bench.card('insert', 'poor')
  await bench.typePin('111222')
  expect(await counter.result()).toBe('notPaid')
  expect(await counter.told('host.declined.51')).toMatch(/余额不足[\s\S]*未扣款/)
  await customer.getByText('未支付').waitFor()
  const after = await bench.state()
  expect(await counter.page.locator('[data-slip]').count()).toBe(0)
  expect(after.printer.papers).toHaveLength(before.printer.papers.length)
  expect(after.ledger.heldMinor).toBe(before.ledger.heldMinor)
  await bench.takeCard()
  await counter.next()
})

test('a receive code is refused by its name, the amount stays, and the right code then pays', async () => {
  const { bench, counter } = shop
  await counter.ask('12')
  const before = (await bench.state()).host.messages.length
  await bench.phone('receive')
  expect(await counter.told('code.PAYEE_CODE_WECHAT')).toMatch(/微信收款码[\s\S]*未扣款/)
  expect(await counter.page.getByTestId('amount').getAttribute('data-amount')).toBe('12.00')
  expect((await bench.state()).host.messages).toHaveLength(before)
  await bench.phone('alipay')
  expect(await counter.result()).toBe('approved')
  await counter.slipsPrinted(() => bench.click('tear'))
  await counter.next()
})
