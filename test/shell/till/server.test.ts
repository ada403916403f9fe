import { expect, test } from 'vitest'
import { BURST } from '#shell/till/pace.ts'
import { ask, ORDER, openTillShop } from './till-shop.ts'

test('a till sends an order, the counter takes the money, the till is told what was due and paid', async () => {
  const { pay, send } = await openTillShop()
  const waiting = { state: 'waiting', money: 'notMoved', mayChargeElsewhere: false }
  expect(await send('POST', '/orders', ORDER)).toMatchObject({ status: 201, body: waiting })
  pay()
  expect(await send('GET', '/orders/A-1')).toMatchObject({
    status: 200,
    body: {
      state: 'paid',
      money: 'moved',
      mayChargeElsewhere: false,
      dueMinor: 3850,
      paidMinor: 3850,
      record: { outcome: 'approved', authCode: 'A12345', channel: 'card', last4: '0012' },
    },
  })
})

test('the answer was lost and the till sends the order again: it waits once, and once paid it is never charged again', async () => {
  const { counter, pay, send } = await openTillShop()
  await send('POST', '/orders', ORDER)
  expect(await send('POST', '/orders', ORDER)).toMatchObject({ status: 200 })
  expect(counter.step()).toBe('confirmAmount')
  pay()
  expect(await send('POST', '/orders', ORDER)).toMatchObject({
    status: 409,
    body: { error: 'referenceTaken', order: { state: 'paid', paidMinor: 3850 } },
  })
  expect(counter.step()).toBe('result')
})

test('the same reference with another amount is refused while the first one waits', async () => {
  const { counter, send } = await openTillShop()
  await send('POST', '/orders', ORDER)
  const other = { ...ORDER, amountMinor: 3900, lines: [] }
  expect(await send('POST', '/orders', other)).toMatchObject({
    status: 409,
    body: { error: 'referenceTaken', order: { state: 'waiting' } },
  })
  expect(counter.state().step).toMatchObject({ order: { dueMinor: 3850 } })
})

test('while the bank is asked nobody is told that nothing moved, and the till cannot take the order back', async () => {
  const { counter, send } = await openTillShop()
  await send('POST', '/orders', ORDER)
  counter.press('confirm')
  counter.presentCard()
  const unknown = { state: 'sent', money: 'unknown', mayChargeElsewhere: false }
  expect(await send('GET', '/orders/A-1')).toMatchObject({ body: unknown })
  expect(await send('DELETE', '/orders/A-1')).toMatchObject({
    status: 409,
    body: { error: 'tooLateToWithdraw', order: unknown },
  })
  expect(counter.step()).toBe('authorizing')
})

test('the till takes its order back before anything was sent', async () => {
  const { counter, send } = await openTillShop()
  await send('POST', '/orders', ORDER)
  expect(await send('DELETE', '/orders/A-1')).toMatchObject({
    status: 200,
    body: { state: 'withdrawn', closedBy: 'till', money: 'notMoved', mayChargeElsewhere: true },
  })
  expect(counter.step()).toBe('amount')
})

test('two tills: the second is told that the terminal is busy, and nothing of it is begun', async () => {
  const { send } = await openTillShop()
  await send('POST', '/orders', ORDER)
  const second = { ...ORDER, reference: 'B-1' }
  expect(await send('POST', '/orders', second)).toMatchObject({
    status: 409,
    body: { error: 'busy', money: 'Nothing was charged or refunded by this message.' },
  })
  expect(await send('GET', '/orders/B-1')).toMatchObject({ body: { state: 'neverSeen' } })
})

test('a till that listens is told of every change, to the end', async () => {
  const { listen, pay, send } = await openTillShop()
  const till = await listen()
  await send('POST', '/orders', ORDER)
  await till.until('waiting')
  pay()
  const heard = await till.until('paid')
  expect(heard.map(({ state }) => state)).toEqual(['waiting', 'paid'])
})

