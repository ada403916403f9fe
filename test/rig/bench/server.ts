/**
 * The bench over HTTP on loopback: the page, every switch as JSON, the papers as drawings, and a WebSocket that pushes the
 * whole state after every change.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { WebSocketServer } from 'ws'
import { codeSvg } from './code-picture.ts'
import { COMMANDS } from './commands.ts'
import type { Controls } from './controls.ts'
import { countRevisions } from './counted-state.ts'
import { allowsFraming } from './framing.ts'
import { isOwnHost, isOwnOrigin } from './own-address.ts'
import { pushState } from './push.ts'
import type { BenchState } from './state.ts'

/** Longest body of a request. */
const MAX_BODY_BYTES = 16 * 1024
/** The pages as built by `npm run build`. */
const BUILD_FOLDER = fileURLToPath(new URL('../../../build/bench', import.meta.url))

export type BenchOptions = {
  readonly port: number
  readonly controls: Controls
  /** Where the built page is. */
  readonly buildFolder?: string
}

export type Bench = { readonly url: string; stop(): Promise<void> }

export type BenchOutcome =
  | { readonly kind: 'listening'; readonly bench: Bench }
  | { readonly kind: 'portTaken'; readonly why: string }

/** Serves the bench on 127.0.0.1; port 0 takes a free one. Rejects only for a fault of the machine. */
export async function startBench(options: BenchOptions): Promise<BenchOutcome> {
  const { controls, buildFolder = BUILD_FOLDER } = options
  const server = Fastify({ bodyLimit: MAX_BODY_BYTES })
  const counted = countRevisions(controls)
  guardAddress(server)
  addCommands(server, controls)
  addReads(server, controls, () => counted.state())
  await addPage(server, buildFolder)
  const live = new WebSocketServer({ noServer: true, maxPayload: 1024 })
  server.server.on('upgrade', (request, socket, head) => {
    const fits =
      isOwnHost(request.headers.host, port()) && isOwnOrigin(request.headers.origin, port())
    if (request.url !== '/api/live' || !fits) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    live.handleUpgrade(request, socket, head, (client) => {
      const stop = pushState(client, counted)
      client.once('close', stop)
    })
  })
  const port = (): number => portOf(server)

  try {
    await server.listen({ host: '127.0.0.1', port: options.port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return { kind: 'portTaken', why: `Port ${options.port} for the bench page is taken.` }
    }
    throw error
  }
  return {
    kind: 'listening',
    bench: {
      url: `http://127.0.0.1:${port()}/`,
      async stop() {
        for (const client of live.clients) client.terminate()
        live.close()
        await server.close()
      },
    },
  }
}

/** Nothing from elsewhere runs in the page; only the terminal's screens on this machine may stand in its frames. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'frame-src http://127.0.0.1:* http://localhost:*',
].join('; ')

/** Another page in the same browser must not drive the rig, nor a name that somebody points at this machine. */
function guardAddress(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    const port = portOf(server)
    if (isOwnHost(request.headers.host, port) && isOwnOrigin(request.headers.origin, port)) return
    await reply.code(403).send({ error: 'The bench answers only under its own loopback address.' })
  })
  server.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', CONTENT_POLICY)
  })
  server.setErrorHandler(async (error, _request, reply) => {
    const status = statusOf(error)
    const why =
      status < 500 ? 'The body is not readable JSON of at most 16 KiB.' : 'The bench failed.'
    await reply.code(status === 500 ? 500 : 400).send({ error: why })
  })
}

function addCommands(server: FastifyInstance, controls: Controls): void {
  for (const [path, run] of Object.entries(COMMANDS)) {
    server.post(`/api/${path}`, async (request, reply) => {
      const answer = await run(controls, request.body ?? {})
      return answer.ok ? answer.result : await reply.code(400).send({ error: answer.why })
    })
  }
}

function addReads(server: FastifyInstance, controls: Controls, state: () => BenchState): void {
  server.get('/api/state', async () => state())
  server.get('/api/framable', async (request) => {
    const own = `http://${request.headers.host}`
    return { framable: await allowsFraming(state().screens, own) }
  })
  server.get('/api/ledger', async () => state().ledger)
  server.get('/api/papers', async () => state().printer.papers)
  server.get<{ Params: { file: string } }>('/api/papers/:file', async (request, reply) => {
    const id = request.params.file.replace(/\.svg$/, '')
    const svg = controls.paperSvg(id)
    if (svg === null) return await reply.code(404).send({ error: 'There is no such paper.' })
    return await reply.type('image/svg+xml').header('cache-control', 'no-store').send(svg)
  })
  server.get<{ Querystring: { text?: string } }>('/api/code.svg', async (request, reply) => {
    const svg = codeSvg(request.query.text ?? '')
    if (svg === null) return await reply.code(400).send({ error: 'This text makes no QR code.' })
    return await reply.type('image/svg+xml').send(svg)
  })
}

async function addPage(server: FastifyInstance, buildFolder: string): Promise<void> {
  if (existsSync(buildFolder)) {
    await server.register(staticFiles, { root: buildFolder })
    return
  }
  server.get('/', async (_request, reply) =>
    reply
      .type('text/plain')
      .send('The page is not built: npm run build. The JSON under /api works.\n'),
  )
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function statusOf(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500
}
