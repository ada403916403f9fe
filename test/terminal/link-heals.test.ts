/** Whatever host and terminal no longer agree about, the terminal puts right by itself, and no money is lost or taken twice on the way. */
import { expect, test } from 'vitest'
import type { Rig } from '../rig/rig.ts'
import { openShop, type Shop, until } from './shop.ts'

test.each([
  ['was started anew and has forgotten the keys', 'keysForgotten', 'host.declined.A0'],
  ['holds another MAC key', 'macKeyChanged', 'host.declined.A0'],
  ['has closed the batch by itself', 'batchClosed', 'host.declined.77'],
] as const)(
  'the host %s: the sale is refused, the terminal signs on anew, and the same order is paid',
  async (_what, upset, refusal) => {
    const shop = await openShop()
    await shop.cashier().ask('38.5')
    shop.rig.acquirer.upset(upset)
    await shop.present('tap', 'debit')
    await shop.cashier().told(refusal)
    expect(shop.rig.acquirer.held()).toBe(0)
    await payTheSameAgain(shop)
    expect(shop.rig.acquirer.held()).toBe(3850)
  },
)

test('after a closed batch the terminal goes on under the number that the host has named', async () => {
  const shop = await openShop()
  await shop.cashier().ask('38.5')
  shop.rig.acquirer.upset('batchClosed')
  await shop.present('tap', 'debit')
  await shop.cashier().told('host.declined.77')
  await payTheSameAgain(shop)
  const [terminal] = shop.rig.acquirer.state().terminals
  expect(entries(shop.rig).at(-1)).toMatchObject({ outcome: 'approved', batch: terminal?.batch })
  expect(terminal?.batch).toBe('000002')
})

test('the host signs its answers with a wrong key, to the reversal too: new keys are fetched and the money goes back', async () => {
  const { rig, cashier, present } = await openShop()
  rig.acquirer.applyFault({ kind: 'wrongMac', mti: '0200' })
  rig.acquirer.applyFault({ kind: 'wrongMac', mti: '0400' })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  const view = await cashier().told('host.reversed')
  expect(view.counter).toMatchObject({ kind: 'result', outcome: 'notPaid' })
  expect(rig.acquirer.state().terminals[0]?.signOns).toBe(2)
  expect(rig.acquirer.held()).toBe(0)
  expect(entries(rig).at(-1)).toMatchObject({ reversedBy: { reason: 'A0' } })
})

test('the host asks with its approval for a new sign-on: the sale stands, and the sign-on follows', async () => {
  const { rig, cashier, present } = await openShop()
  rig.acquirer.applyFault({ kind: 'hostRequest', code: '3', mti: '0200' })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
  await until(rig.acquirer, () => rig.acquirer.state().terminals[0]?.signOns === 2)
  expect(rig.acquirer.held()).toBe(3850)
})

test('the cable was out between two sales of a long line: the second goes by a new connection', async () => {
  const { rig, cashier, present } = await openShop({ config: { 'acquirer.connection': 'long' } })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  await cashier().page('result')
  expect(rig.acquirer.state().connections).toBe(1)
  await rig.acquirer.setReachable(false)
  await rig.acquirer.setReachable(true)
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every(({ state }) => state === 'printed'),
    'two slips',
  )
  cashier().press('confirm')
  await cashier().ask('20')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
  expect(rig.acquirer.held()).toBe(3850 + 2000)
})

async function payTheSameAgain({ cashier, present }: Shop): Promise<void> {
  await cashier().until(({ strip }) => strip.link === 'up', 'the link')
  cashier().press('0')
  await cashier().page('present')
  await present('tap', 'debit')
  await cashier().until(
    ({ counter }) => counter.kind === 'result' && counter.outcome === 'approved',
    'an approval',
  )
}

function entries(rig: Rig): ReturnType<Rig['acquirer']['state']>['entries'] {
  return rig.acquirer.state().entries
}
