import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'
import { proveSlips } from './slips-on-both-sides.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop({
    means: 'keyboard',
    cashierOnly: true,
    config: { 'terminal.locale.slip': 'en' },
  })
  await shop.switchOn()
  await shop.firstRun()
  await speakEnglish()
}, 60_000)

afterAll(async () => {
  await shop.close()
})

/** The counter through its menu, the customer's screen with its own key. */
async function speakEnglish(): Promise<void> {
  const { counter, customer } = shop
  await counter.press('menu')
  await counter.on('menu')
  await counter.option('language')
  await counter.page.locator('html[lang="en"]').waitFor()
  await counter.on('menu')
  await counter.press('cancel')
  await counter.on('amount')
  await customer.locator('[data-swap="en"]').press('Enter')
  await customer.locator('html[lang="en"]').waitFor()
}

test('38.50 by an inserted card with its PIN is approved; counter, customer, host and slips say the same', async () => {
  const { bench, counter, customer } = shop
  const { heldMinor } = (await bench.state()).ledger
  await counter.ask('38.5')
  expect(await counter.page.locator('.question').innerText()).toBe(
    'Ask for the card or the payment code',
  )
  await bench.card('insert', 'debit')
  await customer.getByText('Enter your PIN on the PIN pad').waitFor()
  await bench.typePin('123456')
  expect(await counter.result()).toBe('approved')
  await customer.getByText('Paid', { exact: true }).waitFor()
  expect((await bench.state()).ledger.heldMinor - heldMinor).toBe(3850)
  const slip = await proveSlips(shop, 'chip-with-pin.en')
  expect(slip).toMatch(/CARDHOLDERCOPY.*622202\*{9}0012.*RMB38\.50.*TC:[0-9A-F]{16}/)
  expect(await counter.told('host.approved')).toContain('38.50')
  await bench.takeCard()
  await counter.next()
})

test('a tap below the limit asks for no PIN and is approved', async () => {
  const { bench, counter } = shop
  await counter.ask('20')
  await bench.card('tap', 'debit')
  expect(await counter.result()).toBe('approved')
  expect((await bench.state()).pinPad.entering).toBe(false)
  expect(await proveSlips(shop, 'tap.en')).toMatch(/622202\*{9}0012.*RMB20\.00/)
  await counter.next()
})

test('a WeChat payment code is known as one and approved', async () => {
  const { bench, counter } = shop
  await counter.ask('6.66')
  await bench.phone('wechat')
  expect(await counter.result()).toBe('approved')
  expect(await counter.page.locator('.result-facts').innerText()).toContain('WeChat Pay')
  expect(await proveSlips(shop, 'code.en')).toContain('RMB6.66')
  await counter.next()
})

test('a card without funds is declined in words: nothing is charged and no slip comes', async () => {
  const { bench, counter, customer } = shop
  const before = await bench.state()
  await counter.ask('38.5')
  await bench.card('insert', 'poor')
  await bench.typePin('111222')
  expect(await counter.result()).toBe('notPaid')
  expect(await counter.told('host.declined.51')).toMatch(/funds[\s\S]*Nothing charged/)
  await customer.getByText('Not paid').waitFor()
  const after = await bench.state()
  expect(await counter.page.locator('[data-slip]').count()).toBe(0)
  expect(after.printer.papers).toHaveLength(before.printer.papers.length)
  expect(after.ledger.heldMinor).toBe(before.ledger.heldMinor)
  await bench.takeCard()
  await counter.next()
})

test('a receive code is refused by its name, and the sale can be cancelled', async () => {
  const { bench, counter } = shop
  await counter.ask('12')
  const before = (await bench.state()).host.messages.length
  await bench.phone('alipayPayee')
  expect(await counter.told('code.PAYEE_CODE_ALIPAY')).toMatch(
    /Alipay receiving code[\s\S]*Nothing charged/,
  )
  await counter.press('cancel')
  expect(await counter.told('present.cancelled')).toContain('Nothing charged')
  await counter.on('amount')
  expect((await bench.state()).host.messages).toHaveLength(before)
})
