/** The feed on a real journal, over real sockets: what leaves, what never does, and that nobody at the counter waits for it. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { expect, onTestFinished, test } from 'vitest'
import { type FeedSettings, startFeed } from '#shell/feed/feed.ts'
import { openSource, READ_MOST } from '#shell/feed/source.ts'
import type { Told } from '#shell/feed/tell.ts'
import { archiveOldest } from '#shell/journal/archive/archive.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { SHORT_DAY } from '../../crash/plan.ts'
import { freshTicks, startLife } from '../../crash/scripted-world.ts'
import { opened, scratchFolder, writeDay } from '../journal/day.ts'

const SECRET = 'f00d'.repeat(8)
const MORE = [{ do: 'sell', yuan: 12, outcome: 'approved' }] as const

/** Waits are kept short, in their order. */
const HASTE = {
  after: (ms: number, task: () => void) => {
    const timer = setTimeout(task, Math.min(ms, 10))
    return () => clearTimeout(timer)
  },
}

type Feed = { readonly port: number; readonly notes: readonly string[]; close(): Promise<void> }

async function feedOf(folder: string, settings: FeedSettings): Promise<Feed> {
  const notes: string[] = []
  const started = await startFeed(settings, {
    journal: join(folder, 'journal.db'),
    positionFile: join(folder, 'feed.json'),
    terminal: '10000001',
    disk: createDisk(),
    clock: HASTE,
    note: (what) => notes.push(what),
  })
  if (!started.ok) throw new Error(started.sentence)
  onTestFinished(() => started.close())
  return { port: started.port ?? 0, notes, close: () => started.close() }
}

const STREAM = { stream: { port: 0, secret: SECRET } }

type Listening = {
  readonly status: number
  readonly heard: readonly Told[]
  /** Resolves when this has been heard. */
  readonly until: (fits: (one: Told) => boolean) => Promise<Told>
  readonly leave: () => void
}

