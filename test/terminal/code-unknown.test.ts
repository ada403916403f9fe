import { expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

/** The real times are half a minute; the order of things is the same. 22: the rig's host has taken it back. */
const QUICK = {
  'acquirer.codeQuery': {
    everyMs: 200,
    cancelAfterMs: 600,
    replyTimeoutMs: 400,
    tries: 4,
    notPaid: ['51', '22'],
  },
}
const QUESTION = '330000'

async function payByCode(shop: Shop): Promise<void> {
  await shop.cashier().ask('20')
  shop.holdUp('wechat')
}

function sent(shop: Shop, mti: string, processingCode: string) {
  return shop.rig.acquirer
    .state()
    .messages.filter(
      (line) => line.direction === 'in' && line.mti === mti && line.fields['3'] === processingCode,
    )
}

test('the answer to a code payment is lost, and it was paid: the acquirer is asked and the sale is approved, nothing is reversed', async () => {
  const shop = await openShop({ config: QUICK })
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200' })
  await payByCode(shop)
  await shop.cashier().told('code.unknown')
  expect(await shop.cashier().page('result')).toMatchObject({
    outcome: 'approved',
    channel: 'wechat',
  })
  expect(shop.rig.acquirer.held()).toBe(2000)
  expect(sent(shop, '0400', '000000')).toEqual([])
  const [sale] = sent(shop, '0200', '000000')
  const [question] = sent(shop, '0200', QUESTION)
  expect(question?.fields['61']).toContain(sale?.fields['11'])
  expect(question?.fields['11']).not.toBe(sale?.fields['11'])
})

test('the customer must enter a password: both screens say so until it is paid', async () => {
  const shop = await openShop({ config: QUICK })
  shop.rig.acquirer.setFault({ kind: 'askPassword', mti: '0200' })
  shop.rig.acquirer.setFault({ kind: 'stillPaying', processingCode: QUESTION, times: 2 })
  await payByCode(shop)
  const { customer } = await shop.cashier().told('code.paying')
  expect(customer).toMatchObject({ kind: 'walletPassword', amount: { minor: 2000 } })
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'approved' })
  expect(sent(shop, '0200', QUESTION)).toHaveLength(3)
  expect(shop.rig.acquirer.held()).toBe(2000)
})

test('the customer pays between the last question and the cancel: the cancel pays it back, and nothing is received', async () => {
  const shop = await openShop({ config: QUICK })
  shop.rig.acquirer.setFault({ kind: 'askPassword', mti: '0200' })
  shop.rig.acquirer.setFault({ kind: 'stillPaying', processingCode: QUESTION, times: 10 })
  shop.rig.acquirer.setFault({ kind: 'paidBeforeCancel', mti: '0400' })
  await payByCode(shop)
  await shop.cashier().told('host.reversed')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'notPaid' })
  expect(shop.rig.acquirer.held()).toBe(0)
  expect(shop.rig.acquirer.state().entries).toMatchObject([
    { kind: 'codeSale', outcome: 'approved', reversedBy: { reason: '98' } },
  ])
})

test('the order reaches the acquirer behind the first question: a later question finds it paid', async () => {
  const shop = await openShop({ config: QUICK })
  shop.rig.acquirer.setFault({ kind: 'lateRequest', mti: '0200', processingCode: '000000' })
  await payByCode(shop)
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'approved' })
  expect(shop.rig.acquirer.held()).toBe(2000)
})

test('the order never reaches the acquirer: nobody says "not paid" before the cancel is acknowledged', async () => {
  const shop = await openShop({ config: QUICK })
  shop.rig.acquirer.setFault({ kind: 'dropRequest', mti: '0200', processingCode: '000000' })
  await payByCode(shop)
  await shop.cashier().told('code.unknown')
  await shop.cashier().told('host.reversed')
  expect(sent(shop, '0200', QUESTION)).toHaveLength(4)
  expect(sent(shop, '0400', '000000')).toHaveLength(1)
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('neither question nor cancel is answered: it stays on the open list, and asking there closes it with the acquirer’s word', async () => {
  const shop = await openShop({ config: { ...QUICK, 'acquirer.reversal.retryAfterMs': 60_000 } })
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200', times: 5 })
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0400' })
  await payByCode(shop)
  await shop.cashier().told('code.cancelOwed')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'unknown', options: [] })
  shop.cashier().press('confirm')
  await shop.cashier().page('amount')
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().press('3')
  const { items } = await shop.cashier().page('openItems')
  expect(items).toMatchObject([{ options: [{ id: 'query' }, { id: 'retryReversal' }] }])
  shop.cashier().option('query', items[0]?.id)
  await shop.cashier().until(({ strip }) => strip.openItems === 0, 'the open list to be empty')
  expect(shop.rig.acquirer.held()).toBe(0)
})

test('power lost while the outcome is asked for: it is asked again after the start, told, and its slip prints', async () => {
  const shop = await openShop({ config: QUICK })
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200', times: 2 })
  await payByCode(shop)
  await shop.cashier().told('code.unknown')
  await shop.powerCut()
  await shop.powerOn()
  await shop.cashier().told('code.paidLater')
  expect(shop.rig.acquirer.held()).toBe(2000)
  expect(sent(shop, '0400', '000000')).toEqual([])
})

test('the cashier asks the acquirer about a paid record', async () => {
  const shop = await openShop({ config: QUICK })
  await payByCode(shop)
  await shop.cashier().page('result')
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().press('2')
  const { records } = await shop.cashier().page('records')
  shop.cashier().option('query', records[0]?.id)
  await shop.cashier().told('query.paid')
  expect(shop.rig.acquirer.held()).toBe(2000)
})
