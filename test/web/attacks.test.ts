/** What a foreign web page, a name pointed at this machine, or a program without the token can do to the screens: nothing. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { View } from '#shell/api/view.ts'
import { FRAME_MAX_BYTES } from '#web/action-frame.ts'
import { CONNECTIONS_MAX } from '#web/server.ts'
import { CLOSE_NO_TOKEN, STRANGERS_MAX } from '#web/strangers.ts'
import { TOKEN } from './fixture-api.ts'
import { FIXTURES } from './fixtures.ts'
import { amountView, type Claims, serve } from './served.ts'

const confirm = { type: 'key', page: 'page-1', key: 'confirm' } as const

test('a page of somebody else cannot open the socket, token or not', async () => {
  const { fixture, open, screens } = await serve()
  for (const from of [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: `http://localhost:${screens.port}` },
    { origin: `http://127.0.0.1:${screens.port + 1}` },
    { origin: `https://127.0.0.1:${screens.port}` },
    { origin: `http://127.0.0.1:${screens.port}.evil.example` },
    { origin: 'http://evil.example', host: 'evil.example' },
    { host: 'evil.example' },
    { origin: '' },
    { origin: 'file://' },
    { origin: `http://127.0.0.1:${screens.port}/` },
    { origin: `http://127.0.0.1:${screens.port}, http://evil.example` },
    { host: `localhost:${screens.port}` },
    { host: `[::1]:${screens.port}` },
    { host: `127.0.0.1.:${screens.port}` },
  ]) {
    await expect(open(from)).rejects.toThrow('403')
  }
  expect(fixture.listening()).toBe(0)
})

test('a program that names no origin cannot open the socket', async () => {
  const { screens } = await serve()
  const socket = connect(screens.port, '127.0.0.1')
  socket.write(
    `GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:${screens.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n`,
  )
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 403/)
  socket.destroy()
})

test.each([
  ['a foreign name that points here', { host: 'evil.example' }],
  ['a foreign name with this port', { host: 'evil.example:8583' }],
  ['this address with another port', { host: '127.0.0.1:1' }],
  ['this address without a port', { host: '127.0.0.1' }],
  ...([
    ['a trailing dot', (here: string) => here.replace('1:', '1.:')],
    ['a leading zero', (here: string) => here.replace('127.', '0127.')],
    ['one number for four', (here: string) => here.replace('127.0.0.1', '2130706433')],
    ['every address', (here: string) => here.replace('127.0.0.1', '0.0.0.0')],
    ['a mapped address', (here: string) => here.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
    ['somebody in front', (here: string) => `evil@${here}`],
    ['a second name behind it', (here: string) => `${here}, evil.example`],
  ] as const),
] as const)('as Host, %s is refused on every path', async (_, spelled) => {
  const { get, screens } = await serve()
  const headers =
    typeof spelled === 'function' ? { host: spelled(`127.0.0.1:${screens.port}`) } : spelled
  for (const path of ['/', '/customer', '/api/view', '/api/slips/s1.svg', '/nothing']) {
    expect((await get(path, headers)).status).toBe(403)
  }
})

test('a request from a foreign page is refused, one from our own page is not', async () => {
  const { get, screens } = await serve()
  expect((await get('/api/view', { origin: 'http://evil.example' })).status).toBe(403)
  expect((await get('/api/view', { origin: new URL(screens.url).origin })).status).toBe(200)
})

const strangers: readonly (readonly [string, Claims['first']])[] = [
  ['shows a wrong token', { type: 'hello', screen: 'counter', token: TOKEN.replace('0', '1') }],
  ['shows an empty token', { type: 'hello', screen: 'counter', token: '' }],
  ['shows half of the token', { type: 'hello', screen: 'counter', token: TOKEN.slice(0, 16) }],
  ['acts before it says hello', { type: 'act', revision: 1, action: confirm }],
  ['sends what is no frame', 'hello'],
  ['sends the token alone', TOKEN],
]

test.each(strangers)('a program that %s sees nothing and does nothing', async (_, first = null) => {
  const { fixture, open } = await serve()
  const stranger = await open({ first })
  stranger.act(1, confirm)
  const pushed: unknown[] = []
  stranger.socket.on('message', (data) => void pushed.push(data))
  const [code] = await once(stranger.socket, 'close')
  expect(code).toBe(CLOSE_NO_TOKEN)
  expect({ pushed, acted: fixture.acted, listening: fixture.listening() }).toEqual({
    pushed: [],
    acted: [],
    listening: 0,
  })
})

test('strangers who say nothing, however many, keep no screen out: the oldest of them goes', async () => {
  const { fixture, open } = await serve()
  const oldest = await open({ first: null })
  const gone = once(oldest.socket, 'close')
  for (let count = 1; count <= STRANGERS_MAX; count += 1) await open({ first: null })
  // Cut off for the others: silence alone would have been answered by a farewell.
  expect((await gone)[0]).toBe(1006)
  const counter = await open()
  expect(await counter.next()).toMatchObject({ type: 'view' })
  counter.act(fixture.api.view().revision, confirm)
  expect(await fixture.nextAction()).toEqual(confirm)
})

test('a program without the token that does not answer the farewell is cut off', async () => {
  const { screens } = await serve()
  const here = `127.0.0.1:${screens.port}`
  const deaf = connect(screens.port, '127.0.0.1').resume()
  onTestFinished(() => void deaf.destroy())
  deaf.write(
    `GET /api/live HTTP/1.1\r\nHost: ${here}\r\nOrigin: http://${here}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n`,
  )
  const [upgraded] = await once(deaf, 'data')
  expect(String(upgraded)).toMatch(/^HTTP\/1\.1 101/)
  // The word in one text frame, masked with noughts (RFC 6455, 5.2).
  deaf.write(Buffer.concat([Buffer.from([0x81, 0x85, 0, 0, 0, 0]), Buffer.from('hello')]))
  await once(deaf, 'close')
}, 5000)

test('silent and slow connections, as many as there may be, are put out, and a screen is answered again', async () => {
  const { get, screens } = await serve()
  const held = Array.from({ length: CONNECTIONS_MAX }, (_, count) => {
    const socket = connect(screens.port, '127.0.0.1')
    socket.on('error', () => {})
    if (count % 2 === 0) socket.write('GET / HTTP/1.1\r\nHost: 127')
    return once(socket.resume(), 'close')
  })
  await Promise.all(held)
  expect((await get('/api/alive')).status).toBe(204)
})

test('a message in many small pieces is bounded as a whole, and nothing is unpacked', async () => {
  const { fixture, open } = await serve()
  const { next, socket } = await open()
  await next()
  expect(socket.extensions).toBe('')
  for (let sent = 0; sent <= FRAME_MAX_BYTES; sent += 1024)
    socket.send(' '.repeat(1024), { fin: false })
  const [code] = await once(socket, 'close')
  expect(code).toBe(1009)
  expect(fixture.acted).toEqual([])
})

test('what a page asks for brings no token along and leaves no trace to be recognized by', async () => {
  const { get } = await serve()
  for (const path of ['/', '/customer', '/api/view', '/api/slips/s1.svg', '/nothing']) {
    const { headers } = await get(path)
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer' })
    for (const trace of ['etag', 'last-modified', 'set-cookie', 'access-control-allow-origin'])
      expect(headers).not.toHaveProperty(trace)
  }
  for (const path of ['/api/view', '/api/slips/s1.svg'])
    expect((await get(path)).headers).toMatchObject({ 'cache-control': 'no-store' })
})

test('a program that opens the socket and stays silent is put out', async () => {
  const { open } = await serve()
  const silent = await open({ first: null })
  const [code] = await once(silent.socket, 'close')
  expect(code).toBe(CLOSE_NO_TOKEN)
})

test.each([
  ['no token', ''],
  ['a wrong token', `Bearer ${TOKEN.toLowerCase()}`],
  ['the token in another scheme', `Basic ${TOKEN}`],
])(
  'with %s neither view nor slip is given out, and the empty pages still are',
  async (_, shown) => {
    const { get } = await serve()
    for (const path of ['/api/view', '/api/alive', '/api/slips/s1.svg', '/api/nothing', '/api']) {
      expect([path, (await get(path, { authorization: shown })).status]).toEqual([
        path,
        path === '/api' ? 404 : 401,
      ])
    }
    expect((await get('/', { authorization: shown })).status).toBe(200)
  },
)

test('the token is in nothing that is served', async () => {
  const { get } = await serve()
  for (const path of ['/', '/customer', '/api/view', '/api/slips/s1.svg', '/api/alive']) {
    const { body, headers } = await get(path)
    expect(body + JSON.stringify(headers)).not.toContain(TOKEN)
  }
})

test('nothing that is got or posted does anything', async () => {
  const { fixture, get } = await serve()
  for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
    for (const path of ['/', '/customer', '/api/view', '/api/alive', '/api/live'])
      await get(path, {}, method)
  }
  expect(fixture.acted).toEqual([])
})

test('everything carries the policy that keeps foreign scripts and frames out', async () => {
  const { get } = await serve()
  for (const path of ['/', '/customer', '/api/view', '/api/slips/s1.svg', '/nothing']) {
    const { headers } = await get(path)
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toContain(
      "frame-ancestors 'self' http://127.0.0.1:8584",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('a customer screen is told the amount and never a word about operators, records or open items', async () => {
  const { fixture, open } = await serve()
  const customer = await open({ screen: 'customer' })
  await customer.next()
  for (const { view } of FIXTURES) {
    const secret: View = {
      ...view,
      strip: { ...view.strip, operator: 'OPERATOR-77', openItems: 98_765 },
      message: { key: 'host.approved', params: { amount: 'FOR-THE-CASHIER' } },
    }
    fixture.show(secret)
    const push = await customer.next()
    expect(Object.keys(push.type === 'customerView' ? push.view : {}).toSorted()).toEqual(
      ['customer', 'direction', 'drill', 'locale', 'now', 'revision', 'shopName']
        .concat(view.work === undefined ? [] : ['work'])
        .toSorted(),
    )
    expect(JSON.stringify(push)).not.toMatch(/OPERATOR-77|98765|FOR-THE-CASHIER|0043|000123/)
  }
})

test('a customer screen can change its own language and press no key', async () => {
  const { fixture, open } = await serve()
  const customer = await open({ screen: 'customer' })
  await customer.next()
  const { revision } = fixture.api.view()
  const refused = { type: 'refused', why: 'not on the customer screen' }
  customer.act(revision, confirm)
  expect(await customer.next()).toEqual(refused)
  customer.act(revision, { type: 'locale', screen: 'counter', locale: 'en' })
  expect(await customer.next()).toEqual(refused)
  customer.act(revision, { type: 'locale', screen: 'customer', locale: 'en' })
  expect(await fixture.nextAction()).toMatchObject({ screen: 'customer' })
  expect(fixture.acted).toHaveLength(1)
})

test('two counters press confirm on the same page: one is taken, the other is told that somebody was first', async () => {
  const { fixture, open } = await serve()
  const [first, second] = [await open(), await open()]
  await first.next()
  await second.next()
  const seen = fixture.api.view().revision
  first.act(seen, confirm)
  await fixture.nextAction()
  fixture.show(amountView)
  second.act(seen, confirm)
  expect(await second.next()).toMatchObject({ type: 'view' })
  expect(await second.next()).toEqual({ type: 'stale', why: 'otherCounter' })
  expect(fixture.acted).toHaveLength(1)
})

test('a second counter that has seen what the first did may act', async () => {
  const { fixture, open } = await serve()
  const [first, second] = [await open(), await open()]
  first.act(fixture.api.view().revision, confirm)
  await fixture.nextAction()
  const { page, revision } = fixture.show(amountView)
  second.act(revision, { ...confirm, page })
  expect(await fixture.nextAction()).toEqual({ ...confirm, page })
})

test('one counter types faster than the pages come: every digit counts, also when a printer says something in between', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
  const seen = fixture.api.view().revision
  screen.act(seen, { type: 'key', page: 'page-1', key: '3' })
  await fixture.nextAction()
  fixture.show(amountView, false)
  screen.act(seen, { type: 'key', page: 'page-1', key: '8' })
  expect(await fixture.nextAction()).toMatchObject({ key: '8' })
})

test('an answer to a question that is gone is refused and told', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
  const seen = fixture.api.view().revision
  await screen.next()
  fixture.show(amountView)
  await screen.next()
  screen.act(seen, confirm)
  expect(await screen.next()).toEqual({ type: 'stale', why: 'pageGone' })
  expect(fixture.acted).toEqual([])
})
