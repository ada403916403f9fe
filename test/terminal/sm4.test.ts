import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

const SM4 = { 'acquirer.networkManagementCode': '005' }

test('a terminal on SM4 keys sells by tap and by code, and the host holds the money', async () => {
  const { rig, cashier, holdUp, present } = await openShop({ config: SM4 })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
  cashier().press('cancel')
  await cashier().ask('20')
  holdUp('alipay')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved', channel: 'alipay' })
  expect(rig.acquirer.held()).toBe(5850)
  const requests = rig.acquirer.state().messages.filter(({ direction }) => direction === 'in')
  expect(requests.find(({ mti }) => mti === '0800')?.fields['60']).toMatch(/005$/)
})

test('the pad has no SM4 PIN key: a card that wants a PIN is refused before anything is sent', async () => {
  const { rig, cashier, present } = await openShop({ config: SM4 })
  await cashier().ask('1200')
  await present('insert', 'debit')
  const result = await cashier().page('result')
  expect(result).toMatchObject({ outcome: 'notPaid' })
  expect(rig.acquirer.held()).toBe(0)
  const sales = rig.acquirer.state().messages.filter(({ mti }) => mti === '0200')
  expect(sales).toEqual([])
})
