/** The screens' server speaks to its own pages on this machine and to nobody else. */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { Push } from '#shell/api/view.ts'
import { SCREENS_MAX } from '#web/live.ts'
import { type ScreensStart, startScreens } from '#web/server.ts'
import { type FixtureApi, fixtureApi } from './fixture-api.ts'
import { DINNER, viewOf } from './fixtures.ts'

type Running = Extract<ScreensStart, { ok: true }>

const amountView = viewOf({ counter: { kind: 'amount', typed: '', amount: DINNER } })
const stops: (() => Promise<void> | void)[] = []
let folder = ''
let fixture: FixtureApi
let screens: Running

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'screens-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>counter</title>')
  await writeFile(join(folder, 'customer.html'), '<!doctype html><title>customer</title>')
  fixture = fixtureApi(amountView)
  const started = await start(0)
  if (!started.ok) throw new Error(started.sentence)
  screens = started
  stops.push(
    () => started.close(),
    () => rm(folder, { recursive: true }),
  )
})

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

function start(port: number, host = '127.0.0.1'): Promise<ScreensStart> {
  return startScreens({
    host,
    port,
    api: fixture.api,
    buildFolder: folder,
    log: () => {},
    benchOrigin: 'http://127.0.0.1:8584',
  })
}

type Answer = {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: string
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { port: screens.port, host: '127.0.0.1', path, headers, method },
      (reply) => {
        let body = ''
        reply.setEncoding('utf8')
        reply.on('data', (chunk: string) => void (body += chunk))
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }),
        )
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

type Screen = { readonly socket: WebSocket; next(): Promise<Push> }

const pushSchema = z.custom<Push>(
  (value) => z.object({ type: z.string() }).safeParse(value).success,
)

async function openScreen(
  from: { readonly origin?: string; readonly host?: string } = {},
): Promise<Screen> {
  const here = `127.0.0.1:${screens.port}`
  const socket = new WebSocket(`ws://${here}/api/live`, {
    origin: from.origin ?? `http://${here}`,
    headers: { host: from.host ?? here },
  })
  stops.unshift(() => socket.terminate())
  const got: Push[] = []
  const waiting: ((push: Push) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const push = pushSchema.parse(JSON.parse(data.toString()))
    const taker = waiting.shift()
    if (taker === undefined) got.push(push)
    else taker(push)
  })
  await once(socket, 'open')
  return {
    socket,
    next() {
      const ready = got.shift()
      return ready === undefined
        ? new Promise((resolve) => void waiting.push(resolve))
        : Promise.resolve(ready)
    },
  }
}

test('a screen gets the view at once and after every change', async () => {
  const screen = await openScreen()
  expect(await screen.next()).toEqual({ type: 'view', view: fixture.api.view() })
  const shown = fixture.show(amountView)
  expect(await screen.next()).toEqual({ type: 'view', view: shown })
})

test('a key pressed on the page reaches the terminal as it was sent', async () => {
  const screen = await openScreen()
  const action = { type: 'key', page: 'page-1', key: 'confirm' } as const
  screen.socket.send(JSON.stringify(action))
  expect(await fixture.nextAction()).toEqual(action)
})

test('a frame that is no action is refused and does nothing', async () => {
  const screen = await openScreen()
  await screen.next()
  screen.socket.send('{"type":"approve"}')
  expect(await screen.next()).toMatchObject({ type: 'refused' })
  screen.socket.send(Buffer.from([1, 2, 3]))
  expect(await screen.next()).toEqual({ type: 'refused', why: 'the frame is not text' })
  expect(fixture.acted).toEqual([])
})

test('a frame longer than any action ends the socket', async () => {
  const screen = await openScreen()
  screen.socket.send(' '.repeat(4097))
  const [code] = await once(screen.socket, 'close')
  expect(code).toBe(1009)
  expect(fixture.acted).toEqual([])
})

