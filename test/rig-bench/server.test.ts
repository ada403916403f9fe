import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Bench, startBench } from '../rig/bench/server.ts'
import { createTerminalProcess } from '../rig/terminal-process.ts'
import { type PaperCounter, paperCounter } from './paper-counter.ts'

const open: Bench[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((bench) => bench.stop()))
})

async function benchOf(counter: PaperCounter): Promise<string> {
  const outcome = await startBench({ port: 0, controls: counter, buildFolder: '/nowhere' })
  if (outcome.kind !== 'listening') throw new Error(outcome.why)
  open.push(outcome.bench)
  return outcome.bench.url
}

async function post(
  url: string,
  path: string,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}

test.each([
  ['card', { action: 'insert', card: 'debit' }, 'insert debit'],
  ['card', { action: 'tap', card: 'debit' }, 'tap debit'],
  ['card', { action: 'swipe', card: 'debit' }, 'swipe debit'],
  ['card', { action: 'remove' }, 'remove'],
  ['scan', { text: '134567890123456789' }, 'show 134567890123456789'],
  ['phone', { show: 'goods' }, 'show 6901234567892'],
  ['phone', { show: 'two' }, 'show 137777777777777777 and 287777777777777777'],
  ['phone', { phone: 'right', open: 'unionpay' }, 'open right unionpay'],
  ['pin-pad', { key: 'enter' }, 'key enter'],
  ['printer', { paper: 'out' }, 'paper out'],
  ['printer', { cover: 'open' }, 'cover open'],
  ['printer', { cutterJammed: true }, 'cutter true'],
  ['printer', { tear: true }, 'tear'],
  ['cable', { device: 'pin-pad', plugged: false }, 'pin-pad false'],
  ['network', { up: false }, 'network false'],
  ['acquirer/fault', { kind: 'dropReply', times: 1 }, 'fault {"kind":"dropReply","times":1}'],
  ['acquirer/clear', {}, 'clear'],
])('POST /api/%s %j does it', async (path, body, expected) => {
  const counter = paperCounter()
  const url = await benchOf(counter)
  expect((await post(url, path, body)).status).toBe(200)
  expect(counter.done.at(-1)).toBe(expected)
})

test.each([
  ['card', { action: 'eat', card: 'debit' }],
  ['card', { action: 'insert', card: 'unknown' }],
  ['card', { action: 'insert', card: 'debit', hard: true }],
  ['scan', { text: '' }],
  ['scan', { text: 'x'.repeat(8193) }],
  ['phone', { show: 'cash' }],
  ['phone', { show: 'again' }],
  ['pin-pad', { key: '*' }],
  ['printer', { paper: 'blue' }],
  ['cable', { device: 'kettle', plugged: true }],
  ['network', { up: 'yes' }],
  ['power', { on: true }],
])('POST /api/%s %j is refused with one sentence and nothing is done', async (path, body) => {
  const counter = paperCounter()
  const answer = await post(await benchOf(counter), path, body)
  expect(answer.status).toBe(400)
  expect(answer.body).toEqual({ error: expect.stringMatching(/^[^\n]{10,200}\.$/) })
  expect(counter.done).toEqual([])
})

test('a body that is not JSON is refused', async () => {
  const counter = paperCounter()
  const answer = await fetch(`${await benchOf(counter)}api/card`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"action":',
  })
  expect(answer.status).toBe(400)
  expect(counter.done).toEqual([])
})

test('the code used last can be held up again', async () => {
  const counter = paperCounter()
  const url = await benchOf(counter)
  const first = await post(url, 'phone', { show: 'wechat' })
  expect(await post(url, 'phone', { show: 'again' })).toEqual(first)
})

test('a page from elsewhere in the browser cannot drive the rig', async () => {
  const counter = paperCounter()
  const answer = await fetch(`${await benchOf(counter)}api/network`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://127.0.0.1:1' },
    body: '{"up":false}',
  })
  expect(answer.status).toBe(403)
  expect(counter.done).toEqual([])
})

test('a foreign name that points at this machine is not answered', async () => {
  const url = await benchOf(paperCounter())
  const status = await new Promise((resolve, reject) => {
    const call = request(`${url}api/state`, { headers: { host: 'rig.example' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    call.once('error', reject)
    call.end()
  })
  expect(status).toBe(403)
})

test('an open page is pushed the state at once and after each change', async () => {
  const counter = paperCounter()
  const url = await benchOf(counter)
  const page = new WebSocket(`${url.replace('http', 'ws')}api/live`)
  const seen: { revision: number; networkUp: boolean }[] = []
  const lost = new Promise<void>((resolve) => {
    page.on('message', (data: Buffer) => {
      seen.push(JSON.parse(data.toString('utf8')))
      if (seen.length === 1) void post(url, 'network', { up: false })
      if (seen.at(-1)?.networkUp === false) resolve()
    })
  })
  await lost
  page.close()
  expect(seen[0]?.networkUp).toBe(true)
  expect(seen.at(-1)?.revision).toBeGreaterThan(seen[0]?.revision ?? 0)
})

test('a page from elsewhere cannot listen', async () => {
  const url = await benchOf(paperCounter())
  const page = new WebSocket(`${url.replace('http', 'ws')}api/live`, {
    origin: 'http://evil.example',
  })
  const error = await new Promise<Error>((resolve) => page.once('error', resolve))
  expect(error.message).toContain('403')
})

test('a paper is a drawing of its own, and a paper that does not exist is not found', async () => {
  const url = await benchOf(paperCounter())
  const paper = await fetch(`${url}api/papers/1.svg`)
  expect(paper.headers.get('content-type')).toContain('image/svg+xml')
  expect(await paper.text()).toContain('<svg')
  expect((await fetch(`${url}api/papers/2.svg`)).status).toBe(404)
})

test('the ledger of the host can be read alone', async () => {
  const url = await benchOf(paperCounter())
  expect(await (await fetch(`${url}api/ledger`)).json()).toMatchObject({ heldMinor: 3850 })
})

test('a code is drawn for a phone, and a text that cannot be a code is refused', async () => {
  const url = await benchOf(paperCounter())
  const code = await fetch(`${url}api/code.svg?text=134567890123456789`)
  expect(await code.text()).toMatch(/<path[^>]+d="M0,0/)
  expect((await fetch(`${url}api/code.svg?text=`)).status).toBe(400)
})

test('the power switch cuts the terminal off and starts it again', async () => {
  const ready = `console.log('{"event":"ready","screens":"http://127.0.0.1:1/"}')`
  const terminal = createTerminalProcess({
    command: [process.execPath, '-e', `${ready};setInterval(() => {}, 1000)`],
  })
  await terminal.powerOn()
  const url = await benchOf(paperCounter(terminal))
  expect((await post(url, 'power', { on: false })).status).toBe(200)
  expect(terminal.state()).toMatchObject({ power: 'off', powerCuts: 1 })
  await post(url, 'power', { on: true })
  expect(await terminal.powerOn()).toMatchObject({ kind: 'ready' })
  expect(terminal.state().starts).toBe(2)
  await terminal.stop()
})

test('a bench whose port is taken says so in one sentence', async () => {
  const port = Number(new URL(await benchOf(paperCounter())).port)
  const second = await startBench({ port, controls: paperCounter(), buildFolder: '/nowhere' })
  expect(second).toEqual({ kind: 'portTaken', why: `Port ${port} for the bench page is taken.` })
})
