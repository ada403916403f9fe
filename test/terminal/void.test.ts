import { expect, test } from 'vitest'
import { choose, confirmAndApprove, openShopForTwo, SUPERVISOR, sellByTap } from './two-people.ts'

test('a sale of this batch is voided with the same card: money back, a slip with minus and the original voucher', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '38.5')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  const result = await shop.cashier().page('result')
  expect(result).toMatchObject({ outcome: 'approved', amount: { minor: 3850 } })
  expect(shop.cashier().view()).toMatchObject({ direction: 'out', work: 'void' })
  await shop
    .cashier()
    .until(({ message }) => message?.key === 'slip.tear.out', 'words on money that went back')
  expect(shop.rig.acquirer.held()).toBe(0)
  await shop
    .cashier()
    .until(
      ({ counter }) =>
        counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
      'two slips',
    )
  const paper = shop.rig.printer.papers().findLast((one) => one.cut)
  expect(paper?.text).toContain('-38.50')
  expect(paper?.text).toContain(trace)
  expect(paper?.text).toContain('VOID')
})

test('another card cannot void the sale: nothing is sent, and the right one still may', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '20')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'credit')
  await shop.cashier().told('card.notOriginal')
  expect(shop.rig.acquirer.held()).toBe(2000)
  await shop.present('tap', 'debit')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'approved' })
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('the answer to a void is lost: the void is reversed, the sale stands and may be voided again', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '20')
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200' })
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().told('void.reversed')
  expect(shop.rig.acquirer.held()).toBe(2000)
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().told('void.approved')
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('power lost in a void: after the start its reversal goes first, and the sale stands', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '20')
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200' })
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().page('working')
  await shop.powerCut()
  await shop.powerOn()
  await shop.cashier().told('void.reversedOnStart')
  expect(shop.rig.acquirer.held()).toBe(2000)
})

test('a payment by code is voided by its reference: no phone is asked for', async () => {
  const shop = await openShopForTwo()
  await shop.cashier().ask('20')
  shop.holdUp('alipay')
  const { trace } = await shop.cashier().page('result')
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  expect(await shop.cashier().page('result')).toMatchObject({
    outcome: 'approved',
    channel: 'alipay',
  })
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('voided once, it cannot be voided again', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '20')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().page('result')
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  await choose(shop, 'void', trace)
  await shop.cashier().told('void.already')
  expect(shop.cashier().view().counter).toMatchObject({ kind: 'findOriginal' })
})

test('a cashier cannot approve, not even with the right PIN; a supervisor can', async () => {
  const shop = await openShopForTwo()
  const trace = await sellByTap(shop, '20')
  await choose(shop, 'void', trace)
  await shop.cashier().page('confirmAmount')
  shop.cashier().press('confirm')
  await shop.cashier().approve({ number: '01', pin: '270415' })
  await shop.cashier().told('approve.samePerson')
  await shop.cashier().approve(SUPERVISOR)
  expect(await shop.cashier().page('present')).toMatchObject({ means: ['insert', 'tap', 'swipe'] })
})