test('of many changes at once a screen gets the newest, not all of them', async () => {
  const screen = await openScreen()
  await screen.next()
  let newest = fixture.api.view()
  for (let change = 0; change < 200; change += 1) newest = fixture.show(amountView)
  const revisions: number[] = []
  while (revisions.at(-1) !== newest.revision) {
    const push = await screen.next()
    if (push.type === 'view') revisions.push(push.view.revision)
  }
  expect(revisions.length).toBeLessThan(20)
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b))
})

test('a page of somebody else cannot open the socket', async () => {
  for (const from of [
    { origin: 'http://evil.example' },
    { origin: `http://localhost:${screens.port}` },
    { origin: `http://127.0.0.1:${screens.port + 1}` },
    { origin: 'http://evil.example', host: 'evil.example' },
    { host: 'evil.example' },
  ]) {
    await expect(openScreen(from)).rejects.toThrow('403')
  }
  expect(fixture.listening()).toBe(0)
})

test('a program that names no origin cannot open the socket', async () => {
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
  ['this address with another port', { host: '127.0.0.1:1' }],
])('%s is refused on every path', async (_, headers) => {
  for (const path of ['/', '/customer', '/api/view', '/api/slips/s1.svg', '/nothing']) {
    expect((await get(path, headers)).status).toBe(403)
  }
})

test('a request from a foreign page is refused, one from our own page is not', async () => {
  expect((await get('/api/view', { origin: 'http://evil.example' })).status).toBe(403)
  expect((await get('/api/view', { origin: screens.url.slice(0, -1) })).status).toBe(200)
})

test('everything carries the policy that keeps foreign scripts and frames out', async () => {
  for (const path of ['/', '/customer', '/api/view', '/api/slips/s1.svg', '/nothing']) {
    const { headers } = await get(path)
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toContain(
      "frame-ancestors 'self' http://127.0.0.1:8584",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('the counter, the customer, the view and a slip are served; what is not there is 404', async () => {
  expect((await get('/')).body).toContain('counter')
  expect((await get('/customer')).body).toContain('customer')
  expect(JSON.parse((await get('/api/view')).body)).toEqual(fixture.api.view())
  expect(await get('/api/slips/s1.svg')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'image/svg+xml' },
  })
  for (const path of ['/api/slips/s9.svg', '/api/slips/s1', '/api/slips/..%2fs1.svg', '/x']) {
    expect((await get(path)).status).toBe(404)
  }
})

test('nothing that is got or posted does anything', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
    for (const path of ['/', '/customer', '/api/view', '/api/live']) await get(path, {}, method)
  }
  expect(fixture.acted).toEqual([])
})

test('a taken port is one clear sentence', async () => {
  const second = await start(screens.port)
  expect(second).toMatchObject({ ok: false, code: 'portTaken' })
  expect(second.ok || second.sentence).toContain(String(screens.port))
})

test('an address that others can reach is refused', async () => {
  expect(await start(0, '0.0.0.0')).toMatchObject({ ok: false, code: 'notLoopback' })
})

test('without built pages it says what to run', async () => {
  await rm(join(folder, 'index.html'))
  expect(await start(0)).toMatchObject({ ok: false, code: 'pagesMissing' })
})

test('one screen too many is turned away and the others keep working', async () => {
  const open = await Promise.all(Array.from({ length: SCREENS_MAX }, () => openScreen()))
  await expect(openScreen()).rejects.toThrow('503')
  const [first] = open
  await first?.next()
  const shown = fixture.show(amountView)
  expect(await first?.next()).toEqual({ type: 'view', view: shown })
})

test('closing ends every screen and frees the port', async () => {
  const screen = await openScreen()
  const closed = once(screen.socket, 'close')
  await screens.close()
  await closed
  expect(fixture.listening()).toBe(0)
  const again = await start(screens.port)
  expect(again.ok).toBe(true)
  if (again.ok) await again.close()
})
