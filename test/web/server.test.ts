/** The screens' server carries views out and actions in, and says in one sentence why it cannot start. */
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeInk } from '#shell/api/ink.ts'
import { SCREENS_MAX } from '#web/live.ts'
import { amountView, serve } from './served.ts'

const confirm = { type: 'key', page: 'page-1', key: 'confirm' } as const

test('a screen gets the view at once and after every change', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
  expect(await screen.next()).toEqual({ type: 'view', view: fixture.api.view() })
  const shown = fixture.show(amountView)
  expect(await screen.next()).toEqual({ type: 'view', view: shown })
})

test('a key pressed on the page reaches the terminal as it was sent', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
  screen.act(fixture.api.view().revision, confirm)
  expect(await fixture.nextAction()).toEqual(confirm)
})

test('a frame that is no action is refused and does nothing', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
  await screen.next()
  screen.send({ type: 'act', revision: 1, action: { type: 'approve' } })
  expect(await screen.next()).toMatchObject({ type: 'refused' })
  screen.socket.send(Buffer.from([1, 2, 3]))
  expect(await screen.next()).toEqual({ type: 'refused', why: 'the frame is not text' })
  expect(fixture.acted).toEqual([])
})

test('a frame longer than any action ends the socket', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
  screen.send(' '.repeat(4097))
  const [code] = await once(screen.socket, 'close')
  expect(code).toBe(1009)
  expect(fixture.acted).toEqual([])
})

test('of many changes at once a screen gets the newest, not all of them', async () => {
  const { fixture, open } = await serve()
  const screen = await open()
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

test('a screen that was cut off for a moment gets the state as it is now, and nothing of what it missed', async () => {
  const { fixture, open } = await serve()
  const first = await open()
  await first.next()
  first.socket.terminate()
  await once(first.socket, 'close')
  fixture.show(amountView)
  const newest = fixture.show(amountView)
  const again = await open()
  expect(await again.next()).toEqual({ type: 'view', view: newest })
})

test('the counter, the customer, the view and a slip are served; what is not there is 404', async () => {
  const { fixture, get } = await serve()
  expect((await get('/')).body).toContain('counter')
  expect((await get('/customer')).body).toContain('customer')
  expect(JSON.parse((await get('/api/view')).body)).toEqual(fixture.api.view())
  expect((await get('/api/alive')).status).toBe(204)
  expect(await get('/api/slips/s1.svg')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'image/svg+xml' },
  })
  for (const path of ['/api/slips/s9.svg', '/api/slips/s1', '/api/slips/..%2fs1.svg', '/x']) {
    expect((await get(path)).status).toBe(404)
  }
})

test('an address out of the folder of the pages, however it is written, is not there', async () => {
  const { folder, get } = await serve()
  await writeFile(join(folder, '..', 'beside.html'), 'secret')
  onTestFinished(() => rm(join(folder, '..', 'beside.html')))
  for (const path of [
    '/../beside.html',
    '/assets/../../beside.html',
    '/%2e%2e/beside.html',
    '//beside.html',
    '/index.html/',
    '/./index.html',
    '/constructor',
    `${folder}/index.html`,
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404])
})

test('a page is told about without being sent, and changed by nobody', async () => {
  const { get } = await serve()
  const whole = await get('/')
  const head = await get('/', {}, 'HEAD')
  expect([head.status, head.body]).toEqual([200, ''])
  expect(head.headers['content-length']).toBe(String(Buffer.byteLength(whole.body)))
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
    expect((await get('/', {}, method)).status).toBe(405)
})

test('when the terminal itself fails a screen is told so, and the next one is answered', async () => {
  const { get } = await serve()
  const failed = await get('/api/slips/bug.svg')
  expect(failed.status).toBe(500)
  expect(failed.body).not.toContain('622202')
  expect((await get('/api/view')).status).toBe(200)
})

test('the addresses for the kiosk carry the token behind the hash', async () => {
  const { screens } = await serve()
  expect(screens.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[0-9A-F]{32}$/)
  expect(screens.customerUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/customer#[0-9A-F]{32}$/)
})

test('a taken port is one clear sentence', async () => {
  const { screens, start } = await serve()
  const second = await start(screens.port)
  expect(second).toMatchObject({ ok: false, code: 'portTaken' })
  expect(second.ok || second.sentence).toContain(String(screens.port))
})

test('an address that others can reach is refused', async () => {
  const { start } = await serve()
  expect(await start(0, '0.0.0.0')).toMatchObject({ ok: false, code: 'notLoopback' })
})

test('without built pages it says what to run', async () => {
  const { folder, start } = await serve()
  await rm(join(folder, 'index.html'))
  expect(await start(0)).toMatchObject({ ok: false, code: 'pagesMissing' })
})

test('one screen too many is turned away and the others keep working', async () => {
  const { fixture, open } = await serve()
  const screens = await Promise.all(Array.from({ length: SCREENS_MAX }, () => open()))
  await Promise.all(screens.map((screen) => screen.next()))
  await expect(open()).rejects.toThrow('503')
  const [first] = screens
  const shown = fixture.show(amountView)
  expect(await first?.next()).toEqual({ type: 'view', view: shown })
})

test('closing ends every screen and frees the port', async () => {
  const { fixture, open, screens, start } = await serve()
  const screen = await open()
  await screen.next()
  const closed = once(screen.socket, 'close')
  await screens.close()
  await closed
  expect(fixture.listening()).toBe(0)
  const again = await start(screens.port)
  expect(again.ok).toBe(true)
  if (again.ok) await again.close()
})

const signed = { type: 'sign', record: '000001-000123', ink: '' } as const

test('a customer signs on the own screen, and nobody does it for them at the counter', async () => {
  const { fixture, open } = await serve()
  const { revision } = fixture.api.view()
  const action = {
    ...signed,
    ink: writeInk([
      [
        [0, 0],
        [200, 0],
      ],
    ]),
  }
  const counter = await open()
  await counter.next()
  counter.act(revision, action)
  expect(await counter.next()).toMatchObject({ type: 'refused' })
  const customer = await open({ screen: 'customer' })
  await customer.next()
  customer.act(revision, { ...signed, ink: 'no signature' })
  expect(await customer.next()).toMatchObject({
    type: 'refused',
    why: 'unknown value in action.ink',
  })
  customer.act(revision, action)
  customer.act(revision, signed)
  expect(await fixture.nextAction()).toEqual(action)
  expect(await fixture.nextAction()).toEqual(signed)
  expect(fixture.acted).toHaveLength(2)
})
