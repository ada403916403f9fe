import { expect, test } from 'vitest'
import type { Shop } from './shop.ts'
import { confirmAndApprove, digits, leaveApproved, openShopForTwo } from './two-people.ts'

async function secondSheet(shop: Shop, option: string): Promise<void> {
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  cashier.option('next')
  await cashier.until(
    ({ counter }) => counter.kind === 'menu' && counter.options.some(({ id }) => id === option),
    'the second sheet',
  )
  cashier.option(option)
}

/** A hold of 500 yuan by tap; its voucher number. */
async function hold(shop: Shop): Promise<string> {
  await secondSheet(shop, 'preAuth')
  await shop.cashier().page('amount')
  shop.cashier().press('5', '00', 'confirm')
  await shop.cashier().page('confirmAmount')
  shop.cashier().press('confirm')
  await shop.present('tap', 'credit')
  return leaveApproved(shop)
}

async function pick(shop: Shop, option: 'void' | 'complete'): Promise<void> {
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  cashier.option('records')
  const { records } = await cashier.page('records')
  cashier.option(option, records[0]?.id ?? '')
}

const available = (shop: Shop) =>
  shop.rig.acquirer.state().accounts.find(({ id }) => id === 'credit')?.availableMinor

test('a hold blocks and does not charge; its completion charges what was used', async () => {
  const shop = await openShopForTwo()
  const before = available(shop) ?? 0
  await hold(shop)
  expect(shop.rig.acquirer.held()).toBe(0)
  expect(available(shop)).toBe(before - 50_000)
  await pick(shop, 'complete')
  await shop.cashier().page('amount')
  shop.cashier().press('clear', ...digits('420'), 'confirm')
  await shop.cashier().page('confirmAmount')
  shop.cashier().press('confirm')
  await shop.present('tap', 'credit')
  await leaveApproved(shop)
  expect(shop.rig.acquirer.held()).toBe(42_000)
  expect(available(shop)).toBe(before - 42_000)
})

test('more than 115 percent of a hold cannot be charged', async () => {
  const shop = await openShopForTwo()
  await hold(shop)
  await pick(shop, 'complete')
  await shop.cashier().page('amount')
  shop.cashier().press('clear', ...digits('576'), 'confirm')
  await shop.cashier().told('completion.tooMuch')
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('a hold is released, and afterwards neither completed nor released again', async () => {
  const shop = await openShopForTwo()
  const before = available(shop)
  await hold(shop)
  await pick(shop, 'void')
  await confirmAndApprove(shop)
  await shop.present('tap', 'credit')
  await leaveApproved(shop)
  expect(available(shop)).toBe(before)
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  cashier.option('records')
  const { records } = await cashier.page('records')
  const held = records.find(({ work }) => work === 'preAuth')
  expect(held).toMatchObject({ standing: 'completed' })
  cashier.option('complete', held?.id ?? '')
  await cashier.told('original.holdUsed')
})

test('a completion is voided like a sale', async () => {
  const shop = await openShopForTwo()
  await hold(shop)
  await pick(shop, 'complete')
  await shop.cashier().page('amount')
  shop.cashier().press('confirm')
  await shop.cashier().page('confirmAmount')
  shop.cashier().press('confirm')
  await shop.present('tap', 'credit')
  await leaveApproved(shop)
  expect(shop.rig.acquirer.held()).toBe(50_000)
  await pick(shop, 'void')
  await confirmAndApprove(shop)
  await shop.present('tap', 'credit')
  await leaveApproved(shop)
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('the answer to a hold is lost: it is reversed, and nothing stays blocked', async () => {
  const shop = await openShopForTwo()
  const before = available(shop)
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0100' })
  await secondSheet(shop, 'preAuth')
  await shop.cashier().page('amount')
  shop.cashier().press('5', '00', 'confirm')
  await shop.cashier().page('confirmAmount')
  shop.cashier().press('confirm')
  await shop.present('tap', 'credit')
  await shop.cashier().told('host.reversed.hold')
  expect(available(shop)).toBe(before)
})

test('the balance of a card is shown, and no money moves', async () => {
  const shop = await openShopForTwo()
  await secondSheet(shop, 'balance')
  await shop.present('insert', 'credit')
  await shop.cashier().page('pin')
  await shop.typePin('654321')
  const result = await shop.cashier().page('result')
  expect(result).toMatchObject({ outcome: 'approved', amount: { minor: 5_000_000 } })
  expect(shop.rig.acquirer.held()).toBe(0)
})
