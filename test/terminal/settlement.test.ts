import { expect, test } from 'vitest'
import type { Shop } from './shop.ts'
import {
  choose,
  confirmAndApprove,
  leaveApproved,
  openShopForTwo,
  sellByTap,
} from './two-people.ts'

/** Menu, settlement or the sums alone behind: the page with the sums. */
async function openTotals(shop: Shop, option: 'settle' | 'xReport' = 'settle') {
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  if (option === 'xReport') {
    cashier.option('next')
    await cashier.until(
      ({ counter }) => counter.kind === 'menu' && counter.options.some(({ id }) => id === option),
      'the second sheet',
    )
  }
  cashier.option(option)
  await cashier.until(
    ({ counter }) => counter.kind === 'totals' && counter.rows !== null,
    'the sums',
  )
  return cashier.page('totals')
}

async function slipsArePrinted(shop: Shop): Promise<void> {
  await shop
    .cashier()
    .until(
      ({ counter }) =>
        counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
      'the slips',
    )
}

/** A day of three: a sale, another, and the void of it. */
async function aDay(shop: Shop): Promise<void> {
  await sellByTap(shop, '100')
  const trace = await sellByTap(shop, '20')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().page('result')
  await slipsArePrinted(shop)
  await leaveApproved(shop)
}

test('a day is settled: the host agrees, the batch number moves by one, and the slip says so', async () => {
  const shop = await openShopForTwo()
  await aDay(shop)
  const totals = await openTotals(shop)
  expect(totals).toMatchObject({ batch: '000001', net: { minor: 10_000 } })
  expect(totals.rows?.map(({ work, count }) => [work, count])).toEqual([
    ['sale', 2],
    ['void', 1],
  ])
  shop.cashier().press('confirm')
  await shop.cashier().told('settle.done')
  expect(shop.rig.acquirer.state().terminals[0]).toMatchObject({ batch: '000002', settled: false })
  await until(shop, () => shop.rig.printer.papers().some((paper) => /BALANCED/.test(paper.text)))
  await sellByTap(shop, '5')
  expect(shop.rig.acquirer.state().entries.at(-1)).toMatchObject({ batch: '000002' })
})

test.each([
  ['the totals', '0500', 'dropRequest'],
  ['the totals', '0500', 'dropReply'],
  ['the end message', '0320', 'dropRequest'],
  ['the end message', '0320', 'dropReply'],
] as const)(
  'power lost with %s out (%s, %s): it goes on after the start, and the number moves once',
  async (_step, mti, kind) => {
    const shop = await openShopForTwo()
    await sellByTap(shop, '100')
    await openTotals(shop)
    shop.rig.acquirer.setFault({ kind, mti })
    const asked = until(shop, () =>
      shop.rig.acquirer.state().messages.some((line) => line.mti === mti),
    )
    shop.cashier().press('confirm')
    await shop
      .cashier()
      .until(
        ({ counter }) => counter.kind === 'approve' || counter.kind === 'working',
        'the settlement',
      )
    if (shop.cashier().view().counter.kind === 'approve')
      await shop.cashier().approve({ number: '00', pin: '381926' })
    await asked
    await shop.powerCut()
    await shop.powerOn()
    await shop.cashier().told('settle.done')
    await shop.cashier().signIn({ number: '01', pin: '270415' })
    await sellByTap(shop, '5')
    expect(shop.rig.acquirer.state().entries.at(-1)).toMatchObject({ batch: '000002' })
  },
)

test('while a refund has no result the batch is not settled', async () => {
  const shop = await openShopForTwo({ config: { 'acquirer.reversal.retryAfterMs': 60_000 } })
  const trace = await sellByTap(shop, '40')
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0220' })
  await choose(shop, 'refund', trace)
  await shop.cashier().page('amount')
  shop.cashier().press('confirm')
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop.cashier().told('refund.timedOut')
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().option('settle')
  await shop.cashier().told('settle.refundOpen')
  expect(shop.rig.acquirer.state().terminals[0]).toMatchObject({ settled: false })
})

test('the sums may be looked at without settling anything', async () => {
  const shop = await openShopForTwo()
  await sellByTap(shop, '12.5')
  expect(await openTotals(shop, 'xReport')).toMatchObject({ net: { minor: 1250 } })
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  expect(shop.rig.acquirer.state().terminals[0]).toMatchObject({ batch: '000001', settled: false })
})

/** The test's own time limit ends a wait in vain. */
async function until(shop: Shop, wanted: () => boolean): Promise<void> {
  if (wanted()) return
  await new Promise<void>((resolve) => {
    shop.rig.onChange(() => {
      if (wanted()) resolve()
    })
  })
}
