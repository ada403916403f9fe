/** An issuer sends its chip a script with the answer; what became of it goes back to the acquirer, and holds nobody up. */
import { expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

async function sellByChip({ cashier, present, typePin }: Shop): Promise<void> {
  await cashier().ask('1200')
  await present('insert', 'debit')
  await cashier().page('pin')
  await typePin('123456')
}

const said = (shop: Shop, mti: string) =>
  shop.rig.acquirer.state().messages.filter((message) => message.mti === mti)

test('the chip runs the script: the acquirer hears how it went, and believes it', async () => {
  const shop = await openShop()
  shop.rig.acquirer.setFault({ mti: '0200', kind: 'issuerScript' })
  await sellByChip(shop)
  const result = await shop.cashier().page('result')
  expect(result).toMatchObject({ outcome: 'approved' })
  await expect.poll(() => said(shop, '0630')).toHaveLength(1)
  const [notice] = said(shop, '0620')
  expect(notice?.fields).toMatchObject({ '4': '000000120000', '60': expect.stringMatching(/951$/) })
  expect(notice?.fields['61']?.slice(6, 12)).toBe(result.trace)
  expect(notice?.fields['55']).toMatch(/DF31=2000000007/)
  expect(said(shop, '0630')[0]?.fields['39']).toBe('00')
  expect(shop.rig.acquirer.held()).toBe(120_000)
})

test('the bank refuses and sends a script all the same: nothing is charged, and the acquirer hears of the script', async () => {
  const shop = await openShop()
  await shop.cashier().ask('1200')
  shop.rig.acquirer.setFault({ mti: '0200', kind: 'issuerScript' })
  await shop.present('insert', 'poor')
  await shop.cashier().page('pin')
  await shop.typePin('123456')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'notPaid' })
  await expect.poll(() => said(shop, '0630')).toHaveLength(1)
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('the chip refuses after the approval: its last words, with the script, go with the reversal', async () => {
  const shop = await openShop()
  shop.rig.acquirer.setFault({ mti: '0200', kind: 'issuerScript' })
  shop.rig.cardReader.applyFault({ kind: 'aacAfterApproval' })
  await sellByChip(shop)
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'notPaid' })
  await expect.poll(() => said(shop, '0620')).toHaveLength(1)
  expect(said(shop, '0400')[0]?.fields['55']).toMatch(/DF31=20/)
  expect(shop.rig.acquirer.held()).toBe(0)
})