function listen(
  port: number,
  { path = '/events', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const heard: Told[] = []
    const waiting = new Set<() => void>()
    const calling = request({
      port,
      host: '127.0.0.1',
      path,
      headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${SECRET}`, ...headers },
    })
    calling.on('error', reject)
    calling.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('error', () => undefined)
      response.on('data', (chunk: string) => {
        text += chunk
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1]
          if (data !== undefined) heard.push(JSON.parse(data))
        }
        for (const look of waiting) look()
      })
      resolve({
        status: response.statusCode ?? 0,
        heard,
        until: (fits) =>
          new Promise((found) => {
            const look = (): void => {
              const one = heard.find(fits)
              if (one !== undefined) found(one)
            }
            waiting.add(look)
            look()
          }),
        leave: () => calling.destroy(),
      })
    })
    calling.end()
    onTestFinished(() => void calling.destroy())
  })
}

const isLastSale = (one: Told): boolean => one.type === 'transaction' && one['paidMinor'] === 200

test('a listener hears each payment with its number, amount and outcome, in order and once', async () => {
  const folder = scratchFolder()
  writeDay(folder)
  const { port } = await feedOf(folder, STREAM)
  const listener = await listen(port, { path: '/events?after=0' })
  await listener.until(isLastSale)
  const { heard } = listener
  const sales = heard.filter(({ type }) => type === 'transaction')
  expect(sales[0]).toMatchObject({ trace: '000002', outcome: 'approved', paidMinor: 3800 })
  expect(heard.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'started',
      'operator',
      'requestSent',
      'unknown',
      'reversalSent',
      'slipEnded',
    ]),
  )
  const ids = heard.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('nothing of a card leaves: no mask, no last four digits, no fingerprint', () => {
  const folder = scratchFolder()
  const source = openSource(writeDay(folder))
  const told = readAll(source)
  expect(told.length).toBeGreaterThan(30)
  expect(JSON.stringify(told)).not.toMatch(/0012|622202|\*\*|fingerprint|credential|handle/)
})

test('whoever lost the line comes back with the last number and hears the rest, live ones too', async () => {
  const folder = scratchFolder()
  const ticks = freshTicks()
  writeDay(folder, SHORT_DAY, ticks)
  const { port } = await feedOf(folder, STREAM)
  const first = await listen(port, { path: '/events?after=0' })
  const third = await first.until(({ type }) => type === 'requestSent')
  await first.until(isLastSale)
  first.leave()
  const again = await listen(port, { headers: { 'last-event-id': third.id } })
  await again.until(isLastSale)
  const after = first.heard.filter(({ id }) => Number.parseInt(id) > Number.parseInt(third.id))
  expect(again.heard.slice(0, after.length)).toEqual(after)
  writeDay(folder, MORE, ticks)
  await again.until((one) => one.type === 'transaction' && one['paidMinor'] === 1200)
})

test.each([
  [{ authorization: 'Bearer wrong' }, '/events', 401],
  [{ origin: 'http://localhost' }, '/events', 403],
  [{ host: 'evil.example' }, '/events', 403],
  [{}, '/', 404],
])('whoever is no program with the secret hears nothing: %j %s', async (headers, path, status) => {
  const folder = scratchFolder()
  writeDay(folder)
  const { port } = await feedOf(folder, STREAM)
  expect((await listen(port, { path, headers })).status).toBe(status)
})

test('events that were archived before a listener came back are told as a gap', () => {
  const folder = scratchFolder()
  const journal = writeDay(folder, [...SHORT_DAY, { do: 'settle' }, ...MORE])
  archiveOldest(journal, Number.MAX_SAFE_INTEGER)
  const source = openSource(journal)
  onTestFinished(() => source.close())
  expect(source.readAfter(1)?.told[0]).toMatchObject({ type: 'gap', id: '1.gap' })
})

type Posted = { readonly body: string; readonly signature: string }

/** A back office that answers in turn as told: a status, `hang` or `drop`; at the end 200. */
async function office(answers: readonly (number | 'hang' | 'drop')[]) {
  const posted: Posted[] = []
  const left = [...answers]
  let wake: () => void = () => undefined
  const server = createServer((asked: IncomingMessage, response: ServerResponse) => {
    let body = ''
    asked.setEncoding('utf8')
    asked.on('data', (chunk: string) => (body += chunk))
    asked.on('end', () => {
      posted.push({ body, signature: String(asked.headers['x-suretill-signature']) })
      const answer = left.shift() ?? 200
      if (answer === 'drop') response.destroy()
      else if (answer !== 'hang') response.writeHead(answer).end()
      wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = address !== null && typeof address !== 'string' ? address.port : 0
  return {
    posted,
    url: `http://127.0.0.1:${port}/events`,
    until: (fits: () => boolean) =>
      new Promise<void>((resolve) => {
        wake = () => {
          if (fits()) resolve()
        }
        wake()
      }),
  }
}

const eventsIn = ({ body }: Posted): readonly Told[] => JSON.parse(body).events

test('a hook that fails hears the same events again under the same numbers, misses none, and each post is signed', async () => {
  const folder = scratchFolder()
  const ticks = freshTicks()
  writeDay(folder, MORE, ticks)
  const { posted, until, url } = await office([500, 'drop', 302])
  const feed = await feedOf(folder, { hook: { url, secret: SECRET } })
  // What was before the hook was set up is not its affair.
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(posted).toEqual([])
  writeDay(folder, SHORT_DAY, ticks)
  await until(() => posted.some((one) => eventsIn(one).some(isLastSale)))
  expect(posted.slice(0, 4).map((one) => eventsIn(one)[0]?.id)).toEqual(
    Array.from({ length: 4 }, () => eventsIn(posted[3] ?? { body: '', signature: '' })[0]?.id),
  )
  const all = readAll(openSource(join(folder, 'journal.db')))
  const taken = posted.slice(3).flatMap(eventsIn)
  expect(taken).toEqual(all.slice(all.length - taken.length))
  expect(taken.filter(({ type }) => type === 'started').length).toBeGreaterThan(2)
  for (const { body, signature } of posted)
    expect(signature).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`)
  expect(feed.notes).toContain('feed not taken')
})

test('after a restart the hook goes on where it was taken, not where it was posted', async () => {
  const folder = scratchFolder()
  const ticks = freshTicks()
  writeDay(folder, MORE, ticks)
  const { posted, until, url } = await office([200, 'hang'])
  const hook = { hook: { url, secret: SECRET } }
  const before = await feedOf(folder, hook)
  await new Promise((resolve) => setTimeout(resolve, 30))
  writeDay(folder, MORE, ticks)
  await until(() => posted.length === 1)
  await new Promise((resolve) => setTimeout(resolve, 30))
  writeDay(folder, MORE, ticks)
  await until(() => posted.length === 2)
  await before.close()
  await feedOf(folder, hook)
  await until(() => posted.length === 3)
  expect(eventsIn(posted[2] ?? { body: '', signature: '' })[0]?.id).toBe(
    eventsIn(posted[1] ?? { body: '', signature: '' })[0]?.id,
  )
})

test('no sale waits: with a hook that hangs and a listener that never reads, a sale takes what it took without', async () => {
  const folder = scratchFolder()
  const ticks = freshTicks()
  writeDay(folder, SHORT_DAY, ticks)
  const journal = opened(join(folder, 'journal.db'))
  const shop = startLife(journal, () => undefined, ticks)
  shop.open()
  const sales = async (): Promise<number> => {
    const times: number[] = []
    for (let one = 0; one < 20; one += 1) {
      const from = performance.now()
      shop.sell(9, 'approved')
      times.push(performance.now() - from)
      // Whatever waits for its turn takes it between two sales, as it would at a counter.
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return times.toSorted((a, b) => a - b)[10] ?? 0
  }
  const without = await sales()
  const { until, url, posted } = await office(Array.from({ length: 50 }, () => 'hang' as const))
  const { port } = await feedOf(folder, { ...STREAM, hook: { url, secret: SECRET } })
  const deaf = request({
    port,
    host: '127.0.0.1',
    path: '/events?after=0',
    headers: { host: `127.0.0.1:${port}`, authorization: `Bearer ${SECRET}` },
  })
  deaf.on('error', () => undefined)
  deaf.end()
  onTestFinished(() => void deaf.destroy())
  await new Promise((resolve) => setTimeout(resolve, 30))
  shop.sell(9, 'approved')
  await until(() => posted.length > 0)
  const beside = await sales()
  journal.close()
  // Durable writes of one machine differ by more than this from minute to minute; waiting for the hook would take ten seconds.
  expect(beside).toBeLessThan(3 * without + 20)
})

test('one look at the journal is short, however much has happened', () => {
  const folder = scratchFolder()
  const source = openSource(writeDay(folder, [...SHORT_DAY, ...SHORT_DAY, ...SHORT_DAY]))
  onTestFinished(() => source.close())
  const read = source.readAfter(0)
  expect([read?.position, read?.hasMore]).toEqual([READ_MOST, true])
})

function readAll(source: ReturnType<typeof openSource>): readonly Told[] {
  onTestFinished(() => source.close())
  const told: Told[] = []
  let position = 0
  for (let read = source.readAfter(0); read !== null; read = source.readAfter(position)) {
    told.push(...read.told)
    position = read.position
    if (!read.hasMore) break
  }
  return told
}
