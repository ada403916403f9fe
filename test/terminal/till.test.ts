/** A till beside a whole shop: the terminal is a process, the money is at the host, and both ends may die. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTill, type Till } from '../rig/sim/till/till.ts'
import { OPERATOR, openShop, type Shop, until } from './shop.ts'

const ORDER = {
  reference: 'T1-0001',
  amountMinor: 3850,
  lines: [
    { name: '牛肉面', quantity: 1, amountMinor: 2800 },
    { name: '豆浆', quantity: 2, amountMinor: 1050 },
  ],
}

async function openShopWithTill(
  config: Readonly<Record<string, unknown>> = {},
): Promise<Shop & { readonly till: Till; readonly secondTill: Till }> {
  const secret = randomBytes(16).toString('hex')
  const shop = await openShop({ config: { ...config, till: { port: 0, secret } } })
  const door = () => ({ port: tillPort(shop), secret })
  return { ...shop, till: createTill(door), secondTill: createTill(door) }
}

/** From the line that says ready; the newest one, because a start takes any free port. */
function tillPort({ terminal }: Shop): number {
  const ready = terminal.state().lines.findLast((line) => line.includes('"ready"')) ?? '{}'
  return Number(JSON.parse(ready).till ?? 0)
}

async function confirmAtCounter({ cashier }: Shop): Promise<void> {
  await cashier().page('confirmAmount')
  cashier().press('confirm')
}

test('a till sends the amount, the customer taps, the till is told, and the same order is never charged again', async () => {
  const shop = await openShopWithTill()
  const { cashier, present, rig, till } = shop
  expect(await till.order(ORDER)).toMatchObject({ status: 201, state: 'waiting' })
  expect(await cashier().page('confirmAmount')).toMatchObject({
    amount: { minor: 3850 },
    order: { reference: 'T1-0001', lines: [{ name: '牛肉面' }, { name: '豆浆', quantity: 2 }] },
  })
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  expect(await till.until('T1-0001', 'paid')).toMatchObject({ money: 'moved', paidMinor: 3850 })
  expect(await till.order(ORDER)).toMatchObject({ status: 409, error: 'referenceTaken' })
  expect(rig.acquirer.held()).toBe(3850)
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
    'two slips',
  )
  expect(rig.printer.papers()[0]?.text).toContain('T1-0001')
  expect(rig.printer.papers()[0]?.text).toContain('牛肉面')
  expect(await till.day()).toMatchObject({
    terminal: { count: 1, netMinor: 3850 },
    till: { count: 1, netMinor: 3850 },
    withoutTill: { count: 0, netMinor: 0 },
  })
})

test('the till dies before it has read the answer: it asks again, and the customer pays once', async () => {
  const shop = await openShopWithTill()
  const { present, rig, till } = shop
  await till.orderAndDie(ORDER)
  expect(await till.order(ORDER)).toMatchObject({ status: 200, state: 'waiting' })
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  expect(await till.until('T1-0001', 'paid')).toMatchObject({ paidMinor: 3850 })
  expect(rig.acquirer.held()).toBe(3850)
})

test('power off at the counter, before anything was sent: the till may charge elsewhere', async () => {
  const shop = await openShopWithTill()
  const { powerCut, powerOn, rig, till } = shop
  await till.order(ORDER)
  await confirmAtCounter(shop)
  await shop.cashier().page('present')
  await powerCut()
  await powerOn()
  expect(await till.until('T1-0001', 'withdrawn')).toMatchObject({
    money: 'notMoved',
    mayChargeElsewhere: true,
  })
  expect(rig.acquirer.held()).toBe(0)
})

test('power off while the bank has the money and the answer is lost: unknown, then taken back, and only then free', async () => {
  const shop = await openShopWithTill({ 'acquirer.replyTimeoutMs': 20_000 })
  const { cashier, powerCut, powerOn, present, rig, till } = shop
  rig.acquirer.applyFault({ kind: 'dropReply', times: 1, mti: '0200' })
  await till.order(ORDER)
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  await until(rig.acquirer, () => rig.acquirer.held() === 3850)
  expect(await till.ask('T1-0001')).toMatchObject({
    state: 'sent',
    money: 'unknown',
    mayChargeElsewhere: false,
  })
  await powerCut()
  await powerOn()
  expect(await till.until('T1-0001', 'notPaid')).toMatchObject({
    money: 'notMoved',
    mayChargeElsewhere: true,
  })
  expect(rig.acquirer.held()).toBe(0)
  await cashier().signIn(OPERATOR)
  expect(await till.order(ORDER)).toMatchObject({ status: 201 })
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  expect(await till.until('T1-0001', 'paid')).toMatchObject({ paidMinor: 3850 })
  expect(rig.acquirer.held()).toBe(3850)
})

test('power off after the approval: paid already, also for a till that never heard of it', async () => {
  const shop = await openShopWithTill()
  const { cashier, powerCut, powerOn, present, rig, till } = shop
  await till.order(ORDER)
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  await cashier().page('result')
  await powerCut()
  await powerOn()
  await cashier().signIn(OPERATOR)
  expect(await till.order(ORDER)).toMatchObject({
    status: 409,
    error: 'referenceTaken',
    state: 'paid',
    paidMinor: 3850,
  })
  expect(rig.acquirer.held()).toBe(3850)
})

test('two tills at one terminal: one waits its turn, and each is paid its own', async () => {
  const shop = await openShopWithTill()
  const { cashier, present, rig, secondTill, till } = shop
  const other = { reference: 'T2-0001', amountMinor: 900 }
  await till.order(ORDER)
  expect(await secondTill.order(other)).toMatchObject({ status: 409, error: 'busy' })
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  await till.until('T1-0001', 'paid')
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
    'two slips',
  )
  expect(await secondTill.order(other)).toMatchObject({ status: 201 })
  await confirmAtCounter(shop)
  await present('tap', 'debit')
  expect(await secondTill.until('T2-0001', 'paid')).toMatchObject({ paidMinor: 900 })
  expect(rig.acquirer.held()).toBe(4750)
})
