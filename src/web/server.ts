/** Serves the counter and customer pages and carries views and actions between them and the terminal, on loopback only. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ParametersSource } from '#shell/api/parameters-view.ts'
import type { ReportSource } from '#shell/api/report-view.ts'
import type { ScreensApi } from '#shell/api/screens-api.ts'
import type { SlipLinkSource, SupportSource } from '#shell/api/support-view.ts'
import type { Look } from '#shell/api/view.ts'
import { type Answer, inWords, sendAnswer } from './answer.ts'
import { type AnswerParts, answerTo } from './answers.ts'
import { builtPages } from './built-pages.ts'
import { SCREENS_MAX, type ScreensLog, startLive } from './live.ts'
import { isOwnUpgrade, LOOPBACK_HOSTS, pageHeaders } from './same-page.ts'

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
  /** What the terminal is set to; left out: nobody is told. */
  readonly parameters?: ParametersSource
  /** The code on the help page; left out: none. */
  readonly support?: SupportSource
  /** The code of a slip on a phone; left out: none. */
  readonly slipLink?: SlipLinkSource
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

const PLAIN: Look = { theme: 'light', quietHours: null, volume: 100, voice: true }
/** A browser keeps six connections beside its socket; a program that leaks them stops here. */
export const CONNECTIONS_MAX = SCREENS_MAX * 8
/**
 * How long a connection of this machine may say nothing, or only a part: with all of `CONNECTIONS_MAX` held by a program that is silent,
 * slow or deaf, a screen is let in again after this. Its own page sends the whole head at once.
 */
const HEAD_TIMEOUT_MS = 2000
/** How often that is looked at. */
const HEAD_CHECK_MS = 500
/** For head and body of a request; no page sends a body, and none is read. */
const REQUEST_TIMEOUT_MS = 10_000
/** An answer that nobody reads, or that takes longer than the report of a long day, is given up. */
const SILENCE_TIMEOUT_MS = 60_000

/** Starts listening; resolves when ready. Never rejects for what the world can cause. */
export async function startScreens(options: ScreensOptions): Promise<ScreensStart> {
  const { host, port, api, buildFolder, log, token } = options
  if (!LOOPBACK_HOSTS.includes(host)) {
    return refuse('notLoopback', `The screens are served on this machine only, not on ${host}.`)
  }
  const pages = builtPages(buildFolder)
  if (pages === null)
    return refuse('pagesMissing', `No pages in ${buildFolder}: run npm run build first.`)

  const live = startLive({ api, log, token, look: options.look ?? PLAIN })
  let ownPort = port
  const headers = pageHeaders(options.benchOrigin ?? null)
  const { parameters, report, slipLink, support } = options
  const server = answering(
    { api, pages, parameters, report, slipLink, support, token, ownPort: () => ownPort },
    headers,
    log,
  )
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isOwnUpgrade(request.headers, ownPort)) {
      log('foreignPageRefused')
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    } else if (request.url !== '/api/live') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    } else live.accept(request, socket, head)
  })

  const failure = await listen(server, host, port)
  if (failure !== null) {
    live.close()
    return failure
  }
  const address = server.address()
  if (address !== null && typeof address !== 'string') ownPort = address.port
  const shownHost = host === '::1' ? '[::1]' : host
  return {
    ok: true,
    url: `http://${shownHost}:${ownPort}/#${token}`,
    customerUrl: `http://${shownHost}:${ownPort}/customer#${token}`,
    port: ownPort,
    close() {
      live.close()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function answering(
  parts: AnswerParts,
  headers: Readonly<Record<string, string>>,
  log: ScreensLog,
): Server {
  const waits = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEAD_TIMEOUT_MS,
    connectionsCheckingInterval: HEAD_CHECK_MS,
  }
  const server = createServer(waits, (request, response) => {
    // Whoever sends what nobody reads does it on a connection of its own.
    if (request.method !== 'GET') response.shouldKeepAlive = false
    void answerOrApology(request, parts, log).then((answer) =>
      sendAnswer(response, answer, headers),
    )
  })
  server.maxConnections = CONNECTIONS_MAX
  server.timeout = SILENCE_TIMEOUT_MS
  return server
}

async function answerOrApology(
  request: IncomingMessage,
  parts: AnswerParts,
  log: ScreensLog,
): Promise<Answer> {
  try {
    return await answerTo(request, parts)
  } catch (cause) {
    log('a screen got no answer', { why: cause instanceof Error ? cause.name : 'unknown' })
    return inWords(500, 'The terminal cannot answer now.')
  }
}

function listen(
  server: Server,
  host: string,
  port: number,
): Promise<Extract<ScreensStart, { ok: false }> | null> {
  const { promise, resolve } = Promise.withResolvers<Extract<ScreensStart, { ok: false }> | null>()
  // Converted: a port that cannot be had is an outcome with words, not a stack trace.
  const failed = (error: NodeJS.ErrnoException): void => {
    const code = error.code ?? 'unknown'
    resolve(
      code === 'EADDRINUSE'
        ? refuse(
            'portTaken',
            `Port ${port} is taken: another terminal may be running on this machine.`,
          )
        : refuse('cannotListen', `Cannot listen on ${host}:${port} (${code}).`),
    )
  }
  server.once('error', failed)
  server.listen({ host, port }, () => {
    server.off('error', failed)
    resolve(null)
  })
  return promise
}

function refuse(
  code: Extract<ScreensStart, { ok: false }>['code'],
  sentence: string,
): Extract<ScreensStart, { ok: false }> {
  return { ok: false, code, sentence }
}
