import { expect, test } from 'vitest'
import {
  choose,
  confirmAndApprove,
  digits,
  leaveApproved,
  openShopForTwo,
  sellByTap,
} from './two-people.ts'

test('a sale is refunded in parts, never above what is left of it', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '100')
  for (const part of ['30', '50']) {
    await choose(shop, 'refund', trace)
    await shop.cashier().page('amount')
    shop.cashier().press('clear', ...digits(part), 'confirm')
    await confirmAndApprove(shop)
    await shop.present('tap', 'debit')
    await leaveApproved(shop)
  }
  expect(shop.rig.acquirer.held()).toBe(2000)
  await choose(shop, 'refund', trace)
  await shop
    .cashier()
    .until(
      ({ counter }) => counter.kind === 'amount' && counter.typed === '20',
      'the rest as proposal',
    )
  shop.cashier().press('clear', '2', '1', 'confirm')
  await shop.cashier().told('refund.tooMuch')
  expect(shop.rig.acquirer.held()).toBe(2000)
})

test('the answer to a refund is lost: the same number is asked again, and the customer gets the money once', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '40')
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0220' })
  await choose(shop, 'refund', trace)
  await shop.cashier().page('amount')
  shop.cashier().press('confirm')
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().told('refund.timedOut')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'unknown' })
  await shop.cashier().told('refund.approved')
  expect(shop.rig.acquirer.held()).toBe(0)
  const sent = shop.rig.acquirer
    .state()
    .messages.filter((line) => line.mti === '0220' && line.direction === 'in')
  expect(new Set(sent.map((line) => line.fields['11'])).size).toBe(1)
  expect(sent.length).toBeGreaterThan(1)
})

test('power lost in a refund: it stays on the open list, is asked again after the start, and its slip prints', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '40')
  shop.rig.acquirer.setFault({ kind: 'dropRequest', mti: '0220' })
  await choose(shop, 'refund', trace)
  await shop.cashier().page('amount')
  shop.cashier().press('confirm')
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().page('working')
  await shop.powerCut()
  expect(shop.rig.acquirer.held()).toBe(4000)
  await shop.powerOn()
  await shop.cashier().told('refund.approvedLater')
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('a refund of a code payment goes back by reference; a phone held up decides nothing', async () => {
  const shop = await openShopForTwo()
  await shop.cashier().ask('20')
  shop.holdUp('wechat')
  const trace = await leaveApproved(shop)
  await choose(shop, 'refund', trace)
  await shop.cashier().page('amount')
  shop.cashier().press('clear', '5', 'confirm')
  await confirmAndApprove(shop)
  expect(await shop.cashier().page('result')).toMatchObject({
    outcome: 'approved',
    channel: 'wechat',
    amount: { minor: 500 },
  })
  expect(shop.rig.acquirer.held()).toBe(1500)
})
