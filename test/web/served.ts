/** The screens' server on a fixture terminal, and plain clients of it that can write into a request whatever they like. */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { Action, Frame, Push, ScreenName } from '#shell/api/view.ts'
import { type ScreensStart, startScreens } from '#web/server.ts'
import { type FixtureApi, fixtureApi, TOKEN } from './fixture-api.ts'
import { DINNER, viewOf } from './fixtures/parts.ts'

type Running = Extract<ScreensStart, { ok: true }>

type Answer = {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: string
}

/** What a client claims about itself; what is left out is as our own page has it. */
export type Claims = {
  readonly origin?: string
  readonly host?: string
  readonly screen?: ScreenName
  /** The first frame, whatever it is; null says nothing. */
  readonly first?: Frame | string | null
}

type Screen = {
  readonly socket: WebSocket
  readonly next: () => Promise<Push>
  readonly send: (frame: unknown) => void
  readonly act: (revision: number, action: Action) => void
}

type Served = {
  readonly fixture: FixtureApi
  readonly screens: Running
  readonly folder: string
  readonly start: (port: number, host?: string) => Promise<ScreensStart>
  /** A request with the token, unless `headers` says something else about it. */
  readonly get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>
  /** Resolves when the upgrade is accepted; rejects with the status when it is not. */
  readonly open: (claims?: Claims) => Promise<Screen>
}

export const amountView = viewOf({ counter: { kind: 'amount', typed: '', amount: DINNER } })

const pushSchema = z.custom<Push>(
  (value) => z.object({ type: z.string() }).safeParse(value).success,
)

/** Ends with the test that asked for it. */
export async function serve(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'screens-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>counter</title>')
  await writeFile(join(folder, 'customer.html'), '<!doctype html><title>customer</title>')
  const fixture = fixtureApi(amountView)
  const start = (port: number, host = '127.0.0.1'): Promise<ScreensStart> =>
    startScreens({
      host,
      port,
      api: fixture.api,
      buildFolder: folder,
      log: () => {},
      token: TOKEN,
      benchOrigin: 'http://127.0.0.1:8584',
    })
  const screens = await start(0)
  if (!screens.ok) throw new Error(screens.sentence)
  onTestFinished(async () => {
    await screens.close()
    await rm(folder, { recursive: true })
  })
  return {
    fixture,
    screens,
    folder,
    start,
    get: (path, headers = {}, method = 'GET') =>
      ask(screens.port, {
        path,
        method,
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      }),
    open: (claims = {}) => openScreen(screens.port, claims),
  }
}

function ask(
  port: number,
  asked: { path: string; method: string; headers: Record<string, string> },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', ...asked }, (reply) => {
      let body = ''
      reply.setEncoding('utf8')
      reply.on('data', (chunk: string) => void (body += chunk))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

async function openScreen(port: number, claims: Claims): Promise<Screen> {
  const here = `127.0.0.1:${port}`
  const { screen = 'counter', first = { type: 'hello', screen, token: TOKEN } } = claims
  const socket = new WebSocket(`ws://${here}/api/live`, {
    origin: claims.origin ?? `http://${here}`,
    headers: { host: claims.host ?? here },
  })
  onTestFinished(() => socket.terminate())
  const got: Push[] = []
  const waiting: ((push: Push) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const push = pushSchema.parse(JSON.parse(data.toString()))
    // How the pages look is the same for every test here.
    if (push.type === 'look') return
    const taker = waiting.shift()
    if (taker === undefined) got.push(push)
    else taker(push)
  })
  await once(socket, 'open')
  const send = (frame: unknown): void =>
    socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  const next = (): Promise<Push> => {
    const ready = got.shift()
    return ready === undefined
      ? new Promise((resolve) => void waiting.push(resolve))
      : Promise.resolve(ready)
  }
  if (first !== null) send(first)
  return {
    socket,
    send,
    act: (revision, action) => send({ type: 'act', revision, action } satisfies Frame),
    next,
  }
}
