/** Serves the counter and customer pages and carries views and actions between them and the terminal, on loopback only. */
import { stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import type { ReportSource } from '#shell/api/report-view.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { Look } from '#shell/api/view.ts'
import { type ScreensLog, startLive } from './live.ts'
import { isOwnRequest, isOwnUpgrade, LOOPBACK_HOSTS, pageHeaders } from './same-page.ts'
import { bearerOf, fitsToken } from './screen-token.ts'

export type ScreensOptions = {
  /** A loopback address; anything else is refused. */
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly api: ScreensApi
  /** Where `npm run build` put the pages. */
  readonly buildFolder: string
  readonly log: ScreensLog
  /** What a screen must show before it is told anything: hex digits, not guessable. */
  readonly token: string
  /** Light, with sound at all hours, when left out. */
  readonly look?: Look
  /** The report of today; left out: there is none. */
  readonly report?: ReportSource
  /** Origin that may show the pages in a frame, such as `http://127.0.0.1:8584`; none when left out. */
  readonly benchOrigin?: string
}

export type ScreensStart =
  | {
      readonly ok: true
      /** Where to open the counter, the token in its fragment: a fragment is never sent and in no log of requests. */
      readonly url: string
      readonly customerUrl: string
      readonly port: number
      close(): Promise<void>
    }
  | {
      readonly ok: false
      readonly code: 'notLoopback' | 'pagesMissing' | 'portTaken' | 'cannotListen'
      /** One sentence for the technician. */
      readonly sentence: string
    }

/** No page is sent a body; nothing bigger is ever read. */
const BODY_MAX_BYTES = 1024
const PLAIN: Look = { theme: 'light', quietHours: null, volume: 100, voice: true }
const SLIP_ID = /^[A-Za-z0-9_.:-]{1,64}$/

/** Starts listening; resolves when ready. Never rejects for what the world can cause. */
export async function startScreens(options: ScreensOptions): Promise<ScreensStart> {
  const { host, port, api, buildFolder, log, token } = options
  if (!LOOPBACK_HOSTS.includes(host)) {
    return refuse('notLoopback', `The screens are served on this machine only, not on ${host}.`)
  }
  if (!(await isFile(join(buildFolder, 'index.html')))) {
    return refuse('pagesMissing', `No pages in ${buildFolder}: run npm run build first.`)
  }

  const app = fastify({ bodyLimit: BODY_MAX_BYTES })
  const live = startLive({ api, log, token, look: options.look ?? PLAIN })
  let ownPort = port
  addGate(app, () => ownPort, options.benchOrigin ?? null)
  addTokenGate(app, token)
  await addPages(app, api, buildFolder)
  addReport(app, options.report)
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isOwnUpgrade(request.headers, ownPort)) {
      log('foreignPageRefused')
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    } else if (request.url !== '/api/live') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    } else live.accept(request, socket, head)
  })

  const failure = await listen(app, host, port)
  if (failure !== null) {
    live.close()
    await app.close()
    return failure
  }
  const address = app.server.address()
  if (address !== null && typeof address !== 'string') ownPort = address.port
  const shownHost = host === '::1' ? '[::1]' : host
  return {
    ok: true,
    url: `http://${shownHost}:${ownPort}/#${token}`,
    customerUrl: `http://${shownHost}:${ownPort}/customer#${token}`,
    port: ownPort,
    async close() {
      live.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

function addGate(app: FastifyInstance, ownPort: () => number, benchOrigin: string | null): void {
  const headers = pageHeaders(benchOrigin)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (!isOwnRequest(request.headers, ownPort())) {
      await reply.code(403).type('text/plain').send('This address is for the screens only.\n')
    }
  })
}

/** The pages are the same for everybody and empty; what the terminal knows is for screens that have its token. */
function addTokenGate(app: FastifyInstance, token: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return
    if (fitsToken(bearerOf(request.headers), token)) return
    await reply.code(401).type('text/plain').send('Open the address that the terminal printed.\n')
  })
}

async function addPages(app: FastifyInstance, api: ScreensApi, buildFolder: string): Promise<void> {
  await app.register(fastifyStatic, { root: buildFolder, cacheControl: false })
  app.get('/customer', (_request, reply) => reply.sendFile('customer.html'))
  app.get('/api/alive', (_request, reply) => reply.code(204).send())
  app.get('/api/view', (_request, reply) =>
    reply.header('cache-control', 'no-store').send(api.view()),
  )
  app.get<{ Params: { file: string } }>('/api/slips/:file', (request, reply) => {
    const { file } = request.params
    const id = file.endsWith('.svg') ? file.slice(0, -4) : ''
    const svg = SLIP_ID.test(id) ? api.slipSvg(id) : null
    if (svg === null) return reply.code(404).type('text/plain').send('No such slip.\n')
    return reply.header('cache-control', 'no-store').type('image/svg+xml').send(svg)
  })
}

/** Reads on the disk for a while; nobody but a screen with the token gets there. */
function addReport(app: FastifyInstance, report: ReportSource | undefined): void {
  app.get('/report', (_request, reply) => reply.sendFile('report.html'))
  app.get<{ Querystring: { lang?: unknown } }>('/api/report', async (request, reply) => {
    const locale = request.query.lang === 'en' ? 'en' : 'zh-CN'
    const view = await report?.(locale).catch(() => null)
    if (view == null) return reply.code(503).type('text/plain').send('No report can be made now.\n')
    return reply.header('cache-control', 'no-store').send(view)
  })
}

async function listen(
  app: FastifyInstance,
  host: string,
  port: number,
): Promise<Extract<ScreensStart, { ok: false }> | null> {
  try {
    await app.listen({ host, port })
    return null
  } catch (error) {
    // Converted: a port that cannot be had is an outcome with words, not a stack trace.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return code === 'EADDRINUSE'
      ? refuse(
          'portTaken',
          `Port ${port} is taken: another terminal may be running on this machine.`,
        )
      : refuse('cannotListen', `Cannot listen on ${host}:${port} (${code}).`)
  }
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

function refuse(
  code: Extract<ScreensStart, { ok: false }>['code'],
  sentence: string,
): Extract<ScreensStart, { ok: false }> {
  return { ok: false, code, sentence }
}
