import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

/** What every ending owes the cashier: a page of its own, the right word on money, and the same truth at the host. */

test('not enough money: refused by name, no slip, nothing held by the host', async () => {
  const { rig, cashier, present } = await openShop()
  await cashier().ask('38.5')
  await present('tap', 'poor')
  const view = await cashier().told('host.declined.51')
  expect(view.counter).toMatchObject({ kind: 'result', outcome: 'notPaid' })
  expect(rig.printer.papers()).toEqual([])
  expect(rig.acquirer.held()).toBe(0)
})

test('a wrong PIN is refused, and the same order is paid with the right one under a new trace number', async () => {
  const { rig, cashier, present, typePin } = await openShop()
  await cashier().ask('1200')
  await present('insert', 'debit')
  await typePin('999999')
  const refused = await cashier().told('host.declined.55')
  rig.cardReader.remove()
  cashier().press('0')
  await cashier().page('present')
  await present('insert', 'debit')
  await typePin('123456')
  await cashier().told('slip.tear')
  const paid = cashier().view().counter
  expect(paid).toMatchObject({ kind: 'result', outcome: 'approved' })
  expect(traceOf(paid)).not.toBe(traceOf(refused.counter))
  expect(rig.acquirer.held()).toBe(120_000)
})

test('the answer is lost: the page says unknown, the reversal goes out, and it ends as not paid', async () => {
  const { rig, cashier, present } = await openShop()
  rig.acquirer.applyFault({ kind: 'dropReply', times: 1, mti: '0200' })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  const view = await cashier().told('host.reversed')
  expect(view.counter).toMatchObject({ kind: 'result', outcome: 'notPaid' })
  expect(rig.acquirer.held()).toBe(0)
})

test('the answer of the reversal is lost too: it stays on the open list and is repeated until the host says done', async () => {
  const { rig, cashier, present } = await openShop()
  rig.acquirer.applyFault({ kind: 'dropReply', times: 1, mti: '0200' })
  rig.acquirer.applyFault({ kind: 'dropReply', times: 1, mti: '0400' })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  const unknown = await cashier().told('host.reversalOwed')
  expect(unknown).toMatchObject({
    counter: { kind: 'result', outcome: 'unknown' },
    strip: { openItems: 1 },
  })
  const known = await cashier().told('host.reversed')
  expect(known).toMatchObject({ counter: { outcome: 'notPaid' }, strip: { openItems: 0 } })
  expect(rig.acquirer.held()).toBe(0)
})

test.each([
  ['a wrong MAC', 'wrongMac'],
  ['another amount', 'wrongAmount'],
  ['garbage', 'garbage'],
  ['half a frame and a closed line', 'closeMidFrame'],
] as const)(
  'an approval with %s is never shown as approved, and the host gives the money back',
  async (_what, kind) => {
    const { rig, cashier, present } = await openShop()
    rig.acquirer.applyFault({ kind, times: 1, mti: '0200' })
    await cashier().ask('38.5')
    await present('tap', 'debit')
    const { outcome } = await cashier().page('result')
    expect(outcome).toBe('notPaid')
    expect(rig.acquirer.held()).toBe(0)
  },
)

test('no network: the cashier is told before the customer is asked, and the sale goes on when it is back', async () => {
  const { rig, cashier, present } = await openShop()
  await cashier().ask('38.5')
  await rig.acquirer.setReachable(false)
  await present('tap', 'debit')
  await cashier().told('host.unreachable')
  cashier().press('cancel')
  await cashier().page('amount')
  cashier().press('5', 'confirm')
  await cashier().page('confirmAmount')
  cashier().press('confirm')
  await cashier().told('link.down')
  await rig.acquirer.setReachable(true)
  await cashier().until(({ strip }) => strip.link === 'up', 'the link')
  cashier().press('confirm')
  expect(await cashier().page('present')).toMatchObject({ amount: { minor: 500 } })
})

test('cancel works on every page before the request leaves, and nothing is sent', async () => {
  const { rig, cashier, present } = await openShop()
  await cashier().ask('1200')
  cashier().press('cancel')
  expect((await cashier().told('present.cancelled')).counter).toMatchObject({
    kind: 'amount',
    typed: '',
  })
  await cashier().ask('1200')
  await present('insert', 'debit')
  await cashier().page('pin')
  cashier().press('cancel')
  await cashier().told('pin.cancelled')
  expect(rig.acquirer.state().entries).toEqual([])
})

test('the customer cancels on the pad: nothing is sent, the order may be tried again', async () => {
  const { rig, cashier, present, refusePin } = await openShop()
  await cashier().ask('1200')
  await present('insert', 'debit')
  await cashier().page('pin')
  await refusePin()
  expect((await cashier().told('pin.cancelled')).counter).toMatchObject({
    outcome: 'notPaid',
    trace: '',
  })
  expect(rig.acquirer.state().entries).toEqual([])
})

test('no paper: the payment stands, the slip is owed, and it prints by itself, marked as late, when paper is back', async () => {
  const { rig, cashier, present } = await openShop()
  rig.printer.setPaper('out')
  await cashier().until(({ strip }) => strip.paper === 'out', 'the paper sign')
  await cashier().ask('38.5')
  await present('tap', 'debit')
  const view = await cashier().told('slip.paperOut')
  expect(view.counter).toMatchObject({ kind: 'result', outcome: 'approved' })
  rig.printer.setPaper('ok')
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
    'the slips',
  )
  const merchant = rig.printer.papers().find((paper) => paper.text.includes('MERCHANT COPY'))
  expect(merchant?.text).toContain('补打')
})

function traceOf(counter: { kind: string }): string {
  return 'trace' in counter && typeof counter.trace === 'string' ? counter.trace : ''
}