test('the journal cannot be read: the till is told not to charge elsewhere', async () => {
  const { send, stopServing } = await openTillShop()
  stopServing()
  expect(await send('GET', '/orders/A-1')).toMatchObject({
    status: 503,
    body: {
      error: 'outOfService',
      money: 'Whether this order was paid is not known at this moment.',
    },
  })
})

test('the sums of the day: what tills ordered, and what was typed at the counter', async () => {
  const { counter, pay, send } = await openTillShop()
  await send('POST', '/orders', ORDER)
  pay()
  counter.press('confirm', 'confirm')
  counter.press('5', 'confirm')
  pay()
  expect(await send('GET', '/day')).toMatchObject({
    status: 200,
    body: {
      terminal: { count: 2, netMinor: 4350 },
      till: { count: 1, netMinor: 3850 },
      withoutTill: { count: 1, netMinor: 500 },
      open: [],
    },
  })
})

test.each([
  ['no JSON', '{"reference":'],
  ['a list', []],
  ['no amount', { reference: 'A-1' }],
  ['a fraction of a fen', { ...ORDER, amountMinor: 3850.5 }],
  ['an amount as text', { ...ORDER, amountMinor: '3850' }],
  ['a field nobody knows', { ...ORDER, tip: 100 }],
  ['lines that do not add up', { ...ORDER, amountMinor: 3851 }],
  ['more lines than a counter can read', { ...ORDER, lines: Array(61).fill(ORDER.lines[0]) }],
  [
    'a name that steers the printer',
    { ...ORDER, lines: [{ ...ORDER.lines[0], name: '\u001b@面' }] },
  ],
  [
    'a name that turns the line round',
    { ...ORDER, lines: [{ ...ORDER.lines[0], name: 'a\u202eb' }] },
  ],
  ['a refund of nothing', { ...ORDER, kind: 'refund' }],
  ['a sale that names another order', { ...ORDER, of: 'Z-1' }],
] as const)('%s is refused in words that say that nothing moved', async (_what, body) => {
  const { counter, send } = await openTillShop()
  expect(await send('POST', '/orders', body)).toMatchObject({
    status: 400,
    body: { money: 'Nothing was charged or refunded by this message.' },
  })
  expect(counter.state().step).toEqual({ kind: 'amount', typed: '' })
})

test('a bill that is too long is cut off before it is read', async () => {
  const { send } = await openTillShop()
  const long = { ...ORDER, lines: [], note: 'x'.repeat(40_000) }
  expect(await send('POST', '/orders', long)).toMatchObject({
    status: 413,
    body: { error: 'tooLarge' },
  })
})

test.each([
  ['a page of a browser', { origin: 'http://127.0.0.1:8583' }, 403],
  ['a browser without Origin', { 'sec-fetch-site': 'none' }, 403],
  ['a name that points here', { host: 'till.example' }, 403],
  ['no secret', { authorization: '' }, 401],
  ['a wrong secret', { authorization: `Bearer ${'0'.repeat(32)}` }, 401],
] as const)('%s is not let in, and nothing is shown', async (_who, headers, status) => {
  const { counter, notes, send } = await openTillShop()
  expect(await send('POST', '/orders', ORDER, headers)).toMatchObject({ status })
  expect(counter.step()).toBe('amount')
  expect(notes).toEqual(['till refused'])
})

test('a till that loops is slowed down, and strangers do not use up its pace', async () => {
  const { passMs, port, send } = await openTillShop()
  const stranger = { port, method: 'GET', path: '/day', headers: { host: `127.0.0.1:${port}` } }
  expect(await ask(stranger)).toMatchObject({ status: 401 })
  for (let message = 0; message < BURST; message += 1)
    expect((await send('GET', '/orders/A-1')).status).toBe(200)
  expect(await send('GET', '/orders/A-1')).toMatchObject({
    status: 429,
    body: { error: 'tooFast', money: 'Nothing was charged or refunded by this message.' },
  })
  passMs(1000)
  expect((await send('GET', '/orders/A-1')).status).toBe(200)
})
