import { expect, test } from 'vitest'
import type { Shop } from './shop.ts'
import { confirmAndApprove, leaveApproved, openShopForTwo } from './two-people.ts'

/** A sale by tap whose slips are all on paper; its voucher number. */
async function sellOnPaper(shop: Shop, typed: string): Promise<string> {
  await shop.cashier().ask(typed)
  await shop.present('tap', 'debit')
  await shop
    .cashier()
    .until(
      ({ counter }) =>
        counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
      'two slips',
    )
  return leaveApproved(shop)
}

/** The bar code on the last paper that has one, as a scanner would read it off. */
function barcodeOnPaper(shop: Shop): string {
  const text = shop.rig.printer
    .papers()
    .map((paper) => paper.text)
    .join('\n')
  const code = Array.from(text.matchAll(/\[barcode (S\d{16})\]/g)).at(-1)?.[1]
  if (code === undefined) throw new Error(`no bar code on paper:\n${text}`)
  return code
}

async function openPage(shop: Shop, what: 'void' | 'refund' | 'records'): Promise<void> {
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().option(what)
  await shop.cashier().page(what === 'records' ? 'records' : 'findOriginal')
}

test('the bar code of the printed slip, scanned on the void page, voids that sale; a payment code held up there does nothing', async () => {
  const shop = await openShopForTwo()
  const trace = await sellOnPaper(shop, '38.5')
  await openPage(shop, 'void')
  shop.holdUp('wechat')
  await shop.cashier().told('proof.paymentCode')
  expect(shop.rig.acquirer.held()).toBe(3850)
  shop.rig.scanner.show(barcodeOnPaper(shop))
  expect(await shop.cashier().page('confirmAmount')).toMatchObject({ amount: { minor: 3850 } })
  expect(shop.cashier().view().message?.params['trace']).toBe(trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'approved' })
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('a slip held under the scanner as a payment is named, and charges nobody', async () => {
  const shop = await openShopForTwo()
  await sellOnPaper(shop, '12')
  await shop.cashier().ask('5')
  shop.rig.scanner.show(barcodeOnPaper(shop))
  await shop.cashier().told('code.SLIP_CODE')
  expect(shop.rig.acquirer.held()).toBe(1200)
})
