import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

test('a tap below the limit: approved, two slips on paper, money at the host', async () => {
  const { rig, cashier, present } = await openShop()
  await cashier().ask('38.5')
  await present('tap', 'debit')
  const result = await cashier().page('result')
  expect(result).toMatchObject({ outcome: 'approved', channel: 'card', amount: { minor: 3850 } })
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
    'two slips',
  )
  expect(rig.printer.papers().filter((paper) => paper.cut)).toHaveLength(2)
  expect(rig.printer.papers()[0]?.text).toContain('38.50')
})

test('an inserted card with PIN: the pad asks, the chip has the last word, the slip carries its TC', async () => {
  const { rig, cashier, present, typePin } = await openShop()
  await cashier().ask('1200')
  await present('insert', 'debit')
  await cashier().page('pin')
  await typePin('123456')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
    'two slips',
  )
  expect(rig.printer.papers()[0]?.text).toMatch(/TC/)
  expect(rig.pinPad.state().display[0]).toBe('WELCOME')
})

test('a payment code is recognised by what it is', async () => {
  const { cashier, holdUp } = await openShop()
  await cashier().ask('20')
  holdUp('alipay')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved', channel: 'alipay' })
})

test('a receive code is refused by its name, and the amount is kept', async () => {
  const { rig, cashier } = await openShop()
  await cashier().ask('20')
  rig.scanner.show('wxp://f2f0EXAMPLEexampleEXAMPLE00000000')
  await cashier().told('code.PAYEE_CODE_WECHAT')
  expect(cashier().view().counter).toMatchObject({ kind: 'present', amount: { minor: 2000 } })
})
